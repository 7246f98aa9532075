/** All windows of the table, and what the rest of the app may do with them. */
import { EventEmitter } from 'node:events'
import { screen, type BrowserWindow, type WebContents } from 'electron'
import type { ComposePrefill, Events } from '../../ipc/contract.ts'
import type { Broadcast } from '../../ipc/events.ts'
import { sendEvent } from '../../ipc/register.ts'
import { windowNames, windowTable, type WindowName, type WindowTable } from '../../ipc/windows.ts'
import type { KeyValueStore } from '../../storage/settings.ts'
import type { DisplayServer } from '../linux/display-server.ts'
import type { Locale } from '../../tickets/locale.ts'
import { AppWindow } from './app-window.ts'
import { Foreground } from './foreground.ts'
import { placementOf, type WindowPlacement } from './window-placement.ts'

/** Windows come to the front only through these, and these are called only for what the person asked. */
export interface Windows {
  /** Shows the inbox in front, making it when needed. */
  showInbox(): void
  /** Shows it, and takes it to a ticket or the settings once the page listens. */
  navigate(to: Events['navigate']): void
  /** The same for an answer that comes late: shows nothing and takes no keyboard; the person may be elsewhere by now. */
  navigateInBackground(to: Events['navigate']): void
  showCompose(prefill?: ComposePrefill): void
  /** Loads those that are kept warm, hidden, so that showing one needs no loading. */
  warmUp(): void
  hide(contents: WebContents): void
  readonly broadcast: Broadcast
  isAnyVisible(): boolean
  /** Visible, or minimized. */
  isOnScreen(name: WindowName): boolean
  /** Puts the inbox on screen without taking the keyboard from what the person does. */
  showInactive(): void
  inbox(): BrowserWindow | null
  /** From now on closing destroys a window instead of hiding it. */
  allowClose(): void
  /** The person hid the last window, or the last one that led to the app; whether the app goes on is decided outside. */
  onClosed(listener: () => void): void
  onInboxShown(listener: () => void): void
}

export interface WindowOptions {
  readonly preload: string
  readonly icon: string
  readonly displayServer: DisplayServer
  /** The file of settings, where places and sizes are kept. */
  readonly store: KeyValueStore
  /** Whether the app can be reached without a window. */
  hasTray(): boolean
  /** A ticket is open in the inbox: words can be quoted in its reply. */
  readonly isTicketShown: () => boolean
  /** Of the menus. */
  readonly locale: () => Locale
}

export class AppWindows implements Windows {
  readonly #options: WindowOptions
  readonly #foreground: Foreground
  readonly #windows: Readonly<Record<WindowName, AppWindow>>
  readonly #events = new EventEmitter<{ closed: []; inboxShown: [] }>()
  #mayClose = false

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
    this.#tell('inbox', to)
    this.showInbox()
  }

  navigateInBackground(to: Events['navigate']): void {
    this.#tell('inbox', to)
  }

  showCompose(prefill?: ComposePrefill): void {
    const { compose } = this.#windows
    compose.moveToPlace()
    this.#tell('compose', prefill ?? null)
    this.#foreground.bring(compose.open())
  }

  showInactive(): void {
    this.#windows.inbox.open().showInactive()
  }

  warmUp(): void {
    this.#openInTurn(
      this.inbox(),
      windowNames.filter((name) => windowTable[name].keptWarm)
    )
  }

  hide(contents: WebContents): void {
    this.#existing()
      .find((window) => window.webContents === contents)
      ?.close()
  }

  readonly broadcast: Broadcast = (name, payload) => {
    for (const window of this.#existing()) sendEvent(window.webContents, name, payload)
  }

  isAnyVisible(): boolean {
    return Object.values(this.#windows).some((window) => window.isOnScreen())
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
          name === 'inbox' && isTicketShown() ? () => this.#tell('inbox', { to: 'quote' }) : null,
        search: () => (name === 'inbox' ? (query) => this.#tell('inbox', { to: 'search', query }) : null)
      },
      onShown: () => {
        if (name === 'inbox') this.#events.emit('inboxShown')
      },
      onHidden: () => {
        if (this.#isOnlyWayIn(name)) this.#events.emit('closed')
      }
    })
  }

  /** Never opened, the inbox is behind the tray; without one, a panel was the only way in. */
  #isOnlyWayIn(name: WindowName): boolean {
    if (windowTable[name].role === 'main') return true
    return this.#windows.inbox.wasClosed || !this.#options.hasTray()
  }

  #existing(): readonly BrowserWindow[] {
    return Object.values(this.#windows)
      .map(({ browserWindow }) => browserWindow)
      .filter((window) => window !== null)
  }

  #tell<Name extends WindowName>(name: Name, payload: Events[WindowTable[Name]['event']]): void {
    this.#windows[name].tell<WindowTable[Name]['event']>(windowTable[name].event, payload)
  }

  /** One after another: of two that are drawn for the first time at once, on Wayland a hidden one may never be. */
  #openInTurn(previous: BrowserWindow | null, [next, ...others]: readonly WindowName[]): void {
    if (next === undefined) return
    const open = (): void => this.#openInTurn(this.#windows[next].open(), others)
    if (previous?.webContents.isLoading()) previous.once('ready-to-show', open)
    else open()
  }
}
