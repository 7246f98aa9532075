import { isClosed } from '../status.ts'
import type { TicketRow } from '../views.ts'

/** States to filter by, with the list's filters or with `is:` in a search. */
const listStates = ['unread', 'waiting', 'open', 'closed'] as const
export type ListState = (typeof listStates)[number]

export const hasState: Readonly<Record<ListState, (row: TicketRow) => boolean>> = {
  unread: ({ unread }) => unread > 0,
  waiting: ({ waitingFor }) => waitingFor === 'you',
  open: ({ status }) => !isClosed(status),
  closed: ({ status }) => isClosed(status)
}

export const filters = ['all', ...listStates] as const
export type Filter = (typeof filters)[number]

export const passesFilter = (filter: Filter, row: TicketRow): boolean =>
  filter === 'all' || hasState[filter](row)

/** Number of tickets that match each filter. */
export function countFilters(rows: readonly TicketRow[]): Readonly<Record<Filter, number>> {
  const counts = { all: rows.length, unread: 0, waiting: 0, open: 0, closed: 0 }
  // One loop per state, which is several times faster than all states per row.
  for (const state of listStates) {
    const has = hasState[state]
    for (const row of rows) if (has(row)) counts[state]++
  }
  return counts
}
