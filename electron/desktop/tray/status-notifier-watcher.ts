/** Queries the watcher of StatusNotifier items (tray icons on Linux) on the session bus. */
import type { SessionBus } from '../linux/session-bus.ts'

export const watcherName = 'org.kde.StatusNotifierWatcher'
const watcherPath = '/StatusNotifierWatcher'
const busName = 'org.freedesktop.DBus'
const busPath = '/org/freedesktop/DBus'

/** Process id of a bus connection; null if the connection is closed. */
const processOf = (bus: SessionBus, connection: string): Promise<unknown> =>
  bus.call(busName, busPath, busName, 'GetConnectionUnixProcessID', [connection]).then(
    ([pid]) => pid,
    () => null
  )

/** Whether the watcher lists an icon of this process. Rejects if the watcher does not answer. */
export async function listsIconOf(bus: SessionBus, pid: number): Promise<boolean> {
  const [items] = await bus.call(watcherName, watcherPath, 'org.freedesktop.DBus.Properties', 'Get', [
    watcherName,
    'RegisteredStatusNotifierItems'
  ])
  for (const item of Array.isArray(items) ? items : []) {
    // `:1.42/StatusNotifierItem`, `:1.42@/StatusNotifierItem`, or a well-known name with or without a path.
    const connection = /^[^@/]+/.exec(String(item))?.[0]
    if (connection !== undefined && (await processOf(bus, connection)) === pid) return true
  }
  return false
}
