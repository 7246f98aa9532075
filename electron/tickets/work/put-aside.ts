import type { TicketRow } from '../views.ts'

type Row = Pick<TicketRow, 'work' | 'unread'>

/** Whether the person is done with it, or has snoozed it, until something new comes. */
export const isPutAside = ({ work }: Pick<Row, 'work'>): boolean =>
  work !== null && (work.done || work.snoozedUntil !== null)

export const trayCounts = ['unread', 'your-turn'] as const
/** What tray and badge count. */
export type TrayCounts = (typeof trayCounts)[number]

/** Whether tray and badge count the ticket. */
export function isCounted(row: TicketRow, counts: TrayCounts): boolean {
  if (row.work?.muted || isPutAside(row)) return false
  return counts === 'unread' ? row.unread > 0 : row.waitingFor === 'you'
}

/** Whether it has unread replies that are not put aside. */
export const isUnread = (row: Row): boolean => row.unread > 0 && !isPutAside(row)
