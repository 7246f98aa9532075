import { monthOf } from './dates.ts'
import { firstResponseMs, lastResponseMs } from './thread.ts'
import type { Ticket } from './ticket.ts'

export interface StatisticsEntry {
  readonly ticket: Ticket
  /** Null when it is not known here. */
  readonly department: string | null
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b)
  const middle = known.length >> 1
  const upper = known[middle]
  if (upper === undefined) return null
  return known.length % 2 === 1 ? upper : Math.round((upper + (known[middle - 1] ?? upper)) / 2)
}

/** Tickets per month (Istanbul's months, oldest first) and median response times by department. */
export function statistics(entries: readonly StatisticsEntry[]): {
  readonly months: readonly { readonly month: string; readonly tickets: number }[]
  readonly responses: readonly {
    readonly department: string | null
    readonly tickets: number
    readonly medianFirstMs: number | null
    readonly medianLastMs: number | null
  }[]
} {
  const months = new Map<string, number>()
  const departments = new Map<string | null, Ticket[]>()
  for (const { ticket, department } of entries) {
    if (ticket.createdAt !== null) {
      const month = monthOf(ticket.createdAt)
      months.set(month, (months.get(month) ?? 0) + 1)
    }
    const group = departments.get(department)
    if (group) group.push(ticket)
    else departments.set(department, [ticket])
  }
  return {
    months: [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, tickets]) => ({ month, tickets })),
    responses: [...departments]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([department, tickets]) => ({
        department,
        tickets: tickets.length,
        medianFirstMs: median(tickets.map(firstResponseMs)),
        medianLastMs: median(tickets.map(lastResponseMs))
      }))
  }
}
