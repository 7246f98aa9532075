/**
 * Two ways to show a notification, and which one where:
 *
 * - macOS, Windows: node-notifier. Its helpers report clicks, and on Windows show without a Start-menu shortcut.
 * - Linux: Electron's own. node-notifier runs `notify-send` there, which cannot report a click, and a
 *   notification that does not open its ticket is worth half; clicks of Electron's arrive over D-Bus.
 *
 * The other way is taken where the first cannot (no helper, no support). `BILET_NOTIFIER=node-notifier` or
 * `=electron` overrides the choice.
 */
import { Notification } from 'electron'
import nodeNotifier from 'node-notifier'
import type { DeliveryOutcome, Platform } from './port.ts'
import type { NotificationText } from './alerts.ts'

type Way = 'electron' | 'node-notifier'

export interface Delivery {
  readonly text: NotificationText
  onClick(): void
}

export interface Notifier {
  /** How it was shown; a click comes later, through `onClick`. Never throws. */
  deliver(delivery: Delivery): Promise<DeliveryOutcome>
  /** Way and outcome of the newest deliveries, for diagnostics; no text. */
  history(): readonly string[]
}

export function preferredWay(platform: Platform, override: string | undefined): Way {
  if (override === 'electron' || override === 'node-notifier') return override
  return platform === 'linux' ? 'electron' : 'node-notifier'
}

/** Shown ones are kept until they end: a collected notification loses its click. */
const alive = new Set<Notification>()
const patienceMs = 5000

function byElectron({ text, onClick }: Delivery, icon: string): Promise<DeliveryOutcome> {
  if (!Notification.isSupported()) return Promise.resolve('no-helper')
  return new Promise((resolve) => {
    const notification = new Notification({ title: text.title, body: text.body, silent: text.silent, icon })
    const timer = setTimeout(() => resolve('timed-out'), patienceMs)
    const end = (outcome: DeliveryOutcome): void => {
      clearTimeout(timer)
      resolve(outcome)
    }
    alive.add(notification)
    notification.once('show', () => end('shown'))
    notification.once('failed', () => {
      alive.delete(notification)
      end('no-permission')
    })
    notification.once('close', () => void alive.delete(notification))
    notification.once('click', () => {
      alive.delete(notification)
      onClick()
    })
    notification.show()
  })
}

function byNodeNotifier({ text, onClick }: Delivery, icon: string): Promise<DeliveryOutcome> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('shown'), patienceMs)
    const options = {
      title: text.title,
      message: text.body,
      icon,
      sound: !text.silent,
      wait: true,
      appID: 'tr.bilet.app',
      'app-name': 'Bilet'
    }
    nodeNotifier.notify(options, (error: Error | null, response: string) => {
      clearTimeout(timer)
      if (!error && /activate|clicked/i.test(response)) onClick()
      resolve(error ? 'no-helper' : 'shown')
    })
  })
}

export function createNotifier(options: {
  readonly platform: Platform
  readonly icon: string
  readonly override?: string | undefined
}): Notifier {
  const log: string[] = []
  const by = (way: Way): typeof byElectron => (way === 'electron' ? byElectron : byNodeNotifier)
  const first = preferredWay(options.platform, options.override)
  const second: Way = first === 'electron' ? 'node-notifier' : 'electron'
  const note = (way: Way, outcome: DeliveryOutcome): void => {
    log.push(`${way}: ${outcome}`)
    if (log.length > 20) log.shift()
  }
  return {
    async deliver(delivery) {
      const outcome = await by(first)(delivery, options.icon)
      note(first, outcome)
      if (outcome !== 'no-helper' && outcome !== 'no-permission') return outcome
      const fallback = await by(second)(delivery, options.icon)
      note(second, fallback)
      return fallback
    },
    history: () => log
  }
}
