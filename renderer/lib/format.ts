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

/** A month of `2026-11`, short. */
export const month = (text: string, locale: Locale): string =>
  formatter(locale, 'month', { month: 'short', year: '2-digit', timeZone: 'UTC' }).format(
    Date.parse(`${text}-15`)
  )
