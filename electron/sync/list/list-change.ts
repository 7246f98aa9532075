import type { TicketChange } from '../../tickets/list/changes.ts'
import type { Ticket, TicketId } from '../../tickets/ticket.ts'
import type { TicketRow } from '../../tickets/views.ts'

/** What a list changes in the tickets. */
export interface ListChange {
  /** All tickets of the list. */
  readonly next: readonly Ticket[]
  /** The tickets as they are when it is taken in. */
  readonly tickets: Map<TicketId, Ticket>
  readonly changed: readonly TicketChange[]
  /** As the list before had them. */
  readonly left: readonly Ticket[]
  /** Were kept beside the list, and are in it again. */
  readonly returned: readonly TicketId[]
}

/** Rows made before they are shown. */
export interface MadeRows {
  readonly rows: ReadonlyMap<TicketId, TicketRow>
  /** What they were made of is another by now. */
  isOutdated(id: TicketId): boolean
}

/** Rows that are others now. */
export interface ShownChange {
  readonly changed: readonly TicketId[]
  readonly removed: readonly TicketId[]
}
