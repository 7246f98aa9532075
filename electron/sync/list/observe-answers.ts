/** Classifies staff answers that a list shows for the first time: known under another key, only became visible, or new. */
import type { TicketChange } from '../../tickets/list/changes.ts'
import { matchKnownAnswers, staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import { findNews, renumberedAnswer } from '../../tickets/thread/news.ts'
import { replyKeys } from '../../tickets/thread/unread.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Marks } from '../marks/marks.ts'
import type { AnswerState } from '../marks/ticket-marks.ts'
import type { MovedReplies } from './moved-replies.ts'

/** States of known answers by content key: of the previous list, or of all marks for a ticket that was in none. */
function knownBefore(
  { id, replies }: Ticket,
  before: Ticket | null,
  marks: Marks
): ReadonlyMap<string, 'seen' | 'notified'> {
  const contents = marks.contents(id)
  if (!before) return contents
  const standing = new Set(replyKeys(replies))
  const withoutWords = [...contents].filter(([name]) => name.startsWith('at:'))
  const gone = staffAnswers(before).filter(({ key }) => !standing.has(key))
  return new Map([
    ...withoutWords,
    ...gone.map(({ key, content }) => [content, marks.stateOf(id, key) ?? 'notified'] as const)
  ])
}

/**
 * Marks answers known under another key with their new key, and those that only became visible as seen. Returns the new
 * ones, which are not marked yet, and whether the marks changed.
 */
export function observeAnswers(
  { ticket, before, newStaffKeys }: TicketChange,
  marks: Marks,
  moved: MovedReplies,
  isFirstOfAll: boolean
): { readonly news: readonly StaffAnswer[]; readonly isChanged: boolean } {
  const { id } = ticket
  const isMarked = (key: string): boolean => marks.stateOf(id, key) !== null
  const newKeys = new Set(newStaffKeys)
  const renumbered = renumberedAnswer(ticket, before)
  if (renumbered && isMarked(renumbered.key) && !isMarked(renumbered.content)) {
    marks.forget(id, [renumbered.key])
    newKeys.add(renumbered.key)
  }
  if ([...newKeys].every(isMarked)) return { news: [], isChanged: false }
  const thread = staffAnswers(ticket)
  const unmarked = thread.filter(({ key }) => newKeys.has(key) && !isMarked(key))
  const renamed = matchKnownAnswers(unmarked, thread, knownBefore(ticket, before, marks))
  const states = new Map<StaffAnswer, AnswerState>(
    unmarked.map((answer) => [
      answer,
      marks.stateOf(id, answer.content) ?? renamed.get(answer.key) ?? moved.stateOf(ticket, answer)
    ])
  )
  const inState = (wanted: AnswerState): readonly StaffAnswer[] =>
    unmarked.filter((answer) => states.get(answer) === wanted)
  const unknown = inState(null)
  const news = findNews(unknown, ticket, {
    before,
    connectedAt: marks.connectedAt,
    isOwn: marks.facts(id) !== null,
    isFirstOfAll
  })
  const told = new Set(news)
  marks.markSeen(id, [...inState('seen'), ...unknown.filter((answer) => !told.has(answer))])
  marks.markNotified(id, inState('notified'))
  return { news, isChanged: true }
}
