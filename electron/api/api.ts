import type { Problem } from '../tickets/problem.ts'
import type { ApiVersion, EpochMs, NewTicket, Service, Ticket, TicketId } from '../tickets/ticket.ts'

/** How a request proves who sends it. */
export type Credentials =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'header'; readonly header: string; readonly token: string }
  | { readonly kind: 'pair'; readonly access: string; readonly secret: string }

/** A ticket of the list that could not be read; `id` is null when not even that was readable. */
export interface BrokenTicket {
  readonly id: TicketId | null
  /** Path of the first wrong field, e.g. `replies.0.date`; no content of the ticket. */
  readonly field: string
}

export interface WholeList {
  readonly tickets: readonly Ticket[]
  readonly broken: readonly BrokenTicket[]
}

/** Reads a list that cannot be read ticket by ticket. Rejects with ApiProblem. Takes the memory of `bytes` over. */
export type WholeListReader = (bytes: Uint8Array, version: ApiVersion) => Promise<WholeList>

/** A list that was believed: what is the same in the next one needs no reading. */
export interface KnownList {
  /** Of the answer's bytes; may be stored. */
  readonly fingerprint: string
  /** Its tickets by the hash of their bytes; may be empty. */
  readonly pieces: ReadonlyMap<bigint, Ticket>
}

export type ListAnswer =
  /** The same bytes as those of the known list: nothing was parsed. */
  | { readonly outcome: 'unchanged'; readonly serverNow: EpochMs | null }
  | {
      readonly outcome: 'tickets'
      readonly tickets: readonly Ticket[]
      readonly broken: readonly BrokenTicket[]
      /** Hand it to the next `list` once this one is believed. A ticket of the known list comes as the same object. */
      readonly known: KnownList
      /** The answer's `Date` header. */
      readonly serverNow: EpochMs | null
    }
  | { readonly outcome: 'failed'; readonly problem: Problem }

/**
 * What became of a request that writes.
 * - `done`: the server said so.
 * - `refused`: the server said no; it did not happen and will not happen unchanged.
 * - `not-sent`: it certainly never reached the ticket system (no connection, 401, 403, 429); may be tried again.
 * - `unknown`: it may or may not have happened (time-out, cut, 5xx, an answer that makes no sense).
 */
export type WriteAnswer =
  | { readonly outcome: 'done'; readonly message: string }
  | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly problem: Problem }

export type ServicesAnswer =
  | { readonly outcome: 'services'; readonly services: readonly Service[] }
  /** This version documents no list of services. */
  | { readonly outcome: 'unsupported' }
  | { readonly outcome: 'failed'; readonly problem: Problem }

/** How far a list is: bytes received, and how many were announced; null where the server announces none. */
export type ListProgress = (received: number, total: number | null) => void

/** The ticket API of one account. Never throws; every outcome is data. */
export interface TicketApi {
  readonly version: ApiVersion
  list(known: KnownList | null, signal?: AbortSignal, onProgress?: ListProgress): Promise<ListAnswer>
  create(draft: NewTicket, serverPassword: string, signal?: AbortSignal): Promise<WriteAnswer>
  reply(id: TicketId, text: string, signal?: AbortSignal): Promise<WriteAnswer>
  close(id: TicketId, signal?: AbortSignal): Promise<WriteAnswer>
  /** All of them; `GET /services/{id}` has nothing that the list does not have. */
  services(signal?: AbortSignal): Promise<ServicesAnswer>
}

export interface ApiOptions {
  /** Without a slash at its end, e.g. `https://api.ni.net.tr/v1`. https, or http to loopback only. */
  readonly baseUrl: string
  readonly version: ApiVersion
  readonly credentials: Credentials
  /** For requests that only read. The system's proxy is its matter. */
  readonly fetch: typeof fetch
  /**
   * For requests that write. Must never repeat a request by itself: Chromium does so on a reused
   * connection that was reset, so main hands in a fetch with a fresh connection.
   */
  readonly writeFetch: typeof fetch
  /** For lists of an unusual form, which block whoever reads them. Default: this thread. */
  readonly readWhole?: WholeListReader
  /** Milliseconds of silence until a request is given up; an answer that keeps coming has no limit. Default 30,000. */
  readonly silenceMs?: number
  /** This machine's clock, for `Retry-After` in seconds. */
  readonly now: () => EpochMs
}
