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
  /** Of its menus. */
  readonly locale: () => Locale
  /** True: closing it destroys it. False: it hides. */
  readonly mayClose: () => boolean
  /** Of its page, for selected words. */
  readonly textActions: PageTextActions
  onShown(): void
  /** The person closed it; it is hidden now. */
  onHidden(): void
}

/** A page that crashes again within this time is left alone. */
const reloadAtMostEveryMs = 30_000

const background = (): string => (nativeTheme.shouldUseDarkColors ? '#1b1d1e' : '#fbfaf8')

const panelOptions = { alwaysOnTop: true, fullscreenable: false, maximizable: false }

/** One window of the table: made when it is first needed, hidden when it is closed, reloaded after a crash. */
export class AppWindow {
  readonly #spec: (typeof windowTable)[WindowName]
  readonly #placement: WindowPlacement
  readonly #options: AppWindowOptions
  #window: BrowserWindow | null = null
  /** True if the person closed it, false if it was never opened. */
  #wasClosed = false
  /** What to tell the page once it listens. */
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

  /** To be shown for a new purpose: a hidden one moves to where it belongs now, and a panel floats again. */
  moveToPlace(): void {
    const window = this.open()
    if (!this.isOnScreen()) this.#placement.place(window)
    if (this.#spec.role === 'panel') window.setAlwaysOnTop(true)
  }

  /** Now, or once its page listens. */
  tell<Name extends EventName>(name: Name, payload: Events[Name]): void {
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
    // Who goes to another window, for something to copy, wants to see it.
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
    // Hidden already: what its page asks late changes nothing.
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
      if (this.#options.mayClose() || reason === 'clean-exit' || now - lastCrash < reloadAtMostEveryMs) return
      lastCrash = now
      window.loadURL(address).catch(() => undefined)
    })
    window.loadURL(address).catch(() => undefined)
  }
}
