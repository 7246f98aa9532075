import type { AccountId, TicketRef } from './ticket.ts'

/** A link that opens the ticket in the app. `accountId` is added if several accounts have a ticket with this number. */
export const ticketLink = ({ ticketId }: Pick<TicketRef, 'ticketId'>, accountId: AccountId | null): string =>
  `bilet://ticket/${ticketId}${accountId === null ? '' : `?account=${encodeURIComponent(accountId)}`}`
