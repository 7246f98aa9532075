/**
 * Whether a tray icon can be shown. macOS and Windows always have a place for it. On Linux it needs the StatusNotifier
 * watcher on the session bus: KDE, XFCE and most panels have one, GNOME only with an extension. If the bus cannot be
 * queried, a place is assumed, so that the icon is created anyway.
 */
import { sessionBus, type SessionBus } from '../linux/session-bus.ts'
import type { Platform } from '../types.ts'
import { StatusNotifierHost } from './status-notifier-host.ts'

export interface TrayHost {
  isThere(): boolean
  /** Resolves when a panel is there, or after `timeoutMs` without one. */
  waitForPanel(timeoutMs: number): Promise<void>
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
  waitForPanel: () => Promise.resolve(),
  offered: () => undefined,
  onArrival: () => undefined,
  onChange: () => undefined
})

/** Never rejects. `bus` is null on macOS and Windows, and where there is no session bus. */
export async function findTrayHost(options: {
  readonly platform: Platform
  readonly bus: SessionBus | null
  readonly restartMs?: number
  readonly acceptMs?: number
}): Promise<TrayHost> {
  const { platform, bus, ...times } = options
  if (platform !== 'linux') return assumedHost(platform === 'darwin' ? 'menu bar' : 'notification area')
  if (!bus) return assumedHost('assumed: no session bus')
  const host = new StatusNotifierHost(bus, times)
  try {
    await host.start()
  } catch {
    return assumedHost('assumed: the session bus does not answer')
  }
  return host
}

let sharedHost: Promise<TrayHost> | null = null

/** The tray host of this machine, looked up once per run. */
export const trayHost = (platform: Platform): Promise<TrayHost> =>
  (sharedHost ??= (platform === 'linux' ? sessionBus() : Promise.resolve(null)).then((bus) =>
    findTrayHost({ platform, bus })
  ))
