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
