/**
 * Is there a place for the tray icon. macOS and Windows always have one. On Linux it is whoever owns the name of
 * StatusNotifier's watcher: KDE, XFCE and most panels have one, GNOME only with an extension. A watcher may refuse the
 * icon, and Electron tells nobody: the icon is believed once it stands in the watcher's list. Where the bus cannot be
 * asked, a place is assumed: an icon too few is worse than a window too many.
 */
import type { Platform } from '../types.ts'
import { sessionBus, type SessionBus } from '../linux/session-bus.ts'

export const watcherName = 'org.kde.StatusNotifierWatcher'
const watcherPath = '/StatusNotifierWatcher'
const busName = 'org.freedesktop.DBus'
const busPath = '/org/freedesktop/DBus'

/** At login the app may be there before the panel; then it waits this long before it gives up. */
const panelPatienceMs = 8_000

/** A panel that restarts is back sooner than this; until then it counts as there. */
const restartPatienceMs = 10_000

/** Electron offers the icon and the watcher takes it in far less; until then it counts as there. */
const acceptPatienceMs = 4_000

export interface TrayHost {
  isThere(): boolean
  /** What shows the icon, and whether it took it, for diagnostics. */
  readonly backend: string
  /** The icon was made, also anew: from now on it is there only if the panel takes it. */
  offered(): void
  /** A panel is there anew, also the same one after a restart: icons of before are gone with it. */
  onArrival(listener: () => void): void
  /** Told when there is a place for the icon that was not, or none any more. */
  onChange(listener: (there: boolean) => void): void
}

/**
 * `patienceMs`: how long to wait for a panel that is not there yet; 0 asks once. Never throws.
 * `bus` is null on macOS, Windows and where there is no session bus.
 */
export async function findTrayHost(options: {
  readonly platform: Platform
  readonly bus: SessionBus | null
  readonly patienceMs: number
  readonly restartMs?: number
  readonly acceptMs?: number
}): Promise<TrayHost> {
  const { platform, bus, patienceMs, restartMs = restartPatienceMs, acceptMs = acceptPatienceMs } = options
  const listeners = new Set<(there: boolean) => void>()
  const arrivals = new Set<() => void>()
  const host = {
    onArrival: (listener: () => void): void => void arrivals.add(listener),
    onChange: (listener: (there: boolean) => void): void => void listeners.add(listener)
  }
  const assumed = (backend: string): TrayHost => ({
    ...host,
    backend,
    isThere: () => true,
    offered: () => undefined
  })
  if (platform !== 'linux') return assumed(platform === 'darwin' ? 'menu bar' : 'notification area')
  if (!bus) return assumed('assumed: no session bus')

  let owned = false
  let looks = 0
  let there = false
  let icon: 'none' | 'offered' | 'accepted' | 'refused' = 'none'
  let leaving: ReturnType<typeof setTimeout> | undefined
  let deciding: ReturnType<typeof setTimeout> | undefined
  const isThere = (): boolean => there
  let arrived = (): void => undefined
  const become = (now: boolean): void => {
    if (now === there) return
    there = now
    for (const listener of listeners) listener(now)
  }
  const arrive = (): void => {
    arrived()
    for (const listener of arrivals) listener()
  }
  const change = (now: boolean): void => {
    if (now === owned) return
    owned = now
    clearTimeout(leaving)
    if (!now) {
      leaving = setTimeout(() => become(false), restartMs)
      return
    }
    arrive()
    become(true)
  }
  /** Believes what the watcher lists; an icon that was just offered has its time to get there. */
  async function look(): Promise<void> {
    if (icon === 'none' || !owned) return
    const own = ++looks
    const isListed = await listsIconOf(process.pid).catch(() => false)
    if (own !== looks || !isOwned()) return
    if (isListed) {
      clearTimeout(deciding)
      icon = 'accepted'
      become(true)
    } else if (icon !== 'offered') {
      icon = 'refused'
      become(false)
    }
  }
  const isOwned = (): boolean => owned
  const lookNow = (): void => void look().catch(() => undefined)

  const of = bus
  async function listsIconOf(pid: number): Promise<boolean> {
    const [items] = await of.call(watcherName, watcherPath, 'org.freedesktop.DBus.Properties', 'Get', [
      watcherName,
      'RegisteredStatusNotifierItems'
    ])
    for (const item of Array.isArray(items) ? items : []) {
      // `:1.42/StatusNotifierItem`, `:1.42@/StatusNotifierItem`, or a well-known name with or without a path.
      const connection = /^[^@/]+/.exec(String(item))?.[0]
      if (connection !== undefined && (await processOf(connection)) === pid) return true
    }
    return false
  }
  const processOf = (connection: string): Promise<unknown> =>
    of.call(busName, busPath, busName, 'GetConnectionUnixProcessID', [connection]).then(
      ([pid]) => pid,
      () => null
    )

  try {
    await bus.watch(watcherName, change)
    await bus.listen(watcherName, 'StatusNotifierItemRegistered', lookNow)
    await bus.listen(watcherName, 'StatusNotifierItemUnregistered', lookNow)
    // A watcher without anybody who draws takes no icon; Electron does not try again by itself.
    await bus.listen(watcherName, 'StatusNotifierHostRegistered', () => {
      if (owned && !isThere()) arrive()
    })
    if (await bus.hasOwner(watcherName)) change(true)
  } catch {
    return assumed('assumed: the session bus does not answer')
  }
  if (!isThere() && patienceMs > 0)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs)
      arrived = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  return {
    ...host,
    get backend() {
      return `StatusNotifier, icon ${icon}`
    },
    isThere,
    offered() {
      icon = 'offered'
      clearTimeout(deciding)
      deciding = setTimeout(() => {
        if (icon === 'offered') icon = 'refused'
        lookNow()
      }, acceptMs)
      lookNow()
    }
  }
}

let shared: Promise<TrayHost> | null = null

/** Of this machine, asked once per run; waits for a late panel when nobody waits for a window. */
export const trayHost = (platform: Platform, hidden: boolean): Promise<TrayHost> =>
  (shared ??= (platform === 'linux' ? sessionBus() : Promise.resolve(null)).then((bus) =>
    findTrayHost({ platform, bus, patienceMs: hidden ? panelPatienceMs : 0 })
  ))
