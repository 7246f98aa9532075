import type { TicketRow } from '../../../electron/tickets/views.ts'

/** Whether `d` would take the mark away: all are done, and none has a reminder that is due. */
export const isAllDone = (rows: readonly TicketRow[]): boolean =>
  rows.length > 0 && rows.every(({ work }) => work?.done === true && !work.isFollowUpDue)

/** Whether all of them are snoozed. */
export const isAllSnoozed = (rows: readonly TicketRow[]): boolean =>
  rows.length > 0 && rows.every(({ work }) => work !== null && work.snoozedUntil !== null)

/** Whether all of them have a reminder. */
export const isAllFollowedUp = (rows: readonly TicketRow[]): boolean =>
  rows.length > 0 && rows.every(({ work }) => work !== null && work.followUpAt !== null)
