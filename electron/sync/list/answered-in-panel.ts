/** Staff answers that were read elsewhere: the customer has answered them in the panel. */
import { hasTime, isSurelyBefore } from '../../tickets/text/dates.ts'
import { staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import { lastReplyToleranceMs } from '../../tickets/thread/news.ts'
import { replyKeys } from '../../tickets/thread/unread.ts'
import type { EpochMs, Reply, Ticket } from '../../tickets/ticket.ts'
import type { Marks } from '../marks/marks.ts'
import type { MovedReplies } from './moved-replies.ts'

/** Only the last replies of a thread are looked at: each is held against all that stand before it. */
const lastReplies = 50
/** Shorter words stand in another text by chance. */
const minContainedLength = 12

/** Every message of the list before stands there as it stood. Else it is another thread, or a mangled one. */
function isUnchanged(before: Ticket, { replies }: Ticket, keys: readonly string[]): boolean {
  const now = new Map(keys.map((key, i) => [key, replies[i]]))
  const keysBefore = replyKeys(before.replies)
  return before.replies.every((reply, i) => {
    const same = now.get(keysBefore[i] ?? '')
    return same?.author === reply.author && same.message === reply.message && same.sentAt === reply.sentAt
  })
}

/** Later than a reply that stands before it; where dates have no time, one of the same day in other words. */
const isLaterThan = (earlier: Reply, sentAt: EpochMs, words: string): boolean =>
  earlier.sentAt === null ||
  earlier.sentAt < sentAt ||
  (earlier.sentAt === sentAt && !hasTime(sentAt) && earlier.message.trim() !== words)

/**
 * The answers that a new reply of the customer's, which was not sent from here, shows to be read. Only where it is theirs for
 * sure: it is the ticket's last reply and later than what it answers, its words are not the staff's, it does not come from
 * another ticket, and all that was known stands there unchanged.
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
