/** Decides from stored facts whether the staff has done something new since a ticket was put aside. */
import { classifyStatus, sameStatus } from '../status.ts'
import { matchKnownAnswers, staffAnswers, type StaffAnswer } from '../thread/known-answers.ts'
import type { EpochMs, Ticket } from '../ticket.ts'
import type { KnownState } from './ticket-work.ts'

/** Number of answers whose keys are kept; older ones are recognized by their date. */
const keptAnswers = 8

export function knownStateOf(ticket: Ticket): KnownState {
  const answers = staffAnswers(ticket)
  const names = answers.slice(-keptAnswers).flatMap(({ key, content }) => [key, content])
  return { answers: [...new Set(names)], newestAt: newestAtOf(answers), status: ticket.status.text }
}

const newestAtOf = (answers: readonly StaffAnswer[]): EpochMs | null => {
  const dates = answers.flatMap(({ sentAt }) => sentAt ?? [])
  return dates.length === 0 ? null : Math.max(...dates.slice(-keptAnswers))
}

/** Whether the ticket has a staff answer that it did not have then. */
export function hasNewAnswer(known: KnownState, ticket: Ticket): boolean {
  const answers = staffAnswers(ticket)
  const names = new Set(known.answers)
  const isKnown = ({ key }: StaffAnswer): boolean => names.has(key)
  const newest = answers.at(-1)
  if (!newest || isKnown(newest)) return false
  const lastKnown = answers.findLastIndex(isKnown)
  const candidates = answers.filter((answer, at) => {
    if (isKnown(answer) || names.has(answer.content)) return false
    if (answer.sentAt === null || known.newestAt === null) return at > lastKnown
    return answer.sentAt > known.newestAt
  })
  if (candidates.length === 0) return false
  const contents = new Map(known.answers.map((name) => [name, true] as const))
  return candidates.length > matchKnownAnswers(candidates, answers, contents).size
}

/** Whether the staff has changed the status since. A reply of the customer changes it, too, which is nothing new to them. */
export function hasNewStatus(known: KnownState, { status }: Ticket): boolean {
  return status.kind !== 'customer-reply' && !sameStatus(classifyStatus(known.status), status)
}
