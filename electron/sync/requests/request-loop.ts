/** One account's requests, one at a time. What is due next is decided anew after each. */
import type { TicketApi } from '../../api/api.ts'
import type { Clock } from '../../storage/types.ts'
import { Interruptible, withTimeout } from './interruptible.ts'
import type { Poller } from './poller.ts'

/** Sends one request; resolves with null when it was given up. */
export type SendRequest = <T>(
  isWrite: boolean,
  send: (signal: AbortSignal) => Promise<T>
) => Promise<T | null>

export interface RequestLoopParts {
  readonly clock: Clock
  readonly poller: Poller
  readonly api: TicketApi | null
  readonly isPaused: boolean
  /** Sends what is due at `now` (monotonic) and resolves when that was answered; null when nothing is due. */
  readonly next: (api: TicketApi, now: number) => Promise<void> | null
  /** Monotonic; when `next` has something to send. */
  readonly nextAt: (now: number) => number
  /** Nothing more is due now. */
  readonly turnEnded: () => void
  /** Called for an unexpected error, which must not cause an endless loop of requests. */
  readonly turnFailed: (error: unknown) => void
}

/** Node fires at once what is set beyond 2³¹ milliseconds. */
const maxTimerMs = 3_600_000
/** Milliseconds that a request which writes may still be answered in when the app ends or the machine goes to sleep. */
const writeGraceMs = 500
/** A stop takes no longer, in milliseconds. */
const stopMs = 1000

interface CurrentRequest {
  readonly isWrite: boolean
  readonly wait: Pick<Interruptible<unknown>, 'interrupt'>
}

export class RequestLoop {
  readonly #parts: RequestLoopParts
  #api: TicketApi | null
  #timer: unknown = null
  /** The requests that are due, one after the other. */
  #turn: Promise<void> | null = null
  #request: CurrentRequest | null = null
  #isOpen = false
  #isOnline = true
  #isSuspended = false
  #isPaused: boolean
  #isStopped = false
  /** Callers of `runExclusive` in progress or queued; polling pauses while > 0. */
  #exclusiveCallers = 0
  #lastExclusive: Promise<unknown> = Promise.resolve()
  /** Sent before anything else that is due. */
  #queuedRequests: ((api: TicketApi | null) => Promise<void>)[] = []

  constructor(parts: RequestLoopParts) {
    this.#parts = parts
    this.#api = parts.api
    this.#isPaused = parts.isPaused
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  get isOnline(): boolean {
    return this.#isOnline
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  get isStopped(): boolean {
    return this.#isStopped
  }

  /** Null without credentials. */
  get api(): TicketApi | null {
    return this.#api
  }

  /** Requests may go, as far as this account and this machine are concerned. */
  get canSend(): boolean {
    return (
      !this.#isStopped &&
      this.#isOpen &&
      this.#exclusiveCallers === 0 &&
      !this.#isPaused &&
      !this.#isSuspended &&
      this.#isOnline &&
      this.#api !== null
    )
  }

  /** From now on requests may go. */
  open(): void {
    this.#isOpen = true
  }

  /** Only within `runExclusive`, so that nothing goes with the old credentials any more. */
  setApi(api: TicketApi): void {
    this.#api = api
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused
  }

  /** Sends what is due, unless a turn is in progress. */
  wake(): void {
    if (this.#turn !== null) return
    const { turnEnded, turnFailed, poller } = this.#parts
    this.#turn = this.#runTurn()
      .catch(turnFailed)
      .finally(() => {
        this.#turn = null
        turnEnded()
        this.schedule()
        if (this.canSend && !poller.isStopped) return
        for (const send of this.#queuedRequests.splice(0)) void send(null)
      })
  }

  /** Sets the timer for what is due next. */
  schedule(): void {
    const { clock, poller, nextAt } = this.#parts
    if (this.#timer !== null) clock.clearTimeout(this.#timer)
    this.#timer = null
    if (!this.canSend || this.#turn !== null || poller.dueAt === null) return
    const now = clock.monotonic()
    const dueAt = this.#queuedRequests.length > 0 ? now : nextAt(now)
    this.#timer = clock.setTimeout(
      () => {
        this.#timer = null
        this.wake()
      },
      Math.min(maxTimerMs, Math.max(0, dueAt - now))
    )
  }

  /** Runs `send` between the other requests; without an api where none may go: no credentials, paused, offline, told to wait. */
  queue(send: (api: TicketApi | null) => Promise<void>): void {
    this.#queuedRequests.push(send)
    this.wake()
  }

  /** Runs requests of another kind, such as a test of new credentials, while no other is on its way. */
  async runExclusive<T>(run: () => Promise<T>): Promise<T> {
    this.#exclusiveCallers += 1
    const answer = this.#lastExclusive.then(async () => {
      await this.#turn
      return run()
    })
    this.#lastExclusive = answer.catch(() => undefined)
    try {
      return await answer
    } finally {
      this.#exclusiveCallers -= 1
      this.wake()
    }
  }

  readonly send: SendRequest = async (isWrite, send) => {
    const wait = new Interruptible(this.#parts.clock, send)
    this.#request = { isWrite, wait }
    try {
      return await wait.answer
    } finally {
      this.#request = null
    }
  }

  /** Gives up the request on its way: what was only to be read can be read again; what was written is better answered. */
  interrupt(): void {
    this.#request?.wait.interrupt(this.#request.isWrite ? writeGraceMs : 0)
  }

  suspend(): void {
    this.#isSuspended = true
    this.interrupt()
    this.schedule()
  }

  resume(): void {
    // A request from before the sleep has lost its connection.
    if (this.#isSuspended) this.#request?.wait.interrupt(0)
    this.#isSuspended = false
  }

  /** Resolves when the request on its way has ended or was given up: within a second. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.interrupt()
    this.schedule()
    if (this.#turn) await withTimeout(this.#parts.clock, stopMs, this.#turn)
  }

  async #runTurn(): Promise<void> {
    const { clock, poller } = this.#parts
    // Never synchronously, so that the caller gets its result first.
    await Promise.resolve()
    for (;;) {
      const api = this.#api
      if (!this.canSend || api === null || poller.isStopped) return
      const now = clock.monotonic()
      const queued = this.#queuedRequests.shift()
      const request = queued ? queued(poller.mayAsk(now) ? api : null) : this.#parts.next(api, now)
      if (request === null) return
      await request
    }
  }
}
