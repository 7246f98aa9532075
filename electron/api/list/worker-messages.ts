/** What the thread that reads unusual lists is told, and what it answers. */
import type { Problem } from '../../tickets/problem.ts'
import type { ApiVersion, Ticket } from '../../tickets/ticket.ts'
import type { BrokenTicket } from '../api.ts'

export interface WorkerRequest {
  readonly bytes: Uint8Array
  readonly version: ApiVersion
}

/** Tickets come in pieces, so that taking them in never holds the other thread up for long; the last message ends it. */
export type WorkerAnswer =
  | { readonly kind: 'tickets'; readonly tickets: readonly Ticket[] }
  | { readonly kind: 'done'; readonly broken: readonly BrokenTicket[] }
  | { readonly kind: 'failed'; readonly problem: Problem }
