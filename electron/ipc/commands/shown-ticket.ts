import type { TicketRef } from '../../tickets/ticket.ts'

/** The ticket that is open in the inbox, as its page says; null where none is, or another screen is shown. */
export interface ShownTicket {
  ref: TicketRef | null
}
