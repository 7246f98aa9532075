import { dayMs, isSurelyBefore } from '../../tickets/text/dates.ts'
import { staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import { lastActivityAt } from '../../tickets/thread/activity.ts'
import { isClosed } from '../../tickets/status.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { replyKeys } from '../../tickets/thread/unread.ts'
import type { Marks } from './marks.ts'

/** Closed tickets are in doubt, and thus unread, for this long after their last activity. */
const doubtfulMs = 7 * dayMs

/**
 * Rebuilds lost marks from the cached list, in steps, applied at the end. Everything in the list counts as notified. Answers
 * before the customer's last reply count as seen, later ones as unread, unless remaining marks say otherwise. Old closed
 * tickets count as seen.
 */
export function* rebuildMarks(marks: Marks, tickets: readonly Ticket[]): Generator<undefined, void> {
  const draft = marks.draft()
  const newest = tickets.reduce((latest, ticket) => Math.max(latest, lastActivityAt(ticket) ?? 0), 0)
  for (const ticket of tickets) {
    const { id, replies } = ticket
    const isOld = isClosed(ticket.status) && isSurelyBefore(lastActivityAt(ticket) ?? 0, newest - doubtfulMs)
    const last = replies.findLastIndex(({ author }) => author === 'customer')
    const answered = new Set(replyKeys(replies).slice(0, last + 1))
    const isRead = ({ key }: StaffAnswer): boolean =>
      (isOld || answered.has(key)) && draft.stateOf(id, key) === null
    const answers = staffAnswers(ticket)
    // With one key each, since there may be thousands.
    draft.markSeen(
      id,
      answers.filter(isRead).map(({ key, sentAt }) => ({ key, content: key, sentAt }))
    )
    draft.markNotified(id, answers)
    yield
  }
  marks.baseline = true
  for (const { id } of tickets) marks.observeId(id)
  marks.adopt(draft, (id) => marks.changedSinceDraft.has(id))
}
