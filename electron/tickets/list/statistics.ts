import { monthOf } from '../text/dates.ts'
import { firstResponseMs, lastResponseMs } from '../thread/thread.ts'
import type { Ticket } from '../ticket.ts'

/** Response times of one ticket, in milliseconds; null if there is none. */
interface TicketTimes {
  /** Month of creation in Istanbul, e.g. `2026-11`. */
  readonly month: string | null
  readonly department: string | null
  readonly firstMs: number | null
  readonly lastMs: number | null
}

/** `department` is null if it is not known. */
export const timesOf = (ticket: Ticket, department: string | null): TicketTimes => ({
  month: ticket.createdAt === null ? null : monthOf(ticket.createdAt),
  department,
  firstMs: firstResponseMs(ticket),
  lastMs: lastResponseMs(ticket)
})

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  const middle = known.length >> 1
  const upper = known[middle]
  if (upper === undefined) return null
  return known.length % 2 === 1 ? upper : Math.round((upper + (known[middle - 1] ?? upper)) / 2)
}

/** Tickets per month (Istanbul's months, oldest first) and median response times by department. */
export function statistics(times: readonly TicketTimes[]): {
  readonly months: readonly { readonly month: string; readonly tickets: number }[]
  readonly responses: readonly {
    readonly department: string | null
    readonly tickets: number
    readonly medianFirstMs: number | null
    readonly medianLastMs: number | null
  }[]
} {
  const months = new Map<string, number>()
  const departments = new Map<string | null, TicketTimes[]>()
  for (const one of times) {
    if (one.month !== null) months.set(one.month, (months.get(one.month) ?? 0) + 1)
    const group = departments.get(one.department)
    if (group) group.push(one)
    else departments.set(one.department, [one])
  }
  return {
    months: [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, tickets]) => ({ month, tickets })),
    responses: [...departments]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([department, group]) => ({
        department,
        tickets: group.length,
        medianFirstMs: median(group.map(({ firstMs }) => firstMs)),
        medianLastMs: median(group.map(({ lastMs }) => lastMs))
      }))
  }
}
