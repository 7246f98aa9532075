/** Runs the requests of one account one at a time. The next one is determined after each. */
import type { TicketApi } from '../../api/api.ts'
import type { Clock } from '../../storage/types.ts'
import { Interruptible, withTimeout } from './interruptible.ts'
import type { Poller } from './poller.ts'

/** Sends one request; resolves with null if it was aborted. */
export type SendRequest = <T>(
  isWrite: boolean,
  send: (signal: AbortSignal) => Promise<T>
) => Promise<T | null>

export interface RequestLoopParts {
  readonly clock: Clock
  readonly poller: Poller
  readonly api: TicketApi | null
  readonly isPaused: boolean
  /** Starts the request that is due at `now` (monotonic); null if none is. Resolves when it has ended. */
  readonly next: (api: TicketApi, now: number) => Promise<void> | null
  /** When `next` has something to send (monotonic). */
  readonly nextAt: (now: number) => number
  /** Called when no further request is due. */
  readonly turnEnded: () => void
  /** Called for an unexpected error, which must not cause an endless loop of requests. */
  readonly turnFailed: (error: unknown) => void
}

/** Maximum timeout: Node fires longer ones (over 2³¹ ms) at once. */
const maxTimerMs = 3_600_000
/** Milliseconds that a write in flight gets to finish when the app closes or the machine sleeps. */
const writeGraceMs = 500
/** Maximum duration of `stop`, in milliseconds. */
const stopMs = 1000

interface CurrentRequest {
  readonly isWrite: boolean
  readonly wait: Pick<Interruptible<unknown>, 'interrupt'>
}

export class RequestLoop {
  readonly #parts: RequestLoopParts
  #api: TicketApi | null
  #timer: unknown = null
  /** The running turn: requests that are due, one after the other. */
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
  /** Requests that are sent before anything else that is due. */
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

  /** Whether this account and machine allow requests. */
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

  /** Allows requests from now on. */
  open(): void {
    this.#isOpen = true
  }

  /** Only within `runExclusive`, so that no request is in flight with the old credentials. */
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

  /** Sets the timer for the next request. */
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

  /** Runs `send` between other requests; with null if none may be made (no credentials, paused, offline, Retry-After). */
  queue(send: (api: TicketApi | null) => Promise<void>): void {
    this.#queuedRequests.push(send)
    this.wake()
  }

  /** Runs other requests, such as a test of new credentials, while no regular request is in flight. */
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

  /** Aborts a read in flight at once; a write gets some time to finish, since its outcome would be unknown. */
  interrupt(): void {
    this.#request?.wait.interrupt(this.#request.isWrite ? writeGraceMs : 0)
  }

  suspend(): void {
    this.#isSuspended = true
    this.interrupt()
    this.schedule()
  }

  resume(): void {
    // The connection of a request from before the sleep is lost.
    if (this.#isSuspended) this.#request?.wait.interrupt(0)
    this.#isSuspended = false
  }

  /** Resolves when the current request has ended or was aborted, within a second. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.interrupt()
    this.schedule()
    if (this.#turn) await withTimeout(this.#parts.clock, stopMs, this.#turn)
  }

  async #runTurn(): Promise<void> {
    const { clock, poller } = this.#parts
    // Asynchronous, so that the caller gets its result first.
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
