/**
 * Evidence of a list about one entry. A text that is not found may still be there, because servers rewrite, hide and
 * cache. It counts as absent only if nothing at all has changed since before the attempt.
 */
import type { ServerBaseline } from '../../storage/schemas.ts'
import { isClosed } from '../../tickets/status.ts'
import { hasTime } from '../../tickets/text/dates.ts'
import type { EpochMs, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { OutboxCandidate } from '../../tickets/views.ts'
import { threadKeys, unpackIds } from './server-baseline.ts'

/** A good list and its unreadable tickets; null for one without a readable id. */
export interface ListSnapshot {
  readonly tickets: ReadonlyMap<TicketId, Ticket>
  readonly unreadable: ReadonlySet<TicketId | null>
}

export type Evidence =
  /** There are unclaimed later messages of the customer, one of which may be it. */
  | { readonly kind: 'similar'; readonly candidates: readonly OutboxCandidate[] }
  /** The customer has written to the ticket, and it shows no replies. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'absent' }
  /** Its ticket is missing, unreadable, hides replies, or has changed without an explanation. */
  | { readonly kind: 'cannot-tell' }

/** A message of the customer in a list. */
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

/** Index of a list, created once for all entries. */
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

/** Whether the ticket hides its replies: v1 documents an empty `replies`, and only `lastreply` shows that there are any. */
const hidesReplies = ({ replies, lastReplyAt, createdAt }: Ticket): boolean =>
  replies.length === 0 && lastReplyAt !== null && lastReplyAt !== createdAt

const someHideReplies = oncePerList(hidesReplies)

/** Whether `lastreply` is unchanged or belongs to a visible reply. */
const isLastReplyExplained = ({ lastReplyAt, replies }: Ticket, baseline: ServerBaseline): boolean =>
  lastReplyAt === baseline.lastReplyAt || replies.some(({ sentAt }) => sentAt === lastReplyAt)

/** Whether the ticket is unchanged, although a new message would have changed it. */
const isUntouched = ({ lastReplyAt, status }: Ticket, baseline: ServerBaseline): boolean =>
  status.text === baseline.status &&
  status.kind !== 'customer-reply' &&
  lastReplyAt !== null &&
  lastReplyAt === baseline.lastReplyAt &&
  hasTime(lastReplyAt)

/** The ticket of the entry in the list, if the list is conclusive about it. */
function readable(ticketId: TicketId, { tickets, unreadable }: ListSnapshot): Ticket | null {
  return unreadable.has(ticketId) ? null : (tickets.get(ticketId) ?? null)
}

/** Whether the list lacks a ticket whose number could not be read, or further pages: any known ticket may be among them. */
const isIncomplete = ({ unreadable }: ListSnapshot): boolean => unreadable.has(null)

const absentIn = (list: ListSnapshot): Evidence => (isIncomplete(list) ? cannotTell : absent)

/** `known`: earlier messages, and those of other entries. `unclaimed`: later ones. */
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
  return isLastReplyExplained(ticket, baseline) ? absentIn(list) : cannotTell
}

/** Evidence for a ticket that hides replies. */
function evidenceWithoutReplies(ticket: Ticket, baseline: ServerBaseline, list: ListSnapshot): Evidence {
  if (baseline.keys.length > 0) return cannotTell
  const hasMoved = ticket.lastReplyAt !== baseline.lastReplyAt
  // Other tickets show replies, so this one would as well.
  if (showsReplies(list)) return hasMoved ? cannotTell : absentIn(list)
  const isAnswered = ticket.status.kind === 'customer-reply' && ticket.status.text !== baseline.status
  // After a staff reply it is not known which of the two changed `lastreply`.
  if (isAnswered || (hasMoved && ticket.status.kind === 'customer-reply')) return { kind: 'hidden' }
  return isUntouched(ticket, baseline) && !someHideReplies(list) ? absentIn(list) : cannotTell
}

/** Whether this server shows replies in its list. */
export function isHiddenForSure(ticketId: TicketId, list: ListSnapshot): boolean {
  const ticket = readable(ticketId, list)
  return ticket?.replies.length === 0 && !showsReplies(list) && someHideReplies(list)
}

/**
 * `closed`: the ticket is closed. `moved-on`: there was a message or another status since the attempt, so it may have been
 * closed and reopened, and must not be closed again. A close leaves no message.
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
  return isSame ? absentIn(list) : { kind: 'moved-on' }
}

/** An empty list, or one without a previously listed ticket, is too incomplete to prove absence. */
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
