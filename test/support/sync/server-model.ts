/**
 * A ticket system in memory that loses, delays and tears answers. `api` speaks to it without a network; `wireApi` in
 * wire-server.ts lets the real client speak to it.
 */
import type { KnownList, ListAnswer, TicketApi, WriteAnswer } from '../../../electron/api/api.ts'
import type { Problem, ProblemKind } from '../../../electron/tickets/problem.ts'
import { classifyStatus } from '../../../electron/tickets/status.ts'
import type { ApiVersion, Reply, Ticket, TicketId } from '../../../electron/tickets/ticket.ts'
import { toAscii } from '../../../electron/tickets/turkish.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What becomes of one request that writes. */
export type Fate =
  | 'good'
  | 'cut-before' // cut before the server saw it
  | 'cut-after' // taken, then cut
  | 'error-before' // 500, nothing happened
  | 'error-after' // taken, then 500
  | 'garbage-after' // taken, then an answer that makes no sense
  | 'timeout-before' // hangs; nothing happens
  | 'timeout-late' // hangs; is taken while nobody listens any more
  | 'unreachable' // certainly never arrived
  | 'busy' // 429
  | 'unauthorized' // 401
  | 'forbidden' // 403
  | 'refused' // 422: the server says no

const outcomes: Readonly<
  Record<Exclude<Fate, 'good'>, { outcome: 'unknown' | 'not-sent' | 'refused'; kind: ProblemKind }>
> = {
  'cut-before': { outcome: 'unknown', kind: 'connection-lost' },
  'cut-after': { outcome: 'unknown', kind: 'connection-lost' },
  'error-before': { outcome: 'unknown', kind: 'server-error' },
  'error-after': { outcome: 'unknown', kind: 'server-error' },
  'garbage-after': { outcome: 'unknown', kind: 'not-json' },
  'timeout-before': { outcome: 'unknown', kind: 'timeout' },
  'timeout-late': { outcome: 'unknown', kind: 'timeout' },
  unreachable: { outcome: 'not-sent', kind: 'unreachable' },
  busy: { outcome: 'not-sent', kind: 'rate-limited' },
  unauthorized: { outcome: 'not-sent', kind: 'unauthorized' },
  forbidden: { outcome: 'not-sent', kind: 'forbidden' },
  refused: { outcome: 'refused', kind: 'refused' }
}
const taken = new Set<Fate>(['good', 'cut-after', 'error-after', 'garbage-after'])

/** A hung request is given up after this long; a late one is taken some time after that. */
const timeoutMs = 30_000
const lateMs = 10_000

export class ServerModel {
  readonly tickets = new Map<TicketId, Ticket>()
  /** Of the next writes; `good` when none is left. */
  fates: Fate[] = []
  /** Of the next lists: null is good. */
  listFailures: (Problem | null)[] = []
  /** Every list until it is set back. */
  failingList: Problem | null = null
  /** Instead of the tickets. */
  listOverride: readonly Ticket[] | null = null
  /** With every write that fails: after how many milliseconds the server allows the next request. */
  retryAfterMs: number | null = null
  lists = 0
  serviceLists = 0
  /** Milliseconds that a request is on its way, there and back together. */
  latencyMs: () => number = () => 0
  readonly writes: string[] = []
  /** Requests to close that took effect. */
  readonly closes: TicketId[] = []
  /** Requests on their way at this moment, and the most there ever were. */
  flying = 0
  mostFlying = 0
  readonly #time: VirtualTime
  #nextReply = 1
  #nextTicket = 100
  #version = 0

  constructor(time: VirtualTime) {
    this.#time = time
  }

  add(id: TicketId, status = 'Open'): void {
    this.tickets.set(id, {
      id,
      createdAt: this.serverNow(),
      lastReplyAt: this.serverNow(),
      status: classifyStatus(status),
      message: `Ticket ${id}\n\n-----------------\nIP Adresiniz: 127.0.0.1`,
      attachments: [],
      replies: []
    })
    this.#version++
  }

  say(id: TicketId, author: Reply['author'], text: string): void {
    const ticket = this.tickets.get(id)
    if (!ticket) return
    const sentAt = this.serverNow()
    const reply: Reply = {
      id: this.#nextReply++,
      author,
      name: author === 'staff' ? 'Ayşe' : 'Deniz',
      sentAt,
      message: author === 'staff' ? text : `${text}\n\n-----------------\nIP Adresiniz: 127.0.0.1`,
      attachments: []
    }
    this.tickets.set(id, {
      ...ticket,
      lastReplyAt: sentAt,
      status: classifyStatus(author === 'staff' ? 'Answered' : 'Customer-Reply'),
      replies: [...ticket.replies, reply]
    })
    this.#version++
  }

  put(ticket: Ticket): void {
    this.tickets.set(ticket.id, ticket)
    this.#version++
  }

  setStatus(id: TicketId, status: string): void {
    const ticket = this.tickets.get(id)
    if (ticket) this.tickets.set(id, { ...ticket, status: classifyStatus(status) })
    this.#version++
  }

  /** Customer's replies of a ticket, as the person wrote them. */
  said(id: TicketId): readonly string[] {
    return (this.tickets.get(id)?.replies ?? [])
      .filter(({ author }) => author === 'customer')
      .map(({ message }) => message.split('\n\n-----')[0] ?? '')
  }

  api(version: ApiVersion = 'v1'): TicketApi {
    return {
      version,
      list: (known) => this.#list(known),
      create: (draft) => this.#write(`create ${draft.message}`, () => this.create(toAscii(draft.message))),
      reply: (id, text) => this.#write(`reply ${id} ${text}`, () => this.say(id, 'customer', toAscii(text))),
      close: (id) => this.#write(`close ${id}`, () => this.close(id)),
      services: () => {
        this.serviceLists++
        return Promise.resolve(
          version === 'v1'
            ? { outcome: 'unsupported' }
            : { outcome: 'services', services: [{ id: '3', product: 'SSD VDS I', status: 'Active' }] }
        )
      }
    }
  }

  create(message: string): void {
    const id = this.#nextTicket++
    this.add(id)
    const ticket = this.tickets.get(id)
    if (ticket)
      this.tickets.set(id, { ...ticket, message: `${message}\n\n-----------------\nIP Adresiniz: 127.0.0.1` })
  }

  close(id: TicketId): void {
    this.closes.push(id)
    this.setStatus(id, 'Closed')
  }

  /** The server's clock counts whole seconds. */
  serverNow(): number {
    return Math.floor((this.#time.monotonic() + 1_700_000_000_000) / 1000) * 1000
  }

  /** Half the way. */
  async #travel(): Promise<void> {
    const ms = this.latencyMs() / 2
    if (ms > 0) await new Promise<void>((resolve) => this.#time.setTimeout(resolve, ms))
    else await Promise.resolve()
  }

  /** Counts a request while it is on its way. */
  async #fly<T>(request: () => Promise<T>): Promise<T> {
    this.flying += 1
    this.mostFlying = Math.max(this.mostFlying, this.flying)
    try {
      return await request()
    } finally {
      this.flying -= 1
    }
  }

  /** Answers a request for the list, after its time. */
  read(): Promise<Problem | { readonly tickets: readonly Ticket[]; readonly name: string }> {
    return this.#fly(async () => {
      this.lists++
      await this.#travel()
      const problem = this.failingList ?? this.listFailures.shift() ?? null
      if (problem) return problem
      const name = this.listOverride ? `override ${this.listOverride.length}` : `version ${this.#version}`
      const tickets = this.listOverride ?? [...this.tickets.values()]
      await this.#travel()
      return { tickets, name }
    })
  }

  async #list(known: KnownList | null): Promise<ListAnswer> {
    const read = await this.read()
    if ('kind' in read) return { outcome: 'failed', problem: read }
    const serverNow = this.serverNow()
    const { tickets, name } = read
    if (name === known?.fingerprint) return { outcome: 'unchanged', serverNow }
    return {
      outcome: 'tickets',
      tickets,
      broken: [],
      known: { fingerprint: name, pieces: new Map() },
      serverNow
    }
  }

  /** Takes a request that writes, or not, as fate wills, and says after its time which it was. */
  take(what: string, commit: () => void): Promise<Fate> {
    return this.#fly(async () => {
      const fate = this.fates.shift() ?? 'good'
      this.writes.push(what)
      await this.#travel()
      if (taken.has(fate)) commit()
      await this.#travel()
      if (fate === 'timeout-late') this.#time.setTimeout(commit, timeoutMs + lateMs)
      if (fate === 'timeout-before' || fate === 'timeout-late')
        await new Promise<void>((resolve) => this.#time.setTimeout(resolve, timeoutMs))
      return fate
    })
  }

  async #write(what: string, commit: () => void): Promise<WriteAnswer> {
    const fate = await this.take(what, commit)
    if (fate === 'good') return { outcome: 'done', message: '' }
    const { outcome, kind } = outcomes[fate]
    return {
      outcome,
      problem: this.retryAfterMs === null ? { kind } : { kind, retryAt: this.#time.now() + this.retryAfterMs }
    }
  }
}
