import { departmentName } from '../departments.ts'
import { excerpt, subjectFrom } from '../text/message.ts'
import type { AccountId, ApiVersion, LocalFacts, Ticket } from '../ticket.ts'
import { lastActivityAt } from '../thread/activity.ts'
import { ownText } from '../thread/originals.ts'
import { impliedAnswerKey, unreadCount, waiting, type Seen } from '../thread/unread.ts'
import type { RowWork } from '../work/ticket-work.ts'
import type { OutboxState, TicketRow } from '../views.ts'

export interface RowContext extends RowState {
  readonly accountId: AccountId
  readonly version: ApiVersion
  readonly facts: LocalFacts | null
}

/** Data of a row that is not part of its ticket. */
export interface RowState {
  readonly seen: Seen
  readonly outbox: OutboxState | null
  readonly draft: boolean
  readonly gone: boolean
  readonly work: RowWork | null
}

export const subjectOf = (ticket: Ticket, facts: LocalFacts | null): string =>
  facts?.title.trim() || subjectFrom(ownText(ticket)) || `#${ticket.id}`

/** A ticket as one line of the list, without its bodies. */
export function ticketRow(ticket: Ticket, context: RowContext): TicketRow {
  const last = ticket.replies.at(-1)
  const implied = impliedAnswerKey(ticket) !== null
  return {
    accountId: context.accountId,
    id: ticket.id,
    subject: subjectOf(ticket, context.facts),
    titleKnown: (context.facts?.title.trim() ?? '') !== '',
    status: ticket.status,
    department: context.facts ? departmentName(context.version, context.facts.departmentId) : null,
    lastSpeaker: implied ? 'staff' : (last?.author ?? 'customer'),
    lastSpeakerName: !implied && last?.author === 'staff' ? last.name : '',
    // The text of an implied answer is not known.
    excerpt: implied ? '' : last ? excerpt(ownText(last), last.author) : excerpt(ownText(ticket), 'customer'),
    createdAt: ticket.createdAt,
    lastActivityAt: lastActivityAt(ticket),
    replyCount: ticket.replies.length,
    unread: unreadCount(ticket, context.seen),
    waitingFor: waiting(ticket),
    outbox: context.outbox,
    draft: context.draft,
    gone: context.gone,
    work: context.work
  }
}

/** Updates the row of an unchanged ticket with its current state. */
export const withState = (
  row: TicketRow,
  ticket: Ticket,
  { seen, outbox, draft, gone, work }: RowState
): TicketRow => ({
  ...row,
  unread: unreadCount(ticket, seen),
  outbox,
  draft,
  gone,
  work
})
