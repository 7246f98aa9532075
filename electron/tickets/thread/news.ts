/** Decides which newly listed staff answers are new and which are old ones that only became visible. Pure. */
import { isSurelyBefore } from '../text/dates.ts'
import { lastActivityAt } from './activity.ts'
import { parseContentKey, staffAnswers, type StaffAnswer } from './known-answers.ts'
import type { EpochMs, Ticket } from '../ticket.ts'
import { contentKeys, replyKeys } from './unread.ts'

export interface NewsContext {
  /** The ticket in the previous list, or when it left the list; null for a new one. */
  readonly before: Ticket | null
  /** When the account was connected, by the server's clock if known; null if not recorded. */
  readonly connectedAt: EpochMs | null
  /** Whether the ticket was created with this app, after connecting the account. */
  readonly isOwn: boolean
  /** Whether no earlier list had any ticket. */
  readonly isFirstOfAll: boolean
}

/** Tolerance for clock differences and stale lists, in milliseconds: replies out of order within it count as new. */
const clockToleranceMs = 600_000

const newestReply = ({ replies }: Ticket): EpochMs | null =>
  replies.reduce<EpochMs | null>(
    (newest, { sentAt }) => (sentAt !== null && sentAt > (newest ?? -Infinity) ? sentAt : newest),
    null
  )

/** Tolerated difference between the date of a reply and the ticket's last-reply date, in milliseconds. */
export const lastReplyToleranceMs = 10_000

/** Whether the last reply is later than all replies in the list. */
function hidesReplies(ticket: Ticket): boolean {
  const { lastReplyAt, createdAt } = ticket
  if (lastReplyAt === null) return false
  const newest = newestReply(ticket)
  if (newest !== null) return isSurelyBefore(newest, lastReplyAt - lastReplyToleranceMs)
  return createdAt === null || isSurelyBefore(createdAt, lastReplyAt)
}

/** Whether the status implies that the staff have answered. */
const hasAnswer = ({ status: { kind } }: Ticket): boolean =>
  kind === 'answered' || kind === 'customer-reply' || kind === 'closed'

/**
 * Whether the answer is later than everything the previous list had of this ticket, by the clock of the ticket dates. That
 * clock may be hours off the server's, so its dates cannot be compared with the time of connecting.
 */
function isNewInTicket(at: EpochMs, before: Ticket | null): boolean {
  if (!before || before.lastReplyAt === null) return false
  if (hidesReplies(before)) return at > before.lastReplyAt
  return at >= before.lastReplyAt && (before.replies.length > 0 || !hasAnswer(before))
}

function isBeforeConnecting(answer: StaffAnswer, ticket: Ticket, context: NewsContext): boolean {
  const { before, connectedAt, isOwn, isFirstOfAll } = context
  if (connectedAt === null || isOwn) return false
  const isPast = (at: EpochMs): boolean => isSurelyBefore(at, connectedAt + 1)
  if (answer.sentAt !== null) return isPast(answer.sentAt) && !isNewInTicket(answer.sentAt, before)
  if (before) return false
  const activity = lastActivityAt(ticket)
  return activity === null ? isFirstOfAll : isPast(activity)
}

/** Whether this answer is the last reply, and the last reply changed. */
const isNewLastReply = ({ sentAt }: StaffAnswer, { lastReplyAt }: Ticket, before: Ticket | null): boolean =>
  sentAt !== null &&
  lastReplyAt !== null &&
  before !== null &&
  before.lastReplyAt !== null &&
  before.lastReplyAt !== lastReplyAt &&
  Math.abs(sentAt - lastReplyAt) <= lastReplyToleranceMs

/**
 * The last answer if it came under the number of another one that the thread had before, because the server counts anew. An
 * answer that was edited keeps its date, one whose date was corrected its text, and neither moves the ticket's last reply.
 */
export function renumberedAnswer(ticket: Ticket, before: Ticket | null): StaffAnswer | null {
  const last = staffAnswers(ticket).at(-1)
  if (!before || !last || !isNewLastReply(last, ticket, before)) return null
  if ((last.sentAt ?? 0) <= (newestReply(before) ?? Infinity)) return null
  const other = staffAnswers(before).find(({ key }) => key === last.key)
  if (!other) return null
  return parseContentKey(other.content)?.text === parseContentKey(last.content)?.text ? null : last
}

/** Whether the previous list indicated a later reply in this ticket without showing it. */
const isOlderThanLast = ({ sentAt }: StaffAnswer, ticket: Ticket, before: Ticket | null): boolean =>
  sentAt !== null &&
  before !== null &&
  before.lastReplyAt !== null &&
  hidesReplies(before) &&
  !hidesReplies(ticket) &&
  isSurelyBefore(sentAt, before.lastReplyAt)

/** Date of the newest reply of each author that was in the thread before and still is. */
function newestKnownReplies(
  ticket: Ticket,
  before: Ticket | null
): Readonly<Record<'staff' | 'customer', EpochMs>> {
  const newest = { staff: -Infinity, customer: -Infinity }
  if (!before) return newest
  const keys = new Set([...replyKeys(before.replies), ...contentKeys(before.replies)])
  const [numbers, contents] = [replyKeys(ticket.replies), contentKeys(ticket.replies)]
  for (const [i, { author, sentAt }] of ticket.replies.entries())
    if (sentAt !== null && (keys.has(numbers[i] ?? '') || keys.has(contents[i] ?? '')))
      newest[author] = Math.max(newest[author], sentAt)
  return newest
}

/** The new ones among unknown answers (oldest first); the others only became visible and count as read. */
export function findNews(
  unknown: readonly StaffAnswer[],
  ticket: Ticket,
  context: NewsContext
): readonly StaffAnswer[] {
  const { before } = context
  const young = unknown.filter((answer) => !isBeforeConnecting(answer, ticket, context))
  if (young.length === 0) return young
  const standing = newestKnownReplies(ticket, before)
  const isOvertaken = ({ sentAt }: StaffAnswer, by: EpochMs): boolean =>
    sentAt !== null && isSurelyBefore(sentAt, by - clockToleranceMs)
  const isLate = (answer: StaffAnswer): boolean =>
    isOlderThanLast(answer, ticket, before) || isOvertaken(answer, standing.staff)
  const fresh = young.filter((answer) => isNewLastReply(answer, ticket, before) || !isLate(answer))
  // No later staff reply is known, so the newest answer before the customer's reply may still be unread.
  const late = new Set(fresh.filter((answer) => isOvertaken(answer, standing.customer)))
  const newestLate = [...late].at(-1)
  return fresh.filter((answer) => !late.has(answer) || answer === newestLate)
}
