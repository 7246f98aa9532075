/** Decides which events become notifications, and when they are summarized. Pure. */
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
import { alertText, wordsOf } from '../words.ts'

export interface AlertRules {
  readonly enabled: boolean
  readonly reply: boolean
  readonly status: boolean
  readonly closed: boolean
  readonly sound: boolean
  readonly quiet: QuietHours
  readonly pausedUntil: PausedUntil
}

/** Of an account, what its notifications need. */
export type AlertAccount = Pick<AccountView, 'id' | 'name' | 'rules'>

/** The settings, as far as this account has no rules of its own. */
export function rulesOf(rules: AlertRules, account: AlertAccount | undefined): AlertRules {
  if (!account) return rules
  const own = account.rules
  return {
    ...rules,
    enabled: rules.enabled && own.notify,
    sound: rules.sound && own.sound,
    quiet: own.quiet ?? rules.quiet
  }
}

export const accountOfAlert = (alert: TicketEvent): AccountId =>
  alert.kind === 'signed-out' ? alert.accountId : alert.ref.accountId

/** Its name, where there are others. */
export const nameBeside = (accounts: readonly AlertAccount[], id: AccountId): string | null =>
  accounts.length < 2 ? null : (accounts.find((account) => account.id === id)?.name ?? null)

/** More at once become one. */
const maxAtOnce = 3
/** Maximum number of single notifications within `recentMs` across all accounts; further ones are summarized. */
const maxRecent = 5
const recentMs = 10_000

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** `from` 22:00 `to` 08:00 crosses midnight. `localMinutes` of this machine's day. */
export function isQuiet(quiet: QuietHours, localMinutes: number): boolean {
  if (!quiet.enabled) return false
  const from = minutesOf(quiet.from)
  const to = minutesOf(quiet.to)
  if (from === to) return false
  return from < to ? localMinutes >= from && localMinutes < to : localMinutes >= from || localMinutes < to
}

/** What happened to one ticket, as one: its newest reply tells most, then that it was closed. */
function mergeByTicket(alerts: readonly TicketEvent[]): readonly TicketEvent[] {
  const weight = { reply: 3, closed: 2, status: 1, 'signed-out': 0 } as const
  const best = new Map<string, TicketEvent>()
  for (const alert of alerts) {
    const group = alert.kind === 'signed-out' ? accountGroup(alert.accountId) : ticketGroup(alert.ref)
    const other = best.get(group)
    if (!other || weight[alert.kind] >= weight[other.kind]) best.set(group, alert)
  }
  return [...best.values()]
}

/** One alert as it is shown; also for one that was put off and comes again. `accountName` where there are several. */
export function notificationOf(
  alert: TicketEvent,
  accountName: string | null,
  sound: boolean,
  locale: Locale
): NotificationText {
  const words = wordsOf(locale)
  const text = {
    ...alertText(alert, accountName, locale),
    silent: !sound,
    ...(accountName === null ? {} : { account: plainLine(accountName, 60) })
  }
  if (alert.kind === 'signed-out')
    return {
      ...text,
      ref: null,
      group: accountGroup(alert.accountId),
      buttons: [],
      reply: null
    }
  const isReply = alert.kind === 'reply'
  const labels = { 'mark-read': words.markAsRead, snooze: words.snoozeHour }
  return {
    ...text,
    ref: alert.ref,
    group: ticketGroup(alert.ref),
    buttons: isReply ? buttonKinds.map((kind) => ({ kind, label: labels[kind] })) : [],
    reply: isReply ? { label: words.reply, placeholder: words.replyHere } : null
  }
}

export function isHeldBack(rules: AlertRules, now: Date): boolean {
  const localMinutes = now.getHours() * 60 + now.getMinutes()
  return !rules.enabled || isPaused(rules.pausedUntil, now.getTime()) || isQuiet(rules.quiet, localMinutes)
}

/** One that says how many there are, and of which tickets the first are. Silent where each of them is. */
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
    sums: texts
  }
}

/** What was shown a moment ago: accounts that answer one after the other are one flood. */
export class RecentAlerts {
  /** Times of single notifications by group. */
  readonly #shownAt = new Map<string, EpochMs>()
  #summed: readonly NotificationText[] = []
  #summedAt: EpochMs = -Infinity

  /** Of these, what is shown now: each by itself, or one summary that takes the place of the last one. */
  take(
    texts: readonly NotificationText[],
    now: EpochMs,
    summary: (texts: readonly NotificationText[]) => NotificationText
  ): readonly NotificationText[] {
    if (texts.length === 0) return []
    // Also where the clock was set back.
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

export interface AlertContext {
  readonly rules: AlertRules
  readonly accounts: readonly AlertAccount[]
  readonly now: Date
  readonly locale: Locale
  readonly recent?: RecentAlerts
  /** The ticket that the person looks at; what happens to it is seen where it happens. */
  readonly shown?: TicketRef | null
}

/**
 * What to show for what was found at once. Nothing while off, paused or quiet, in the settings or by the account's own
 * rules: the tray still counts. Up to three tickets each have their own; more become one summary, and so do more within
 * seconds.
 */
export function notificationsFor(
  alerts: readonly TicketEvent[],
  { rules, accounts, now, locale, recent = new RecentAlerts(), shown = null }: AlertContext
): readonly NotificationText[] {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const ofAccount = (alert: TicketEvent): AlertRules => rulesOf(rules, byId.get(accountOfAlert(alert)))
  const isWanted = (alert: TicketEvent): boolean =>
    !isHeldBack(ofAccount(alert), now) &&
    (alert.kind === 'signed-out' || (rules[alert.kind] && !(shown && sameRef(shown, alert.ref))))
  const texts = mergeByTicket(alerts.filter(isWanted)).map((alert) =>
    notificationOf(alert, nameBeside(accounts, accountOfAlert(alert)), ofAccount(alert).sound, locale)
  )
  return recent.take(texts, now.getTime(), (all) => summaryOf(all, wordsOf(locale).several(all.length)))
}

/** The rules that hold for a notification that was put off: those of the account it is about. */
export function rulesOfText(
  rules: AlertRules,
  accounts: readonly AlertAccount[],
  { group }: NotificationText
): AlertRules {
  const accountId = accountOfGroup(group)
  return rulesOf(
    rules,
    accounts.find(({ id }) => id === accountId)
  )
}
