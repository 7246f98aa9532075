import type { TicketRow } from '../views.ts'

type Row = Pick<TicketRow, 'work' | 'unread'>

/** Whether the person is done with it, or has snoozed it, until something new comes. */
export const isPutAside = ({ work }: Pick<Row, 'work'>): boolean =>
  work !== null && (work.done || work.snoozedUntil !== null)

/** Whether it has unread replies that are not put aside. */
export const isUnread = (row: Row): boolean => row.unread > 0 && !isPutAside(row)
