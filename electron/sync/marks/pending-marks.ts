/** What the person said of tickets that were not read from the cache yet, or that the cache had lost. */
import type { Ticket } from '../../tickets/ticket.ts'
import type { Marks } from './marks.ts'

/** For a ticket that is known now. */
export function applyPendingMark(marks: Marks, ticket: Ticket): void {
  const wish = marks.pending.get(ticket.id)
  if (wish === undefined) return
  marks.pending.delete(ticket.id)
  if (wish === 'read') marks.markAllSeen(ticket)
  else marks.markUnseen(ticket)
}

/**
 * For tickets that the cache did not have. Those read are read as far as people were told of them: what the next list adds was
 * not meant. Those unread stay pending until a list has them.
 */
export function applyPendingWithoutTickets(marks: Marks): void {
  for (const [id, wish] of marks.pending) {
    if (wish === 'unread') continue
    marks.pending.delete(id)
    marks.markNotifiedSeen(id)
  }
}
