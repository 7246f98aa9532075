import type { TicketRow } from '../views.ts'

/** Newest activity first; rows without a date last. A total order, so that the result is stable. */
export const newestFirst = (a: TicketRow, b: TicketRow): number =>
  (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0) || b.id - a.id

/** Orders that a list can have. */
export const orders = ['newest', 'oldest', 'unread', 'waiting', 'number'] as const
export type Order = (typeof orders)[number]
