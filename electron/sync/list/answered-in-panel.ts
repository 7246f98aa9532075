/** Finds staff answers that were read elsewhere, because the customer has replied in the panel. */
import { hasTime, isSurelyBefore } from '../../tickets/text/dates.ts'
import { staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import { lastReplyToleranceMs } from '../../tickets/thread/news.ts'
import { replyKeys } from '../../tickets/thread/unread.ts'
import type { EpochMs, Reply, Ticket } from '../../tickets/ticket.ts'
import type { Marks } from '../marks/marks.ts'
import type { MovedReplies } from './moved-replies.ts'

/** Number of last replies that are checked, each against all before it. */
const lastReplies = 50
/** Shorter texts may be contained in another by chance. */
const minContainedLength = 12

/** Whether all messages of the previous list are unchanged. */
function isUnchanged(before: Ticket, { replies }: Ticket, keys: readonly string[]): boolean {
  const now = new Map(keys.map((key, i) => [key, replies[i]]))
  const keysBefore = replyKeys(before.replies)
  return before.replies.every((reply, i) => {
    const same = now.get(keysBefore[i] ?? '')
    return same?.author === reply.author && same.message === reply.message && same.sentAt === reply.sentAt
  })
}

/** Whether a reply is later than an earlier one; for dates without a time, also another text on the same day. */
const isLaterThan = (earlier: Reply, sentAt: EpochMs, words: string): boolean =>
  earlier.sentAt === null ||
  earlier.sentAt < sentAt ||
  (earlier.sentAt === sentAt && !hasTime(sentAt) && earlier.message.trim() !== words)

/**
 * The answers before a new reply of the customer that was not sent from here. Empty unless it certainly is the customer's:
 * it is the ticket's last reply and later than the others, its text is not the staff's, it does not come from another
 * ticket, and all known messages are unchanged.
 */
export function answeredInPanel(
  ticket: Ticket,
  before: Ticket | null,
  marks: Marks,
  moved: MovedReplies
): readonly StaffAnswer[] {
  const { id, lastReplyAt, replies } = ticket
  const hasMoved = lastReplyAt === null || !hasTime(lastReplyAt) || before?.lastReplyAt !== lastReplyAt
  if (!hasMoved) return []
  const keys = replyKeys(replies)
  if (before && !isUnchanged(before, ticket, keys)) return []
  const known = new Set(replyKeys(before?.replies ?? []))
  const staffWords = replies.flatMap(({ author, message }) => (author === 'staff' ? [message.trim()] : []))

  function isTheirs({ author, sentAt, message }: Reply, i: number): boolean {
    if (i < replies.length - lastReplies) return false
    const key = keys[i] ?? ''
    const words = message.trim()
    if (author !== 'customer' || sentAt === null || words === '') return false
    if (known.has(key) || marks.isOwn(id, key)) return false
    return (
      (lastReplyAt === null || !isSurelyBefore(lastReplyAt, sentAt - lastReplyToleranceMs)) &&
      replies.slice(0, i).every((reply) => isLaterThan(reply, sentAt, words)) &&
      !staffWords.some(
        (staff) => staff === words || (words.length >= minContainedLength && staff.includes(words))
      ) &&
      !moved.mayBeFromElsewhere(ticket, i, sentAt)
    )
  }

  const last = replies.findLastIndex(isTheirs)
  const read = new Set(keys.slice(0, Math.max(0, last)))
  return read.size === 0 ? [] : staffAnswers(ticket).filter(({ key }) => read.has(key))
}
