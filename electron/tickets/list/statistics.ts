import type { AccountId } from '../ticket.ts'

/** The last days (whole ones in Istanbul, today among them), the last twelve months with this one, or everything. */
export const statisticsPeriods = ['7d', '30d', '90d', '12m', 'all'] as const
export type StatisticsPeriod = (typeof statisticsPeriods)[number]

/** Tickets opened in the period, and their median response times in milliseconds; null if none was answered. */
export interface ResponseTimes {
  readonly tickets: number
  readonly medianFirstMs: number | null
  readonly medianLastMs: number | null
}

export interface Activity {
  /** Opened in the period. */
  readonly tickets: number
  /** Of the staff, sent in the period. */
  readonly replies: number
}

/** All days, months and hours are those of Istanbul. */
export interface Statistics extends Activity {
  /** Oldest first, without gaps: `2026-11-24`, `2026-11` or `2026`. */
  readonly timeline: readonly { readonly from: string; readonly tickets: number }[]
  /** Most tickets first, as are the departments. */
  readonly accounts: readonly (ResponseTimes & { readonly accountId: AccountId })[]
  /** Only those that are known: the API does not tell the department of a ticket. */
  readonly departments: readonly (ResponseTimes & { readonly department: string })[]
  /** Who replied in the period, most replies first. Null: the server gave no name. */
  readonly people: readonly {
    readonly name: string | null
    readonly replies: number
    /** From the customer's message to the reply right after it; null where none followed one. */
    readonly medianResponseMs: number | null
  }[]
  /** Seven, Monday first. */
  readonly weekdays: readonly Activity[]
  /** 24. What has a date without a time is in none. */
  readonly hours: readonly Activity[]
}
