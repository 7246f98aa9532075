/** All windows of the table, and the operations on them for the rest of the app. */
import { EventEmitter } from 'node:events'
import { screen, type BrowserWindow, type WebContents } from 'electron'
import type { ComposePrefill, Events } from '../../ipc/contract.ts'
import type { Caller } from '../../ipc/dispatch.ts'
import type { Broadcast } from '../../ipc/events.ts'
import { sendEvent } from '../../ipc/register.ts'
import { windowNames, windowTable, type WindowName, type WindowTable } from '../../ipc/windows.ts'
import type { KeyValueStore } from '../../storage/settings.ts'
import type { DisplayServer } from '../linux/display-server.ts'
import type { Locale } from '../../tickets/locale.ts'
import { AppWindow } from './app-window.ts'
import type { Bounds } from './placement.ts'
import { Foreground } from './foreground.ts'
import { placementOf, type WindowPlacement } from './window-placement.ts'

/** Windows come to the front only through these methods, which are called only for actions of the person. */
export interface Windows {
  /** Shows the inbox in front; creates it if needed. */
  showInbox(): void
  /** Shows the inbox and navigates once the page has loaded. */
  navigate(to: Events['navigate']): void
  /**
   * Navigates without showing the window or taking the focus, for late answers: the person may be doing something else.
   */
  navigateInBackground(to: Events['navigate']): void
  showCompose(prefill?: ComposePrefill): void
  /**
   * Shows the popover beside the tray icon, or hides it. `anchor`: the icon's area, null where it is not known. On Wayland,
   * where windows cannot be placed, shows the inbox.
   */
  togglePopover(anchor: Bounds | null): void
  /** Loads the windows that were used within a day hidden, so that they open without loading. */
  warmUp(): void
  /** The window of a page that sent a command. */
  callerOf(contents: WebContents): Caller
  readonly broadcast: Broadcast
  isAnyVisible(): boolean
  /** Whether the window is visible or minimized. */
  isOnScreen(name: WindowName): boolean
  /** Shows the inbox without taking the focus. */
  showInactive(): void
  inbox(): BrowserWindow | null
  /** From now on, closing a window destroys it instead of hiding it. */
  allowClose(): void
  /**
   * The person closed the last window, or the last way into the app; the listener decides whether the app keeps
   * running.
   */
  onClosed(listener: () => void): void
  onInboxShown(listener: () => void): void
}

export interface WindowOptions {
  readonly preload: string
  readonly icon: string
  readonly displayServer: DisplayServer
  /** The settings file, which stores positions and sizes. */
  readonly store: KeyValueStore
  /** Whether there is a tray icon, so that the app can be reached without a window. */
  hasTray(): boolean
  /** Whether a ticket is open in the inbox, so that text can be quoted in its reply. */
  readonly isTicketShown: () => boolean
  /** Language of the context menus. */
  readonly locale: () => Locale
}

/** Milliseconds after its last use during which a window is kept warm. */
const warmAfterUseMs = 86_400_000
/** Milliseconds after it was hidden in which a click on the icon does not open the popover again. */
const reopenAfterMs = 300

export class AppWindows implements Windows {
  readonly #options: WindowOptions
  readonly #foreground: Foreground
  readonly #windows: Readonly<Record<WindowName, AppWindow>>
  readonly #events = new EventEmitter<{ closed: []; inboxShown: [] }>()
  #mayClose = false
  #popoverHiddenAt = -Infinity

  constructor(options: WindowOptions) {
    this.#options = options
    const onWayland = options.displayServer === 'wayland'
    this.#foreground = new Foreground(onWayland)
    const entries = windowNames.map((name) => {
      const placement = placementOf(name, { onWayland, store: options.store })
      return [name, placement, this.#create(name, placement)] as const
    })
    this.#windows = Object.fromEntries(entries.map(([name, , window]) => [name, window])) as Record<
      WindowName,
      AppWindow
    >
    const displaysChanged = (): void => {
      for (const [, placement] of entries) placement.displaysChanged()
    }
    screen.on('display-removed', displaysChanged)
    screen.on('display-added', displaysChanged)
    screen.on('display-metrics-changed', displaysChanged)
  }

  showInbox(): void {
    this.#foreground.bring(this.#windows.inbox.open())
  }

  navigate(to: Events['navigate']): void {
    this.#sendEvent('inbox', to)
    this.showInbox()
  }

  navigateInBackground(to: Events['navigate']): void {
    this.#sendEvent('inbox', to)
  }

  showCompose(prefill?: ComposePrefill): void {
    const { compose } = this.#windows
    compose.moveToPlace()
    this.#sendEvent('compose', prefill ?? null)
    this.#foreground.bring(compose.open())
  }

  togglePopover(anchor: Bounds | null): void {
    if (this.#options.displayServer === 'wayland') {
      this.showInbox()
      return
    }
    const { popover } = this.#windows
    // The click on the icon took the focus from the popover, which was hidden by that before the click is told.
    if (popover.isOnScreen() || performance.now() - this.#popoverHiddenAt < reopenAfterMs) {
      popover.browserWindow?.close()
      return
    }
    popover.moveToPlace(anchor)
    this.#sendEvent('popover', null)
    this.#foreground.bring(popover.open())
  }

  showInactive(): void {
    this.#windows.inbox.open().showInactive()
  }

  warmUp(): void {
    this.#openSequentially(
      this.inbox(),
      windowNames.filter((name) => this.#warmUntil(name) > Date.now())
    )
  }

  callerOf(contents: WebContents): Caller {
    const window = Object.values(this.#windows).find(
      ({ browserWindow }) => browserWindow?.webContents === contents
    )
    return {
      windowId: window?.browserWindow?.id ?? null,
      closeWindow: () => window?.browserWindow?.close(),
      leave: (view) => window?.leave(view),
      takeView: () => window?.takeView() ?? null
    }
  }

  readonly broadcast: Broadcast = (name, payload) => {
    for (const window of this.#existing()) sendEvent(window.webContents, name, payload)
  }

  isAnyVisible(): boolean {
    return windowNames.some((name) => windowTable[name].role !== 'popover' && this.isOnScreen(name))
  }

  isOnScreen(name: WindowName): boolean {
    return this.#windows[name].isOnScreen()
  }

  inbox(): BrowserWindow | null {
    return this.#windows.inbox.browserWindow
  }

  allowClose(): void {
    this.#mayClose = true
  }

  onClosed(listener: () => void): void {
    this.#events.on('closed', listener)
  }

  onInboxShown(listener: () => void): void {
    this.#events.on('inboxShown', listener)
  }

  #create(name: WindowName, placement: WindowPlacement): AppWindow {
    const { preload, icon, locale, isTicketShown } = this.#options
    return new AppWindow(name, placement, {
      preload,
      icon,
      locale,
      mayClose: () => this.#mayClose,
      textActions: {
        quote: () =>
          name === 'inbox' && isTicketShown() ? () => this.#sendEvent('inbox', { to: 'quote' }) : null,
        search: () => (name === 'inbox' ? (query) => this.#sendEvent('inbox', { to: 'search', query }) : null)
      },
      warmUntil: () => this.#warmUntil(name),
      onShown: () => {
        const { usedAtKey } = windowTable[name]
        if (usedAtKey !== null) this.#options.store.set(usedAtKey, Date.now())
        if (name === 'inbox') this.#events.emit('inboxShown')
      },
      onHidden: () => {
        if (name === 'popover') this.#popoverHiddenAt = performance.now()
        if (this.#isOnlyWayIn(name)) this.#events.emit('closed')
      }
    })
  }

  /** Epoch milliseconds until which the window is likely to be used again soon; 0 for one that is never kept warm. */
  #warmUntil(name: WindowName): number {
    const { usedAtKey } = windowTable[name]
    const usedAt = usedAtKey === null ? null : this.#options.store.get(usedAtKey)
    // A time in the future was written before the clock was set back.
    return typeof usedAt === 'number' && usedAt <= Date.now() ? usedAt + warmAfterUseMs : 0
  }

  /** A panel is the only way into the app if the inbox was closed or there is no tray. */
  #isOnlyWayIn(name: WindowName): boolean {
    const { role } = windowTable[name]
    if (role !== 'panel') return role === 'main'
    return this.#windows.inbox.wasClosed || !this.#options.hasTray()
  }

  #existing(): readonly BrowserWindow[] {
    return Object.values(this.#windows)
      .map(({ browserWindow }) => browserWindow)
      .filter((window) => window !== null)
  }

  #sendEvent<Name extends WindowName>(name: Name, payload: Events[WindowTable[Name]['event']]): void {
    this.#windows[name].send<WindowTable[Name]['event']>(windowTable[name].event, payload)
  }

  /**
   * Opens windows one after another: on Wayland, of two windows that render first at the same time, the hidden one may
   * never render.
   */
  #openSequentially(previous: BrowserWindow | null, [next, ...others]: readonly WindowName[]): void {
    if (next === undefined) return
    const open = (): void => this.#openSequentially(this.#windows[next].open(), others)
    if (previous?.webContents.isLoading()) previous.once('ready-to-show', open)
    else open()
  }
}
