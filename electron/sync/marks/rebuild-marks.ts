import { dayMs, isSurelyBefore } from '../../tickets/text/dates.ts'
import { staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import { lastActivityAt } from '../../tickets/thread/activity.ts'
import { isClosed } from '../../tickets/status.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { replyKeys } from '../../tickets/thread/unread.ts'
import type { Marks } from './marks.ts'

/** Whether the last words of a closed ticket were read is in doubt for so long. */
const doubtfulMs = 7 * dayMs

/**
 * Marks are lost, all or some: what the last list showed is the baseline, and of nothing in it anybody is told again. Where
 * none says otherwise, what the customer has answered was read; what the staff said last is in doubt, and unread. Ticket by
 * ticket; the marks are as they were until the last.
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
    // By one name: there may be thousands.
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
