import type { Settings } from '../../ipc/contract.ts'
import type { SettingsStore } from '../../storage/settings.ts'
import type { Engine, TicketEvent } from '../../sync/types.ts'
import type { Locale } from '../../tickets/locale.ts'
import { isPaused } from '../../tickets/pause.ts'
import type { TicketRef } from '../../tickets/ticket.ts'
import type { Activation } from '../lifecycle/activation.ts'
import type { Act, Platform } from '../types.ts'
import { wordsOf } from '../words.ts'
import {
  isHeldBack,
  nameBeside,
  notificationOf,
  notificationsFor,
  RecentAlerts,
  rulesOf,
  rulesOfText,
  summaryOf,
  type AlertRules
} from './alerts.ts'
import { summaryGroup, ticketOfGroup, type Choice, type NotificationText } from './notification.ts'
import type { Notifier } from './notifier.ts'
import { openByChoice } from './open-by-choice.ts'
import { createSnoozes, type Snoozes } from './snooze.ts'
import { isUndelivered, Undelivered } from './undelivered.ts'

export interface NotificationCenterParts {
  readonly platform: Platform
  readonly engine: Engine
  readonly settings: SettingsStore<Settings>
  readonly locale: () => Locale
  readonly notifier: Notifier
  readonly activation: Activation
  readonly act: Act
  /** The ticket that the person looks at: open in a window that has the keyboard. */
  readonly looksAt: () => TicketRef | null
  /** Milliseconds that the machine's sleep counts among and nobody sets. */
  readonly uptime: () => number
}

const snoozeMinutes = 60

/** Notifications of what happened to tickets: which are shown, come again or go, and what an answer to one does. */
export class NotificationCenter {
  readonly #parts: NotificationCenterParts
  readonly #snoozes: Snoozes<NotificationText>
  readonly #recent = new RecentAlerts()
  readonly #undelivered = new Undelivered()
  /** Groups that may be on screen, and whose ticket was unread when they were shown. */
  readonly #shown = new Map<string, TicketRef>()

  constructor(parts: NotificationCenterParts) {
    this.#parts = parts
    this.#snoozes = createSnoozes({ now: parts.uptime, remind: (text) => this.#remind(text) })
    parts.notifier.onServer(() => this.#showUndelivered())
  }

  notify(ticketEvents: readonly TicketEvent[]): void {
    const { engine, settings, locale, looksAt } = this.#parts
    const texts = notificationsFor(ticketEvents, {
      rules: settings.current().notifications,
      accounts: engine.accounts.list(),
      now: new Date(),
      locale: locale(),
      recent: this.#recent,
      shown: looksAt()
    })
    for (const text of texts) this.#show(text)
  }

  /** A notification of what was read elsewhere is old news. */
  withdrawRead(): void {
    for (const [group, ref] of this.#shown) {
      if (this.#isUnread(ref)) continue
      this.#shown.delete(group)
      this.#snoozes.cancel(group)
      this.#parts.notifier.withdraw(group)
    }
  }

  /** From now on, what the person does with notifications of an earlier run is done, too. */
  listenToEarlierNotifications(): void {
    const { engine, notifier } = this.#parts
    notifier.onEarlierChoice((group, choice) => {
      const ref = ticketOfGroup(group)
      const isKnown = (): boolean => ref !== null && engine.tickets.ticket(ref) !== null
      // An answer is kept also where its ticket is not in the list any more.
      if (isKnown() || choice.kind === 'reply') this.#choose({ ref, group }, choice)
      else
        engine.control.opened().then(
          () => this.#choose({ ref: isKnown() ? ref : null, group }, choice),
          () => undefined
        )
    })
  }

  #isUnread(ref: TicketRef): boolean {
    return (this.#parts.engine.tickets.ticket(ref)?.row.unread ?? 0) > 0
  }

  #show(text: NotificationText): void {
    const { notifier, platform } = this.#parts
    const { ref } = text
    if (ref && this.#isUnread(ref)) this.#shown.set(text.group, ref)
    this.#snoozes.cancel(text.group)
    notifier
      .deliver({ text, onChoice: (choice) => this.#choose(text, choice) })
      .then((outcome) => {
        if (isUndelivered(outcome, platform)) this.#undelivered.add(text)
        else this.#showUndelivered()
      })
      .catch(() => undefined)
  }

  /** Somebody shows notifications again: what came meanwhile is told, as one. Held back, it waits for the next occasion. */
  #showUndelivered(): void {
    if (this.#undelivered.size === 0) return
    const now = new Date()
    const isNews = ({ ref, reply }: NotificationText): boolean => !reply || !ref || this.#isUnread(ref)
    const missed = this.#undelivered.take((text) => !isHeldBack(this.#rulesOf(text), now)).filter(isNews)
    const [first, ...others] = missed
    if (!first) return
    const words = wordsOf(this.#parts.locale())
    if (others.length === 0) this.#show(first)
    else this.#show(summaryOf(missed, words.missed(missed.length)))
  }

  #rulesOf(text: NotificationText): AlertRules {
    const { engine, settings } = this.#parts
    return rulesOfText(settings.current().notifications, engine.accounts.list(), text)
  }

  /** `ref`: what the notification was about; null for one of no ticket. */
  #choose({ ref, group }: Pick<NotificationText, 'ref' | 'group'>, choice: Choice): void {
    const { act } = this.#parts
    if (!ref) openByChoice(this.#parts, choice, { kind: group === summaryGroup ? 'unread' : 'inbox' })
    else if (choice.kind === 'reply') act({ kind: 'reply', ref, text: choice.text })
    else if (choice.kind === 'snooze') this.#snooze(ref)
    else if (choice.kind === 'mark-read') act({ kind: 'mark-read', ref })
    else openByChoice(this.#parts, choice, { kind: 'open-ticket', ref })
  }

  #snooze(ref: TicketRef): void {
    const { engine, settings, locale } = this.#parts
    const row = engine.tickets.ticket(ref)?.row
    if (!row) return
    const { subject, lastSpeakerName: name, excerpt } = row
    const finding: TicketEvent = { kind: 'reply', ref, subject, name, excerpt }
    const accounts = engine.accounts.list()
    const account = accounts.find(({ id }) => id === ref.accountId)
    const { sound } = rulesOf(settings.current().notifications, account)
    const text = notificationOf(finding, nameBeside(accounts, ref.accountId), sound, locale())
    this.#snoozes.add(text.group, snoozeMinutes, text)
  }

  /**
   * Asked for by the person, so quiet hours do not hold it back; turning notifications off, all or those of the account,
   * or pausing them came later, and counts. Read meanwhile, it is not needed.
   */
  #remind(text: NotificationText): void {
    const { enabled, sound, pausedUntil } = this.#rulesOf(text)
    if (!enabled || isPaused(pausedUntil, Date.now())) return
    if (text.ref && this.#isUnread(text.ref)) this.#show({ ...text, silent: !sound })
  }
}
