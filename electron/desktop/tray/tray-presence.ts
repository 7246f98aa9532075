import type { Settings } from '../../ipc/contract.ts'
import type { SettingsStore } from '../../storage/settings.ts'
import type { HostNotices } from '../host-notices.ts'
import type { Windows } from '../windows/windows.ts'
import type { TrayHost } from './tray-host.ts'

/** Whether there is a place for the tray icon: says so where there is none, and leads to a window instead. */
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
    // There is no other way in now, and nobody wants it unseen. It was not asked for: it does not take the keyboard.
    if (!windows.isAnyVisible()) windows.showInactive()
  })
  // Who chose to do without a window knows it.
  if (!trayHost.isThere() && !settings.current().stayWithoutTray) notices.add({ kind: 'no-tray' })
}
