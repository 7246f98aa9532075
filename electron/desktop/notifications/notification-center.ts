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
  isSuppressed,
  nameIfSeveral,
  notificationOf,
  notificationsFor,
  RecentNotifications,
  rulesOf,
  rulesOfText,
  summaryOf,
  type NotificationRules
} from './notification-rules.ts'
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
  /** The ticket that is open in a focused window; null if there is none. */
  readonly focusedTicket: () => TicketRef | null
  /** Milliseconds since boot, sleep included; not affected when the clock is set. */
  readonly uptime: () => number
}

const snoozeMinutes = 60

/** Notifications about tickets: which are shown, repeated or withdrawn, and what an answer to one does. */
export class NotificationCenter {
  readonly #parts: NotificationCenterParts
  readonly #snoozes: Snoozes<NotificationText>
  readonly #recent = new RecentNotifications()
  readonly #undelivered = new Undelivered()
  /** Notifications that may still be on screen, by group; their tickets were unread when they were shown. */
  readonly #shown = new Map<string, TicketRef>()

  constructor(parts: NotificationCenterParts) {
    this.#parts = parts
    this.#snoozes = createSnoozes({ now: parts.uptime, remind: (text) => this.#remind(text) })
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
      shown: focusedTicket()
    })
    for (const text of texts) this.#show(text)
  }

  /** Withdraws notifications and reminders of tickets that were read elsewhere. */
  withdrawRead(): void {
    for (const [group, ref] of this.#shown) {
      if (this.#isUnread(ref)) continue
      this.#shown.delete(group)
      this.#snoozes.cancel(group)
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
    this.#snoozes.cancel(text.group)
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
    const isNews = ({ ref, reply }: NotificationText): boolean => !reply || !ref || this.#isUnread(ref)
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
    else if (choice.kind === 'snooze') this.#snooze(ref)
    else if (choice.kind === 'mark-read') act({ kind: 'mark-read', ref })
    else openByChoice(this.#parts, choice, { kind: 'open-ticket', ref })
  }

  #snooze(ref: TicketRef): void {
    const { engine, settings, locale } = this.#parts
    const row = engine.tickets.ticket(ref)?.row
    if (!row) return
    const { subject, lastSpeakerName: name, excerpt } = row
    const event: TicketEvent = { kind: 'reply', ref, subject, name, excerpt }
    const accounts = engine.accounts.list()
    const account = accounts.find(({ id }) => id === ref.accountId)
    const { sound } = rulesOf(settings.current().notifications, account)
    const text = notificationOf(event, nameIfSeveral(accounts, ref.accountId), sound, locale())
    this.#snoozes.add(text.group, snoozeMinutes, text)
  }

  /**
   * The person asked for the reminder, so it ignores quiet hours; turning notifications off or pausing them came later
   * and wins. Tickets that were read in the meantime need no reminder.
   */
  #remind(text: NotificationText): void {
    const { enabled, sound, pausedUntil } = this.#rulesOf(text)
    if (!enabled || isPaused(pausedUntil, Date.now())) return
    if (text.ref && this.#isUnread(text.ref)) this.#show({ ...text, silent: !sound })
  }
}
