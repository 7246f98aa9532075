/**
 * One account: asks, compares, sends. One request at a time; what is due next is decided anew after each.
 * Owns the account's tickets, marks and outbox; tells the engine of every change.
 */
import type { ListAnswer, TicketApi } from '../api/api.ts'
import type { Clock } from '../storage/port.ts'
import type { StoredEntry } from '../storage/schemas.ts'
import type { Problem } from '../tickets/problem.ts'
import type { AccountId, ApiVersion, EpochMs, Ticket, TicketId } from '../tickets/ticket.ts'
import type { Connection, ConnectionState, TicketRow } from '../tickets/views.ts'
import type { Marks } from './marks.ts'
import { Outbox } from './outbox.ts'
import { Poller } from './poller.ts'
import type { Finding } from './port.ts'
import { TicketList } from './ticket-list.ts'

export interface AccountParts {
  readonly id: AccountId
  readonly version: ApiVersion
  readonly api: TicketApi | null
  readonly marks: Marks
  readonly entries: readonly StoredEntry[]
  readonly cached: readonly Ticket[]
  readonly fingerprint: string | null
  readonly clock: Clock
  readonly random: () => number
  readonly intervalSeconds: () => number
  readonly paused: boolean
  /** The password of a queued new ticket; null when it is gone. */
  password(entryId: string): string | null
  readonly tell: {
    /** Must be durable when this returns: what it holds was decided. */
    marks(): void
    /** False when it could not be made durable. */
    outbox(): boolean
    tickets(): void
    connection(): void
    rows(changed: readonly TicketRow[], removed: readonly TicketId[]): void
    findings(findings: readonly Finding[]): void
    signedOut(): void
    passwordUsed(entryId: string): void
  }
}

export class Account {
  readonly list: TicketList
  readonly outbox: Outbox
  readonly #parts: AccountParts
  readonly #poller: Poller
  #api: TicketApi | null
  #timer: unknown = null
  #busy = false
  #abort: AbortController | null = null
  #online = true
  #suspended = false
  #paused: boolean
  #stopped = false
  #problem: Problem | null = null
  #freshAt: EpochMs | null = null
  #broken = 0
  #suspicious = false
  #asking = false
  /** A good list came in this run. */
  #isSeen = false
  /** Server's clock minus this machine's monotonic one. */
  #serverOffset: number | null = null
  #fingerprint: string | null
  #waiters: (() => void)[] = []

  constructor(parts: AccountParts) {
    this.#parts = parts
    this.#api = parts.api
    this.#paused = parts.paused
    this.#fingerprint = parts.fingerprint
    this.#poller = new Poller({ random: parts.random, intervalSeconds: parts.intervalSeconds })
    this.outbox = new Outbox(parts.id, parts.entries, parts.clock.monotonic())
    this.list = new TicketList({
      accountId: parts.id,
      version: parts.version,
      marks: parts.marks,
      outboxState: (id) => this.outbox.stateOf(id)
    })
    this.list.load(parts.cached)
    if (this.#api === null) this.#signOut({ kind: 'no-credentials' })
  }

  get marks(): Marks {
    return this.#parts.marks
  }

  get fingerprint(): string | null {
    return this.#fingerprint
  }

  get api(): TicketApi | null {
    return this.#api
  }

  connection(): Connection {
    const { clock } = this.#parts
    const due = this.#poller.dueAt
    const state = this.#state()
    return {
      state,
      freshAt: this.#freshAt,
      nextAt: due === null || state === 'paused' ? null : clock.now() + Math.max(0, due - clock.monotonic()),
      problem: this.#problem,
      brokenTickets: this.#broken
    }
  }

  #state(): ConnectionState {
    if (this.#paused) return 'paused'
    if (this.#poller.dueAt === null) return 'signed-out'
    if (!this.#online || this.#problem?.kind === 'offline') return 'offline'
    if (this.#asking) return 'asking'
    if (this.#problem) return 'failing'
    return this.#freshAt === null ? 'connecting' : 'ok'
  }

  /** Takes in a list that was fetched before this account existed: its baseline. */
  accept(answer: ListAnswer): void {
    this.#take(answer, this.#parts.clock.monotonic())
  }

  wake(): void {
    this.#turn().catch(() => undefined)
  }

  /** Resolves when the list was asked for, or when it cannot be. */
  check(reason: 'asked' | 'opened' | 'wake' | 'online'): Promise<void> {
    if (reason === 'wake') this.#suspended = false
    const now = this.#parts.clock.monotonic()
    this.#poller.ask(now, reason)
    if (!this.#canTalk() || !this.#poller.isDue(now)) {
      this.#schedule()
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      this.#waiters.push(resolve)
      this.wake()
    })
  }

  setOnline(online: boolean): void {
    if (this.#online === online) return
    this.#online = online
    if (online) {
      this.outbox.hurry()
      this.#poller.ask(this.#parts.clock.monotonic(), 'online')
    }
    this.#parts.tell.connection()
    this.wake()
  }

  setSlow(slow: boolean): void {
    this.#poller.setSlow(slow, this.#parts.clock.monotonic())
    this.#schedule()
  }

  suspend(): void {
    this.#suspended = true
    this.#schedule()
  }

  setPaused(paused: boolean): void {
    this.#paused = paused
    if (!paused) this.#poller.ask(this.#parts.clock.monotonic(), 'asked')
    this.#parts.tell.connection()
    this.wake()
  }

  setApi(api: TicketApi): void {
    this.#api = api
    this.#fingerprint = null
    this.#problem = null
    this.#poller.credentialsChanged(this.#parts.clock.monotonic())
    this.outbox.hurry()
    this.#parts.tell.connection()
    this.wake()
  }

  stop(): void {
    this.#stopped = true
    this.#abort?.abort()
    this.#schedule()
    for (const done of this.#waiters.splice(0)) done()
  }

  #canTalk(): boolean {
    return !this.#stopped && !this.#paused && !this.#suspended && this.#online && this.#api !== null
  }

  /** Does what is due, one request after the other. */
  async #turn(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    try {
      for (;;) {
        const api = this.#api
        if (!this.#canTalk() || api === null || this.#poller.dueAt === null) break
        const now = this.#parts.clock.monotonic()
        // What stood at the server before an attempt must be known, or an older reply of the same words would pass
        // for it; the cache may be older than what the last run sent.
        const entry = this.#isSeen ? this.outbox.next(now) : null
        if (entry) await this.#send(api, entry)
        else if (this.#poller.isDue(now)) await this.#poll(api)
        else break
      }
    } finally {
      this.#busy = false
      this.#schedule()
      if (!this.#canTalk() || this.#poller.dueAt === null) for (const done of this.#waiters.splice(0)) done()
    }
  }

  #schedule(): void {
    const { clock } = this.#parts
    if (this.#timer !== null) clock.clearTimeout(this.#timer)
    this.#timer = null
    if (!this.#canTalk() || this.#busy || this.#poller.dueAt === null) return
    const now = clock.monotonic()
    const sendAt = this.#isSeen ? this.outbox.nextAt(now) : null
    const dueAt = Math.min(this.#poller.dueAt, sendAt ?? Infinity)
    this.#timer = clock.setTimeout(
      () => {
        this.#timer = null
        this.wake()
      },
      Math.max(0, dueAt - now)
    )
  }

  async #poll(api: TicketApi): Promise<void> {
    const askedAt = this.#parts.clock.monotonic()
    this.#asking = true
    this.#parts.tell.connection()
    this.#abort = new AbortController()
    // A list that must tell what became of an entry is compared even when it did not change.
    const fingerprint = this.#suspicious ? null : this.#fingerprint
    const answer = await api.list(fingerprint, this.#abort.signal)
    this.#asking = false
    if (this.#stopped || api !== this.#api) return
    this.#take(answer, askedAt)
    for (const done of this.#waiters.splice(0)) done()
  }

  #take(answer: ListAnswer, askedAt: number): void {
    const { clock, marks, tell } = this.#parts
    const now = clock.monotonic()
    if (answer.outcome === 'failed') {
      this.#fail(answer.problem)
      return
    }
    if (answer.serverNow !== null) this.#serverOffset = answer.serverNow - now
    if (answer.outcome === 'unchanged') {
      this.#succeed()
      const own = this.outbox.reconcile(this.list.tickets, askedAt, clock.now())
      if (own.changed) {
        for (const { id, facts } of own.made) marks.learn(id, facts)
        if (own.made.length > 0) tell.marks()
        tell.outbox()
        tell.rows(
          this.list.refresh([...this.list.tickets.keys()].filter((id) => this.list.row(id)?.outbox)),
          []
        )
      }
      return
    }
    if (this.list.isSuspicious(answer.tickets, answer.broken.length) && !this.#suspicious) {
      this.#suspicious = true
      this.#problem = { kind: 'suspiciously-empty' }
      this.#poller.succeeded(now)
      this.#poller.again(now, 15_000)
      tell.connection()
      return
    }
    this.#suspicious = false
    const unreadable = new Set(answer.broken.flatMap(({ id }) => (id === null ? [] : [id])))
    const isBaseline = !marks.baseline
    const applied = this.list.apply(answer.tickets, unreadable, isBaseline, (tickets) => {
      const own = this.outbox.reconcile(tickets, askedAt, clock.now())
      if (own.changed) tell.outbox()
      return own
    })
    marks.baseline = true
    this.#broken = answer.broken.length
    // With broken tickets the same bytes must be read again: the next version may have mended one.
    this.#fingerprint = answer.fingerprint
    if (applied.marksChanged || isBaseline) tell.marks()
    tell.tickets()
    this.#succeed()
    if (applied.rows.length > 0 || applied.removed.length > 0) tell.rows(applied.rows, applied.removed)
    if (applied.findings.length > 0) tell.findings(applied.findings)
  }

  #succeed(): void {
    const { clock, tell } = this.#parts
    this.#problem = null
    this.#isSeen = true
    this.#freshAt = clock.now()
    this.#poller.succeeded(clock.monotonic())
    tell.connection()
  }

  #fail(problem: Problem): void {
    const { clock, tell } = this.#parts
    const { isStopped: wasStopped } = this.#poller
    this.#problem = problem
    this.#poller.failed(clock.monotonic(), clock.now(), problem)
    tell.connection()
    if (!wasStopped && this.#poller.isStopped) tell.signedOut()
  }

  #signOut(problem: Problem): void {
    this.#problem = problem
    this.#poller.failed(0, 0, problem)
  }

  async #send(api: TicketApi, entry: StoredEntry): Promise<void> {
    const { clock, tell, random } = this.#parts
    const password =
      entry.action.kind === 'create' && entry.action.hasPassword ? this.#parts.password(entry.id) : ''
    if (password === null) {
      this.outbox.refuse(entry.id, { kind: 'no-keychain', field: 'password' })
      this.#outboxChanged(entry)
      return
    }
    const serverNow = this.#serverOffset === null ? null : clock.monotonic() + this.#serverOffset
    this.outbox.begin(entry.id, this.list.tickets, serverNow)
    // Sent without a trace on disk, it would be sent again after a crash.
    if (!this.#outboxChanged(entry)) {
      const problem: Problem = { kind: 'storage-failed' }
      this.outbox.end(entry.id, { outcome: 'not-sent', problem }, clock.monotonic(), clock.now(), random())
      this.#outboxChanged(entry)
      return
    }
    this.#abort = new AbortController()
    const answer = await this.#request(api, entry, password, this.#abort.signal)
    const now = clock.monotonic()
    this.outbox.end(entry.id, answer, now, clock.now(), random())
    if (answer.outcome === 'done') tell.passwordUsed(entry.id)
    this.#outboxChanged(entry)
    if (answer.outcome === 'not-sent') {
      const { kind } = answer.problem
      if (kind === 'unauthorized' || kind === 'forbidden') this.#fail(answer.problem)
      return
    }
    this.#poller.wrote(now)
  }

  #request(
    api: TicketApi,
    { action }: StoredEntry,
    password: string,
    signal: AbortSignal
  ): ReturnType<TicketApi['reply']> {
    switch (action.kind) {
      case 'create':
        return api.create(action.draft, password, signal)
      case 'reply':
        return api.reply(action.ticketId, action.text, signal)
      case 'close':
        return api.close(action.ticketId, signal)
    }
  }

  /** False when it could not be made durable. */
  #outboxChanged({ action }: StoredEntry): boolean {
    const durable = this.#parts.tell.outbox()
    const rows = action.kind === 'create' ? [] : this.list.refresh([action.ticketId])
    if (rows.length > 0) this.#parts.tell.rows(rows, [])
    return durable
  }
}
