/** Times that are offered for snoozing a ticket and for a follow-up. All days and hours are in Istanbul. */
import { dayMs, dayOf, istanbulTime, parseDate } from '../text/dates.ts'
import type { EpochMs } from '../ticket.ts'

const hourMs = 3600_000
/** Hour at which a snoozed ticket returns on a later day. */
const morning = 9 * hourMs

const snoozeChoices = ['hour', 'tomorrow', 'monday'] as const
export type SnoozeChoice = (typeof snoozeChoices)[number]

export function snoozeTime(choice: SnoozeChoice, now: EpochMs): EpochMs {
  switch (choice) {
    case 'hour':
      return now + hourMs
    case 'tomorrow':
      return dayOf(now) + dayMs + morning
    case 'monday':
      // On a Monday, the next one.
      return dayOf(now) + (7 - istanbulTime(now).weekday) * dayMs + morning
  }
}

/** Every choice with its time. On a Sunday, Monday is tomorrow and is not offered twice. */
export function snoozeTimes(
  now: EpochMs
): readonly { readonly choice: SnoozeChoice; readonly at: EpochMs }[] {
  const times = snoozeChoices.map((choice) => ({ choice, at: snoozeTime(choice, now) }))
  return times.filter(({ at }, i) => times.findIndex((other) => other.at === at) === i)
}

/** Hours without an answer after which a follow-up can remind. */
export const followUpHours = [24, 48, 168] as const

export const followUpTime = (hours: number, now: EpochMs): EpochMs => now + hours * hourMs

/** The moment of a day (`2026-11-24`) and a time (`09:00`) in Istanbul; null if one of them is missing or does not exist. */
export function timeOfDay(day: string, time: string): EpochMs | null {
  return day === '' || time === '' ? null : parseDate(`${day} ${time}`)
}

/** A day in Istanbul as a date field has it: `2026-11-24`. */
export function dayText(at: EpochMs): string {
  const { year, month, day } = istanbulTime(at)
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join(
    '-'
  )
}
