import type { TicketRow } from '../views.ts'
import { isYourTurn } from './filters.ts'

type Compare = (a: TicketRow, b: TicketRow) => number

/** Newest activity first; rows without a date last. A total order, so that the result is stable. */
export const newestFirst: Compare = (a, b) => (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0) || b.id - a.id

/** Orders that a list can have. */
export const orders = ['newest', 'oldest', 'unread', 'waiting', 'number'] as const
export type Order = (typeof orders)[number]

const compareUnpinned: Readonly<Record<Order, Compare>> = {
  newest: newestFirst,
  oldest: (a, b) => -newestFirst(a, b),
  unread: (a, b) => Number(b.unread > 0) - Number(a.unread > 0) || newestFirst(a, b),
  /** Tickets that wait for the person first, the longest waiting at the top. */
  waiting(a, b) {
    const isWaiting = isYourTurn(a)
    const difference = Number(isYourTurn(b)) - Number(isWaiting)
    return difference || (isWaiting ? -newestFirst(a, b) : newestFirst(a, b))
  },
  number: (a, b) => b.id - a.id || newestFirst(a, b)
}

const isPinned = ({ work }: TicketRow): boolean => work?.pinned === true

/** Compares rows in this order, the pinned ones first. */
export const byOrder =
  (order: Order): Compare =>
  (a, b) =>
    Number(isPinned(b)) - Number(isPinned(a)) || compareUnpinned[order](a, b)
