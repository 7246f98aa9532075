import type { TicketRow } from '../views.ts'

/** Newest activity first; what has no date last. Total: the same rows always stand the same way. */
export const newestFirst = (a: TicketRow, b: TicketRow): number =>
  (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0) || b.id - a.id
