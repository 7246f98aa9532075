import type { SessionBus } from './session-bus.ts'

/** What shows notifications on a Linux desktop, as far as it tells. */
export interface NotificationServer {
  /** False: nobody shows notifications. */
  readonly there: boolean
  /** The body is read as markup. */
  readonly markup: boolean
  /** Do not disturb is on: it takes notifications and keeps them back. */
  readonly quiet: boolean
}

const name = 'org.freedesktop.Notifications'
const path = '/org/freedesktop/Notifications'
const properties = 'org.freedesktop.DBus.Properties'
const portal = 'org.freedesktop.portal.Desktop'

/**
 * Asked anew for every notification: servers come, go and change. Without a bus (macOS, Windows, or no
 * session) nothing is known and the system is trusted.
 */
export async function notificationServer(bus: SessionBus | null): Promise<NotificationServer> {
  if (!bus) return { there: true, markup: false, quiet: false }
  const ask = async (...question: Parameters<SessionBus['call']>): Promise<unknown> => {
    try {
      return (await bus.call(...question))[0]
    } catch {
      return undefined
    }
  }
  const known = await Promise.all([bus.isReachable(name), bus.hasOwner(name), bus.hasOwner(portal)]).catch(
    () => null
  )
  if (!known) return { there: true, markup: false, quiet: false }
  const [there, running, portalRunning] = known
  if (!there) return { there, markup: false, quiet: false }
  const [capabilities, inhibited, paused, banners] = await Promise.all([
    ask(name, path, name, 'GetCapabilities', []),
    // KDE, dunst and, through the portal, GNOME; each knows its own only.
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
    there,
    markup: Array.isArray(capabilities) && capabilities.includes('body-markup'),
    quiet: inhibited === true || paused === true || banners === false
  }
}
