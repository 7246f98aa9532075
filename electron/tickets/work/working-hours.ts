/** Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Local wall-clock times, HH:MM; may cross midnight. */
export interface WorkingDay {
  readonly on: boolean
  readonly from: string
  readonly to: string
}

export interface WorkingHours {
  readonly enabled: boolean
  readonly days: Readonly<Record<Weekday, WorkingDay>>
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Whether the minute of the day lies between two times, HH:MM. A range from 22:00 to 08:00 crosses midnight. */
export function isWithin(
  { from, to }: { readonly from: string; readonly to: string },
  minute: number
): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  if (start === end) return false
  return start < end ? minute >= start && minute < end : minute >= start || minute < end
}

const weekdayBefore = (day: Weekday): Weekday => weekdays[(weekdays.indexOf(day) + 6) % 7] ?? 'sun'

/** Whether `now` is outside of the working hours, by the local time of this machine. Hours that cross midnight belong to the day they begin on. */
export function isOutsideWorkingHours({ enabled, days }: WorkingHours, now: Date): boolean {
  if (!enabled) return false
  // Sunday is 0.
  const today = weekdays[(now.getDay() + 6) % 7] ?? 'sun'
  const minute = now.getHours() * 60 + now.getMinutes()
  const crosses = ({ from, to }: WorkingDay): boolean => minutesOf(from) > minutesOf(to)
  const isWorking = ({ on, from, to }: WorkingDay): boolean =>
    on && (crosses({ on, from, to }) ? minute >= minutesOf(from) : isWithin({ from, to }, minute))
  const before = days[weekdayBefore(today)]
  const isStillYesterday = before.on && crosses(before) && minute < minutesOf(before.to)
  return !isWorking(days[today]) && !isStillYesterday
}
