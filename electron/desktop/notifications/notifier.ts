/**
 * What can show a notification (backends), and which one comes first where:
 *
 * - Windows, installed: Electron's own. Reply field, buttons, and clicks in the Action Center, also after Bilet was
 *   closed. Portable or from source: node-notifier, because Electron's would write a Start-menu entry that leads to
 *   where the program unpacked itself for this run, over that of an installed Bilet.
 * - macOS: Electron's own. node-notifier's helper is another app: it notifies under its own name, asks for its
 *   own permission, and is built for Intel only. Electron's has the reply field, buttons and our name.
 * - Linux: said to the notification server directly. node-notifier runs `notify-send` without actions there, so
 *   it cannot report a click, and a notification that does not open its ticket is worth half. Electron's reports
 *   the click but has no buttons and no reply field there; the servers have.
 *
 * The next backend is taken where one cannot (no helper, no bus, refused, silent), also where that turns out late. The
 * settings put Electron's or node-notifier first for whoever wants it so. Do-not-disturb is the system's matter: it is
 * handed the notification, keeps it back by itself, and where it can be asked (Linux), the outcome says so.
 */
import type { NotificationServer } from './backends/notification-server.ts'
import type {
  BackendName,
  Choice,
  NotificationBackend,
  NotificationText,
  ShowOutcome
} from './notification.ts'
import type { DeliveryOutcome, Platform } from '../types.ts'

export interface Delivery {
  readonly text: NotificationText
  /** At most once, whatever the system reports afterwards: a reply is never sent twice. */
  readonly onChoice: (choice: Choice) => void
}

export interface Notifier {
  /** How showing it went; what the person did comes later, through `onChoice`. Never throws. */
  deliver(delivery: Delivery): Promise<DeliveryOutcome>
  /** As `deliver`, but by the first backend only: where the question for permission matters more than the words. */
  ask(delivery: Delivery): Promise<DeliveryOutcome>
  /** Hears what the person does with notifications of an earlier run. Once, when it can be acted upon. */
  onEarlierChoice(act: (group: string, choice: Choice) => void): void
  /** Linux: told when somebody begins to show notifications, who was not there or is another one. */
  onServer(listener: () => void): void
  /** Which backend comes first now, for diagnostics. */
  firstBackend(): BackendName
  /** Its ticket was read: takes it away where that is possible. */
  withdraw(group: string): void
  /** Backend and newest outcome of the last deliveries, oldest first, for diagnostics; no text. */
  history(): readonly string[]
}

const maxAttempts = 20

/** `installed`: Windows only; by the installer, so that the Start menu knows the app. */
export function preferredBackend(
  platform: Platform,
  wanted: BackendName | 'auto',
  installed: boolean
): BackendName {
  if (wanted !== 'auto') return wanted
  switch (platform) {
    case 'darwin':
      return 'electron'
    case 'win32':
      return installed ? 'electron' : 'node-notifier'
    case 'linux':
      return 'session-bus'
  }
}

/** The others, in the order they are tried. */
const fallbacks: Readonly<Record<BackendName, readonly BackendName[]>> = {
  'session-bus': ['electron', 'node-notifier'],
  electron: ['node-notifier'],
  'node-notifier': ['electron']
}

/** Only these make another backend worth trying; after the others something may be on screen already. */
const unseenOutcomes: readonly ShowOutcome[] = ['no-permission', 'silent', 'failed', 'no-helper']

/** Of several backends that all did not show it: the one that the person can do most about. */
const mostInformative = (outcomes: readonly ShowOutcome[]): ShowOutcome =>
  unseenOutcomes.find((outcome) => outcomes.includes(outcome)) ?? 'no-helper'

/** For people and diagnostics, `silent` counts as a timeout. */
const asDelivery = (outcome: ShowOutcome): DeliveryOutcome => (outcome === 'silent' ? 'timed-out' : outcome)

interface NotifierParts {
  readonly backends: Readonly<Record<BackendName, NotificationBackend>>
  /** Asked anew each time: the settings may change it. */
  readonly first: () => BackendName
  /** Linux only: what listens on the session bus. */
  readonly server: () => Promise<NotificationServer>
  /** Linux only: told when another one listens there. */
  readonly onServer?: (listener: () => void) => void
  /** The first backend was refused by the system, or let through. */
  readonly onPermission?: (allowed: boolean) => void
}

/** What became of one attempt; the outcome changes as the backend tells more. */
interface Attempt {
  readonly backend: BackendName
  outcome: DeliveryOutcome
}

/** What attempts have in common that are made for one delivery. */
interface Run {
  /** As the server reads it. */
  readonly text: NotificationText
  readonly isQuiet: boolean
  readonly choose: (choice: Choice, by: BackendName) => void
}

class BackendNotifier implements Notifier {
  readonly #parts: NotifierParts
  readonly #attempts: Attempt[] = []

  constructor(parts: NotifierParts) {
    this.#parts = parts
  }

  deliver(delivery: Delivery): Promise<DeliveryOutcome> {
    const firstBackend = this.firstBackend()
    return this.#deliverBy([firstBackend, ...fallbacks[firstBackend]], delivery)
  }

  ask(delivery: Delivery): Promise<DeliveryOutcome> {
    return this.#deliverBy([this.firstBackend()], delivery)
  }

  withdraw(group: string): void {
    for (const backend of Object.values(this.#parts.backends)) backend.withdraw(group)
  }

  onEarlierChoice(act: (group: string, choice: Choice) => void): void {
    for (const backend of Object.values(this.#parts.backends)) backend.onEarlierChoice?.(act)
  }

  onServer(listener: () => void): void {
    this.#parts.onServer?.(listener)
  }

  firstBackend(): BackendName {
    return this.#parts.first()
  }

  history(): readonly string[] {
    return this.#attempts.map(({ backend, outcome }) => `${backend}: ${outcome}`)
  }

  async #deliverBy(order: readonly BackendName[], delivery: Delivery): Promise<DeliveryOutcome> {
    const server = await this.#parts.server()
    const [firstBackend] = order
    if (!server.isRunning) {
      if (firstBackend) this.#remember(firstBackend, 'no-helper')
      return 'no-helper'
    }
    const { text } = delivery
    const run: Run = {
      text: server.markup ? { ...text, body: escapeMarkup(text.body) } : text,
      isQuiet: server.doNotDisturb,
      choose: this.#onlyOnce(delivery)
    }
    return this.#tryInOrder(run, order, [])
  }

  async #tryInOrder(
    run: Run,
    [backend, ...others]: readonly BackendName[],
    tried: readonly ShowOutcome[]
  ): Promise<DeliveryOutcome> {
    if (!backend) return asDelivery(mostInformative(tried))
    const { outcome, attempt } = await this.#tryOne(run, backend, () => {
      this.#tryInOrder(run, others, [...tried, 'no-permission']).catch(() => undefined)
    })
    if (unseenOutcomes.includes(outcome)) return this.#tryInOrder(run, others, [...tried, outcome])
    if (outcome !== 'shown' || !run.isQuiet) return asDelivery(outcome)
    if (attempt.outcome === 'shown') attempt.outcome = 'do-not-disturb'
    return 'do-not-disturb'
  }

  /** `onRefusedLate` is called where what was taken for shown turns out not to be. */
  async #tryOne(
    { text, choose }: Run,
    backend: BackendName,
    onRefusedLate: () => void
  ): Promise<{ readonly outcome: ShowOutcome; readonly attempt: Attempt }> {
    const attempt = this.#remember(backend, 'shown')
    const isFirst = backend === this.firstBackend()
    let outcome: ShowOutcome | null = null
    let ended = false
    const reportPermission = (isAllowed: string): void => {
      if (isFirst && (isAllowed === 'shown' || isAllowed === 'no-permission'))
        this.#parts.onPermission?.(isAllowed === 'shown')
    }
    outcome = await this.#parts.backends[backend].show(text, (how) => {
      if (ended) return
      attempt.outcome = how.outcome
      reportPermission(how.outcome)
      if ('choice' in how) {
        ended = true
        choose(how.choice, backend)
      } else if (how.outcome === 'no-permission' && outcome === 'shown') onRefusedLate()
    })
    if (attempt.outcome === 'shown') attempt.outcome = asDelivery(outcome)
    reportPermission(outcome)
    return { outcome, attempt }
  }

  /** The first choice counts, whichever backend reports it; what another one shows of it is taken away. */
  #onlyOnce({ text, onChoice }: Delivery): Run['choose'] {
    let chosen = false
    return (choice, by) => {
      if (chosen) return
      chosen = true
      onChoice(choice)
      for (const [name, backend] of Object.entries(this.#parts.backends))
        if (name !== by) backend.withdraw(text.group)
    }
  }

  #remember(backend: BackendName, outcome: DeliveryOutcome): Attempt {
    const attempt = { backend, outcome }
    this.#attempts.push(attempt)
    if (this.#attempts.length > maxAttempts) this.#attempts.shift()
    return attempt
  }
}

export const notifierOf = (parts: NotifierParts): Notifier => new BackendNotifier(parts)

/** The body is markup for servers that say so: staff's text must not become links or bold there. */
export const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
