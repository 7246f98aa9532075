/** Decides which events become notifications, and when they are summarized. Pure. */
import { isPaused, type PausedUntil } from '../../tickets/pause.ts'
import type { EpochMs } from '../../tickets/ticket.ts'
import type { TicketEvent } from '../../sync/types.ts'
import { buttonKinds, ticketGroup, type NotificationText } from './notification.ts'
import type { Locale } from '../../tickets/locale.ts'
import { alertText, wordsOf } from '../words.ts'

export interface AlertRules {
  readonly enabled: boolean
  readonly reply: boolean
  readonly status: boolean
  readonly closed: boolean
  readonly sound: boolean
  readonly quiet: { readonly enabled: boolean; readonly from: string; readonly to: string }
  readonly pausedUntil: PausedUntil
}

/** More at once become one. */
const maxAtOnce = 3
/** Maximum number of single notifications within `recentMs` across all accounts; further ones are summarized. */
const maxRecent = 5
const recentMs = 10_000

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** `from` 22:00 `to` 08:00 crosses midnight. `localMinutes` of this machine's day. */
export function isQuiet(quiet: AlertRules['quiet'], localMinutes: number): boolean {
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
    const group = alert.kind === 'signed-out' ? `account-${alert.accountId}` : ticketGroup(alert.ref)
    const other = best.get(group)
    if (!other || weight[alert.kind] >= weight[other.kind]) best.set(group, alert)
  }
  return [...best.values()]
}

/** One alert as it is shown; also for one that was put off and comes again. */
export function notificationOf(alert: TicketEvent, sound: boolean, locale: Locale): NotificationText {
  const words = wordsOf(locale)
  const text = { ...alertText(alert, locale), silent: !sound }
  if (alert.kind === 'signed-out')
    return {
      ...text,
      ref: null,
      group: `account-${alert.accountId}`,
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

/** One that says how many there are, and of which tickets the first are. */
export function summaryOf(
  texts: readonly NotificationText[],
  title: string,
  silent: boolean
): NotificationText {
  const titles = texts.slice(0, maxAtOnce).map((text) => text.title)
  return {
    title,
    body: [...titles, ...(texts.length > maxAtOnce ? ['…'] : [])].join('\n'),
    ref: null,
    silent,
    group: 'summary',
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

/**
 * What to show for what was found at once. Nothing while off, paused or quiet: the tray still counts. Up to
 * three tickets each have their own; more become one summary, and so do more within seconds.
 */
export function notificationsFor(
  alerts: readonly TicketEvent[],
  rules: AlertRules,
  now: Date,
  locale: Locale,
  recent = new RecentAlerts()
): readonly NotificationText[] {
  if (isHeldBack(rules, now)) return []
  const wanted = mergeByTicket(alerts.filter((alert) => alert.kind === 'signed-out' || rules[alert.kind]))
  const texts = wanted.map((alert) => notificationOf(alert, rules.sound, locale))
  return recent.take(texts, now.getTime(), (all) =>
    summaryOf(all, wordsOf(locale).several(all.length), !rules.sound)
  )
}
