/** Times for people, in their language and this machine's time zone. */
type Locale = 'tr' | 'en'

const tag = (locale: Locale): string => (locale === 'tr' ? 'tr-TR' : 'en-GB')
const units = {
  tr: { s: 'sn', m: 'dk', h: 'sa', d: 'g', y: 'y' },
  en: { s: 's', m: 'm', h: 'h', d: 'd', y: 'y' }
} as const

/** `12 s`, `3 m`, `2 h`, `6 d`, `1 y`: the largest unit that fits, rounded down. */
export function shortSpan(ms: number, locale: Locale): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const unit = units[locale]
  if (seconds < 60) return `${seconds} ${unit.s}`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${unit.m}`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} ${unit.h}`
  if (seconds < 365 * 86_400) return `${Math.floor(seconds / 86_400)} ${unit.d}`
  return `${Math.floor(seconds / (365 * 86_400))} ${unit.y}`
}

const rowUnits = {
  tr: { m: ' dk', h: ' sa', d: ' g', y: ' y', now: 'şimdi' },
  en: { m: 'm', h: 'h', d: 'd', y: 'y', now: 'now' }
} as const

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

const spanUnits = {
  tr: { m: () => 'dk', h: () => 'sa', d: () => 'gün', under: 'bir dakikadan az' },
  en: {
    m: () => 'min',
    h: () => 'h',
    d: (count: number) => (count === 1 ? 'day' : 'days'),
    under: 'under a minute'
  }
} as const

/** A length of time inside a sentence: `under a minute`, `3 min`, `2 h 5 min`, `1 day`, `40 days`. */
export function span(ms: number, locale: Locale): string {
  const minutes = Math.floor(ms / 60_000)
  const unit = spanUnits[locale]
  if (minutes < 1) return unit.under
  if (minutes < 60) return `${minutes} ${unit.m()}`
  const hours = Math.floor(minutes / 60)
  if (hours < 24)
    return minutes % 60 === 0 ? `${hours} ${unit.h()}` : `${hours} ${unit.h()} ${minutes % 60} ${unit.m()}`
  const days = Math.floor(hours / 24)
  return `${days} ${unit.d(days)}`
}

const lastingUnits = {
  m: 'dakikadır',
  h: 'saattir',
  d: 'gündür',
  under: 'bir dakikadan kısa süredir'
} as const

/** For how long something lasts already: `3 min`, `2 h 5 min`, `1 day`; `3 dakikadır`, `2 saat 5 dakikadır`, `1 gündür`. */
export function lasting(ms: number, locale: Locale): string {
  if (locale === 'en') return span(ms, locale)
  const minutes = Math.floor(ms / 60_000)
  const unit = lastingUnits
  if (minutes < 1) return unit.under
  if (minutes < 60) return `${minutes} ${unit.m}`
  if (minutes >= 1440) return `${Math.floor(minutes / 1440)} ${unit.d}`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 === 0 ? `${hours} ${unit.h}` : `${hours} saat ${minutes % 60} ${unit.m}`
}

const cache = new Map<string, Intl.DateTimeFormat>()
function formatter(locale: Locale, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`
  const known = cache.get(key) ?? new Intl.DateTimeFormat(tag(locale), options)
  cache.set(key, known)
  return known
}

export const clock = (at: number, locale: Locale): string =>
  formatter(locale, 'clock', { hour: '2-digit', minute: '2-digit' }).format(at)

export const exact = (at: number, locale: Locale): string =>
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

/** `24 November 2026`. */
export const date = (at: number, locale: Locale): string =>
  formatter(locale, 'date', { dateStyle: 'long' }).format(at)

/** Epoch ms of midnight in this machine's zone. */
export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** Each makes one thing that a list or a thread needs: the first formatters of a language take their time. */
export const warmUps: readonly ((locale: Locale) => void)[] = [
  (locale) => clock(0, locale),
  (locale) => exact(0, locale),
  (locale) => date(0, locale),
  (locale) => day(0, 0, locale)
]
