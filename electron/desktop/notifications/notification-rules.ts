/**
 * Decides which ticket events become notifications, and when several are merged into a summary. Pure functions and
 * in-memory state; no I/O.
 */
import { isPaused, type PausedUntil } from '../../tickets/pause.ts'
import { sameRef, type AccountId, type EpochMs, type TicketRef } from '../../tickets/ticket.ts'
import type { QuietHours } from '../../tickets/account-rules.ts'
import type { AccountView } from '../../tickets/views.ts'
import type { TicketEvent } from '../../sync/types.ts'
import {
  accountGroup,
  accountOfGroup,
  buttonKinds,
  summaryGroup,
  ticketGroup,
  type NotificationText
} from './notification.ts'
import type { Locale } from '../../tickets/locale.ts'
import { plainLine } from '../plain-line.ts'
import { eventText, wordsOf } from '../words.ts'

export interface NotificationRules {
  readonly enabled: boolean
  readonly reply: boolean
  readonly status: boolean
  readonly closed: boolean
  readonly sound: boolean
  readonly quiet: QuietHours
  readonly pausedUntil: PausedUntil
}

/** The fields of an account that its notifications need. */
export type NotifiedAccount = Pick<AccountView, 'id' | 'name' | 'rules'>

/** The global rules, overridden by the account's own rules where it has some. */
export function rulesOf(rules: NotificationRules, account: NotifiedAccount | undefined): NotificationRules {
  if (!account) return rules
  const own = account.rules
  return {
    ...rules,
    enabled: rules.enabled && own.notify,
    sound: rules.sound && own.sound,
    quiet: own.quiet ?? rules.quiet
  }
}

export const accountOfEvent = (event: TicketEvent): AccountId =>
  event.kind === 'signed-out' ? event.accountId : event.ref.accountId

/** The account's name if there is more than one account, else null. */
export const nameIfSeveral = (accounts: readonly NotifiedAccount[], id: AccountId): string | null =>
  accounts.length < 2 ? null : (accounts.find((account) => account.id === id)?.name ?? null)

/** More notifications at once than this become one summary. */
const maxAtOnce = 3
/** Maximum number of single notifications within `recentMs` across all accounts; further ones are summarized. */
const maxRecent = 5
const recentMs = 10_000

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** `localMinutes`: minutes since local midnight. A range from 22:00 to 08:00 crosses midnight. */
export function isQuiet(quiet: QuietHours, localMinutes: number): boolean {
  if (!quiet.enabled) return false
  const from = minutesOf(quiet.from)
  const to = minutesOf(quiet.to)
  if (from === to) return false
  return from < to ? localMinutes >= from && localMinutes < to : localMinutes >= from || localMinutes < to
}

/**
 * Keeps one event per ticket: a reply wins over a close, a close over another status change; of equal ones the newest.
 */
function mergeByTicket(events: readonly TicketEvent[]): readonly TicketEvent[] {
  const weight = { reply: 3, closed: 2, status: 1, 'signed-out': 0 } as const
  const best = new Map<string, TicketEvent>()
  for (const event of events) {
    const group = event.kind === 'signed-out' ? accountGroup(event.accountId) : ticketGroup(event.ref)
    const other = best.get(group)
    if (!other || weight[event.kind] >= weight[other.kind]) best.set(group, event)
  }
  return [...best.values()]
}

/** The notification for one event; also used for reminders. `accountName` is null when there is only one account. */
export function notificationOf(
  event: TicketEvent,
  accountName: string | null,
  sound: boolean,
  locale: Locale
): NotificationText {
  const words = wordsOf(locale)
  const text = {
    ...eventText(event, accountName, locale),
    silent: !sound,
    ...(accountName === null ? {} : { account: plainLine(accountName, 60) })
  }
  if (event.kind === 'signed-out')
    return {
      ...text,
      ref: null,
      group: accountGroup(event.accountId),
      buttons: [],
      reply: null
    }
  const isReply = event.kind === 'reply'
  const labels = { 'mark-read': words.markAsRead, snooze: words.snoozeHour }
  return {
    ...text,
    ref: event.ref,
    group: ticketGroup(event.ref),
    buttons: isReply ? buttonKinds.map((kind) => ({ kind, label: labels[kind] })) : [],
    reply: isReply ? { label: words.reply, placeholder: words.replyHere } : null
  }
}

export function isSuppressed(rules: NotificationRules, now: Date): boolean {
  const localMinutes = now.getHours() * 60 + now.getMinutes()
  return !rules.enabled || isPaused(rules.pausedUntil, now.getTime()) || isQuiet(rules.quiet, localMinutes)
}

/** A summary: the number in its title, the first titles in its body. Silent if all of its notifications are silent. */
export function summaryOf(texts: readonly NotificationText[], title: string): NotificationText {
  const titles = texts
    .slice(0, maxAtOnce)
    .map(({ title, account }) => (account === undefined ? title : `${title} · ${account}`))
  return {
    title,
    body: [...titles, ...(texts.length > maxAtOnce ? ['…'] : [])].join('\n'),
    ref: null,
    silent: texts.every(({ silent }) => silent),
    group: summaryGroup,
    buttons: [],
    reply: null,
    summarized: texts
  }
}

/** Limits how many single notifications appear within `recentMs`, also when they come from several accounts. */
export class RecentNotifications {
  /** Times of single notifications by group. */
  readonly #shownAt = new Map<string, EpochMs>()
  #summed: readonly NotificationText[] = []
  #summedAt: EpochMs = -Infinity

  /** Returns what to show now: each notification by itself, or one summary that replaces the previous summary. */
  take(
    texts: readonly NotificationText[],
    now: EpochMs,
    summary: (texts: readonly NotificationText[]) => NotificationText
  ): readonly NotificationText[] {
    if (texts.length === 0) return []
    // `abs`: the clock may have been set back.
    const isRecent = (at: EpochMs): boolean => Math.abs(now - at) < recentMs
    for (const [group, at] of this.#shownAt) if (!isRecent(at)) this.#shownAt.delete(group)
    if (!isRecent(this.#summedAt)) this.#summed = []
    const more = texts.filter(({ group }) => !this.#shownAt.has(group)).length
    if (texts.length <= maxAtOnce && this.#shownAt.size + more <= maxRecent) {
      for (const { group } of texts) this.#shownAt.set(group, now)
      return texts
    }
    const groups = new Set(texts.map(({ group }) => group))
    this.#summed = [...texts, ...this.#summed.filter(({ group }) => !groups.has(group))]
    this.#summedAt = now
    return [summary(this.#summed)]
  }
}

export interface NotificationContext {
  readonly rules: NotificationRules
  readonly accounts: readonly NotifiedAccount[]
  readonly now: Date
  readonly locale: Locale
  readonly recent?: RecentNotifications
  /** The ticket that is open in a focused window; events of it need no notification. */
  readonly shown?: TicketRef | null
}

/**
 * The notifications to show for events that were found together. None while notifications are off, paused or in quiet
 * hours, by the settings or by the account's own rules; the tray count changes all the same. Up to three tickets get a
 * notification each; more, or too many within ten seconds, become one summary.
 */
export function notificationsFor(
  events: readonly TicketEvent[],
  { rules, accounts, now, locale, recent = new RecentNotifications(), shown = null }: NotificationContext
): readonly NotificationText[] {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const ofAccount = (event: TicketEvent): NotificationRules => rulesOf(rules, byId.get(accountOfEvent(event)))
  const isWanted = (event: TicketEvent): boolean =>
    !isSuppressed(ofAccount(event), now) &&
    (event.kind === 'signed-out' || (rules[event.kind] && !(shown && sameRef(shown, event.ref))))
  const texts = mergeByTicket(events.filter(isWanted)).map((event) =>
    notificationOf(event, nameIfSeveral(accounts, accountOfEvent(event)), ofAccount(event).sound, locale)
  )
  return recent.take(texts, now.getTime(), (all) => summaryOf(all, wordsOf(locale).several(all.length)))
}

/** The rules that apply to a notification shown later: those of its account. */
export function rulesOfText(
  rules: NotificationRules,
  accounts: readonly NotifiedAccount[],
  { group }: NotificationText
): NotificationRules {
  const accountId = accountOfGroup(group)
  return rulesOf(
    rules,
    accounts.find(({ id }) => id === accountId)
  )
}
