import type { TicketChange } from '../../tickets/list/changes.ts'
import type { Ticket, TicketId } from '../../tickets/ticket.ts'
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
