import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import { appOrigin } from './app-scheme.ts'
import { centreOn, placeOn, type Bounds } from './placement.ts'
import type { ComposePrefill, EventName, Events } from '../ipc/contract.ts'
import { sendEvent } from '../ipc/register.ts'

export interface Windows {
  /** Shows the inbox in front, making it when needed. */
  showInbox(): void
  /** Shows it, and takes it to a ticket or the settings once the page listens. */
  navigate(to: Events['navigate']): void
  showCompose(prefill?: ComposePrefill): void
  /** Keeps the new-ticket window ready, hidden, so that the shortcut needs no loading. */
  warmCompose(): void
  hide(contents: WebContents): void
  broadcast<Name extends EventName>(name: Name, payload: Events[Name]): void
  isInboxVisible(): boolean
  /** From now on closing closes. */
  letClose(): void
}

export interface WindowOptions {
  readonly preload: string
  readonly icon: string
  readonly savedBounds: () => Bounds | null
  saveBounds(bounds: Bounds): void
  /** May the inbox hide instead of closing. */
  readonly hidesOnClose: () => boolean
  onHidden(): void
  onInboxShown(): void
}

const inboxSize = { width: 980, height: 660 }
const composeSize = { width: 480, height: 640 }

export function createWindows(options: WindowOptions): Windows {
  let inbox: BrowserWindow | null = null
  let compose: BrowserWindow | null = null
  let closing = false
  const pending: Events['navigate'][] = []

  const common = (): Electron.BrowserWindowConstructorOptions => ({
    show: false,
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1d1e' : '#fbfaf8',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: true
    }
  })

  function load(window: BrowserWindow, page: string): void {
    window.loadURL(`${appOrigin}/${page}`).catch(() => undefined)
  }

  function openInbox(): BrowserWindow {
    if (inbox) return inbox
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
    const window = new BrowserWindow({
      ...common(),
      ...placeOn(areas, options.savedBounds(), inboxSize),
      minWidth: 480,
      minHeight: 400
    })
    inbox = window
    const save = (): void => {
      if (!window.isMinimized() && !window.isMaximized()) options.saveBounds(window.getBounds())
    }
    window.on('moved', save)
    window.on('resized', save)
    window.on('close', (event) => {
      save()
      if (closing || !options.hidesOnClose()) return
      event.preventDefault()
      window.hide()
      options.onHidden()
    })
    window.on('closed', () => {
      inbox = null
    })
    window.on('show', () => {
      options.onInboxShown()
    })
    window.webContents.on('did-finish-load', () => {
      for (const to of pending.splice(0)) sendEvent(window.webContents, 'navigate', to)
    })
    load(window, 'inbox.html')
    return window
  }

  function openCompose(): BrowserWindow {
    if (compose) return compose
    const window = new BrowserWindow({
      ...common(),
      ...composeSize,
      minWidth: 400,
      minHeight: 420,
      alwaysOnTop: true,
      fullscreenable: false,
      maximizable: false,
      minimizable: false
    })
    compose = window
    window.on('close', (event) => {
      if (closing) return
      event.preventDefault()
      window.hide()
    })
    window.on('closed', () => {
      compose = null
    })
    load(window, 'compose.html')
    return window
  }

  function present(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  const open = (): readonly BrowserWindow[] => [inbox, compose].filter((window) => window !== null)

  return {
    showInbox() {
      present(openInbox())
    },
    navigate(to) {
      const window = openInbox()
      if (window.webContents.isLoading()) pending.push(to)
      else sendEvent(window.webContents, 'navigate', to)
      present(window)
    },
    showCompose(prefill) {
      const window = openCompose()
      const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
      if (!window.isVisible()) window.setBounds(centreOn(workArea, composeSize.width, composeSize.height))
      const start = (): void => sendEvent(window.webContents, 'compose', prefill ?? null)
      if (window.webContents.isLoading()) window.webContents.once('did-finish-load', start)
      else start()
      present(window)
    },
    warmCompose() {
      openCompose()
    },
    hide(contents) {
      open()
        .find((window) => window.webContents === contents)
        ?.close()
    },
    broadcast(name, payload) {
      for (const window of open()) sendEvent(window.webContents, name, payload)
    },
    isInboxVisible: () => inbox?.isVisible() ?? false,
    letClose() {
      closing = true
    }
  }
}
