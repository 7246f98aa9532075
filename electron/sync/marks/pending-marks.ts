import type { Ticket, TicketId } from '../../tickets/ticket.ts'
import type { Marks } from './marks.ts'

/** The tickets are there: what was said of them before counts now. Answers those that are others; null where nothing was. */
export function applyPendingMarks(
  marks: Marks,
  ticketOf: (id: TicketId) => Ticket | null
): readonly TicketId[] | null {
  if (marks.pending.size === 0) return null
  const changed = [...marks.pending].flatMap(([id, wish]) => {
    const ticket = ticketOf(id)
    if (!ticket) return []
    return (wish === 'read' ? marks.markAllSeen(ticket) : marks.markUnseen(ticket)) ? [id] : []
  })
  marks.pending.clear()
  return changed
}
