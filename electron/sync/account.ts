/**
 * One account: asks, compares, sends. One request at a time; what is due next is decided anew after each.
 * Owns the account's tickets, marks and outbox; tells the engine of every change.
 */
import type { KnownList, ListAnswer, ServicesAnswer, TicketApi, WriteAnswer } from '../api/api.ts'
import type { Clock } from '../storage/types.ts'
import type { StoredEntry } from '../storage/schemas.ts'
import type { CachedTickets } from '../storage/ticket-cache.ts'
import type { Problem } from '../tickets/problem.ts'
import type { AccountId, ApiVersion, EpochMs, Ticket, TicketId } from '../tickets/ticket.ts'
import type { Connection, ConnectionState, TicketRow } from '../tickets/views.ts'
import { Interruptible, within } from './interruptible.ts'
import { LoadProgress } from './load-progress.ts'
import type { Marks } from './marks.ts'
import type { Moment } from './outbox/outbox-entry.ts'
import { Outbox, type Reconciled } from './outbox/outbox.ts'
import { Poller } from './poller.ts'
import type { Finding } from './types.ts'
import type { SentLog } from './outbox/sent-log.ts'
import { baselineOf } from './evidence/server-baseline.ts'
import { ServerClock } from './server-clock.ts'
import { TicketList } from './ticket-list.ts'

export interface AccountParts {
  readonly id: AccountId
  readonly version: ApiVersion
  /** Or why there is none. */
  readonly api: TicketApi | 'no-credentials' | 'no-address' | 'keychain-locked'
  readonly marks: Marks
  readonly entries: readonly StoredEntry[]
  readonly sent: SentLog
  readonly clock: Clock
  readonly random: () => number
  readonly intervalSeconds: () => number
  readonly paused: boolean
  /** The password of a queued new ticket, or why it cannot be had. */
  password(entryId: string): { readonly password: string } | Problem
  /** A reply to this ticket is being written. */
  hasDraft(id: TicketId): boolean
  readonly tell: {
    /** Durable when this returns, as far as the disk can: what it holds was decided. */
    marks(): void
    /** What was sent and how it ended; before the outbox forgets it. False when it could not be made durable. */
    sent(): boolean
    /** False when it could not be made durable. */
    outbox(): boolean
    tickets(): void
    /** The tickets are on disk when this resolves, as far as the disk takes them. */
    ticketsNow(): Promise<void>
    connection(): void
    rows(changed: readonly TicketRow[], removed: readonly TicketId[]): void
    findings(findings: readonly Finding[]): void
    signedOut(): void
    /** They will not be sent again. */
    ended(entryIds: readonly string[]): void
  }
}

/** How far behind the note of the last good list may be while all goes well, in milliseconds. */
const noteListMs = 900_000

/** Node fires at once what is set beyond 2³¹ milliseconds. */
const longestTimerMs = 3_600_000

/** Nothing is shown of how far a list is before it took so many milliseconds: where no list is known, and where one is. */
const loadingShownMs = { first: 500, later: 2000 } as const
/** Milliseconds that a request which writes may still be answered in when the app ends or the machine goes to sleep. */
const writeGraceMs = 500
/** A stop takes no longer, in milliseconds. */
const stopMs = 1000
/** Cached tickets are taken in for so many milliseconds until others have their turn. */
const openSliceMs = 8

const isAboutRights = ({ kind }: Problem): boolean => kind === 'unauthorized' || kind === 'forbidden'

function request(
  api: TicketApi,
  { action }: StoredEntry,
  password: string,
  signal: AbortSignal
): Promise<WriteAnswer> {
  switch (action.kind) {
    case 'create':
      return api.create(action.draft, password, signal)
    case 'reply':
      return api.reply(action.ticketId, action.text, signal)
    case 'close':
      return api.close(action.ticketId, signal)
  }
}

export class Account {
  readonly list: TicketList
  readonly outbox: Outbox
  readonly #parts: AccountParts
  readonly #poller: Poller
  #api: TicketApi | null
  #timer: unknown = null
  #turning: Promise<void> | null = null
  /** On its way. */
  #request: { readonly isWrite: boolean; readonly wait: Pick<Interruptible<unknown>, 'interrupt'> } | null =
    null
  readonly #progress: LoadProgress
  /** The cache is not taken in yet: nothing is asked or sent. */
  #isOpening = true
  /** The person stopped the list that is on its way. */
  #isCancelled = false
  #online = true
  #suspended = false
  #paused: boolean
  #stopped = false
  /** So many others talk, or wait to talk, to the server in this account's place: one request at a time. */
  #held = 0
  #lastAlone: Promise<unknown> = Promise.resolve()
  #problem: Problem | null = null
  #freshAt: EpochMs | null = null
  /** The server gave a list in this run. */
  #hasAnswered = false
  #broken = 0
  #suspicious = false
  #asking = false
  /**
   * The last thing that happened was a good list. What stands at the server before an attempt must be known, or an
   * older reply of the same words would pass for it: nothing is sent after a start, an absence or trouble but after a look.
   */
  #isSeen = false
  /** Of the last good list; null is one whose number was not readable. */
  #unreadable: ReadonlySet<TicketId | null> = new Set()
  #errands: ((api: TicketApi | null) => Promise<void>)[] = []
  readonly #serverClock = new ServerClock()
  /** Monotonic; when the list was asked for last, whatever came of it. */
  #askedAt = -Infinity
  /** Null when the next list must be read whole. */
  #known: KnownList | null = null
  #waiters: (() => void)[] = []
  /** Refused for want of rights since the last good list. */
  #refusedWrites: string[] = []

  constructor(parts: AccountParts) {
    this.#parts = parts
    this.#api = typeof parts.api === 'string' ? null : parts.api
    this.#paused = parts.paused
    this.#progress = new LoadProgress(parts.clock, () => {
      parts.tell.connection()
    })
    this.#poller = new Poller({ random: parts.random, intervalSeconds: parts.intervalSeconds })
    this.outbox = new Outbox(parts.id, parts.entries, parts.clock.monotonic())
    this.list = new TicketList({
      accountId: parts.id,
      version: parts.version,
      marks: parts.marks,
      outboxState: (id) => this.outbox.stateOf(id),
      waitsFor: (id) => this.outbox.waitsFor(id),
      mayHaveReplied: (id) => this.outbox.mayHaveReplied(id),
      keptReplies: (id) => this.sent.repliesTo(id),
      hasDraft: (id) => parts.hasDraft(id)
    })
    if (typeof parts.api === 'string') this.#signOut({ kind: parts.api })
  }

  /** What was read and written can be looked at; the tickets are not all there. */
  get isOpening(): boolean {
    return this.#isOpening
  }

  /** It is in the list; of one that is not read from the cache yet, it was in the last list. */
  knows(id: TicketId): boolean {
    const { everSeen, gone } = this.#parts.marks
    return this.list.tickets.has(id) || (this.#isOpening && everSeen.has(id) && !gone.has(id))
  }

  /** Takes in what the cache holds, ticket by ticket, with a `pause` now and then; then it may ask and send. */
  async open(
    cached: CachedTickets | null,
    pause: () => Promise<void> = () => Promise.resolve()
  ): Promise<void> {
    const { clock, marks, tell } = this.#parts
    let rows: TicketRow[] = []
    let begun = clock.monotonic()
    for (const ticket of cached?.tickets ?? []) {
      rows.push(...this.list.load(ticket))
      if (clock.monotonic() - begun < openSliceMs) continue
      tell.rows(rows, [])
      rows = []
      await pause()
      if (this.#stopped) break
      begun = clock.monotonic()
    }
    if (cached) {
      // A clock that was set back since makes no list of the future.
      this.#freshAt = marks.listAt === null ? null : Math.min(marks.listAt, clock.now())
      // Without marks the next list is the baseline, so it must be read.
      const isKnown = marks.baseline && cached.fingerprint !== null
      this.#known = isKnown ? { fingerprint: cached.fingerprint, pieces: new Map() } : null
    }
    this.#isOpening = false
    if (rows.length > 0) tell.rows(rows, [])
    else tell.connection()
  }

  get sent(): SentLog {
    return this.#parts.sent
  }

  get marks(): Marks {
    return this.#parts.marks
  }

  /** For the cache. Null while tickets are unreadable, which the cache does not know: the next run must read them anew. */
  get fingerprint(): string | null {
    return this.#unreadable.size > 0 ? null : (this.#known?.fingerprint ?? null)
  }

  /** Asked between the other requests: one at a time. Null without credentials, while paused, offline or told to wait. */
  services(): Promise<ServicesAnswer | null> {
    return new Promise((resolve) => {
      this.#errands.push(async (api) => {
        const answer = api && (await this.#ask(false, (signal) => api.services(signal)))
        if (answer?.outcome === 'failed') this.#obey(answer.problem)
        resolve(answer)
      })
      this.wake()
    })
  }

  get hasCredentials(): boolean {
    return this.#api !== null
  }

  get isPaused(): boolean {
    return this.#paused
  }

  connection(): Connection {
    const { clock } = this.#parts
    const due = this.#poller.dueAt
    const state = this.#state()
    const isPlanned = due !== null && state !== 'paused' && state !== 'opening'
    const loading = this.#progress.current
    return {
      state,
      freshAt: this.#freshAt,
      nextAt: isPlanned ? clock.now() + Math.max(0, due - clock.monotonic()) : null,
      problem: this.#problem,
      brokenTickets: this.#broken,
      ...(loading ? { loading } : {})
    }
  }

  #state(): ConnectionState {
    if (this.#isOpening) return 'opening'
    if (this.#paused) return 'paused'
    // Nobody has to sign in again for it.
    if (this.#problem?.kind === 'keychain-locked') return 'failing'
    if (this.#poller.isStopped || this.#poller.isRefused) return 'signed-out'
    if (!this.#online || this.#problem?.kind === 'offline') return 'offline'
    if (this.#asking) return 'asking'
    if (this.#problem) return 'failing'
    return this.#hasAnswered ? 'ok' : 'connecting'
  }

  /**
   * The list shares no ticket with what is known: it is another customer's. So is an empty one where tickets are known,
   * and one with tickets where none are and something waits that may not reach a stranger.
   */
  isOfAnother(answer: Extract<ListAnswer, { outcome: 'tickets' | 'unchanged' }>): boolean {
    if (answer.outcome === 'unchanged') return false
    const { everSeen } = this.list
    const ids = [...answer.tickets, ...answer.broken].flatMap(({ id }) => id ?? [])
    if (everSeen.size === 0) return ids.length > 0 && this.outbox.stored().length > 0
    return !ids.some((id) => everSeen.has(id))
  }

  /** The next list is a first one again. Answers the tickets that are gone. */
  forget(): readonly TicketId[] {
    this.marks.clear()
    this.#known = null
    this.#unreadable = new Set()
    return this.list.clear()
  }

  /** Takes in a list that was fetched before this account existed: its baseline. */
  accept(answer: ListAnswer): Promise<void> {
    return this.#take(answer, this.#parts.clock.monotonic())
  }

  /** Does what is due, unless it is at it. */
  wake(): void {
    if (this.#turning !== null) return
    this.#turning = this.#turn()
      .catch(() => {
        // A mistake of ours: it must not become a loop of requests.
        this.#fail({ kind: 'internal' })
      })
      .finally(() => {
        this.#turning = null
        this.#schedule()
        if (this.#canTalk() && !this.#poller.isStopped) return
        for (const done of this.#waiters.splice(0)) done()
        for (const errand of this.#errands.splice(0)) void errand(null)
      })
  }

  /** Something new is to be sent: where a look is needed first, or the server fails, it is asked soon. */
  wrote(): void {
    if (!this.#isSeen) this.#poller.ask(this.#parts.clock.monotonic(), 'wrote')
    this.wake()
    this.#schedule()
  }

  /** Resolves when the list was asked for, or when it cannot be. */
  check(reason: 'asked' | 'opened' | 'wake' | 'online'): Promise<void> {
    if (reason === 'wake') {
      // What is still on its way left before the sleep, and its connection is gone.
      if (this.#suspended) this.#request?.wait.interrupt(0)
      this.#suspended = false
      this.#isSeen = false
    }
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
      this.#isSeen = false
      this.outbox.hurry()
      this.#poller.ask(this.#parts.clock.monotonic(), 'online')
    } else this.#noteList()
    this.#parts.tell.connection()
    this.wake()
  }

  setSlow(slow: boolean): void {
    this.#poller.setSlow(slow, this.#parts.clock.monotonic())
    this.#schedule()
  }

  /** A list on its way is given up and asked for again after waking. */
  suspend(): void {
    this.#suspended = true
    this.#noteList()
    this.#interrupt()
    this.#schedule()
  }

  /** The person has waited long enough for the list: it is given up, and asked for again as after a failure. */
  stopLoading(): void {
    if (!this.#asking) return
    this.#isCancelled = true
    this.#interrupt()
  }

  setPaused(paused: boolean): void {
    this.#paused = paused
    if (!paused) this.#poller.ask(this.#parts.clock.monotonic(), 'asked')
    this.#parts.tell.connection()
    this.wake()
  }

  /** Only within `alone`, so that nothing goes with the old credentials any more. */
  setApi(api: TicketApi): void {
    this.#api = api
    this.#isSeen = false
    this.#known = null
    this.#problem = null
    this.#poller.credentialsChanged(this.#parts.clock.monotonic())
    this.outbox.hurry()
    this.#parts.tell.connection()
  }

  /** Runs a request of another kind, such as a test of new credentials, when no other is on its way. */
  async alone<T>(request: () => Promise<T>): Promise<T> {
    this.#held += 1
    const answer = this.#lastAlone.then(async () => {
      await this.#turning
      return request()
    })
    this.#lastAlone = answer.catch(() => undefined)
    try {
      return await answer
    } finally {
      this.#held -= 1
      this.wake()
    }
  }

  /** Resolves when the request on its way has ended or was given up: within a second. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#noteList()
    this.#interrupt()
    this.#schedule()
    for (const done of this.#waiters.splice(0)) done()
    if (this.#turning) await within(this.#parts.clock, stopMs, this.#turning)
  }

  /** What was only to be read can be read again; what was written is better answered than looked for. */
  #interrupt(): void {
    this.#request?.wait.interrupt(this.#request.isWrite ? writeGraceMs : 0)
  }

  /** Null when it was given up. */
  async #ask<T>(isWrite: boolean, send: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    const wait = new Interruptible(this.#parts.clock, send)
    this.#request = { isWrite, wait }
    try {
      return await wait.answer
    } finally {
      this.#request = null
    }
  }

  #canTalk(): boolean {
    return (
      !this.#stopped &&
      !this.#isOpening &&
      this.#held === 0 &&
      !this.#paused &&
      !this.#suspended &&
      this.#online &&
      this.#api !== null
    )
  }

  /** Does what is due, one request after the other. */
  async #turn(): Promise<void> {
    // Never within the call that woke it: who asks gets an answer first.
    await Promise.resolve()
    for (;;) {
      const api = this.#api
      if (!this.#canTalk() || api === null || this.#poller.isStopped) return
      const now = this.#parts.clock.monotonic()
      const errand = this.#errands.shift()
      const mayAsk = this.#poller.mayAsk(now)
      const entry = this.#isSeen && mayAsk ? this.outbox.next(now, this.list.tickets) : null
      if (errand) await errand(mayAsk ? api : null)
      else if (entry) await this.#send(api, entry)
      else if (this.#poller.isDue(now) || (mayAsk && this.#isProofDue(now))) await this.#poll(api)
      else return
    }
  }

  #schedule(): void {
    const { clock } = this.#parts
    if (this.#timer !== null) clock.clearTimeout(this.#timer)
    this.#timer = null
    if (!this.#canTalk() || this.#turning !== null || this.#poller.dueAt === null) return
    const now = clock.monotonic()
    const sendAt = this.#isSeen ? this.outbox.nextAt(now, this.list.tickets) : null
    const proofAt = this.outbox.proofAt(this.#askedAt) ?? Infinity
    const mayAt = Math.max(Math.min(sendAt ?? Infinity, proofAt), this.#poller.notBefore)
    const dueAt = this.#errands.length > 0 ? now : Math.min(this.#poller.dueAt, mayAt)
    this.#timer = clock.setTimeout(
      () => {
        this.#timer = null
        this.wake()
      },
      Math.min(longestTimerMs, Math.max(0, dueAt - now))
    )
  }

  /** A list asked for now can prove what none before could. */
  #isProofDue(now: number): boolean {
    return now >= (this.outbox.proofAt(this.#askedAt) ?? Infinity)
  }

  async #poll(api: TicketApi): Promise<void> {
    const askedAt = this.#parts.clock.monotonic()
    this.#askedAt = askedAt
    this.#poller.asked(askedAt)
    this.#asking = true
    this.#progress.begin(this.list.tickets.size === 0 ? loadingShownMs.first : loadingShownMs.later)
    this.#parts.tell.connection()
    // What could not be believed is read again, whole.
    const known = this.#suspicious ? null : this.#known
    const answer = await this.#ask(false, (signal) => api.list(known, signal, this.#progress.received))
    this.#progress.end()
    this.#asking = false
    const isCancelled = this.#isCancelled
    this.#isCancelled = false
    if (this.#stopped || api !== this.#api) return
    if (answer) await this.#take(answer, askedAt)
    else if (isCancelled) this.#fail({ kind: 'stopped' })
    else this.#poller.interrupted()
    for (const done of this.#waiters.splice(0)) done()
  }

  async #take(answer: ListAnswer, askedAt: number): Promise<void> {
    const { clock, tell } = this.#parts
    const now = clock.monotonic()
    if (answer.outcome === 'failed') {
      this.#fail(answer.problem)
      return
    }
    // What came out of a cache is as old as its date says, and older than nobody knows.
    const madeAt = askedAt - this.#serverClock.lag(answer.serverNow, now)
    if (answer.outcome === 'unchanged') {
      await this.#takeUnchanged(madeAt)
      return
    }
    if (this.list.isSuspicious(answer.tickets, answer.broken.length) && !this.#suspicious) {
      this.#suspicious = true
      this.#isSeen = false
      this.#problem = { kind: 'suspiciously-empty' }
      this.#poller.succeeded(now)
      this.#poller.again(now, 15_000)
      tell.connection()
      return
    }
    await this.#takeTickets(answer, madeAt)
  }

  async #takeUnchanged(madeAt: number): Promise<void> {
    const { tell } = this.#parts
    const waiting = this.outbox.tickets()
    const own = this.#reconcile(this.list.tickets, madeAt)
    const removed = this.list.releaseGone()
    if (this.list.learn(own) || removed.length > 0) tell.marks()
    await this.#outboxReconciled(own)
    this.#succeed()
    const made = this.list.refresh(own.made.map(({ id }) => id))
    const rows = [...made, ...(own.isChanged ? this.list.refreshState(waiting) : [])]
    if (rows.length > 0 || removed.length > 0) tell.rows(rows, removed)
    if (removed.length > 0) tell.tickets()
  }

  async #takeTickets(answer: Extract<ListAnswer, { outcome: 'tickets' }>, madeAt: number): Promise<void> {
    const { clock, marks, tell } = this.#parts
    this.#suspicious = false
    this.#broken = answer.broken.length
    // Of one without its replies nobody knows what they are: as little proof as one that could not be read.
    const withoutReplies = answer.tickets.filter(({ repliesMissing }) => repliesMissing)
    this.#unreadable = new Set([...answer.broken, ...withoutReplies].map(({ id }) => id))
    const isBaseline = !marks.baseline
    if (isBaseline) marks.connectedAt = answer.serverNow ?? clock.now()
    const applied = this.list.apply(answer.tickets, this.#unreadable, isBaseline, (tickets) =>
      this.#reconcile(tickets, madeAt)
    )
    this.#known = { ...answer.known, pieces: this.list.own(answer.known.pieces) }
    marks.baseline = true
    // In this order: an entry that is over is forgotten only when what follows from it and the ticket that shows it are
    // on disk, and nobody hears of a reply before it is noted that they did. A crash between any two repeats nothing,
    // loses no unread mark and takes no words from the screen.
    if (applied.marksChanged || isBaseline) tell.marks()
    tell.tickets()
    await this.#outboxReconciled(applied.own)
    // After the entries that are over, or a reply would stand there twice as long as the disk takes.
    if (applied.rows.length > 0 || applied.removed.length > 0) tell.rows(applied.rows, applied.removed)
    this.#succeed()
    if (applied.findings.length > 0) tell.findings(applied.findings)
  }

  #reconcile(tickets: ReadonlyMap<TicketId, Ticket>, madeAt: number): Reconciled {
    const { clock, sent } = this.#parts
    const moment = { now: clock.monotonic(), wall: clock.now() }
    const list = { tickets, unreadable: this.#unreadable }
    const own = this.outbox.reconcile(list, madeAt, moment, sent.replies)
    sent.add({ records: own.ended, replies: own.hidden, shown: own.shown })
    return own
  }

  /**
   * What belongs to an entry that is over is on disk as nobody else's before the entry leaves it, or a crash between the
   * two would give one message to two entries.
   */
  async #outboxReconciled({ isChanged, ended, shown }: Reconciled): Promise<void> {
    const { outbox } = this
    const { tell } = this.#parts
    if (ended.length > 0) tell.ended(ended.map(({ id }) => id))
    if (ended.length + shown.length > 0 || outbox.hasUnrecorded) {
      await tell.ticketsNow()
      tell.outbox()
      if (tell.sent()) outbox.forgetRecorded()
    }
    if (isChanged || outbox.isChanged) tell.outbox()
  }

  #succeed(): void {
    const { clock, marks, tell } = this.#parts
    this.#problem = null
    this.#refusedWrites = []
    this.#isSeen = true
    this.#hasAnswered = true
    this.#freshAt = clock.now()
    this.#poller.succeeded(clock.monotonic())
    if (marks.signedOut) {
      marks.signedOut = false
      tell.marks()
    } else if (Math.abs(this.#freshAt - (marks.listAt ?? 0)) >= noteListMs) this.#noteList()
    tell.connection()
  }

  /** For the next run, which may have no network and must say how old its list is. */
  #noteList(): void {
    const { marks, tell } = this.#parts
    if (marks.listAt === this.#freshAt || !this.#hasAnswered) return
    marks.listAt = this.#freshAt
    tell.marks()
  }

  #fail(problem: Problem): void {
    const { clock, marks, tell } = this.#parts
    this.#problem = problem
    this.#isSeen = false
    this.#poller.failed(clock.monotonic(), clock.now(), problem)
    if (isAboutRights(problem)) this.#readRefused()
    this.#noteList()
    tell.connection()
    if (!this.#poller.isRefused || marks.signedOut) return
    // Once, also across restarts.
    marks.signedOut = true
    tell.marks()
    tell.signedOut()
  }

  #signOut(problem: Problem): void {
    this.#problem = problem
    this.#poller.failed(0, 0, problem)
  }

  async #send(api: TicketApi, entry: StoredEntry): Promise<void> {
    const { clock, tell } = this.#parts
    const needed =
      entry.action.kind === 'create' && entry.action.hasPassword
        ? this.#parts.password(entry.id)
        : { password: '' }
    if (!('password' in needed)) {
      this.outbox.refuse(entry.id, needed)
      this.#outboxChanged(entry)
      return
    }
    this.outbox.begin(entry.id, baselineOf(entry.action, this.list))
    // Sent without a trace on disk, it would be sent again after a crash.
    if (!this.#outboxChanged(entry)) {
      const problem: Problem = { kind: 'storage-failed' }
      this.outbox.end(entry.id, { outcome: 'not-sent', problem }, this.#moment())
      this.#outboxChanged(entry)
      return
    }
    const answer: WriteAnswer = (await this.#ask(true, (signal) =>
      request(api, entry, needed.password, signal)
    )) ?? { outcome: 'unknown', problem: { kind: 'connection-lost' } }
    const now = clock.monotonic()
    this.outbox.end(entry.id, answer, this.#moment())
    this.#outboxChanged(entry)
    switch (answer.outcome) {
      case 'done':
        tell.ended([entry.id])
        this.#poller.wrote(now)
        return
      case 'refused':
        this.#poller.wrote(now)
        this.#obey(answer.problem)
        return
      case 'unknown':
        this.#isSeen = false
        this.#poller.wrote(now)
        this.#obey(answer.problem)
        return
      case 'not-sent':
        // What the old credentials could not do says nothing about the new ones.
        if (api === this.#api) this.#notSent(entry, answer.problem)
    }
  }

  #moment(): Moment {
    const { clock, random } = this.#parts
    return { now: clock.monotonic(), wall: clock.now(), random: random() }
  }

  /** Nothing goes to a server that asked for patience. */
  #obey(problem: Problem): void {
    const { clock } = this.#parts
    this.#poller.hold(clock.monotonic(), clock.now(), problem)
  }

  /** The others wait, too: what one could not do, ten in a row cannot either. */
  #notSent(entry: StoredEntry, problem: Problem): void {
    const { clock } = this.#parts
    this.#isSeen = false
    if (isAboutRights(problem)) this.#writeRefused(entry, problem)
    else this.#poller.failed(clock.monotonic(), clock.now(), problem)
  }

  /** About this write, until a list is refused, too: then it is about the account, and the write waits for that. */
  #writeRefused(entry: StoredEntry, problem: Problem): void {
    this.#refusedWrites.push(entry.id)
    this.outbox.refuse(entry.id, problem)
    this.#outboxChanged(entry)
    this.#poller.ask(this.#parts.clock.monotonic(), 'wrote')
  }

  #readRefused(): void {
    const waiting = this.#refusedWrites.splice(0).flatMap((id) => this.outbox.get(id) ?? [])
    for (const { id } of waiting) this.outbox.retry(id)
    for (const entry of waiting) this.#outboxChanged(entry)
  }

  /** False when it could not be made durable. */
  #outboxChanged({ action }: StoredEntry): boolean {
    const durable = this.#parts.tell.outbox()
    const rows = action.kind === 'create' ? [] : this.list.refreshState([action.ticketId])
    if (rows.length > 0) this.#parts.tell.rows(rows, [])
    return durable
  }
}
