/**
 * Is there a place for the tray icon. macOS and Windows always have one. On Linux it is whoever owns the name of
 * StatusNotifier's watcher: KDE, XFCE and most panels have one, GNOME only with an extension. Where the bus cannot be
 * asked, a place is assumed: an icon too few is worse than a window too many.
 */
import { sessionBus, type SessionBus } from '../linux/session-bus.ts'
import type { Platform } from '../types.ts'
import { StatusNotifierHost } from './status-notifier-host.ts'

/** At login the app may be there before the panel; then it waits this long before it gives up. */
const panelTimeoutMs = 8_000

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

/** One that is always there: nothing to be told of. */
const assumedHost = (backend: string): TrayHost => ({
  backend,
  isThere: () => true,
  offered: () => undefined,
  onArrival: () => undefined,
  onChange: () => undefined
})

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
  const { platform, bus, patienceMs, ...times } = options
  if (platform !== 'linux') return assumedHost(platform === 'darwin' ? 'menu bar' : 'notification area')
  if (!bus) return assumedHost('assumed: no session bus')
  const host = new StatusNotifierHost(bus, times)
  try {
    await host.start()
  } catch {
    return assumedHost('assumed: the session bus does not answer')
  }
  if (!host.isThere() && patienceMs > 0) await host.waitForPanel(patienceMs)
  return host
}

let sharedHost: Promise<TrayHost> | null = null

/** Of this machine, asked once per run; waits for a late panel when nobody waits for a window. */
export const trayHost = (platform: Platform, hidden: boolean): Promise<TrayHost> =>
  (sharedHost ??= (platform === 'linux' ? sessionBus() : Promise.resolve(null)).then((bus) =>
    findTrayHost({ platform, bus, patienceMs: hidden ? panelTimeoutMs : 0 })
  ))
