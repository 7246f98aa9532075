/**
 * The count on a launcher's icon by Unity's protocol, which KDE, Dash to Dock and Plank read too. Said on the bus
 * directly: Electron says it through libunity, which hardly any system still brings.
 * https://wiki.ubuntu.com/Unity/LauncherAPI#Low_level_DBus_API:_com.canonical.Unity.LauncherEntry
 */
import { textAndProperties } from './dbus-wire.ts'
import type { SessionBus } from './session-bus.ts'

const face = 'com.canonical.Unity.LauncherEntry'
/** Launchers tell entries apart by it and the sender; any path of its own will do. */
const path = '/tr/bilet/app/launcher'
const application = 'application://bilet.desktop'

export function tellLauncher(bus: Pick<SessionBus, 'emit'>, count: number): void {
  bus.emit(path, face, 'Update', textAndProperties(application, { count, 'count-visible': count > 0 }))
}
