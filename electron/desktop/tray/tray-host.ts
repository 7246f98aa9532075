/**
 * Whether a tray icon can be shown. macOS and Windows always have a place for it. On Linux it needs the StatusNotifier
 * watcher on the session bus: KDE, XFCE and most panels have one, GNOME only with an extension. If the bus cannot be
 * queried, a place is assumed, so that the icon is created anyway.
 */
import { sessionBus, type SessionBus } from '../linux/session-bus.ts'
import type { Platform } from '../types.ts'
import { StatusNotifierHost } from './status-notifier-host.ts'

/** Milliseconds to wait for a panel that starts after the app at login. */
const panelTimeoutMs = 8_000

export interface TrayHost {
  isThere(): boolean
  /** The kind of tray and whether it accepted the icon, for diagnostics. */
  readonly backend: string
  /**
   * Call it when the icon was created or re-created; from then on it counts as present only if the panel accepts it.
   */
  offered(): void
  /** Called when a panel appears, also after a restart; icons registered before are gone. */
  onArrival(listener: () => void): void
  /** Called when a place for the icon appears or disappears. */
  onChange(listener: (there: boolean) => void): void
}

/** A host that is always present, so its listeners are never called. */
const assumedHost = (backend: string): TrayHost => ({
  backend,
  isThere: () => true,
  offered: () => undefined,
  onArrival: () => undefined,
  onChange: () => undefined
})

/**
 * `timeoutMs`: how long to wait for a panel that is not there yet; 0 checks once. Never rejects. `bus` is null on macOS
 * and Windows, and where there is no session bus.
 */
export async function findTrayHost(options: {
  readonly platform: Platform
  readonly bus: SessionBus | null
  readonly timeoutMs: number
  readonly restartMs?: number
  readonly acceptMs?: number
}): Promise<TrayHost> {
  const { platform, bus, timeoutMs, ...times } = options
  if (platform !== 'linux') return assumedHost(platform === 'darwin' ? 'menu bar' : 'notification area')
  if (!bus) return assumedHost('assumed: no session bus')
  const host = new StatusNotifierHost(bus, times)
  try {
    await host.start()
  } catch {
    return assumedHost('assumed: the session bus does not answer')
  }
  if (!host.isThere() && timeoutMs > 0) await host.waitForPanel(timeoutMs)
  return host
}

let sharedHost: Promise<TrayHost> | null = null

/** The tray host of this machine, looked up once per run; waits for a late panel only if the app starts hidden. */
export const trayHost = (platform: Platform, hidden: boolean): Promise<TrayHost> =>
  (sharedHost ??= (platform === 'linux' ? sessionBus() : Promise.resolve(null)).then((bus) =>
    findTrayHost({ platform, bus, timeoutMs: hidden ? panelTimeoutMs : 0 })
  ))
