/**
 * The ways to show a notification, and which one comes first where:
 *
 * - Windows: node-notifier. Its helper reports clicks and buttons, also for an app that is not installed
 *   (portable), where Electron's needs the Start-menu entry that only the installer makes.
 * - macOS: Electron's own. node-notifier's helper is another app: it notifies under its own name, asks for its
 *   own permission, and is built for Intel only. Electron's has the reply field, buttons and our name.
 * - Linux: said to the notification server directly. node-notifier runs `notify-send` without actions there, so
 *   it cannot report a click, and a notification that does not open its ticket is worth half. Electron's reports
 *   the click but has no buttons and no reply field there; the servers have.
 *
 * The next way is taken where the first cannot (no helper, no bus, refused). The settings put Electron's or
 * node-notifier first for whoever wants it so. Do-not-disturb is the system's matter: it is handed the notification, keeps it
 * back by itself, and where it can be asked (Linux), the outcome says so.
 */
import { app, nativeImage } from 'electron'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { electronWay } from './electron-notification.ts'
import { notificationServer, type NotificationServer } from './notification-server.ts'
import { nodeNotifierWay } from './node-notifier.ts'
import type { Choice, NotificationText, NotificationWay, ShowOutcome, WayName } from './notification.ts'
import type { DeliveryOutcome, Platform } from './port.ts'
import { sessionBusWay, type IconPixels } from './session-bus-notification.ts'
import { sessionBus } from './session-bus.ts'

export interface Delivery {
  readonly text: NotificationText
  /** At most once, whatever the system reports afterwards: a reply is never sent twice. */
  readonly onChoice: (choice: Choice) => void
}

export interface Notifier {
  /** How showing it went; what the person did comes later, through `onChoice`. Never throws. */
  deliver(delivery: Delivery): Promise<DeliveryOutcome>
  /** Its ticket was read: takes it away where that is possible. */
  withdraw(group: string): void
  /** Way and newest outcome of the last deliveries, oldest first, for diagnostics; no text. */
  history(): readonly string[]
}

const mostRemembered = 20

export function preferredWay(platform: Platform, wanted: WayName | 'auto'): WayName {
  if (wanted !== 'auto') return wanted
  const own = { darwin: 'electron', win32: 'node-notifier', linux: 'session-bus' } as const
  return own[platform]
}

/** The others, in the order they are tried. */
const after: Readonly<Record<WayName, readonly WayName[]>> = {
  'session-bus': ['electron', 'node-notifier'],
  electron: ['node-notifier'],
  'node-notifier': ['electron']
}

/** Only these make another way worth trying; after the others something may be on screen already. */
const failed = (outcome: ShowOutcome): boolean => outcome === 'no-helper' || outcome === 'no-permission'

export function notifierOf(options: {
  readonly ways: Readonly<Record<WayName, NotificationWay>>
  /** Asked anew each time: the settings may change it. */
  readonly first: () => WayName
  /** Linux only: what listens on the session bus. */
  readonly server: () => Promise<NotificationServer>
}): Notifier {
  const { ways } = options
  const log: { way: WayName; outcome: DeliveryOutcome }[] = []

  function note(way: WayName, outcome: DeliveryOutcome): (typeof log)[number] {
    const entry = { way, outcome }
    log.push(entry)
    if (log.length > mostRemembered) log.shift()
    return entry
  }

  /** The first choice counts, whichever way reports it. */
  function onlyOnce(onChoice: Delivery['onChoice']): Delivery['onChoice'] {
    let chosen = false
    return (choice) => {
      if (chosen) return
      chosen = true
      onChoice(choice)
    }
  }

  type Entry = (typeof log)[number]

  async function by(
    way: WayName,
    { text, onChoice }: Delivery
  ): Promise<{ readonly outcome: ShowOutcome; readonly entry: Entry }> {
    const entry = note(way, 'shown')
    let chosen = false
    const outcome = await ways[way].show(text, (how) => {
      if (chosen) return
      entry.outcome = how.outcome
      if (!('choice' in how)) return
      chosen = true
      onChoice(how.choice)
    })
    if (entry.outcome === 'shown') entry.outcome = outcome
    return { outcome, entry }
  }

  return {
    async deliver({ text, onChoice }) {
      const server = await options.server()
      const first = options.first()
      const delivery = {
        text: server.markup ? { ...text, body: escapeMarkup(text.body) } : text,
        onChoice: onlyOnce(onChoice)
      }
      if (!server.there) {
        note(first, 'no-helper')
        return 'no-helper'
      }
      let { outcome, entry } = await by(first, delivery)
      for (const next of after[first]) {
        if (!failed(outcome)) break
        ;({ outcome, entry } = await by(next, delivery))
      }
      if (outcome !== 'shown' || !server.quiet) return outcome
      if (entry.outcome === 'shown') entry.outcome = 'do-not-disturb'
      return 'do-not-disturb'
    },
    withdraw(group) {
      for (const way of Object.values(ways)) way.withdraw(group)
    },
    history: () => log.map(({ way, outcome }) => `${way}: ${outcome}`)
  }
}

/** The body is markup for servers that say so: staff's text must not become links or bold there. */
export const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * What foreign programs run or read, which cannot look into the asar: beside it when packaged; from source
 * node-notifier's own folder and the picture as it was built.
 */
function besideApp(builtIcon: string): { readonly vendorFolder: string; readonly icon: string } {
  const folder = join(process.resourcesPath, 'notifier')
  return existsSync(folder)
    ? { vendorFolder: folder, icon: join(folder, 'icon.png') }
    : { vendorFolder: join(app.getAppPath(), 'node_modules/node-notifier/vendor'), icon: builtIcon }
}

/** Electron's bitmaps are blue first. */
function pixelsOf(file: string): IconPixels | null {
  const image = nativeImage.createFromPath(file).resize({ width: 64 })
  if (image.isEmpty()) return null
  const rgba = image.toBitmap()
  for (let at = 0; at < rgba.length; at += 4) {
    const blue = rgba[at] ?? 0
    rgba[at] = rgba[at + 2] ?? 0
    rgba[at + 2] = blue
  }
  return { ...image.getSize(), rgba }
}

export function createNotifier(options: {
  readonly platform: Platform
  readonly icon: string
  readonly wanted: () => WayName | 'auto'
}): Notifier {
  const { platform, icon, wanted } = options
  // Windows shows toasts of known apps only, and puts them under this name.
  if (platform === 'win32') app.setAppUserModelId('tr.bilet.app')
  const outside = besideApp(icon)
  let pixels: IconPixels | null | undefined
  return notifierOf({
    ways: {
      'session-bus': sessionBusWay({
        bus: () => (platform === 'linux' ? sessionBus() : Promise.resolve(null)),
        icon: () => (pixels ??= pixelsOf(icon))
      }),
      electron: electronWay(platform, icon),
      'node-notifier': nodeNotifierWay(platform, outside.icon, {
        vendorFolder: outside.vendorFolder,
        installed: app.isPackaged && !process.env.PORTABLE_EXECUTABLE_FILE
      })
    },
    first: () => preferredWay(platform, wanted()),
    server: async () => notificationServer(platform === 'linux' ? await sessionBus() : null)
  })
}
