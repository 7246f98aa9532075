/** Messages between the main thread and `list-worker.ts`. */
import type { Problem } from '../../tickets/problem.ts'
import type { ApiVersion, Ticket } from '../../tickets/ticket.ts'
import type { BrokenTicket } from '../api.ts'

export interface WorkerRequest {
  readonly bytes: Uint8Array
  readonly version: ApiVersion
}

/** Tickets come in several messages, so that receiving one never blocks the main thread for long; `done` or `failed` is the last. */
export type WorkerAnswer =
  | { readonly kind: 'tickets'; readonly tickets: readonly Ticket[] }
  | { readonly kind: 'done'; readonly broken: readonly BrokenTicket[] }
  | { readonly kind: 'failed'; readonly problem: Problem }
