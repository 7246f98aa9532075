import type { AccountId, TicketRef } from './ticket.ts'

/** Shows this ticket on any machine whose app knows it. With `accountId` that account's, where two have the number. */
export const ticketLink = ({ ticketId }: Pick<TicketRef, 'ticketId'>, accountId: AccountId | null): string =>
  `bilet://ticket/${ticketId}${accountId === null ? '' : `?account=${encodeURIComponent(accountId)}`}`
