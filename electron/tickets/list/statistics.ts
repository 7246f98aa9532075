import type { AccountId } from '../ticket.ts'

/** Full days in Istanbul including today; `12m`: twelve months including the current one. */
export const statisticsPeriods = ['7d', '30d', '90d', '12m', 'all'] as const
export type StatisticsPeriod = (typeof statisticsPeriods)[number]

/** Tickets opened in the period, and their median response times in milliseconds; null if none was answered. */
export interface ResponseTimes {
  readonly tickets: number
  readonly medianFirstMs: number | null
  readonly medianLastMs: number | null
}

export interface Activity {
  /** Number of tickets opened in the period. */
  readonly tickets: number
  /** Number of staff replies sent in the period. */
  readonly replies: number
}

/** All days, months and hours are in Istanbul time. */
export interface Statistics extends Activity {
  /** Oldest first, without gaps: `2026-11-24`, `2026-11` or `2026`. */
  readonly timeline: readonly { readonly from: string; readonly tickets: number }[]
  /** By number of tickets, highest first; the same for departments. */
  readonly accounts: readonly (ResponseTimes & { readonly accountId: AccountId })[]
  /** Only tickets whose department is known; the API does not return it. */
  readonly departments: readonly (ResponseTimes & { readonly department: string })[]
  /** Staff members who replied in the period, most replies first. Null: the server gave no name. */
  readonly people: readonly {
    readonly name: string | null
    readonly replies: number
    /** Median time in milliseconds from a customer's message to the reply right after it; null if there is none. */
    readonly medianResponseMs: number | null
  }[]
  /** Seven elements, Monday first. */
  readonly weekdays: readonly Activity[]
  /** 24 elements. Dates without a time are not counted. */
  readonly hours: readonly Activity[]
}
