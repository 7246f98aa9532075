/** When an account was connected, for accounts of versions that did not note it. Pure. */
import { dayMs } from '../../tickets/text/dates.ts'
import { lastActivityAt } from '../../tickets/thread/activity.ts'
import { replyKeys } from '../../tickets/thread/unread.ts'
import type { EpochMs, Ticket } from '../../tickets/ticket.ts'
import type { Marks } from '../marks/marks.ts'

/** Clocks that are set wrong for a while name a time before there was any such app, or one that is to come. */
const earliestPossible = Date.UTC(2020, 0, 1)
/** This machine's clock and the server's differ, its dates may be of another time zone, and v1 has dates without a time. */
const toleranceMs = dayMs

export interface AccountEvidence {
  readonly marks: Pick<Marks, 'facts' | 'isOwn' | 'listAt'>
  readonly cached: readonly Ticket[]
  /** When something was written from here, by this machine's clock. */
  readonly sentAt: readonly EpochMs[]
  /** By this machine's clock. */
  readonly now: EpochMs
}

/** Tickets and replies that were made here: by the server's dates. */
const madeHere = (ticket: Ticket, marks: AccountEvidence['marks']): readonly (EpochMs | null)[] => {
  const keys = replyKeys(ticket.replies)
  const own = ticket.replies
    .filter((_, i) => marks.isOwn(ticket.id, keys[i] ?? ''))
    .map(({ sentAt }) => sentAt)
  return marks.facts(ticket.id) ? [ticket.createdAt, ...own] : own
}

/**
 * By the server's clock, a little early rather than late: what came while the app was closed must not count as older than
 * the account. It was connected before anything was written from it and before its last good list; and nothing newer than
 * that list showed is old, whatever this machine's clock said. Where nothing is known it is now.
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
