/** Which staff answers that a list shows for the first time are news, and which only became visible. Pure. */
import { isSurelyBefore } from '../text/dates.ts'
import type { StaffAnswer } from './known-answers.ts'
import type { EpochMs, Ticket } from '../ticket.ts'
import { contentKeys, replyKeys } from './unread.ts'

export interface NewsContext {
  /** As the list before showed it, or as it was when it left; null for one that was not there. */
  readonly before: Ticket | null
  /** By the server's clock where it is known; null when nobody noted it. */
  readonly connectedAt: EpochMs | null
  /** It was made here, so it is younger than the account. */
  readonly isOwn: boolean
  /** No list had any ticket before. */
  readonly isFirstOfAll: boolean
}

/** Clocks differ a little, and lists are some minutes old: what came in an unusual order in so many milliseconds is news. */
const disorderMs = 600_000

const newestReply = ({ replies }: Ticket): EpochMs | null =>
  replies.reduce<EpochMs | null>(
    (newest, { sentAt }) => (sentAt !== null && sentAt > (newest ?? -Infinity) ? sentAt : newest),
    null
  )

/** A server may note the last reply a little earlier or later than the reply itself. In milliseconds. */
export const noteMs = 10_000

/** Its last reply is later than all that it shows. */
function hidesReplies(ticket: Ticket): boolean {
  const { lastReplyAt, createdAt } = ticket
  if (lastReplyAt === null) return false
  const newest = newestReply(ticket)
  if (newest !== null) return isSurelyBefore(newest, lastReplyAt - noteMs)
  return createdAt === null || isSurelyBefore(createdAt, lastReplyAt)
}

/** Somebody has answered, by the status. */
const hasAnswer = ({ status: { kind } }: Ticket): boolean =>
  kind === 'answered' || kind === 'customer-reply' || kind === 'closed'

/**
 * By the ticket's own clock it came after all that the list before knew of this ticket. Its dates may be hours off what
 * the server's clock says, and then they say nothing about the moment of connecting.
 */
function isNewInTicket(at: EpochMs, before: Ticket | null): boolean {
  if (!before || before.lastReplyAt === null) return false
  if (hidesReplies(before)) return at > before.lastReplyAt
  return at >= before.lastReplyAt && (before.replies.length > 0 || !hasAnswer(before))
}

/** Newest known moment of a ticket. */
export const activityOf = (ticket: Ticket): EpochMs | null =>
  [ticket.createdAt, ticket.lastReplyAt, newestReply(ticket)].reduce<EpochMs | null>(
    (newest, at) => (at !== null && at > (newest ?? -Infinity) ? at : newest),
    null
  )

function isBeforeConnecting(answer: StaffAnswer, ticket: Ticket, context: NewsContext): boolean {
  const { before, connectedAt, isOwn, isFirstOfAll } = context
  if (connectedAt === null || isOwn) return false
  const isPast = (at: EpochMs): boolean => isSurelyBefore(at, connectedAt + 1)
  if (answer.sentAt !== null) return isPast(answer.sentAt) && !isNewInTicket(answer.sentAt, before)
  if (before) return false
  const activity = activityOf(ticket)
  return activity === null ? isFirstOfAll : isPast(activity)
}

/** The ticket's last reply is another than before, and this is it. */
const isTheLast = ({ sentAt }: StaffAnswer, { lastReplyAt }: Ticket, before: Ticket | null): boolean =>
  sentAt !== null &&
  lastReplyAt !== null &&
  before !== null &&
  before.lastReplyAt !== null &&
  before.lastReplyAt !== lastReplyAt &&
  Math.abs(sentAt - lastReplyAt) <= noteMs

/** The list before knew of a later reply in this ticket, without showing it or this one. */
const isOlderThanLast = ({ sentAt }: StaffAnswer, ticket: Ticket, before: Ticket | null): boolean =>
  sentAt !== null &&
  before !== null &&
  before.lastReplyAt !== null &&
  hidesReplies(before) &&
  !hidesReplies(ticket) &&
  isSurelyBefore(sentAt, before.lastReplyAt)

/** The newest reply of each author that stood in the thread before and still does. */
function newestStanding(
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

/** Of answers that nobody knew, oldest first, those that are news; the others only became visible and count as read. */
export function newsAmong(
  unknown: readonly StaffAnswer[],
  ticket: Ticket,
  context: NewsContext
): readonly StaffAnswer[] {
  const { before } = context
  const young = unknown.filter((answer) => !isBeforeConnecting(answer, ticket, context))
  if (young.length === 0) return young
  const standing = newestStanding(ticket, before)
  const isOvertaken = ({ sentAt }: StaffAnswer, by: EpochMs): boolean =>
    sentAt !== null && isSurelyBefore(sentAt, by - disorderMs)
  const isLate = (answer: StaffAnswer): boolean =>
    isOlderThanLast(answer, ticket, before) || isOvertaken(answer, standing.staff)
  const fresh = young.filter((answer) => isTheLast(answer, ticket, before) || !isLate(answer))
  // Nobody of the staff wrote since, so the newest of those that the customer's reply overtook may be unread.
  const late = fresh.filter((answer) => isOvertaken(answer, standing.customer))
  return fresh.filter((answer) => !late.includes(answer) || answer === late.at(-1))
}
