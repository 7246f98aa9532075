/**
 * A ticket system in memory that loses, delays and truncates answers. `api` calls it directly; `httpApi` in http-server.ts
 * calls it through the real client.
 */
import { dialects } from '../../../electron/api/dialects/index.ts'
import type { ServerBehaviour } from '../demo/server-behaviours.ts'
import { StaleListView } from '../demo/stale-list.ts'
import { footer } from '../../../electron/demo/ticket-system.ts'
import type { KnownList, ListAnswer, TicketApi, WriteAnswer } from '../../../electron/api/api.ts'
import type { Problem, ProblemKind } from '../../../electron/tickets/problem.ts'
import { classifyStatus } from '../../../electron/tickets/status.ts'
import { cleanText } from '../../../electron/tickets/text/text.ts'
import type { ApiVersion, Reply, Ticket, TicketId } from '../../../electron/tickets/ticket.ts'
import type { VirtualTime } from './virtual-time.ts'
import { replyOf, ticketOf } from '../builders.ts'

/** How the server treats one write. */
export type Fate =
  | 'good'
  | 'cut-before' // the connection is lost before the server gets the request
  | 'cut-after' // executed, then the connection is lost
  | 'error-before' // 500, not executed
  | 'error-after' // executed, then 500
  | 'garbage-after' // executed, then an unreadable answer
  | 'acknowledged-only' // reports success without executing it
  | 'timeout-before' // no answer, not executed
  | 'timeout-late' // no answer; executed after the client's timeout
  | 'unreachable' // certainly did not arrive
  | 'busy' // 429
  | 'unauthorized' // 401
  | 'forbidden' // 403
  | 'firewall' // 403 with an HTML page, because of the text
  | 'refused' // 422: refused

const outcomes: Readonly<
  Record<
    Exclude<Fate, 'good' | 'acknowledged-only'>,
    { outcome: 'unknown' | 'not-sent' | 'refused'; kind: ProblemKind }
  >
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
  firewall: { outcome: 'not-sent', kind: 'forbidden' },
  refused: { outcome: 'refused', kind: 'refused' }
}
const executedFates = new Set<Fate>(['good', 'cut-after', 'error-after', 'garbage-after'])

interface ListedTickets {
  readonly tickets: readonly Ticket[]
  /** Unchanged as long as the tickets are unchanged. */
  readonly name: string
}

const day = 24 * 3_600_000
const istanbul = 3 * 3_600_000

/** A hanging request times out after `timeoutMs`; a late one is executed after that. */
const timeoutMs = 30_000
const lateMs = 10_000

const withoutTime = (at: number | null): number | null =>
  at === null ? null : Math.floor((at + istanbul) / day) * day - istanbul

/** The ticket as the client reads it with this server behaviour. */
function readTicket(ticket: Ticket, { hidesReplies, omitsTimes, omitsReplyIds }: ServerBehaviour): Ticket {
  if (!hidesReplies && !omitsTimes && !omitsReplyIds) return ticket
  const date = (at: number | null): number | null => (omitsTimes ? withoutTime(at) : at)
  return {
    ...ticket,
    createdAt: date(ticket.createdAt),
    lastReplyAt: date(ticket.lastReplyAt),
    replies: hidesReplies
      ? []
      : ticket.replies.map((reply) => ({
          ...reply,
          id: omitsReplyIds ? null : reply.id,
          sentAt: date(reply.sentAt)
        }))
  }
}

export class ServerModel {
  /** The stored tickets. */
  readonly tickets = new Map<TicketId, Ticket>()
  /** Fates of the next writes; `good` if the list is empty. */
  fates: Fate[] = []
  /** Failures of the next lists; null for success. */
  listFailures: (Problem | null)[] = []
  /** Failure of every list until it is reset. */
  failingList: Problem | null = null
  /** Lists that are returned instead of the tickets. */
  listOverride: readonly Ticket[] | null = null
  /** Milliseconds until the server allows the next request, sent with every failed write. */
  retryAfterMs: number | null = null
  lists = 0
  /** Number of writes that were acknowledged but not stored. */
  dropped = 0
  serviceLists = 0
  /** Round-trip time of a request, in milliseconds. */
  latencyMs: () => number = () => 0
  readonly writes: string[] = []
  /** Requests to close that took effect. */
  readonly closes: TicketId[] = []
  /** Current number of requests, and its maximum. */
  inFlight = 0
  maxInFlight = 0
  /** Converts a stored text as the client does. Identity if the real client is used. */
  reads: (text: string) => string = cleanText
  readonly #time: VirtualTime
  #behaviour: ServerBehaviour = { name: 'unchanged' }
  #staleView: StaleListView<ListedTickets> | null = null
  /** Customer's replies by ticket, and messages of new tickets, as received. */
  readonly #received = new Map<TicketId, string[]>()
  readonly #created: string[] = []
  #nextReply = 1
  #nextTicket = 100
  #version = 0

  constructor(time: VirtualTime) {
    this.#time = time
  }

  get behaviour(): ServerBehaviour {
    return this.#behaviour
  }

  /** Affects messages stored from now on; existing ones do not change. */
  setBehaviour(behaviour: ServerBehaviour): void {
    this.#behaviour = behaviour
    this.#staleView = behaviour.staleList ? new StaleListView(behaviour.staleList) : null
    this.#changed()
  }

  add(id: TicketId, status = 'Open'): void {
    this.tickets.set(
      id,
      ticketOf({
        id,
        createdAt: this.#ticketNow(),
        lastReplyAt: this.#ticketNow(),
        status: classifyStatus(status),
        message: `Ticket ${id}${footer}`
      })
    )
    this.#changed()
  }

  addReply(id: TicketId, author: Reply['author'], text: string): void {
    const ticket = this.tickets.get(id)
    if (!ticket) return
    if (author === 'customer') this.#received.set(id, [...(this.#received.get(id) ?? []), text])
    const sentAt = this.#ticketNow()
    const reply = replyOf({
      id: this.#nextReply++,
      author,
      name: author === 'staff' ? 'Ayşe' : 'Deniz',
      sentAt,
      message: author === 'staff' ? text : this.#textAsStored(text)
    })
    this.tickets.set(id, {
      ...ticket,
      lastReplyAt: sentAt,
      status: classifyStatus(author === 'staff' ? 'Answered' : 'Customer-Reply'),
      replies: [...ticket.replies, reply]
    })
    this.#changed()
  }

  put(ticket: Ticket): void {
    this.tickets.set(ticket.id, ticket)
    this.#changed()
  }

  setStatus(id: TicketId, status: string): void {
    const ticket = this.tickets.get(id)
    if (ticket) this.tickets.set(id, { ...ticket, status: classifyStatus(status) })
    this.#changed()
  }

  /** Customer's replies of a ticket, as received. */
  repliesOf(id: TicketId): readonly string[] {
    return this.#received.get(id) ?? []
  }

  /** Messages of new tickets, as received. */
  get created(): readonly string[] {
    return this.#created
  }

  api(version: ApiVersion = 'v1'): TicketApi {
    return {
      version,
      list: (known) => this.#list(known),
      create: ({ message }) => this.#write(`create ${message}`, message, () => this.create(message.trim())),
      reply: (id, text) =>
        this.#write(`reply ${id} ${text}`, text, () => this.addReply(id, 'customer', text.trim())),
      close: (id) => this.#write(`close ${id}`, '', () => this.close(id)),
      services: () => {
        this.serviceLists++
        return Promise.resolve(
          dialects[version].services === null
            ? { outcome: 'unsupported' }
            : { outcome: 'services', services: [{ id: '3', product: 'SSD VDS I', status: 'Active' }] }
        )
      }
    }
  }

  create(message: string): void {
    // Random ids may be lower than all known ones, like the ticket masks of WHMCS.
    const id = this.#behaviour.randomIds
      ? 10_000 + ((this.#nextTicket++ * 7919) % 89_989)
      : this.#nextTicket++
    this.#created.push(message)
    this.add(id)
    const ticket = this.tickets.get(id)
    if (ticket) this.put({ ...ticket, message: this.#textAsStored(message) })
  }

  close(id: TicketId): void {
    this.closes.push(id)
    this.setStatus(id, 'Closed')
  }

  /** The server's clock counts whole seconds. */
  serverNow(): number {
    const at = this.#time.monotonic() + 1_700_000_000_000 + (this.#behaviour.clockMs ?? 0)
    return Math.floor(at / 1000) * 1000
  }

  #ticketNow(): number {
    return this.serverNow() + (this.#behaviour.ticketClockMs ?? 0)
  }

  #textAsStored(text: string): string {
    return this.reads((this.#behaviour.rewrite?.(text) ?? text) + footer)
  }

  #changed(): void {
    this.#version++
    this.#staleView?.record(this.#now(), this.serverNow())
  }

  #now(): ListedTickets {
    return { tickets: [...this.tickets.values()], name: `version ${this.#version}` }
  }

  /** The tickets of a list requested now, and the time from which they are. */
  #listed(): ListedTickets & { readonly at: number } {
    const now = this.serverNow()
    if (this.listOverride)
      return { tickets: this.listOverride, name: `override ${this.listOverride.length}`, at: now }
    const seen = this.#staleView?.read(now)
    return seen ? { ...seen.state, at: seen.at } : { ...this.#now(), at: now }
  }

  #headers(at: number): Readonly<Record<string, string>> {
    const now = this.serverNow()
    return this.#staleView?.headers(now, at) ?? { Date: new Date(now).toUTCString() }
  }

  /** Waits for half of the round-trip time. */
  async #delay(): Promise<void> {
    const ms = this.latencyMs() / 2
    if (ms > 0) await new Promise<void>((resolve) => this.#time.setTimeout(resolve, ms))
    else await Promise.resolve()
  }

  /** Counts a request while it is in progress. */
  async #countInFlight<T>(request: () => Promise<T>): Promise<T> {
    this.inFlight += 1
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight)
    try {
      return await request()
    } finally {
      this.inFlight -= 1
    }
  }

  /** Answers a request for the list after the latency. */
  readList(): Promise<Problem | (ListedTickets & { readonly headers: Readonly<Record<string, string>> })> {
    return this.#countInFlight(async () => {
      this.lists++
      await this.#delay()
      const problem = this.failingList ?? this.listFailures.shift() ?? null
      if (problem) return problem
      const shown = this.#listed()
      await this.#delay()
      return { ...shown, headers: this.#headers(shown.at) }
    })
  }

  async #list(known: KnownList | null): Promise<ListAnswer> {
    const readList = await this.readList()
    if ('kind' in readList) return { outcome: 'failed', problem: readList }
    const { tickets, name, headers } = readList
    const serverNow = headers.Date === undefined ? null : Date.parse(headers.Date)
    if (name === known?.fingerprint) return { outcome: 'unchanged', serverNow }
    return {
      outcome: 'tickets',
      tickets: tickets.map((ticket) => readTicket(ticket, this.#behaviour)),
      broken: [],
      known: { fingerprint: name, pieces: new Map() },
      serverNow
    }
  }

  /** Executes a write or not, according to its fate, and returns the fate after the latency. */
  executeWrite(what: string, text: string, commit: () => void): Promise<Fate> {
    return this.#countInFlight(async () => {
      const fate = this.#fateOf(text)
      this.writes.push(what)
      await this.#delay()
      if (executedFates.has(fate)) commit()
      if (fate === 'acknowledged-only') this.dropped += 1
      await this.#delay()
      if (fate === 'timeout-late') this.#time.setTimeout(commit, timeoutMs + lateMs)
      if (fate === 'timeout-before' || fate === 'timeout-late')
        await new Promise<void>((resolve) => this.#time.setTimeout(resolve, timeoutMs))
      return fate
    })
  }

  #fateOf(text: string): Fate {
    const fate = this.fates.shift() ?? 'good'
    const { refuses, writes } = this.#behaviour
    if (fate !== 'good') return fate
    if (refuses?.(text)) return 'firewall'
    switch (writes) {
      case undefined:
        return 'good'
      case 'acknowledged-only':
        return 'acknowledged-only'
      case 'error':
        return 'error-after'
      case 'cut':
        return 'cut-after'
    }
  }

  async #write(what: string, text: string, commit: () => void): Promise<WriteAnswer> {
    const fate = await this.executeWrite(what, text, commit)
    if (fate === 'good' || fate === 'acknowledged-only') return { outcome: 'done', message: '' }
    const { outcome, kind } = outcomes[fate]
    return {
      outcome,
      problem: this.retryAfterMs === null ? { kind } : { kind, retryAt: this.#time.now() + this.retryAfterMs }
    }
  }
}
