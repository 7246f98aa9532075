import type { TicketRow } from '../views.ts'

/** The title that people see: their own, else the ticket's subject. */
export const titleOf = ({ subject, work }: Pick<TicketRow, 'subject' | 'work'>): string =>
  work?.title || subject
