import type { TicketEvent } from '../types.ts'
import type { AccountWork } from './account-work.ts'

/** The events that the person is told of: not those of muted tickets, and with their own titles. */
export const notifiedEvents = (events: readonly TicketEvent[], work: AccountWork): readonly TicketEvent[] =>
  events.flatMap((event): readonly TicketEvent[] => {
    if (event.kind === 'signed-out') return [event]
    const { muted, title } = work.get(event.ref.ticketId)
    if (muted) return []
    return [title === '' ? event : { ...event, subject: title }]
  })
