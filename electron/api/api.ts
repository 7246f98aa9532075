import type { Problem } from '../tickets/problem.ts'
import type { ApiVersion, EpochMs, NewTicket, Service, Ticket, TicketId } from '../tickets/ticket.ts'

/** How a request authenticates. */
export type Credentials =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'header'; readonly header: string; readonly token: string }
  | { readonly kind: 'pair'; readonly access: string; readonly secret: string }

/** A ticket of the list that could not be read; `id` is null if it was not readable either. */
export interface BrokenTicket {
  readonly id: TicketId | null
  /** Path of the first wrong field, e.g. `replies.0.date`; no content of the ticket. */
  readonly field: string
}

export interface WholeList {
  readonly tickets: readonly Ticket[]
  readonly broken: readonly BrokenTicket[]
}

/** Reads a list that cannot be read ticket by ticket. Rejects with ApiProblem. Takes ownership of the memory of `bytes`. */
export type WholeListReader = (bytes: Uint8Array, version: ApiVersion) => Promise<WholeList>

/** The last accepted list; parts of the next list that are the same are not parsed again. */
export interface KnownList {
  /** Hash of the answer's bytes; may be stored. */
  readonly fingerprint: string
  /** Tickets by the hash of their bytes; may be empty. */
  readonly pieces: ReadonlyMap<bigint, Ticket>
  /** True: the next list must come as a whole, since it has to prove more than that the server calls it unchanged. */
  readonly needsProof?: boolean
}

export type ListAnswer =
  /** The bytes are those of the known list, or the server says so; nothing was parsed. */
  | { readonly outcome: 'unchanged'; readonly serverNow: EpochMs | null }
  | {
      readonly outcome: 'tickets'
      readonly tickets: readonly Ticket[]
      readonly broken: readonly BrokenTicket[]
      /** Pass it to the next `list` once this list is accepted. Unchanged tickets are the same objects as before. */
      readonly known: KnownList
      /** The answer's `Date` header. */
      readonly serverNow: EpochMs | null
    }
  | { readonly outcome: 'failed'; readonly problem: Problem }

/**
 * Outcome of a request that writes.
 * - `done`: the server confirmed it.
 * - `refused`: the server refused it; repeating it unchanged would be refused again.
 * - `not-sent`: it certainly did not reach the ticket system (no connection, 401, 403, 429); may be sent again.
 * - `unknown`: it may or may not have been executed (timeout, lost connection, 5xx, unreadable answer).
 */
export type WriteAnswer =
  | { readonly outcome: 'done'; readonly message: string }
  | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly problem: Problem }

export type ServicesAnswer =
  | { readonly outcome: 'services'; readonly services: readonly Service[] }
  /** This version documents no list of services. */
  | { readonly outcome: 'unsupported' }
  | { readonly outcome: 'failed'; readonly problem: Problem }

/** Progress of a list: bytes received, and the announced total; null if the server announces none. */
export type ListProgress = (received: number, total: number | null) => void

/** The ticket API of one account. Never throws; every outcome is data. */
export interface TicketApi {
  readonly version: ApiVersion
  list(known: KnownList | null, signal?: AbortSignal, onProgress?: ListProgress): Promise<ListAnswer>
  create(draft: NewTicket, serverPassword: string, signal?: AbortSignal): Promise<WriteAnswer>
  reply(id: TicketId, text: string, signal?: AbortSignal): Promise<WriteAnswer>
  close(id: TicketId, signal?: AbortSignal): Promise<WriteAnswer>
  /** Reads all services; `GET /services/{id}` returns nothing more than the list. */
  services(signal?: AbortSignal): Promise<ServicesAnswer>
}

export interface ApiOptions {
  /** Without a trailing slash, e.g. `https://api.ni.net.tr/v1`. https, or http to loopback only. */
  readonly baseUrl: string
  readonly version: ApiVersion
  readonly credentials: Credentials
  /** Sends requests that only read. Handles proxies. The bytes of its answers are the client's, which frees them. */
  readonly fetch: typeof fetch
  /**
   * Sends requests that write. Must never repeat a request by itself. Chromium does so on a reused connection that was
   * reset, so main passes a fetch that uses a new connection.
   */
  readonly writeFetch: typeof fetch
  /** Reads lists of an unusual form, which blocks the thread. Default: in this thread. */
  readonly readWhole?: WholeListReader
  /** The form in which the tickets of a first list are kept, so that none of their texts is held twice. Default: as read. */
  readonly keep?: (ticket: Ticket) => Ticket
  /** Milliseconds without data until a request is aborted; an answer that keeps arriving has no limit. Default 30,000. */
  readonly silenceMs?: number
  /** This machine's clock, for `Retry-After` in seconds. */
  readonly now: () => EpochMs
}
