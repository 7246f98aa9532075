import { Menu, nativeImage, Tray } from 'electron'
import type { Act, DesktopState, Platform } from '../types.ts'
import { trayIconFile, trayPicture } from './tray-icon.ts'
import { trayMenu, trayTooltip } from './tray-menu.ts'

export interface TrayView {
  /** Idempotent: shows this state, whatever was shown before. */
  render(state: DesktopState): void
  /** Makes the icon anew, for a panel that came after it. */
  renew(): void
  /** How it went, for diagnostics. */
  lastOutcome(): string
  destroy(): void
}

/**
 * Which of Electron's tray events open the inbox. macOS opens the menu on click. On Linux panels that know
 * `ItemIsMenu` open the menu and never tell; those that do not, activate.
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

/** Text beside the icon in macOS' menu bar; nothing when all is read. */
export const trayTitle = (unread: number): string => (unread > 99 ? '99+' : unread > 0 ? String(unread) : '')

const nothingShown = { icon: '', tooltip: '', menu: '', title: '' }

/**
 * The icon in the menu bar or tray. What did not change is not set again: on Linux every new menu closes the
 * one that is open.
 */
export function createTray(options: {
  readonly platform: Platform
  readonly iconFolder: string
  readonly act: Act
  /** After the icon was made, also anew. */
  readonly onMade: () => void
}): TrayView {
  const { platform, iconFolder, act, onMade } = options
  let tray: Tray | null = null
  let shown = nothingShown
  let last: DesktopState | null = null
  let outcome = 'not shown yet'

  const image = (file: string): Electron.NativeImage => {
    const icon = nativeImage.createFromPath(`${iconFolder}/${file}`)
    // Electron accepts an empty image silently, and the icon would be invisible.
    outcome = icon.isEmpty() ? `no picture ${file}` : `shown ${file}`
    if (platform === 'darwin') icon.setTemplateImage(true)
    return icon
  }

  function make(icon: string): Tray {
    const made = new Tray(image(icon))
    const open = (): void => act({ kind: 'inbox' })
    for (const event of openingEvents(platform)) made.on(event as 'click', open)
    shown = { ...nothingShown, icon }
    onMade()
    return made
  }

  function render(state: DesktopState): void {
    last = state
    try {
      draw(state)
    } catch (error) {
      outcome = `failed: ${error instanceof Error ? error.message : 'unknown'}`
      throw error
    }
  }

  function draw(state: DesktopState): void {
    const icon = trayIconFile(trayPicture(state), platform)
    const tooltip = trayTooltip(state)
    const entries = trayMenu(state, platform, act)
    const menu = JSON.stringify(entries)
    const title = platform === 'darwin' ? trayTitle(state.unread) : ''
    tray ??= make(icon)
    if (icon !== shown.icon) tray.setImage(image(icon))
    if (tooltip !== shown.tooltip) tray.setToolTip(tooltip)
    if (menu !== shown.menu) tray.setContextMenu(Menu.buildFromTemplate(entries))
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
      if (last) render(last)
    },
    destroy
  }
}
