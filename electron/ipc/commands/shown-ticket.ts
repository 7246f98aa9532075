import type { TicketRef } from '../../tickets/ticket.ts'

/** The ticket that the inbox page reported as open; null if none is open or another screen is shown. */
export interface ShownTicket {
  ref: TicketRef | null
}
