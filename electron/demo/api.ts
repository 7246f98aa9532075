import type { ApiVersion, EpochMs, TicketId } from '../tickets/ticket.ts'
import type { Habit } from './habits.ts'

/** How the server misbehaves. A rule is used up after `times` matching requests (default 1; Infinity for ever). */
export interface Misbehaviour {
  /** Which requests; default any. */
  readonly on?: 'list' | 'create' | 'reply' | 'close' | 'services' | 'any'
  readonly times?: number
  /** Milliseconds to wait before doing anything. */
  readonly delayMs?: number
  readonly how:
    | { readonly kind: 'delay' }
    /** Cuts the connection before the request takes effect. */
    | { readonly kind: 'cut-before' }
    /** The request takes effect, then the connection is cut without an answer. */
    | { readonly kind: 'cut-after' }
    /** Says that it worked, and nothing happened. */
    | { readonly kind: 'unkept' }
    /**
     * Takes effect only when `commit`, and never ends its answer: says nothing (default), header after header, only its
     * headers, or after them a byte of its body a second.
     */
    | {
        readonly kind: 'hang'
        readonly commit: boolean
        readonly sends?: 'nothing' | 'headers-for-ever' | 'only-headers' | 'byte-a-second'
      }
    | {
        readonly kind: 'status'
        readonly status: number
        readonly commit?: boolean
        readonly headers?: Readonly<Record<string, string>>
        /** Default: an error in the version's own shape. */
        readonly body?: string
      }
    | { readonly kind: 'html'; readonly commit?: boolean }
    /** Sends half of the body: with the full Content-Length (`cut`), or as if it were whole. */
    | { readonly kind: 'truncated'; readonly cut: boolean; readonly commit?: boolean }
    | { readonly kind: 'empty-list' }
    | { readonly kind: 'wrong-shape' }
    /** The list with one more ticket whose fields have wrong types. */
    | { readonly kind: 'broken-ticket' }
    | { readonly kind: 'huge'; readonly bytes: number }
}

export interface RecordedRequest {
  readonly method: string
  /** With the version's prefix, without the query: `/v1/tickets/272298/close`. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Query and body together, as text. `access`/`secret` included where they were sent. */
  readonly parameters: Readonly<Record<string, string>>
  /** Did it take effect. */
  readonly committed: boolean
}

export interface DemoTicketInput {
  readonly message: string
  readonly status?: string
  readonly replies?: readonly { readonly admin: string; readonly message: string }[]
}

/** The sample API server. Serves `/v1` and `/v2` of the same tickets, on 127.0.0.1. */
export interface DemoServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  readonly port: number
  /** The token it accepts as bearer, under any header, or as `access`=`demo` with `secret`=token. */
  readonly token: string
  readonly requests: readonly RecordedRequest[]
  baseUrl(version: ApiVersion): string
  misbehave(rule: Misbehaviour): void
  behave(): void
  /** From now on it has this habit and no other (see habits.ts); null for none. Rules of `misbehave` go first. */
  adopt(habit: Habit | null): void
  /** Only requests with this token are let in; others get 401. */
  requireToken(token: string): void
  staffReply(id: TicketId, admin: string, message: string): void
  addTicket(ticket: DemoTicketInput): TicketId
  setStatus(id: TicketId, status: string): void
  /** Replaces all tickets by `count` generated ones with `replies` replies each: for benchmarks. */
  fill(count: number, replies: number): void
  tickets(): readonly {
    readonly id: TicketId
    readonly status: string
    readonly replies: number
    readonly message: string
  }[]
  /** Stops listening and cuts what is open; `reopen` listens on the same port again. */
  close(): Promise<void>
  reopen(): Promise<void>
}

export interface DemoOptions {
  /** 0 takes a free one. */
  readonly port?: number
  readonly token?: string
  /** Sample tickets like life (default) or none. */
  readonly sample?: boolean
  /** Milliseconds until the staff answer a ticket by themselves; null (default) for never. */
  readonly staffReplyAfterMs?: number | null
  readonly now?: () => EpochMs
  readonly habit?: Habit
}
