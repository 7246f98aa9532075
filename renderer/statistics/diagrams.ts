/** What the statistics count, as diagrams show it. */
import type { Activity, ResponseTimes, Statistics } from '../../electron/tickets/list/statistics.ts'
import type { Locale } from '../../electron/tickets/locale.ts'
import { date, dayAndMonth, month, weekday } from '../lib/format.ts'

export interface Column {
  /** Whole, for the table. */
  readonly label: string
  /** Below the column, line by line; empty where there is no room for every one. */
  readonly short: readonly string[]
  /** One value per series. */
  readonly values: readonly number[]
}

export interface BarRow {
  readonly key: string
  readonly label: string
  readonly count: number
  /** Milliseconds, one per series; null where nothing was answered. */
  readonly times: readonly (number | null)[]
}

/** Columns that have room for a word below each. */
const mostWithWords = 12

/** `from` is a day, a month or a year of Istanbul, whose name is the same everywhere. */
function nameOf(from: string, locale: Locale): { readonly label: string; readonly short: string } {
  if (from.length === 4) return { label: from, short: from }
  if (from.length === 7) return { label: month(from, locale), short: month(from, locale) }
  const [year, monthOfYear, day] = from.split('-').map(Number)
  // Noon in this machine's time zone, so that the date is that day in every zone.
  const at = new Date(year ?? 0, (monthOfYear ?? 1) - 1, day, 12).getTime()
  return { label: date(at, locale), short: dayAndMonth(at, locale) }
}

export function timeColumns(timeline: Statistics['timeline'], locale: Locale): readonly Column[] {
  const every = Math.ceil(timeline.length / mostWithWords)
  return timeline.map(({ from, tickets }, i) => {
    const { label, short } = nameOf(from, locale)
    // Counts from the end, so that today has a label.
    const isNamed = (timeline.length - 1 - i) % every === 0
    return { label, short: isNamed ? short.split(' ') : [], values: [tickets] }
  })
}

export const weekdayColumns = (days: readonly Activity[], locale: Locale): readonly Column[] =>
  days.map(({ tickets, replies }, i) => ({
    label: weekday(i, 'long', locale),
    short: [weekday(i, 'short', locale)],
    values: [tickets, replies]
  }))

const clock = (hour: number): string => String(hour).padStart(2, '0')

export const hourColumns = (hours: readonly Activity[]): readonly Column[] =>
  hours.map(({ tickets, replies }, hour) => ({
    label: `${clock(hour)}:00`,
    short: hour % 3 === 0 ? [clock(hour)] : [],
    values: [tickets, replies]
  }))

export const timesRow = (
  key: string,
  label: string,
  { tickets, medianFirstMs, medianLastMs }: ResponseTimes
): BarRow => ({ key, label, count: tickets, times: [medianFirstMs, medianLastMs] })
