/** Estimates when an account was connected, for accounts of versions that did not store it. Pure. */
import { dayMs } from '../../tickets/text/dates.ts'
import { lastActivityAt } from '../../tickets/thread/activity.ts'
import { replyKeys } from '../../tickets/thread/unread.ts'
import type { EpochMs, Ticket } from '../../tickets/ticket.ts'
import type { Marks } from '../marks/marks.ts'

/** Times before this are from clocks that were set wrong. */
const earliestPossible = Date.UTC(2020, 0, 1)
/** Tolerance in milliseconds for different clocks and time zones, and for dates without a time. */
const toleranceMs = dayMs

export interface AccountEvidence {
  readonly marks: Pick<Marks, 'facts' | 'isOwn' | 'listAt'>
  readonly cached: readonly Ticket[]
  /** Times of messages sent from here, by this machine's clock. */
  readonly sentAt: readonly EpochMs[]
  /** By this machine's clock. */
  readonly now: EpochMs
}

/** Dates of tickets and replies created here, by the server's clock. */
const madeHere = (ticket: Ticket, marks: AccountEvidence['marks']): readonly (EpochMs | null)[] => {
  const keys = replyKeys(ticket.replies)
  const own = ticket.replies
    .filter((_, i) => marks.isOwn(ticket.id, keys[i] ?? ''))
    .map(({ sentAt }) => sentAt)
  return marks.facts(ticket.id) ? [ticket.createdAt, ...own] : own
}

/**
 * The estimated time by the server's clock, rather early than late: replies that came while the app was closed must not
 * count as older than the account. It is not after the first message sent from here, nor after the last good list, nor
 * after the newest activity in that list. Now, if nothing is known.
 */
export function connectedSince({ marks, cached, sentAt, now }: AccountEvidence): EpochMs {
  const isPossible = (at: EpochMs | null): at is EpochMs => at !== null && at >= earliestPossible && at <= now
  const newestShown = cached
    .map(lastActivityAt)
    .filter(isPossible)
    .reduce((a, b) => Math.max(a, b), 0)
  const evidence = [
    newestShown,
    marks.listAt,
    ...sentAt,
    ...cached.flatMap((ticket) => madeHere(ticket, marks))
  ]
  return evidence.filter(isPossible).reduce((a, b) => Math.min(a, b), now) - toleranceMs
}
