import { departmentName } from '../departments.ts'
import { excerpt, subjectFrom } from '../text/message.ts'
import type { AccountId, ApiVersion, EpochMs, LocalFacts, Ticket } from '../ticket.ts'
import { impliedAnswerKey, unreadCount, waiting, type Seen } from '../thread/unread.ts'
import type { OutboxState, TicketRow } from '../views.ts'

export interface RowContext extends RowState {
  readonly accountId: AccountId
  readonly version: ApiVersion
  readonly facts: LocalFacts | null
}

/** What a row shows beside its ticket. */
export interface RowState {
  readonly seen: Seen
  readonly outbox: OutboxState | null
  readonly draft: boolean
  readonly gone: boolean
}

/** The newest moment known of a ticket. */
export function lastActivityAt(ticket: Ticket): EpochMs | null {
  const newest = ticket.replies.reduce(
    (latest, reply) => Math.max(latest, reply.sentAt ?? 0),
    Math.max(ticket.lastReplyAt ?? 0, ticket.createdAt ?? 0)
  )
  return newest === 0 ? null : newest
}

export const subjectOf = (ticket: Ticket, facts: LocalFacts | null): string =>
  facts?.title.trim() || subjectFrom(ticket.message) || `#${ticket.id}`

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
    // An answer known only by its moment has no words to show.
    excerpt: implied ? '' : last ? excerpt(last.message, last.author) : excerpt(ticket.message, 'customer'),
    createdAt: ticket.createdAt,
    lastActivityAt: lastActivityAt(ticket),
    replyCount: ticket.replies.length,
    unread: unreadCount(ticket, context.seen),
    waitingFor: waiting(ticket),
    outbox: context.outbox,
    draft: context.draft,
    gone: context.gone
  }
}

/** The row of a ticket that is the same, with what is so beside it now. */
export const withState = (
  row: TicketRow,
  ticket: Ticket,
  { seen, outbox, draft, gone }: RowState
): TicketRow => ({
  ...row,
  unread: unreadCount(ticket, seen),
  outbox,
  draft,
  gone
})
