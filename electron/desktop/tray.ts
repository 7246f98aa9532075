import { execFile } from 'node:child_process'
import { Menu, nativeImage, Tray } from 'electron'
import type { Act, DesktopState, Platform } from './port.ts'
import { trayIconFile, trayPicture } from './tray-icon.ts'
import { trayMenu, trayTooltip } from './tray-menu.ts'

export interface TrayView {
  /** Idempotent: shows this state, whatever was shown before. */
  render(state: DesktopState): void
  destroy(): void
}

/**
 * The icon in the menu bar or tray. What did not change is not set again: on Linux every new menu closes the
 * one that is open.
 */
export function createTray(options: {
  readonly platform: Platform
  readonly iconFolder: string
  readonly act: Act
}): TrayView {
  const { platform, iconFolder, act } = options
  let tray: Tray | null = null
  let shown = { icon: '', tooltip: '', menu: '', title: '' }

  const image = (file: string): Electron.NativeImage => {
    const icon = nativeImage.createFromPath(`${iconFolder}/${file}`)
    if (platform === 'darwin') icon.setTemplateImage(true)
    return icon
  }

  return {
    render(state) {
      const icon = trayIconFile(trayPicture(state), platform)
      const tooltip = trayTooltip(state)
      const entries = trayMenu(state, platform, act)
      const menu = JSON.stringify(entries)
      const title = state.unread > 0 ? String(state.unread) : ''
      if (!tray) {
        tray = new Tray(image(icon))
        // The menu opens on click where that is the habit (macOS, Linux); Windows opens the inbox.
        if (platform === 'win32') tray.on('click', () => act({ kind: 'inbox' }))
        tray.on('double-click', () => act({ kind: 'inbox' }))
      } else if (icon !== shown.icon) tray.setImage(image(icon))
      if (tooltip !== shown.tooltip) tray.setToolTip(tooltip)
      if (menu !== shown.menu)
        tray.setContextMenu(Menu.buildFromTemplate(entries as Electron.MenuItemConstructorOptions[]))
      if (platform === 'darwin' && title !== shown.title) tray.setTitle(title)
      shown = { icon, tooltip, menu, title }
    },
    destroy() {
      tray?.destroy()
      tray = null
    }
  }
}

/**
 * Is there a place for the icon. Electron reports nothing where there is none (GNOME without its extension), so
 * on Linux the session bus is asked for a host; where that cannot be asked, there is one.
 */
export function hasTray(platform: Platform): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(true)
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.kde.StatusNotifierWatcher'
  ]
  return new Promise((resolve) => {
    execFile('dbus-send', question, { timeout: 3000 }, (error, stdout) => {
      resolve(error !== null || !stdout.includes('boolean false'))
    })
  })
}
