import { Menu, nativeImage, Tray } from 'electron'
import type { Settings } from '../../ipc/contract.ts'
import type { Act, DesktopState, Platform } from '../types.ts'
import { trayIconFile, trayIconName } from './tray-icon.ts'
import { trayMenu, trayTooltip } from './tray-menu.ts'

export interface TrayView {
  /** Idempotent: shows this state, whatever was shown before. Rethrows Electron's errors. */
  render(state: DesktopState): void
  /** Re-creates the icon, for a panel that started after it was created. */
  renew(): void
  /** Result of the last attempt to show the icon, for diagnostics. */
  lastOutcome(): string
  destroy(): void
}

/**
 * Tray events that open the inbox. On macOS a click opens the menu. On Linux, panels that support `ItemIsMenu` open the
 * menu and send no event; the others send `click`.
 */
export function openingEvents(platform: Platform): readonly ('click' | 'double-click')[] {
  switch (platform) {
    case 'darwin':
      return []
    case 'win32':
      return ['click', 'double-click']
    case 'linux':
      return ['click']
  }
}

/** Text beside the icon in macOS' menu bar; empty if nothing is unread. */
export const trayTitle = (unread: number): string => (unread > 99 ? '99+' : unread > 0 ? String(unread) : '')

interface ClickParts {
  readonly platform: Platform
  readonly act: Act
  readonly clickOpens: () => Settings['trayClick']
  readonly menu: () => Electron.Menu | null
}

/** Clicks open the inbox or the popover; on macOS only the popover, whose icon has its menu behind the other button. */
function listenToClicks(tray: Tray, { platform, act, clickOpens, menu }: ClickParts): void {
  const openPopover = (bounds: Electron.Rectangle): void =>
    act({ kind: 'popover', anchor: bounds.width > 0 ? bounds : null })
  for (const event of openingEvents(platform))
    tray.on(event as 'click', (_event, bounds) => {
      if (event === 'click' && clickOpens() === 'popover') openPopover(bounds)
      else act({ kind: 'inbox' })
    })
  if (platform !== 'darwin') return
  tray.on('click', (_event, bounds) => {
    if (clickOpens() === 'popover') openPopover(bounds)
  })
  tray.on('right-click', () => {
    const items = menu()
    if (clickOpens() === 'popover' && items) tray.popUpContextMenu(items)
  })
}

const emptyTray = { icon: '', tooltip: '', menu: '', title: '' }

/** The tray icon. Unchanged parts are not set again: on Linux setting a menu closes the open one. */
export function createTray(options: {
  readonly platform: Platform
  readonly iconFolder: string
  readonly act: Act
  /** What a click on the icon opens. */
  readonly clickOpens: () => Settings['trayClick']
  /** Called after the icon was created or re-created. */
  readonly onMade: () => void
}): TrayView {
  const { platform, iconFolder, act, clickOpens, onMade } = options
  let tray: Tray | null = null
  let builtMenu: Electron.Menu | null = null
  let shown = emptyTray
  let lastState: DesktopState | null = null
  let outcome = 'not shown yet'

  const image = (file: string): Electron.NativeImage => {
    const icon = nativeImage.createFromPath(`${iconFolder}/${file}`)
    // Electron accepts an empty image without an error, and the icon would be invisible.
    const name = file.replace(/\.\w+$/, '')
    outcome = icon.isEmpty() ? `no picture ${name}` : `shown ${name}`
    if (platform === 'darwin') icon.setTemplateImage(true)
    return icon
  }

  function make(icon: string): Tray {
    const made = new Tray(image(icon))
    listenToClicks(made, { platform, act, clickOpens, menu: () => builtMenu })
    shown = { ...emptyTray, icon }
    onMade()
    return made
  }

  function render(state: DesktopState): void {
    lastState = state
    try {
      draw(state)
    } catch (error) {
      outcome = `failed: ${error instanceof Error ? error.message : 'unknown'}`
      throw error
    }
  }

  function draw(state: DesktopState): void {
    const icon = trayIconFile(trayIconName(state), platform)
    const tooltip = trayTooltip(state)
    const entries = trayMenu(state, platform, act)
    const opensMenu = platform !== 'darwin' || clickOpens() === 'inbox'
    const menu = `${opensMenu} ${JSON.stringify(entries)}`
    const title = platform === 'darwin' ? trayTitle(state.counted) : ''
    tray ??= make(icon)
    if (icon !== shown.icon) tray.setImage(image(icon))
    if (tooltip !== shown.tooltip) tray.setToolTip(tooltip)
    if (menu !== shown.menu) {
      builtMenu = Menu.buildFromTemplate(entries)
      // With a menu of its own the icon tells no clicks on macOS.
      tray.setContextMenu(opensMenu ? builtMenu : null)
    }
    if (title !== shown.title) tray.setTitle(title)
    shown = { icon, tooltip, menu, title }
  }

  function destroy(): void {
    tray?.destroy()
    tray = null
  }

  return {
    render,
    lastOutcome: () => outcome,
    renew() {
      destroy()
      if (lastState) render(lastState)
    },
    destroy
  }
}
