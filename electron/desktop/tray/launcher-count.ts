/**
 * Sets the count on a launcher's icon by Unity's protocol, which KDE, Dash to Dock and Plank support, too. Sent on the
 * session bus directly: Electron uses libunity, which hardly any distribution installs.
 * https://wiki.ubuntu.com/Unity/LauncherAPI#Low_level_DBus_API:_com.canonical.Unity.LauncherEntry
 */
import { appId } from '../app-id.ts'
import { valuesOf } from '../linux/dbus-writer.ts'
import type { SessionBus } from '../linux/session-bus.ts'

const interfaceName = 'com.canonical.Unity.LauncherEntry'
/** Launchers identify an entry by this path and the sender; any path is valid. */
const path = '/tr/bilet/app/launcher'
const application = `application://${appId}.desktop`

export function sendLauncherCount(bus: Pick<SessionBus, 'emit'>, count: number): void {
  const shown = [
    ['count', { type: 'x', value: count }],
    ['count-visible', { type: 'b', value: count > 0 }]
  ] as const
  bus.emit(path, interfaceName, 'Update', valuesOf('sa{sv}', [application, shown]))
}
