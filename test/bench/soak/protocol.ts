/** What the simulation and the process of its servers tell each other. */
import type { TicketId } from '../../../electron/tickets/ticket.ts'

export interface Setup {
  readonly accounts: number
  /** Tickets of each account at the beginning. */
  readonly tickets: number
  /** Whether lists have an ETag. */
  readonly hasTags: boolean
  readonly token: string
  readonly now: number
}

/** The header with the simulated time of a request. */
export const timeHeader = 'x-simulated-time'

/** Something that happens at the server. */
export type Deed =
  | { readonly kind: 'staff-reply'; readonly id: TicketId; readonly text: string }
  | { readonly kind: 'status'; readonly id: TicketId; readonly status: string }
  /** A new ticket with a thread as long as those of the first ones. */
  | { readonly kind: 'open'; readonly text: string }
  /** Closed tickets leave the list, and the oldest of more than `keep`. */
  | { readonly kind: 'archive'; readonly keep: number }
  | { readonly kind: 'look' }

export interface Act {
  readonly account: number
  readonly now: number
  readonly deed: Deed
}

/** The first answer has the addresses of the servers, each later one the tickets of the account of an act, newest first. */
export interface Answer {
  readonly origins?: readonly string[]
  readonly ids?: readonly TicketId[]
}
