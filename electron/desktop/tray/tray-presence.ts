import type { Settings } from '../../ipc/contract.ts'
import type { SettingsStore } from '../../storage/settings.ts'
import type { HostNotices } from '../host-notices.ts'
import type { Windows } from '../windows/windows.ts'
import type { TrayHost } from './tray-host.ts'

/** Shows a notice, and a window if none is visible, while the tray icon has no place. */
export function watchTrayPresence(parts: {
  readonly trayHost: TrayHost
  readonly notices: HostNotices
  readonly settings: SettingsStore<Settings>
  readonly windows: Windows
}): void {
  const { trayHost, notices, settings, windows } = parts
  trayHost.onChange((isThere) => {
    if (isThere) {
      notices.remove('no-tray')
      return
    }
    if (settings.current().stayWithoutTray) return
    notices.add({ kind: 'no-tray' })
    // The window is now the only way into the app. It was not requested, so it does not take the focus.
    if (!windows.isAnyVisible()) windows.showInactive()
  })
  // No notice for people who chose to run the app without tray and window.
  if (!trayHost.isThere() && !settings.current().stayWithoutTray) notices.add({ kind: 'no-tray' })
}
