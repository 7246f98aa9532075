/**
 * Chooses a notification backend per platform:
 * - Windows, installed: Electron's Notification. It has a reply field, buttons, and clicks in the Action Center, even
 *   after Bilet was closed. Portable or from source: node-notifier, because Electron would write a Start-menu entry
 *   that points to this run's temporary folder, replacing that of an installed Bilet.
 * - macOS: Electron's Notification, with reply field, buttons and the app's name. node-notifier's helper is a
 *   separate app: it notifies under its own name, asks for its own permission, and is built for Intel only.
 * - Linux: the notification server on the session bus. node-notifier runs `notify-send` without actions, so it cannot
 *   report a click. Electron reports clicks, but has no buttons and no reply field there.
 *
 * If a backend cannot show a notification (no helper, no bus, refused, silent), the next one is tried, even if that is
 * known only later. The settings can put Electron or node-notifier first. Do-not-disturb is left to the system: it
 * receives the notification and holds it back; on Linux, where it can be queried, the outcome says so.
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
  /** Called at most once, whatever the system reports later, so that a reply is never sent twice. */
  readonly onChoice: (choice: Choice) => void
}

export interface Notifier {
  /** Resolves with the result of showing it; the person's choice comes later through `onChoice`. Never rejects. */
  deliver(delivery: Delivery): Promise<DeliveryOutcome>
  /** Like `deliver`, but tries the first backend only: it triggers the system's permission question. */
  ask(delivery: Delivery): Promise<DeliveryOutcome>
  /**
   * Registers the handler for choices on notifications of an earlier run. Call it once, when choices can be handled.
   */
  onEarlierChoice(act: (group: string, choice: Choice) => void): void
  /** Linux: called when a notification server starts or is replaced by another one. */
  onServer(listener: () => void): void
  /** The backend that is tried first, for diagnostics. */
  firstBackend(): BackendName
  /** Removes the notification of a group from the screen, if the backend can. */
  withdraw(group: string): void
  /** Backend and last outcome of recent deliveries, oldest first, for diagnostics; contains no texts. */
  history(): readonly string[]
}

const maxAttempts = 20

/** `installed`: on Windows, whether the installer was used, so that the Start menu knows the app. */
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

/** The backends to try after the first one, in order. */
const fallbacks: Readonly<Record<BackendName, readonly BackendName[]>> = {
  'session-bus': ['electron', 'node-notifier'],
  electron: ['node-notifier'],
  'node-notifier': ['electron']
}

/** Outcomes after which another backend is tried; after all others a notification may be on screen already. */
const unseenOutcomes: readonly ShowOutcome[] = ['no-permission', 'silent', 'failed', 'no-helper']

/** The outcome that the person can do most about, if no backend showed the notification. */
const mostInformative = (outcomes: readonly ShowOutcome[]): ShowOutcome =>
  unseenOutcomes.find((outcome) => outcomes.includes(outcome)) ?? 'no-helper'

/** Maps a backend's outcome to the reported one: `silent` counts as a timeout. */
const deliveryOutcomeOf = (outcome: ShowOutcome): DeliveryOutcome =>
  outcome === 'silent' ? 'timed-out' : outcome

interface NotifierParts {
  readonly backends: Readonly<Record<BackendName, NotificationBackend>>
  /** Called for each delivery: the settings may have changed. */
  readonly first: () => BackendName
  /** Queries the notification server (Linux; other platforms report one that is running). */
  readonly server: () => Promise<NotificationServer>
  /** Linux only: registers a listener for a new notification server. */
  readonly onServer?: (listener: () => void) => void
  /** The system refused or allowed notifications of the first backend. */
  readonly onPermission?: (allowed: boolean) => void
}

/** One backend's attempt; the outcome changes when the backend reports more. */
interface Attempt {
  readonly backend: BackendName
  outcome: DeliveryOutcome
}

/** Values shared by all attempts of one delivery. */
interface DeliveryContext {
  /** Escaped if the server reads the body as markup. */
  readonly text: NotificationText
  readonly isDoNotDisturb: boolean
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
    const context: DeliveryContext = {
      text: server.markup ? { ...text, body: escapeMarkup(text.body) } : text,
      isDoNotDisturb: server.doNotDisturb,
      choose: this.#onlyOnce(delivery)
    }
    return this.#tryInOrder(context, order, [])
  }

  async #tryInOrder(
    context: DeliveryContext,
    [backend, ...others]: readonly BackendName[],
    tried: readonly ShowOutcome[]
  ): Promise<DeliveryOutcome> {
    if (!backend) return deliveryOutcomeOf(mostInformative(tried))
    const { outcome, attempt } = await this.#tryOne(context, backend, () => {
      this.#tryInOrder(context, others, [...tried, 'no-permission']).catch(() => undefined)
    })
    if (unseenOutcomes.includes(outcome)) return this.#tryInOrder(context, others, [...tried, outcome])
    if (outcome !== 'shown' || !context.isDoNotDisturb) return deliveryOutcomeOf(outcome)
    if (attempt.outcome === 'shown') attempt.outcome = 'do-not-disturb'
    return 'do-not-disturb'
  }

  /** `onRefusedLate` is called if the system refuses a notification that counted as shown. */
  async #tryOne(
    { text, choose }: DeliveryContext,
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
    outcome = await this.#parts.backends[backend].show(text, (later) => {
      if (ended) return
      attempt.outcome = later.outcome
      reportPermission(later.outcome)
      if ('choice' in later) {
        ended = true
        choose(later.choice, backend)
      } else if (later.outcome === 'no-permission' && outcome === 'shown') onRefusedLate()
    })
    if (attempt.outcome === 'shown') attempt.outcome = deliveryOutcomeOf(outcome)
    reportPermission(outcome)
    return { outcome, attempt }
  }

  /** Passes on the first choice only, whichever backend reports it, and withdraws what the other backends show. */
  #onlyOnce({ text, onChoice }: Delivery): DeliveryContext['choose'] {
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

/** Escapes the body for servers that read it as markup, so that staff's text cannot add links or formatting. */
export const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
