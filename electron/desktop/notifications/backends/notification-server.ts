import type { SessionBus } from '../../linux/session-bus.ts'

/** State of the notification server of a Linux desktop, as far as it can be queried. */
export interface NotificationServer {
  /** False: no server is running. */
  readonly isRunning: boolean
  /** The server reads the body as markup. */
  readonly markup: boolean
  /** Do not disturb is on: the server accepts notifications and holds them back. */
  readonly doNotDisturb: boolean
}

export const notificationsName = 'org.freedesktop.Notifications'
export const notificationsPath = '/org/freedesktop/Notifications'
const [name, path] = [notificationsName, notificationsPath]
const properties = 'org.freedesktop.DBus.Properties'
const portal = 'org.freedesktop.portal.Desktop'

interface Capabilities {
  readonly owner: string
  readonly can: ReadonlySet<string>
}
const capabilitiesByBus = new WeakMap<SessionBus, Capabilities>()

/**
 * Capabilities of the current server, queried once per server; starts the server if the bus can. Throws if there is
 * none.
 */
export async function capabilitiesOf(bus: SessionBus): Promise<Capabilities> {
  const known = capabilitiesByBus.get(bus)
  const running = await bus.ownerOf(name).catch(() => null)
  if (known && known.owner === running) return known
  const [capabilities] = await bus.call(name, path, name, 'GetCapabilities', [])
  const now = {
    owner: running ?? (await bus.ownerOf(name)),
    can: new Set(Array.isArray(capabilities) ? capabilities.map(String) : [])
  }
  capabilitiesByBus.set(bus, now)
  return now
}

/**
 * Queried for every notification, because servers start, stop and change. Without a bus (macOS, Windows, or no session)
 * a working server is assumed.
 */
export async function notificationServer(bus: SessionBus | null): Promise<NotificationServer> {
  if (!bus) return { isRunning: true, markup: false, doNotDisturb: false }
  const ask = async (...question: Parameters<SessionBus['call']>): Promise<unknown> => {
    try {
      return (await bus.call(...question))[0]
    } catch {
      return undefined
    }
  }
  const reached = await Promise.all([bus.isReachable(name), bus.hasOwner(name), bus.hasOwner(portal)]).catch(
    () => null
  )
  if (!reached) return { isRunning: true, markup: false, doNotDisturb: false }
  const [isReachable, running, portalRunning] = reached
  if (!isReachable) return { isRunning: false, markup: false, doNotDisturb: false }
  const [capabilities, inhibited, paused, banners] = await Promise.all([
    capabilitiesOf(bus).catch(() => null),
    // KDE, dunst, and GNOME through the portal; each supports only its own property.
    running ? ask(name, path, properties, 'Get', [name, 'Inhibited']) : undefined,
    running ? ask(name, path, properties, 'Get', ['org.dunstproject.cmd0', 'paused']) : undefined,
    portalRunning
      ? ask(portal, '/org/freedesktop/portal/desktop', 'org.freedesktop.portal.Settings', 'Read', [
          'org.gnome.desktop.notifications',
          'show-banners'
        ])
      : undefined
  ])
  return {
    isRunning: true,
    markup: capabilities?.can.has('body-markup') ?? false,
    doNotDisturb: inhibited === true || paused === true || banners === false
  }
}
