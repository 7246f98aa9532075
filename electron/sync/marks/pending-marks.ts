/** What the person said of tickets that were not read from the cache yet, or that the cache had lost. */
import type { Ticket } from '../../tickets/ticket.ts'
import type { Marks } from './marks.ts'

/** Applies the pending mark of a ticket that is known now. */
export function applyPendingMark(marks: Marks, ticket: Ticket): void {
  const wish = marks.pending.get(ticket.id)
  if (wish === undefined) return
  marks.pending.delete(ticket.id)
  if (wish === 'read') marks.markAllSeen(ticket)
  else marks.markUnseen(ticket)
}

/**
 * Applies pending marks of tickets that the cache did not have. `read` marks the notified answers only, since the next list
 * may add others. `unread` stays pending until a list has the ticket.
 */
export function applyPendingWithoutTickets(marks: Marks): void {
  for (const [id, wish] of marks.pending) {
    if (wish === 'unread') continue
    marks.pending.delete(id)
    marks.markNotifiedSeen(id)
  }
}
