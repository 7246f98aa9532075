import { isClosed } from '../status.ts'
import type { TicketRow } from '../views.ts'

/** States to filter by, with the list's filters or with `is:` in a search. */
export const listStates = ['unread', 'waiting', 'open', 'closed'] as const
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
