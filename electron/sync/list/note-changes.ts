/** What a list means for the marks, and what people are told of it: each event once, also across restarts. No I/O. */
import { subjectOf } from '../../tickets/list/rows.ts'
import type { TicketChange } from '../../tickets/list/changes.ts'
import { isClosed } from '../../tickets/status.ts'
import { excerpt } from '../../tickets/text/message.ts'
import { replyKeys, staffKeys } from '../../tickets/thread/unread.ts'
import type { AccountId, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { Reconciled } from '../outbox/outbox.ts'
import type { TicketEvent } from '../types.ts'
import { answeredInPanel } from './answered-in-panel.ts'
import type { Marks } from './marks.ts'
import { observeAnswers } from './observe-answers.ts'
import { MovedReplies } from './moved-replies.ts'
import type { ListChange } from './ticket-list.ts'

export interface NoteContext {
  readonly accountId: AccountId
  readonly marks: Marks
  /** The list's, after the change. */
  readonly tickets: ReadonlyMap<TicketId, Ticket>
  /**
   * A message of the customer's in this ticket may be one that was sent from here. Then what looks like an answer in the
   * panel may be it, in other words.
   */
  mayHaveReplied(id: TicketId): boolean
  /** Nothing of it is news. */
  readonly isBaseline: boolean
}

export interface NotedChanges {
  readonly events: readonly TicketEvent[]
  readonly areMarksChanged: boolean
}

/** Notes tickets and replies that were made here; answers whether the marks changed. */
export function noteOwnWrites(marks: Marks, { made, ownReplies }: Reconciled): boolean {
  for (const { id, facts } of made) marks.setLocalFacts(id, facts)
  for (const { ticketId, key } of ownReplies) marks.markOwnReply(ticketId, key)
  return made.length > 0 || ownReplies.length > 0
}

/** `own`: what the outbox found in the same list. */
export function noteChanges(change: ListChange, own: Reconciled, context: NoteContext): NotedChanges {
  const { marks, isBaseline } = context
  const moved = new MovedReplies(marks, context.tickets, () => [
    ...change.changed.flatMap(({ before }) => before ?? []),
    ...change.left
  ])
  let areMarksChanged = noteOwnWrites(marks, own) || change.hasLeft
  const isFirstOfAll = marks.everSeen.size === 0
  for (const { id } of change.next) if (marks.observeId(id)) areMarksChanged = true
  if (isBaseline) {
    for (const ticket of change.next) if (marks.markAllSeen(ticket)) areMarksChanged = true
    return { events: [], areMarksChanged }
  }
  const events: TicketEvent[] = []
  for (const ticketChange of change.changed) {
    const noted = noteTicket(ticketChange, own, { ...context, moved, isFirstOfAll })
    if (noted.areMarksChanged) areMarksChanged = true
    events.push(...noted.events)
  }
  return { events, areMarksChanged }
}

interface TicketContext extends NoteContext {
  readonly moved: MovedReplies
  readonly isFirstOfAll: boolean
}

function noteTicket(change: TicketChange, own: Reconciled, context: TicketContext): NotedChanges {
  const { ticket, before } = change
  const { marks, moved } = context
  const isAnswered =
    !context.mayHaveReplied(ticket.id) &&
    marks.markSeen(ticket.id, answeredInPanel(ticket, before, marks, moved))
  const observed = observeAnswers(change, marks, moved, context.isFirstOfAll)
  const unheard = marks.markNotified(ticket.id, observed.news)
  const hasStatusChanged = marks.acknowledgeStatus(ticket, before?.status ?? null)
  // Of a thread that was not seen before, the newest answer stands for all.
  const isThreadKnown = before !== null && staffKeys(before).length > 0
  const replies = isThreadKnown ? unheard : unheard.slice(-1)
  const isStatusNews = hasStatusChanged && unheard.length === 0 && isWorthTelling(ticket, own)
  return {
    events: [
      ...replies.map(({ key }) => replyEvent(ticket, key, context)),
      ...(isStatusNews ? [statusEvent(ticket, context)] : [])
    ],
    areMarksChanged: isAnswered || observed.isChanged || unheard.length > 0 || hasStatusChanged
  }
}

/** What the person did themselves is no news to them. */
function isWorthTelling(ticket: Ticket, own: Reconciled): boolean {
  if (ticket.status.kind === 'customer-reply') return false
  if (own.ownClosed.has(ticket.id)) return false
  return ticket.status.kind !== 'answered' || staffKeys(ticket).length > 0
}

function replyEvent(ticket: Ticket, key: string, { accountId, marks }: NoteContext): TicketEvent {
  const reply = ticket.replies[replyKeys(ticket.replies).indexOf(key)]
  return {
    kind: 'reply',
    ref: { accountId, ticketId: ticket.id },
    subject: subjectOf(ticket, marks.facts(ticket.id)),
    name: reply?.name ?? '',
    excerpt: reply ? excerpt(reply.message, reply.author) : ''
  }
}

function statusEvent(ticket: Ticket, { accountId, marks }: NoteContext): TicketEvent {
  return {
    kind: isClosed(ticket.status) ? 'closed' : 'status',
    ref: { accountId, ticketId: ticket.id },
    subject: subjectOf(ticket, marks.facts(ticket.id)),
    status: ticket.status
  }
}
