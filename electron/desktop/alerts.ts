/** Which findings become notifications, and how many. Pure. */
import type { EpochMs, TicketRef } from '../tickets/ticket.ts'
import type { Finding } from '../sync/port.ts'
import type { Locale } from './port.ts'
import { alertText, wordsOf } from './words.ts'

export interface AlertRules {
  readonly enabled: boolean
  readonly reply: boolean
  readonly status: boolean
  readonly closed: boolean
  readonly sound: boolean
  readonly quiet: { readonly enabled: boolean; readonly from: string; readonly to: string }
  readonly pausedUntil: EpochMs | 'until-on' | null
}

export interface NotificationText {
  readonly title: string
  readonly body: string
  /** What a click opens; null opens the inbox. */
  readonly ref: TicketRef | null
  readonly silent: boolean
}

/** More at once become one. */
const mostAtOnce = 3

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** `from` 22:00 `to` 08:00 crosses midnight. `localMinutes` of this machine's day. */
export function isQuiet(quiet: AlertRules['quiet'], localMinutes: number): boolean {
  if (!quiet.enabled) return false
  const from = minutesOf(quiet.from)
  const to = minutesOf(quiet.to)
  if (from === to) return false
  return from < to ? localMinutes >= from && localMinutes < to : localMinutes >= from || localMinutes < to
}

export const isPaused = (pausedUntil: AlertRules['pausedUntil'], now: EpochMs): boolean =>
  pausedUntil === 'until-on' || (pausedUntil !== null && now < pausedUntil)

/** The moment a pause ends; tomorrow begins at midnight of this machine's zone. */
export function pauseUntil(
  length: 'hour' | 'tomorrow' | 'until-on' | 'off',
  now: Date
): AlertRules['pausedUntil'] {
  switch (length) {
    case 'hour':
      return now.getTime() + 3_600_000
    case 'tomorrow':
      return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime()
    case 'until-on':
      return 'until-on'
    case 'off':
      return null
  }
}

export function notificationsFor(
  alerts: readonly Finding[],
  rules: AlertRules,
  now: Date,
  locale: Locale
): readonly NotificationText[] {
  const localMinutes = now.getHours() * 60 + now.getMinutes()
  if (!rules.enabled || isPaused(rules.pausedUntil, now.getTime()) || isQuiet(rules.quiet, localMinutes))
    return []
  const wanted = alerts.filter((alert) => alert.kind === 'signed-out' || rules[alert.kind])
  const texts = wanted.map((alert): NotificationText => ({
    ...alertText(alert, locale),
    ref: alert.kind === 'signed-out' ? null : alert.ref,
    silent: !rules.sound
  }))
  if (texts.length <= mostAtOnce) return texts
  const body = texts.slice(0, mostAtOnce).map(({ title }) => title)
  return [
    {
      title: wordsOf(locale).several(texts.length),
      body: [...body, '…'].join('\n'),
      ref: null,
      silent: !rules.sound
    }
  ]
}
