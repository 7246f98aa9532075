/** Times for people, in their language and this machine's time zone. */
import { intlTags, type Locale } from '../../electron/tickets/locale.ts'

const shortUnits: Readonly<Record<Locale, Readonly<Record<'s' | 'm' | 'h' | 'd' | 'y', string>>>> = {
  tr: { s: 'sn', m: 'dk', h: 'sa', d: 'g', y: 'y' },
  en: { s: 's', m: 'm', h: 'h', d: 'd', y: 'y' }
}

/** `12 s`, `3 m`, `2 h`, `6 d`, `1 y`: the largest unit that fits, rounded down. */
export function shortSpan(ms: number, locale: Locale): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const unit = shortUnits[locale]
  if (seconds < 60) return `${seconds} ${unit.s}`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${unit.m}`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} ${unit.h}`
  if (seconds < 365 * 86_400) return `${Math.floor(seconds / 86_400)} ${unit.d}`
  return `${Math.floor(seconds / (365 * 86_400))} ${unit.y}`
}

const rowUnits: Readonly<Record<Locale, Readonly<Record<'m' | 'h' | 'd' | 'y' | 'now', string>>>> = {
  tr: { m: ' dk', h: ' sa', d: ' g', y: ' y', now: 'şimdi' },
  en: { m: 'm', h: 'h', d: 'd', y: 'y', now: 'now' }
}

/** How long ago, as short as a row has room for: `now`, `3m`, `2h`, `6d`, `1y`; `şimdi`, `3 dk`, `2 sa`. */
export function ago(ms: number, locale: Locale): string {
  const minutes = Math.floor(ms / 60_000)
  const unit = rowUnits[locale]
  if (minutes < 1) return unit.now
  if (minutes < 60) return `${minutes}${unit.m}`
  if (minutes < 1440) return `${Math.floor(minutes / 60)}${unit.h}`
  if (minutes < 365 * 1440) return `${Math.floor(minutes / 1440)}${unit.d}`
  return `${Math.floor(minutes / (365 * 1440))}${unit.y}`
}

interface SpanUnits {
  readonly minutes: string
  readonly hours: string
  /** Hours that are followed by minutes. */
  readonly hoursAnd: string
  readonly days: (count: number) => string
}

function withUnits(ms: number, units: SpanUnits): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000))
  if (minutes < 60) return `${minutes} ${units.minutes}`
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours < 24)
    return rest === 0 ? `${hours} ${units.hours}` : `${hours} ${units.hoursAnd} ${rest} ${units.minutes}`
  const days = Math.floor(hours / 24)
  return `${days} ${units.days(days)}`
}

const spanUnits: Readonly<Record<Locale, SpanUnits>> = {
  tr: {
    minutes: 'dk',
    hours: 'sa',
    hoursAnd: 'sa',
    days: () => 'gün'
  },
  en: {
    minutes: 'min',
    hours: 'h',
    hoursAnd: 'h',
    days: (count) => (count === 1 ? 'day' : 'days')
  }
}

/** A length of time inside a sentence: `3 min`, `2 h 5 min`, `1 day`, `40 days`. Less than a minute counts as one. */
export const span = (ms: number, locale: Locale): string => withUnits(ms, spanUnits[locale])

const durationSoFarUnits: Readonly<Record<Locale, SpanUnits>> = {
  tr: {
    minutes: 'dakikadır',
    hours: 'saattir',
    hoursAnd: 'saat',
    days: () => 'gündür'
  },
  en: spanUnits.en
}

/** Time that something has lasted: `3 min`, `2 h 5 min`, `1 day`; `3 dakikadır`, `2 saat 5 dakikadır`, `1 gündür`. */
export const durationSoFar = (ms: number, locale: Locale): string => withUnits(ms, durationSoFarUnits[locale])

const cache = new Map<string, Intl.DateTimeFormat>()
function formatter(locale: Locale, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`
  const known = cache.get(key) ?? new Intl.DateTimeFormat(intlTags[locale], options)
  cache.set(key, known)
  return known
}

export const clock = (at: number, locale: Locale): string =>
  formatter(locale, 'clock', { hour: '2-digit', minute: '2-digit' }).format(at)

export const dateAndTime = (at: number, locale: Locale): string =>
  formatter(locale, 'exact', { dateStyle: 'long', timeStyle: 'medium' }).format(at)

/** `21 November`, with the year when it is not this one. */
export function day(at: number, now: number, locale: Locale): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return sameYear
    ? formatter(locale, 'day', { day: 'numeric', month: 'long' }).format(at)
    : formatter(locale, 'year', { day: 'numeric', month: 'long', year: 'numeric' }).format(at)
}

/** The time of today, or with its day before it. */
export function moment(at: number, now: number, locale: Locale): string {
  const time = clock(at, locale)
  return startOfDay(at) === startOfDay(now) ? time : `${day(at, now, locale)} ${time}`
}

/** A month of `2026-11`, short. */
export const month = (text: string, locale: Locale): string =>
  formatter(locale, 'month', { month: 'short', year: '2-digit', timeZone: 'UTC' }).format(
    Date.parse(`${text}-15`)
  )

/** `24 Nov`. */
export const dayAndMonth = (at: number, locale: Locale): string =>
  formatter(locale, 'day and month', { day: 'numeric', month: 'short' }).format(at)

/** 0 is Monday. */
export const weekday = (index: number, length: 'long' | 'short', locale: Locale): string =>
  // The first of January 2024 was a Monday.
  formatter(locale, `weekday ${length}`, { weekday: length, timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + index)
  )

/** `24 November 2026`. */
export const date = (at: number, locale: Locale): string =>
  formatter(locale, 'date', { dateStyle: 'long' }).format(at)

/** Epoch ms of midnight in this machine's zone. */
export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** Each makes one thing that a list or a thread needs: the first formatters of a language take their time. */
export const warmUps: readonly ((locale: Locale) => void)[] = [
  (locale) => clock(0, locale),
  (locale) => dateAndTime(0, locale),
  (locale) => date(0, locale),
  (locale) => day(0, 0, locale)
]
