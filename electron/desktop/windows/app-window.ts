import { app, BrowserWindow, nativeTheme } from 'electron'
import type { EventName, Events } from '../../ipc/contract.ts'
import { sendEvent } from '../../ipc/register.ts'
import { windowTable, type WindowName } from '../../ipc/windows.ts'
import { appOrigin } from '../security/app-scheme.ts'
import type { Locale } from '../../tickets/locale.ts'
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
  onShown(): void
  /** Called after the person closed the window, which is hidden now. */
  onHidden(): void
}

/** Minimum time between two reloads: a page that crashes again sooner is not reloaded. */
const minReloadIntervalMs = 30_000

const background = (): string => (nativeTheme.shouldUseDarkColors ? '#1b1d1e' : '#fbfaf8')

const panelOptions = { alwaysOnTop: true, fullscreenable: false, maximizable: false }

/** One window of the table: created when first needed, hidden when closed, reloaded after a crash. */
export class AppWindow {
  readonly #spec: (typeof windowTable)[WindowName]
  readonly #placement: WindowPlacement
  readonly #options: AppWindowOptions
  #window: BrowserWindow | null = null
  /** True after the person closed it; false if it was never opened. */
  #wasClosed = false
  /** Events to send once the page has loaded. */
  #pendingEvents: (() => void)[] = []

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
   * Call it before showing the window for a new purpose: a hidden window moves to its place, and a panel is on top
   * again.
   */
  moveToPlace(): void {
    const window = this.open()
    if (!this.isOnScreen()) this.#placement.place(window)
    if (this.#spec.role === 'panel') window.setAlwaysOnTop(true)
  }

  /** Sends an event now, or once the page has loaded. */
  send<Name extends EventName>(name: Name, payload: Events[Name]): void {
    const { webContents } = this.open()
    const send = (): void => sendEvent(webContents, name, payload)
    if (webContents.isLoading()) this.#pendingEvents.push(send)
    else send()
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
      ...(role === 'panel' ? panelOptions : {})
    })
    this.#placement.watch(window)
    window.on('show', () => {
      this.#wasClosed = false
      this.#options.onShown()
    })
    // A panel stays on top only until another window gets the focus, e.g. to copy something from it.
    if (role === 'panel') window.on('blur', () => window.setAlwaysOnTop(false))
    window.on('close', (event) => this.#closing(window, event))
    window.on('closed', () => {
      this.#window = null
    })
    window.webContents.on('did-finish-load', () => {
      for (const send of this.#pendingEvents.splice(0)) send()
    })
    offerTextMenu(window, this.#options.locale, this.#options.textActions)
    this.#load(window)
    return window
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
