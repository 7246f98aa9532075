/**
 * What a list says about one entry. That a text is not found is no proof that it is not there: servers rewrite what
 * they store, hide it and answer with old lists. Absent is only what left no trace at all since before the attempt.
 */
import type { ServerBaseline } from '../../storage/schemas.ts'
import { isClosed } from '../../tickets/status.ts'
import { hasTime } from '../../tickets/text/dates.ts'
import type { EpochMs, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { OutboxCandidate } from '../../tickets/views.ts'
import { threadKeys, unpackIds } from './server-baseline.ts'

/** A good list, and which of its tickets could not be read; null stands for one whose number was not readable either. */
export interface ListSnapshot {
  readonly tickets: ReadonlyMap<TicketId, Ticket>
  readonly unreadable: ReadonlySet<TicketId | null>
}

export type Evidence =
  /** Messages of the customer's that nobody claims stand there since: one of them may be it. */
  | { readonly kind: 'similar'; readonly candidates: readonly OutboxCandidate[] }
  /** The ticket was written to by the customer, and shows no replies. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'absent' }
  /** Its ticket is gone, could not be read, does not show its replies, or changed in a way that nothing explains. */
  | { readonly kind: 'cannot-tell' }

/** A message of the customer's in a list. */
export interface StoredMessage {
  readonly key: string
  readonly ticketId: TicketId
  readonly text: string
  readonly sentAt: EpochMs | null
}

const cannotTell: Evidence = { kind: 'cannot-tell' }
const absent: Evidence = { kind: 'absent' }

export const customerReplies = (ticket: Ticket): readonly StoredMessage[] => {
  const keys = threadKeys(ticket)
  return ticket.replies.flatMap(({ author, message, sentAt }, i) =>
    author === 'customer' ? [{ key: keys[i] ?? '', ticketId: ticket.id, text: message, sentAt }] : []
  )
}

export const firstMessageOf = ({ id, message, createdAt }: Ticket): StoredMessage => ({
  key: String(id),
  ticketId: id,
  text: message,
  sentAt: createdAt
})

/** Looked for once in a list, however many entries ask. */
function oncePerList(find: (ticket: Ticket) => boolean): (list: ListSnapshot) => boolean {
  const known = new WeakMap<ListSnapshot, boolean>()
  return (list) => {
    const before = known.get(list)
    if (before !== undefined) return before
    const isFound = [...list.tickets.values()].some(find)
    known.set(list, isFound)
    return isFound
  }
}

const showsReplies = oncePerList(({ replies }) => replies.length > 0)

/** v1 documents an empty `replies`: that there are some shows in `lastreply` only. */
const hidesReplies = ({ replies, lastReplyAt, createdAt }: Ticket): boolean =>
  replies.length === 0 && lastReplyAt !== null && lastReplyAt !== createdAt

const someHideReplies = oncePerList(hidesReplies)

/** `lastreply` is as it was, or of a reply that one sees. */
const isLastReplyExplained = ({ lastReplyAt, replies }: Ticket, baseline: ServerBaseline): boolean =>
  lastReplyAt === baseline.lastReplyAt || replies.some(({ sentAt }) => sentAt === lastReplyAt)

/** Nothing about it shows that somebody wrote, where something would. */
const isUntouched = ({ lastReplyAt, status }: Ticket, baseline: ServerBaseline): boolean =>
  status.text === baseline.status &&
  status.kind !== 'customer-reply' &&
  lastReplyAt !== null &&
  lastReplyAt === baseline.lastReplyAt &&
  hasTime(lastReplyAt)

/** Its ticket in the list, where the list can say anything about it. */
function readable(ticketId: TicketId, { tickets, unreadable }: ListSnapshot): Ticket | null {
  return unreadable.has(ticketId) ? null : (tickets.get(ticketId) ?? null)
}

/** `known`: all that stood there before, or that another entry claims. `unclaimed`: what came since. */
export function replyEvidence(
  ticketId: TicketId,
  baseline: ServerBaseline | null,
  known: ReadonlySet<string>,
  unclaimed: readonly OutboxCandidate[],
  list: ListSnapshot
): Evidence {
  const ticket = readable(ticketId, list)
  if (!ticket || !baseline) return cannotTell
  if (unclaimed.length > 0) return { kind: 'similar', candidates: unclaimed }
  if (!baseline.isKnown) return cannotTell
  if (ticket.replies.length === 0) return evidenceWithoutReplies(ticket, baseline, list)
  const keys = new Set(threadKeys(ticket))
  for (const key of known) if (!keys.has(key)) return cannotTell
  return isLastReplyExplained(ticket, baseline) ? absent : cannotTell
}

/** Of a ticket that shows no replies. */
function evidenceWithoutReplies(ticket: Ticket, baseline: ServerBaseline, list: ListSnapshot): Evidence {
  if (baseline.keys.length > 0) return cannotTell
  const hasMoved = ticket.lastReplyAt !== baseline.lastReplyAt
  // Elsewhere they are shown, so they would be here.
  if (showsReplies(list)) return hasMoved ? cannotTell : absent
  const isAnswered = ticket.status.kind === 'customer-reply' && ticket.status.text !== baseline.status
  // After an answer of the staff's nobody knows which of the two moved it.
  if (isAnswered || (hasMoved && ticket.status.kind === 'customer-reply')) return { kind: 'hidden' }
  return isUntouched(ticket, baseline) && !someHideReplies(list) ? absent : cannotTell
}

/** Whether a server as this one would show an acknowledged reply at all. */
export function isHiddenForSure(ticketId: TicketId, list: ListSnapshot): boolean {
  const ticket = readable(ticketId, list)
  return ticket?.replies.length === 0 && !showsReplies(list) && someHideReplies(list)
}

/**
 * `closed`: it is. `moved-on`: since before the attempt somebody wrote or set another status, so it may have been closed
 * and opened again, and closing it now would be another matter. A close leaves no message.
 */
export function closeEvidence(
  ticketId: TicketId,
  baseline: ServerBaseline | null,
  list: ListSnapshot
): Evidence | { readonly kind: 'closed' } | { readonly kind: 'moved-on' } {
  const ticket = readable(ticketId, list)
  if (!ticket) return cannotTell
  if (isClosed(ticket.status)) return { kind: 'closed' }
  if (!baseline?.isKnown) return cannotTell
  const before = new Set(baseline.keys)
  const isSame =
    ticket.status.text === baseline.status &&
    threadKeys(ticket).every((key) => before.has(key)) &&
    ticket.lastReplyAt === baseline.lastReplyAt
  return isSame ? absent : { kind: 'moved-on' }
}

/** An empty list, or one without a ticket that stood there before, shows too little to prove that another is not there. */
export function createEvidence(
  baseline: ServerBaseline | null,
  unclaimed: readonly OutboxCandidate[],
  { tickets, unreadable }: ListSnapshot
): Evidence {
  if (unclaimed.length > 0) return { kind: 'similar', candidates: unclaimed }
  if (!baseline || unreadable.size > 0 || tickets.size === 0) return cannotTell
  const before = unpackIds(baseline.ids)
  let left = 0
  for (const id of tickets.keys()) if (before.has(id)) left += 1
  return left >= baseline.count ? absent : cannotTell
}
