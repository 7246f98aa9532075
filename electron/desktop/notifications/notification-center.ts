import type { Settings } from '../../ipc/contract.ts'
import type { SettingsStore } from '../../storage/settings.ts'
import type { Engine, TicketEvent } from '../../sync/types.ts'
import type { Locale } from '../../tickets/locale.ts'
import type { TicketRef } from '../../tickets/ticket.ts'
import type { Activation } from '../lifecycle/activation.ts'
import type { Act, Platform } from '../types.ts'
import { wordsOf } from '../words.ts'
import {
  isSuppressed,
  notificationsFor,
  rulesOfText,
  summaryOf,
  type NotificationRules
} from './notification-rules.ts'
import { summaryGroup, ticketOfGroup, type Choice, type NotificationText } from './notification.ts'
import { RecentNotifications } from './recent-notifications.ts'
import type { Notifier } from './notifier.ts'
import { openByChoice } from './open-by-choice.ts'
import { isUndelivered, Undelivered } from './undelivered.ts'

export interface NotificationCenterParts {
  readonly platform: Platform
  readonly engine: Engine
  readonly settings: SettingsStore<Settings>
  readonly locale: () => Locale
  readonly notifier: Notifier
  readonly activation: Activation
  readonly act: Act
  /** The ticket that is open in a focused window; null if there is none. */
  readonly focusedTicket: () => TicketRef | null
}

/** Notifications about tickets: which are shown, repeated or withdrawn, and what an answer to one does. */
export class NotificationCenter {
  readonly #parts: NotificationCenterParts
  readonly #recent = new RecentNotifications()
  readonly #undelivered = new Undelivered()
  /** Notifications that may still be on screen, by group; their tickets were unread when they were shown. */
  readonly #shown = new Map<string, TicketRef>()

  constructor(parts: NotificationCenterParts) {
    this.#parts = parts
    parts.notifier.onServer(() => this.#showUndelivered())
  }

  notify(ticketEvents: readonly TicketEvent[]): void {
    const { engine, settings, locale, focusedTicket } = this.#parts
    const texts = notificationsFor(ticketEvents, {
      rules: settings.current().notifications,
      accounts: engine.accounts.list(),
      now: new Date(),
      locale: locale(),
      recent: this.#recent,
      shown: focusedTicket(),
      rowOf: (ref) => engine.tickets.ticket(ref)?.row ?? null
    })
    for (const text of texts) this.#show(text)
  }

  /** Withdraws notifications of tickets that were read elsewhere. */
  withdrawRead(): void {
    for (const [group, ref] of this.#shown) {
      if (this.#isUnread(ref)) continue
      this.#shown.delete(group)
      this.#parts.notifier.withdraw(group)
    }
  }

  /** Handles clicks, buttons and replies on notifications of an earlier run. */
  listenToEarlierNotifications(): void {
    const { engine, notifier } = this.#parts
    notifier.onEarlierChoice((group, choice) => {
      const ref = ticketOfGroup(group)
      const isKnown = (): boolean => ref !== null && engine.tickets.ticket(ref) !== null
      // A reply is handled even if its ticket is no longer in the list.
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
    notifier
      .deliver({ text, onChoice: (choice) => this.#choose(text, choice) })
      .then((outcome) => {
        if (isUndelivered(outcome, platform)) this.#undelivered.add(text)
        else this.#showUndelivered()
      })
      .catch(() => undefined)
  }

  /**
   * A notification server is available again: shows what was missed, as one summary. What the rules suppress now stays
   * queued.
   */
  #showUndelivered(): void {
    if (this.#undelivered.size === 0) return
    const now = new Date()
    const isNews = ({ ref, untilRead }: NotificationText): boolean =>
      !untilRead || !ref || this.#isUnread(ref)
    const missed = this.#undelivered.take((text) => !isSuppressed(this.#rulesOf(text), now)).filter(isNews)
    const [first, ...others] = missed
    if (!first) return
    const words = wordsOf(this.#parts.locale())
    if (others.length === 0) this.#show(first)
    else this.#show(summaryOf(missed, words.missed(missed.length)))
  }

  #rulesOf(text: NotificationText): NotificationRules {
    const { engine, settings } = this.#parts
    return rulesOfText(settings.current().notifications, engine.accounts.list(), text)
  }

  /** `ref`: the ticket of the notification; null for a summary or a notification about an account. */
  #choose({ ref, group }: Pick<NotificationText, 'ref' | 'group'>, choice: Choice): void {
    const { act } = this.#parts
    if (!ref) openByChoice(this.#parts, choice, { kind: group === summaryGroup ? 'unread' : 'inbox' })
    else if (choice.kind === 'reply') act({ kind: 'reply', ref, text: choice.text })
    else if (choice.kind === 'snooze') act({ kind: 'snooze', ref })
    else if (choice.kind === 'mark-read') act({ kind: 'mark-read', ref })
    else openByChoice(this.#parts, choice, { kind: 'open-ticket', ref })
  }
}
