import { app, BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import { appOrigin } from '../security/app-scheme.ts'
import { offerTextMenu } from './text-menu.ts'
import type { DisplayServer } from '../linux/display-server.ts'
import type { Locale } from '../../tickets/locale.ts'
import {
  arrangementOf,
  centreOn,
  placeOn,
  readSavedBounds,
  readSavedSize,
  recall,
  remember,
  sizeWithin,
  type Bounds,
  type SavedBounds,
  type Size
} from './placement.ts'
import type { ComposePrefill, Events } from '../../ipc/contract.ts'
import type { Broadcast } from '../../ipc/events.ts'
import { sendEvent } from '../../ipc/register.ts'

/** Windows come to the front only through these, and these are called only for what the person asked. */
export interface Windows {
  /** Shows the inbox in front, making it when needed. */
  showInbox(): void
  /** Shows it, and takes it to a ticket or the settings once the page listens. */
  navigate(to: Events['navigate']): void
  /** The same for an answer that comes late: shows nothing and takes no keyboard; the person may be elsewhere by now. */
  navigateWhereItIs(to: Events['navigate']): void
  showCompose(prefill?: ComposePrefill): void
  /** Keeps the new-ticket window ready, hidden, so that the shortcut needs no loading. */
  warmCompose(): void
  hide(contents: WebContents): void
  readonly broadcast: Broadcast
  isAnyVisible(): boolean
  /** Puts the inbox on screen without taking the keyboard from what the person does. */
  showBehind(): void
  inbox(): BrowserWindow | null
  /** From now on closing closes. */
  letClose(): void
}

export interface WindowOptions {
  readonly preload: string
  readonly icon: string
  readonly displayServer: DisplayServer
  /** Where the inbox was, as it was saved; checked here. Neither read nor written on Wayland, but for a first size. */
  readonly savedBounds: () => unknown
  saveBounds(bounds: SavedBounds): void
  /** Of the inbox on Wayland, where nobody knows its place; as it was saved, checked here. */
  readonly savedInboxSize: () => unknown
  saveInboxSize(size: Size): void
  /** The inbox filled its display when it was last seen. */
  readonly savedMaximized: () => boolean
  saveMaximized(maximized: boolean): void
  /** Of the new-ticket window, which opens where the pointer is; as it was saved, checked here. */
  readonly savedComposeSize: () => unknown
  saveComposeSize(size: Size): void
  /** Closing the inbox only ever hides it; whether the app goes on without it is decided outside. */
  onClosed(): void
  /** Whether the app can be reached without a window. */
  hasTray(): boolean
  onInboxShown(): void
  /** Of the menus. */
  readonly locale: () => Locale
}

const inboxSize = { width: 980, height: 660 }
/** Of a first start. */
const composeSize = { width: 480, height: 640 }
/** On Wayland a window that was asked to come to the front has the keyboard within this time, or the desktop refused. */
const focusPatienceMs = 400
/** A page that crashes again within this time is left alone. */
const reloadAtMostEveryMs = 30_000

const background = (): string => (nativeTheme.shouldUseDarkColors ? '#1b1d1e' : '#fbfaf8')
const sizeOf = ({ width, height }: Size): Size => ({ width, height })
const workAreas = (): readonly Bounds[] => screen.getAllDisplays().map(({ workArea }) => workArea)

export function createWindows(options: WindowOptions): Windows {
  let inbox: BrowserWindow | null = null
  let compose: BrowserWindow | null = null
  let closing = false
  const onWayland = options.displayServer === 'wayland'
  /** Closed by the person, not just never opened: then closing the new-ticket window is the end of the last one. */
  let inboxWasClosed = false
  const pending: Events['navigate'][] = []

  const open = (): readonly BrowserWindow[] => [inbox, compose].filter((window) => window !== null)

  const common = (): Electron.BrowserWindowConstructorOptions => ({
    show: false,
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: background(),
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: !app.isPackaged,
      spellcheck: true
    }
  })

  function load(window: BrowserWindow, page: string): void {
    const address = `${appOrigin}/${page}`
    let lastCrash = -Infinity
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      const now = performance.now()
      if (closing || reason === 'clean-exit' || now - lastCrash < reloadAtMostEveryMs) return
      lastCrash = now
      window.loadURL(address).catch(() => undefined)
    })
    offerTextMenu(window, options.locale)
    window.loadURL(address).catch(() => undefined)
  }

  const placed = (saved: SavedBounds | null): Bounds => {
    const areas = workAreas()
    return placeOn(areas, recall(saved, areas), inboxSize)
  }
  /** Where an inbox opens; on Wayland only how large, for the compositor places it. */
  const opening = (): Bounds | Size => {
    if (!onWayland) return placed(readSavedBounds(options.savedBounds()))
    const saved = readSavedSize(options.savedInboxSize()) ?? readSavedSize(options.savedBounds())
    return sizeWithin(workAreas(), saved ?? inboxSize)
  }

  function openInbox(): BrowserWindow {
    if (inbox) return inbox
    const window = new BrowserWindow({
      ...common(),
      ...opening(),
      minWidth: 480,
      minHeight: 400
    })
    inbox = window
    const save = (): void => {
      if (window.isMinimized() || window.isMaximized() || window.isFullScreen()) return
      const bounds = window.getBounds()
      // Wayland says 0,0 wherever the window is: the place that an X11 session knows stays as it is.
      if (onWayland) options.saveInboxSize(sizeOf(bounds))
      else options.saveBounds(remember(readSavedBounds(options.savedBounds()), workAreas(), bounds))
    }
    let saving: ReturnType<typeof setTimeout> | undefined
    const saveSoon = (): void => {
      clearTimeout(saving)
      saving = setTimeout(() => {
        if (!window.isDestroyed()) save()
      }, 500)
    }
    window.on('move', saveSoon)
    window.on('resize', saveSoon)
    window.on('maximize', () => options.saveMaximized(true))
    window.on('unmaximize', () => options.saveMaximized(false))
    // Not before it is shown: maximizing a hidden window shows it.
    if (options.savedMaximized()) window.once('show', () => window.maximize())
    window.on('close', (event) => {
      save()
      if (closing) return
      event.preventDefault()
      window.hide()
      inboxWasClosed = true
      options.onClosed()
    })
    window.on('closed', () => {
      inbox = null
    })
    window.on('show', () => {
      inboxWasClosed = false
      options.onInboxShown()
    })
    window.webContents.on('did-finish-load', () => {
      for (const to of pending.splice(0)) sendEvent(window.webContents, 'navigate', to)
    })
    load(window, 'inbox.html')
    return window
  }

  const wantedComposeSize = (): Size => readSavedSize(options.savedComposeSize()) ?? composeSize
  /** What the display left of it; the person's own size is what differs. */
  let givenComposeSize: Size = composeSize

  function openCompose(): BrowserWindow {
    if (compose) return compose
    givenComposeSize = wantedComposeSize()
    const window = new BrowserWindow({
      ...common(),
      ...givenComposeSize,
      minWidth: 400,
      minHeight: 420,
      alwaysOnTop: true,
      fullscreenable: false,
      maximizable: false,
      minimizable: false
    })
    compose = window
    let resized = false
    window.on('resize', () => {
      const { width, height } = window.getBounds()
      if (!window.isVisible() || (width === givenComposeSize.width && height === givenComposeSize.height))
        return
      givenComposeSize = { width, height }
      resized = true
    })
    window.on('close', (event) => {
      if (resized) options.saveComposeSize(givenComposeSize)
      resized = false
      if (closing) return
      event.preventDefault()
      window.hide()
      // Never opened, the inbox is behind the tray; without one, this was the only way in.
      if (inboxWasClosed || !options.hasTray()) options.onClosed()
    })
    window.on('closed', () => {
      compose = null
    })
    load(window, 'compose.html')
    return window
  }

  let settling: ReturnType<typeof setTimeout> | undefined
  /**
   * In front, with the keyboard. On Wayland the desktop decides, by the activation token that Electron took over from
   * a click or a second start. Without a good one the window stays behind and only blinks; mapped anew, it is a new
   * window, and that comes to the front. The same brings up one that Electron took for shown and no compositor did.
   */
  function present(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    if (!onWayland) return
    clearTimeout(settling)
    if (window.isFocused()) return
    settling = setTimeout(() => {
      if (!window.isDestroyed() && window.isVisible() && !window.isFocused()) mapAnew(window)
    }, focusPatienceMs)
    // The person may go on to another window from then on.
    window.once('focus', () => clearTimeout(settling))
  }
  function mapAnew(window: BrowserWindow): void {
    const isMaximized = window.isMaximized()
    window.hide()
    window.show()
    if (isMaximized) window.maximize()
    window.focus()
  }

  function moveTo(window: BrowserWindow, there: Bounds): void {
    const now = window.getBounds()
    if (there.x !== now.x || there.y !== now.y || there.width !== now.width || there.height !== now.height)
      window.setBounds(there)
  }
  const movable = (): BrowserWindow | null =>
    inbox && !onWayland && !inbox.isMaximized() && !inbox.isFullScreen() ? inbox : null
  /** Displays came or went: back to where it was with these, and in any case to where the person can reach it. */
  function rearrange(): void {
    const window = movable()
    const saved = readSavedBounds(options.savedBounds())
    if (window) moveTo(window, placed({ ...saved, ...window.getBounds() }))
  }
  let arrangement = arrangementOf(workAreas())
  /** Also told of what moves nothing, such as a colour depth: then the window stays where the person drags it. */
  function displaysChanged(): void {
    const now = arrangementOf(workAreas())
    if (now === arrangement) keepInside()
    else rearrange()
    arrangement = now
  }
  function keepInside(): void {
    const window = movable()
    if (window) moveTo(window, placeOn(workAreas(), window.getBounds(), inboxSize))
  }
  screen.on('display-removed', displaysChanged)
  screen.on('display-added', displaysChanged)
  screen.on('display-metrics-changed', displaysChanged)
  nativeTheme.on('updated', () => {
    for (const window of open()) window.setBackgroundColor(background())
  })

  function take(to: Events['navigate']): BrowserWindow {
    const window = openInbox()
    if (window.webContents.isLoading()) pending.push(to)
    else sendEvent(window.webContents, 'navigate', to)
    return window
  }

  return {
    showInbox() {
      present(openInbox())
    },
    navigate(to) {
      present(take(to))
    },
    navigateWhereItIs(to) {
      take(to)
    },
    showCompose(prefill) {
      const window = openCompose()
      const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
      if (!window.isVisible()) {
        const { width, height } = wantedComposeSize()
        const place = centreOn(workArea, width, height)
        givenComposeSize = place
        // On Wayland the compositor places it.
        if (onWayland) window.setSize(place.width, place.height)
        else window.setBounds(place)
      }
      const start = (): void => sendEvent(window.webContents, 'compose', prefill ?? null)
      if (window.webContents.isLoading()) window.webContents.once('did-finish-load', start)
      else start()
      present(window)
    },
    warmCompose() {
      // One after the other: of two that are drawn for the first time at once, on Wayland a hidden one may never be.
      if (inbox?.webContents.isLoading()) inbox.once('ready-to-show', openCompose)
      else openCompose()
    },
    hide(contents) {
      open()
        .find((window) => window.webContents === contents)
        ?.close()
    },
    broadcast(name, payload) {
      for (const window of open()) sendEvent(window.webContents, name, payload)
    },
    // Minimized, it has its button on the taskbar.
    isAnyVisible: () =>
      open().some(
        (window) => window.isVisible() || (window === inbox && !inboxWasClosed && window.isMinimized())
      ),
    showBehind() {
      openInbox().showInactive()
    },
    inbox: () => inbox,
    letClose() {
      closing = true
    }
  }
}
