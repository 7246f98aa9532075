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

export interface TrayHost {
  isThere(): boolean
  /** Told when a panel comes or goes while the app runs. */
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
}): Promise<TrayHost> {
  const { platform, bus, patienceMs } = options
  const listeners = new Set<(there: boolean) => void>()
  const onChange = (listener: (there: boolean) => void): void => void listeners.add(listener)
  if (platform !== 'linux' || !bus) return { isThere: () => true, onChange }

  let there = false
  const isThere = (): boolean => there
  let arrived = (): void => undefined
  const change = (now: boolean): void => {
    if (now === there) return
    there = now
    if (now) arrived()
    for (const listener of listeners) listener(now)
  }
  try {
    await bus.watch(watcherName, change)
    if (await bus.hasOwner(watcherName)) change(true)
  } catch {
    return { isThere: () => true, onChange }
  }
  if (!isThere() && patienceMs > 0)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs)
      arrived = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  return { isThere, onChange }
}

let shared: Promise<TrayHost> | null = null

/** Of this machine, asked once per run; waits for a late panel when nobody waits for a window. */
export const trayHost = (platform: Platform, hidden: boolean): Promise<TrayHost> =>
  (shared ??= (platform === 'linux' ? sessionBus() : Promise.resolve(null)).then((bus) =>
    findTrayHost({ platform, bus, patienceMs: hidden ? panelPatienceMs : 0 })
  ))
