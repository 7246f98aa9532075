import { isPacked, packReplies, packTicket } from '../../storage/lines/packed-tickets.ts'
import { ticketChange, type TicketChange } from '../../tickets/list/changes.ts'
import type { Reply, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { TicketRow } from '../../tickets/views.ts'

/** The differences between a list and the known tickets. */
export interface ListChange {
  /** All tickets of the list. */
  readonly next: readonly Ticket[]
  /** The tickets after the change. */
  readonly tickets: Map<TicketId, Ticket>
  readonly changed: readonly TicketChange[]
  /** Tickets that left the list, as they were. */
  readonly left: readonly Ticket[]
  /** Tickets that had left the list, were kept, and are in it again. */
  readonly returned: readonly TicketId[]
}

/** Rows prepared before the change is applied. */
export interface MadeRows {
  readonly rows: ReadonlyMap<TicketId, TicketRow>
  /** Whether the data of the row has changed since. */
  isOutdated(id: TicketId): boolean
}

/** Rows to publish. */
export interface ShownChange {
  readonly changed: readonly TicketId[]
  readonly removed: readonly TicketId[]
}

/** A ticket of a list, and how it was before; null if nothing has told what happened to it since it was last seen. */
export type SeenTicket = Pick<TicketChange, 'ticket' | 'before'>

/** The tickets that a list shows changed; all of a baseline, of which nothing was known. */
export const seenTickets = ({ next, changed }: ListChange, isBaseline: boolean): Iterable<SeenTicket> =>
  isBaseline ? next.map((ticket) => ({ ticket, before: null })) : changed

/** Number of texts that are packed in a fraction of a millisecond. */
const textsInStep = 50

/** Keeps the known replies and status of a ticket if the list came without them. */
export function withMissingParts(ticket: Ticket, known: ReadonlyMap<TicketId, Ticket>): Ticket {
  const hasStatus = ticket.status.text !== ''
  const before = ticket.repliesMissing || !hasStatus ? known.get(ticket.id) : undefined
  if (!before) return ticket
  const status = hasStatus ? ticket.status : before.status
  return { ...ticket, status, replies: ticket.repliesMissing ? before.replies : ticket.replies }
}

/** The changes with packed tickets, which are the ones that are kept. A long thread takes several steps. */
export function* packChanges(
  changes: readonly TicketChange[]
): Generator<undefined, readonly TicketChange[]> {
  const packed: TicketChange[] = []
  let texts = 0
  for (const { ticket, before } of changes) {
    const replies: Reply[] = []
    const isKept = isPacked(ticket)
    for (let from = 0; !isKept && from < ticket.replies.length; from += textsInStep) {
      const part = packReplies(ticket.replies.slice(from, from + textsInStep))
      for (const reply of part) replies.push(reply)
      texts += part.length
      if (texts >= textsInStep) {
        texts = 0
        yield
      }
    }
    packed.push(ticketChange(packTicket(ticket, replies), before))
    texts += 1
    if (texts >= textsInStep) {
      texts = 0
      yield
    }
  }
  return packed
}

/** Number of pieces per step. */
const piecesInStep = 1000

/** Replaces the tickets of the pieces by those of the list, so that unchanged tickets are not kept in memory twice. */
export function* withTicketsOf(
  { tickets }: ListChange,
  pieces: ReadonlyMap<bigint, Ticket>
): Generator<undefined, ReadonlyMap<bigint, Ticket>> {
  const same = new Map<bigint, Ticket>()
  for (const [key, ticket] of pieces) {
    same.set(key, tickets.get(ticket.id) ?? ticket)
    if (same.size % piecesInStep === 0) yield
  }
  return same
}
