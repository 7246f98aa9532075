import { app, BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron'
import type { EventName, Events } from '../../ipc/contract.ts'
import { sendEvent } from '../../ipc/register.ts'
import { windowTable, type WindowName } from '../../ipc/windows.ts'
import { appOrigin } from '../security/app-scheme.ts'
import type { Locale } from '../../tickets/locale.ts'
import type { Bounds } from './placement.ts'
import type { WindowPlacement } from './window-placement.ts'
import { offerTextMenu, type PageTextActions } from './text-menu.ts'

export interface AppWindowOptions {
  readonly preload: string
  readonly icon: string
  /** Language of the context menu. */
  readonly locale: () => Locale
  /** Whether closing destroys the window (true) or hides it (false). */
  readonly mayClose: () => boolean
  /** Actions of the page for selected text. */
  readonly textActions: PageTextActions
  /** Epoch milliseconds before which the closed window is not let go. */
  readonly warmUntil: () => number
  onShown(): void
  /** Called after the person closed the window, which is hidden now. */
  onHidden(): void
}

/** Minimum time between two reloads: a page that crashes again sooner is not reloaded. */
const minReloadIntervalMs = 30_000

/** Milliseconds after closing until the window is let go. */
const letGoAfterMs = 180_000

const background = (): string => (nativeTheme.shouldUseDarkColors ? '#1b1d1e' : '#fbfaf8')

const roleOptions = {
  main: {},
  panel: { alwaysOnTop: true, fullscreenable: false, maximizable: false },
  popover: {
    ...{ alwaysOnTop: true, fullscreenable: false, maximizable: false, minimizable: false, resizable: false },
    ...{ frame: false, skipTaskbar: true }
  }
} as const satisfies Record<(typeof windowTable)[WindowName]['role'], BrowserWindowConstructorOptions>

/**
 * One window of the table: created when first needed, hidden when closed, let go some minutes later to free its memory,
 * reloaded after a crash. A page that is let go hands over what it shows, and the next page begins with it.
 */
export class AppWindow {
  readonly #spec: (typeof windowTable)[WindowName]
  readonly #placement: WindowPlacement
  readonly #options: AppWindowOptions
  #window: BrowserWindow | null = null
  /** True after the person closed it; false if it was never opened. */
  #wasClosed = false
  /** Events to send once the page has loaded. */
  #pendingEvents: (() => void)[] = []
  #letGoTimer: ReturnType<typeof setTimeout> | undefined
  /** The page was asked what it shows, and nothing has happened to it since. */
  #isLeaving = false
  /** What the page that was let go handed over. */
  #view: string | null = null

  constructor(name: WindowName, placement: WindowPlacement, options: AppWindowOptions) {
    this.#spec = windowTable[name]
    this.#placement = placement
    this.#options = options
    nativeTheme.on('updated', () => this.#window?.setBackgroundColor(background()))
  }

  get browserWindow(): BrowserWindow | null {
    return this.#window
  }

  /** True from when the person closed it until it is shown again. */
  get wasClosed(): boolean {
    return this.#wasClosed
  }

  /** Visible, or minimized with a button on the taskbar. */
  isOnScreen(): boolean {
    const window = this.#window
    if (!window) return false
    return window.isVisible() || (!this.#wasClosed && window.isMinimized())
  }

  /** Creates the window if necessary, without showing it. */
  open(): BrowserWindow {
    this.#window ??= this.#make()
    return this.#window
  }

  /**
   * Call it before showing the window for a new purpose: a hidden window moves to its place, beside `anchor` if it belongs
   * to the tray icon, and a panel is on top again.
   */
  moveToPlace(anchor: Bounds | null = null): void {
    const window = this.open()
    if (!this.isOnScreen()) this.#placement.place(window, anchor)
    if (this.#spec.role === 'panel') window.setAlwaysOnTop(true)
  }

  /** Sends an event now, or once the page has loaded. */
  send<Name extends EventName>(name: Name, payload: Events[Name]): void {
    const { webContents } = this.open()
    this.#isLeaving = false
    const send = (): void => sendEvent(webContents, name, payload)
    if (webContents.isLoading()) this.#pendingEvents.push(send)
    else send()
  }

  /** The page handed over what it shows; null: it holds something that would be lost. */
  leave(view: string | null): void {
    if (!this.#isLeaving || view === null) return
    // In a later turn, so that the page gets its answer first.
    setImmediate(() => {
      if (!this.#isLeaving || !this.#window || this.isOnScreen()) return
      this.#view = view
      this.#window.destroy()
    })
  }

  /** What the page that was let go handed over; only the first call returns it. */
  takeView(): string | null {
    const view = this.#view
    this.#view = null
    return view
  }

  #make(): BrowserWindow {
    const { minSize, role } = this.#spec
    const window = new BrowserWindow({
      show: false,
      icon: this.#options.icon,
      autoHideMenuBar: true,
      backgroundColor: background(),
      webPreferences: {
        preload: this.#options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        devTools: !app.isPackaged,
        spellcheck: true
      },
      ...this.#placement.opening(),
      minWidth: minSize.width,
      minHeight: minSize.height,
      ...roleOptions[role]
    })
    this.#placement.watch(window)
    window.on('show', () => {
      clearTimeout(this.#letGoTimer)
      this.#isLeaving = false
      this.#wasClosed = false
      this.#options.onShown()
    })
    // A panel stays on top only until another window gets the focus, e.g. to copy something from it.
    if (role === 'panel') window.on('blur', () => window.setAlwaysOnTop(false))
    if (role === 'popover') window.on('blur', () => window.close())
    window.on('close', (event) => this.#closing(window, event))
    window.on('closed', () => {
      clearTimeout(this.#letGoTimer)
      this.#isLeaving = false
      this.#window = null
    })
    window.webContents.on('did-finish-load', () => {
      for (const send of this.#pendingEvents.splice(0)) send()
    })
    offerTextMenu(window, this.#options.locale, this.#options.textActions)
    this.#load(window)
    this.#letGoLater()
    return window
  }

  /** One timer for each time that the window is closed: a hidden window must not wake the machine again and again. */
  #letGoLater(): void {
    clearTimeout(this.#letGoTimer)
    this.#letGoTimer = setTimeout(
      () => this.#letGo(),
      Math.max(letGoAfterMs, this.#options.warmUntil() - Date.now())
    )
  }

  #letGo(): void {
    const window = this.#window
    if (!window || this.isOnScreen() || window.webContents.isLoading()) return
    this.#isLeaving = true
    sendEvent(window.webContents, 'leave', null)
  }

  #closing(window: BrowserWindow, event: Electron.Event): void {
    this.#placement.save(window)
    if (this.#options.mayClose()) return
    event.preventDefault()
    // Already hidden: a late close request changes nothing.
    if (this.#wasClosed) return
    window.hide()
    this.#wasClosed = true
    sendEvent(window.webContents, 'closed', null)
    this.#letGoLater()
    this.#options.onHidden()
  }

  #load(window: BrowserWindow): void {
    const address = `${appOrigin}/${this.#spec.page}`
    let lastCrash = -Infinity
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      const now = performance.now()
      if (this.#options.mayClose() || reason === 'clean-exit' || now - lastCrash < minReloadIntervalMs) return
      lastCrash = now
      window.loadURL(address).catch(() => undefined)
    })
    window.loadURL(address).catch(() => undefined)
  }
}
