import type { Call } from '../../../electron/demo/routes.ts'
import type { SampleServer, SampleServerOptions } from '../../../electron/demo/sample-server.ts'
import type { TicketId } from '../../../electron/tickets/ticket.ts'
import type { ServerBehaviour } from './server-behaviours.ts'

/** One fault for tests. It is used up after `times` matching requests (default 1; Infinity: until `clearFaults`). */
export interface InjectedFault {
  /** The requests it applies to; default any. */
  readonly on?: Call | 'any'
  readonly times?: number
  /** Milliseconds to wait before the request is handled. */
  readonly delayMs?: number
  readonly effect:
    | { readonly kind: 'delay' }
    /** Cuts the connection before the request takes effect. */
    | { readonly kind: 'cut-before' }
    /** The request takes effect, then the connection is cut without an answer. */
    | { readonly kind: 'cut-after' }
    /** Answers success without executing the request. */
    | { readonly kind: 'acknowledged-only' }
    /**
     * Executes the request only when `commit`, and never completes the answer: sends nothing (default), one header after
     * another, the headers only, or the headers and then one byte of the body per second.
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
        /** Default: an error in the format of the API version. */
        readonly body?: string
      }
    | { readonly kind: 'html'; readonly commit?: boolean }
    /** Sends half of the body: with the Content-Length of the whole body (`cut`), or with that of the half. */
    | { readonly kind: 'truncated'; readonly cut: boolean; readonly commit?: boolean }
    | { readonly kind: 'empty-list' }
    | { readonly kind: 'wrong-shape' }
    /** The real list, plus one ticket whose fields have wrong types. */
    | { readonly kind: 'broken-ticket' }
    | { readonly kind: 'huge'; readonly bytes: number }
}

export interface RecordedRequest {
  readonly method: string
  /** Path including the version's prefix, without the query: `/v1/tickets/272298/close`. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Parameters of query and body as text, including `access` and `secret` if they were sent. */
  readonly parameters: Readonly<Record<string, string>>
  /** Whether the request was executed. */
  readonly committed: boolean
}

export interface DemoTicketInput {
  readonly message: string
  readonly status?: string
  /** The address of a file that the ticket links to. */
  readonly attachment?: string
  readonly replies?: readonly { readonly admin: string; readonly message: string }[]
}

/** The app's demo server with functions for tests. */
export interface DemoServer extends Pick<SampleServer, 'origin' | 'port' | 'token' | 'baseUrl' | 'close'> {
  readonly requests: readonly RecordedRequest[]
  injectFault(fault: InjectedFault): void
  clearFaults(): void
  /** Replaces the current behaviour (see server-behaviours.ts); null for the documented one. Injected faults take precedence. */
  setBehaviour(behaviour: ServerBehaviour | null): void
  /** The accepted token; requests with another one get 401. */
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
  /** Listens on the same port again after `close`. */
  reopen(): Promise<void>
}

export interface DemoOptions extends SampleServerOptions {
  readonly behaviour?: ServerBehaviour
}
