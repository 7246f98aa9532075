/**
 * Is there a place for the tray icon. macOS and Windows always have one. On Linux it is whoever owns the name of
 * StatusNotifier's watcher: KDE, XFCE and most panels have one, GNOME only with an extension. Where the bus
 * cannot be asked, a place is assumed: an icon too few is worse than a window too many.
 */
import type { Platform } from './port.ts'
import { sessionBus, type SessionBus } from './session-bus.ts'

export const watcherName = 'org.kde.StatusNotifierWatcher'

/** At login the app may be there before the panel; then it waits this long before it gives up. */
const panelPatienceMs = 8_000

/** A panel that restarts is back sooner than this; until then it counts as there. */
const restartPatienceMs = 10_000

export interface TrayHost {
  isThere(): boolean
  /** What shows the icon, for diagnostics. */
  readonly backend: string
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
}): Promise<TrayHost> {
  const { platform, bus, patienceMs, restartMs = restartPatienceMs } = options
  const listeners = new Set<(there: boolean) => void>()
  const arrivals = new Set<() => void>()
  const host = {
    onArrival: (listener: () => void): void => void arrivals.add(listener),
    onChange: (listener: (there: boolean) => void): void => void listeners.add(listener)
  }
  const assumed = (backend: string): TrayHost => ({ ...host, backend, isThere: () => true })
  if (platform !== 'linux') return assumed(platform === 'darwin' ? 'menu bar' : 'notification area')
  if (!bus) return assumed('assumed: no session bus')

  let owned = false
  let there = false
  let leaving: ReturnType<typeof setTimeout> | undefined
  const isThere = (): boolean => there
  let arrived = (): void => undefined
  const become = (now: boolean): void => {
    if (now === there) return
    there = now
    for (const listener of listeners) listener(now)
  }
  const change = (now: boolean): void => {
    if (now === owned) return
    owned = now
    clearTimeout(leaving)
    if (!now) {
      leaving = setTimeout(() => become(false), restartMs)
      return
    }
    arrived()
    for (const listener of arrivals) listener()
    become(true)
  }
  try {
    await bus.watch(watcherName, change)
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
  return { ...host, backend: 'StatusNotifier', isThere }
}

let shared: Promise<TrayHost> | null = null

/** Of this machine, asked once per run; waits for a late panel when nobody waits for a window. */
export const trayHost = (platform: Platform, hidden: boolean): Promise<TrayHost> =>
  (shared ??= (platform === 'linux' ? sessionBus() : Promise.resolve(null)).then((bus) =>
    findTrayHost({ platform, bus, patienceMs: hidden ? panelPatienceMs : 0 })
  ))
