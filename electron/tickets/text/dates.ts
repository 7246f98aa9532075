import type { EpochMs } from '../ticket.ts'
import { fold } from './turkish.ts'

/** Turkey has had UTC+3 all year round since 7 September 2016; earlier offsets come from `Intl`. */
const fixedOffsetSince = Date.UTC(2016, 8, 7)
const threeHoursMs = 3 * 3600_000

let istanbul: Intl.DateTimeFormat | null = null

/** Offset by hour since 1970. `Intl` is slow, and a list has 40,000 dates. */
const offsetCache = new Map<number, number>()

function offsetAt(utc: EpochMs): number {
  const hour = Math.floor(utc / 3600_000)
  const known = offsetCache.get(hour)
  if (known !== undefined) return known
  const offset = computeOffset(hour * 3600_000)
  if (offsetCache.size >= 20_000) offsetCache.clear()
  offsetCache.set(hour, offset)
  return offset
}

function computeOffset(utc: EpochMs): number {
  istanbul ??= new Intl.DateTimeFormat('en-US', {
    timeZone: 'Europe/Istanbul',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric'
  })
  const part = Object.fromEntries(istanbul.formatToParts(utc).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - utc
}

/** A later date stands for none, like `9999-12-31`; taken as it is, no answer would ever be newer. */
const maxYear = 2099

/** A local date and time as if it were UTC; null for a day or time that does not exist, and for the year of an empty timestamp. */
function wallClock(
  year: number,
  month: number,
  day: number,
  h: number,
  m: number,
  s: number
): EpochMs | null {
  if (year <= 1970 || year > maxYear || month < 1 || month > 12 || day < 1 || h > 23 || m > 59 || s > 59)
    return null
  const local = Date.UTC(year, month - 1, day, h, m, s)
  return new Date(local).getUTCDate() === day ? local : null
}

function fromIstanbul(local: EpochMs): EpochMs {
  if (local - threeHoursMs >= fixedOffsetSince) return local - threeHoursMs
  const guess = local - offsetAt(local)
  return local - offsetAt(guess)
}

/** The number of `count` digits from `at`; NaN if there is anything else. */
function digitsAt(text: string, at: number, count: number): number {
  let number = 0
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

/** The form of v2, `2024-04-24 16:21:13`, which a list has tens of thousands of times; undefined for any other text. */
function parseFullDate(text: string): EpochMs | null | undefined {
  const isForm =
    text.length === 19 &&
    text[4] === '-' &&
    text[7] === '-' &&
    text[10] === ' ' &&
    text[13] === ':' &&
    text[16] === ':'
  if (!isForm) return undefined
  const [year, month, day] = [digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2)]
  const [h, m, s] = [digitsAt(text, 11, 2), digitsAt(text, 14, 2), digitsAt(text, 17, 2)]
  if (Number.isNaN(year + month + day + h + m + s)) return undefined
  const local = wallClock(year, month, day, h, m, s)
  return local === null ? null : fromIstanbul(local)
}

/** Day first (v1) or year first (v2), with optional time and zone. */
const datePattern =
  /^(?:(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})|(\d{4})[-./](\d{1,2})[-./](\d{1,2}))(?:(?:T|,? | - )(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?: ?([ap]m))?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?$/i

/** Without separators, as `date('YmdHis')` prints it. */
const compactPattern = /^(\d{4})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})(Z|[+-]\d{4})?$/i

/** The beginnings of the names of months, in Turkish and in English, folded. */
const monthNames: readonly (readonly string[])[] = [
  ['oca', 'jan'],
  ['sub', 'feb'],
  ['mar'],
  ['nis', 'apr'],
  ['may'],
  ['haz', 'jun'],
  ['tem', 'jul'],
  ['agu', 'aug'],
  ['eyl', 'sep'],
  ['eki', 'oct'],
  ['kas', 'nov'],
  ['ara', 'dec']
]
const namedMonth =
  /\b(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})\b|\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/
/** Longer texts are no dates. */
const maxDateLength = 70
/** What forms have that `datePattern` does not match; empty dates, of which a list may have thousands, do not. */
const hasOtherForm = /[a-z()\u0080-\uffff]|^\d{1,2}:/i

const withMonthAsNumber = (text: string): string =>
  text.replace(namedMonth, (whole, day1, name1, year1, name2, day2, year2) => {
    const name = String(name1 ?? name2)
    const month = monthNames.findIndex((names) => names.some((beginning) => name.startsWith(beginning)))
    return month < 0 ? whole : `${day1 ?? day2}-${month + 1}-${year1 ?? year2}`
  })

/** How other forms of a folded date become one that `datePattern` matches, in this order. */
const rewrites: readonly (readonly [RegExp, string])[] = [
  [/[\u2010-\u2015\u2212]/g, '-'],
  // C prints the year behind the time.
  [/^(?:[a-z]{3} )?([a-z]{3}) +(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})$/, '$1 $2 $4 $3'],
  // The time in brackets, and a remark in brackets: `(13:05)`, `(2 saat önce)`.
  [/ \((\d{1,2}:\d{2}(?::\d{2})?)\)$/, ' $1'],
  [/ \([^()]*\)$/, ''],
  // The time first.
  [/^(\d{1,2}:\d{2}(?::\d{2})?(?: (?:o[os]|[ap]m))?)(?:,| -)? (.*\d{4}.*)$/, '$2 $1'],
  // The halves of a day, in front of the time and in Turkish.
  [/ (o[os]|[ap]m) (\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)$/, ' $2 $1'],
  [/ oo$/, ' am'],
  [/ os$/, ' pm'],
  // Zones: `GMT+03:00`, `GMT+3`, names of Turkey's own.
  [/ ?(?:gmt|utc)([+-])(\d)$/, ' $10$2'],
  [/ ?(?:gmt|utc)(?=[+-]\d)/, ' '],
  [/ (?:trt|turkey|(?:europe|asia)\/istanbul)$/, '']
]
/** A weekday before the day, before the time, or at the end. */
const weekday = /(?:^|,? )[a-z]{2,10},? (?=\d)|,? (?:pazar(?:tesi)?|sali|carsamba|persembe|cuma(?:rtesi)?)$/

/**
 * `30 Kasım 2026 13:05`, `Mon, 30 Nov 2026 13:05:00 +0300`, `Monday, 30th November, 2026 (13:05)`, `13:05 30.11.2026`,
 * `2026-11-30 13:05 Europe/Istanbul` with day, month and year as numbers, in front.
 */
function otherForm(text: string): string {
  if (text.length > maxDateLength) return text
  if (compactPattern.test(text)) return text.replace(compactPattern, '$1-$2-$3 $4:$5:$6$7')
  if (!hasOtherForm.test(text)) return text
  const usual = rewrites.reduce((form, [pattern, by]) => form.replace(pattern, by), fold(text).trim())
  return withMonthAsNumber(usual).replace(weekday, ' ').trim()
}

/** Offset from UTC in minutes of `Z`, `UTC`, `+03`, `+03:00` or `+0300`. */
function zoneMinutes(zone: string): number {
  if (/^[a-z]/i.test(zone)) return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.length > 3 ? zone.slice(-2) : 0)
  return zone.startsWith('-') ? -minutes : minutes
}

/** The hour of a day with 24 hours. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
}

/**
 * Parses a date of either version as Istanbul time unless it has a zone: v1 `30-11-18 10:30:09` or `05-12-2018`, v2
 * `2024-04-24 16:21:13`; also with the name of the month, and in other forms that programs print. Null for empty dates (`30-11--0001`, `0001-01-01 00:00:00`), days that do not exist and any other
 * text.
 */
export function parseDate(text: string): EpochMs | null {
  const full = parseFullDate(text)
  if (full !== undefined) return full
  const trimmed = text.trim()
  const part = datePattern.exec(trimmed) ?? datePattern.exec(otherForm(trimmed))
  if (!part) return null
  const [, day1, month1, year1, year2, month2, day2, hour = '0', minute = '0', second = '0', half, zone] =
    part
  const year = year1?.length === 2 ? 2000 + Number(year1) : Number(year1 ?? year2)
  const month = Number(month1 ?? month2)
  const day = Number(day1 ?? day2)
  const [h, m, s] = [hourOf(Number(hour), half), Number(minute), Number(second)]
  const local = wallClock(year, month, day, h, m, s)
  if (local === null) return null
  if (zone !== undefined) return local - zoneMinutes(zone) * 60_000
  return fromIstanbul(local)
}

const utcNamePattern = /^(?:utc|gmt|z|etc\/utc)$/i

/**
 * Parses a PHP `DateTime`: `2024-04-24 16:32:14.000000` and a zone, which is a name or an offset. Names other than UTC are
 * treated as Istanbul, where the company is. Null as in `parseDate`.
 */
export function parseZonedDate(text: string, zone: string | null): EpochMs | null {
  const trimmed = text.trim().replace(/(\.\d{1,9})\d*$/, '$1')
  if (zone !== null && utcNamePattern.test(zone)) return parseDate(`${trimmed}Z`) ?? parseDate(trimmed)
  if (zone !== null && /^[+-]\d{2}:?\d{2}$/.test(zone))
    return parseDate(`${trimmed}${zone}`) ?? parseDate(trimmed)
  return parseDate(trimmed)
}

export const dayMs = 24 * 3600_000

/** False at midnight in Istanbul or UTC: such a date has no time and means the whole day. */
export const hasTime = (at: EpochMs): boolean => (at + threeHoursMs) % dayMs !== 0 && at % dayMs !== 0

/** Certainly before, also if one or both are dates without a time; false on the same day. */
export const isSurelyBefore = (earlier: EpochMs, later: EpochMs): boolean =>
  (hasTime(earlier) ? earlier : earlier + dayMs - 1) < later

/** Start of the day in Istanbul of a moment since 2017. */
export const dayOf = (at: EpochMs): EpochMs => Math.floor((at + threeHoursMs) / dayMs) * dayMs - threeHoursMs

/** Date and time in Istanbul: months from 1, weekdays from Monday, which is 0. */
export interface IstanbulTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
  readonly hour: number
}

export function istanbulTime(at: EpochMs): IstanbulTime {
  const local = new Date(at + (at >= fixedOffsetSince ? threeHoursMs : offsetAt(at)))
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: (local.getUTCDay() + 6) % 7,
    hour: local.getUTCHours()
  }
}
