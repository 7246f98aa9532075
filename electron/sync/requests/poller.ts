/**
 * Schedules polls. Pure state over a monotonic clock and a random source, without timers and requests.
 * All times are monotonic milliseconds.
 */
import type { Problem } from '../../tickets/problem.ts'

export interface PollerOptions {
  readonly random: () => number
  /** Polling interval in seconds. */
  readonly intervalSeconds: () => number
}

/** Shorter interval for a while after the person wrote something. */
const quickMs = 15_000
const quickPhaseMs = 120_000
/** Factor of the interval on battery or while locked, up to ten minutes. */
const slowFactor = 5
const maxSlowIntervalMs = 600_000
/** Maximum backoff window: two in a row are 15 minutes, the longest wait between two attempts. */
const maxBackoffWindowMs = 450_000
const firstBackoffWindowMs = 60_000
/** Jitter only lengthens the interval, so that requests are never more frequent than configured. */
const maxJitter = 0.1
/** Minimum milliseconds between two list requests, for windows opened repeatedly or an unstable network. */
const minGapMs = { asked: 500, opened: 10_000, wake: 5_000, online: 5_000, wrote: 2_000 } as const
/** Maximum Retry-After that is respected. */
const maxRetryAfterMs = 86_400_000
/** Number of consecutive short Retry-After pauses after which the backoff applies as well. */
const trustedRetryAfters = 3
/** Refused reads may be temporary (a restarting service, a proxy), so they are reported only after this time and number. */
const refusedForMs = 600_000
const refusedTimes = 3
/** Interval of polls while reads are refused. */
const refusedWindowMs = 1_800_000

/** No requests until the person or the keychain provides credentials. */
const needsPerson: ReadonlySet<Problem['kind']> = new Set(['no-credentials', 'no-address', 'keychain-locked'])

/** Whether the server denied permission. */
export const isAboutRights = ({ kind }: Problem): boolean => kind === 'unauthorized' || kind === 'forbidden'

export class Poller {
  readonly #options: PollerOptions
  #dueAt = 0
  #notBefore = 0
  #quickUntil = 0
  #failures = 0
  /** End of the last backoff window. */
  #windowEnd = 0
  #stopped = false
  /** When the next automatic poll would be, while an earlier one was requested. */
  #plannedAt: number | null = null
  /** Number of refused reads since the last good one. */
  #refusals = 0
  #refusedSince: number | null = null
  #isRefused = false
  #lastAsked: number | null = null
  #isAsking = false
  /** Set if a request is made while another is in flight, whose answer may be too old. */
  #retryAt: number | null = null
  #slow = false

  constructor(options: PollerOptions) {
    this.#options = options
  }

  /** Null while no poll is scheduled: without credentials. */
  get dueAt(): number | null {
    return this.#stopped ? null : Math.max(this.#dueAt, this.#notBefore)
  }

  /** No request before this time, because of Retry-After. */
  get notBefore(): number {
    return this.#notBefore
  }

  mayAsk(now: number): boolean {
    return now >= this.#notBefore
  }

  /** Whether polling has stopped for lack of credentials. */
  get isStopped(): boolean {
    return this.#stopped
  }

  /** Whether reads have been refused for so long that the person should know. Polling continues slowly. */
  get isRefused(): boolean {
    return this.#isRefused
  }

  isDue(now: number): boolean {
    const due = this.dueAt
    return due !== null && now >= due
  }

  /** Called when a request starts. */
  requestStarted(now: number): void {
    this.#lastAsked = now
    this.#isAsking = true
    this.#retryAt = null
  }

  /** Called when the request was aborted: the poll stays due. */
  interrupted(): void {
    this.#isAsking = false
    this.#retryAt = null
  }

  succeeded(now: number): void {
    this.#forgetFailures()
    this.#plan(now)
    if (this.#retryAt !== null) this.#dueAt = Math.min(this.#dueAt, this.#retryAt)
    this.#retryAt = null
  }

  /** `wall`: this machine's wall clock at `now`, for a Retry-After date. */
  failed(now: number, wall: number, problem: Problem): void {
    if (needsPerson.has(problem.kind)) {
      this.#stopped = true
      return
    }
    this.#isAsking = false
    this.#retryAt = null
    if (isAboutRights(problem)) this.#noteRefusal(now)
    const planned = this.#plannedAt
    this.#plannedAt = null
    this.#notBefore = 0
    // Requested by the person, on wake or for a window: a failure does not widen the backoff.
    if (this.#failures > 0 && planned !== null && planned > now) this.#dueAt = planned
    else this.#backOff(now)
    this.applyRetryAfter(now, wall, problem)
    if (problem.retryAt !== undefined && this.#failures <= trustedRetryAfters) this.#dueAt = this.#notBefore
  }

  #noteRefusal(now: number): void {
    this.#refusedSince ??= now
    this.#refusals += 1
    this.#isRefused ||= this.#refusals >= refusedTimes && now - this.#refusedSince >= refusedForMs
  }

  /**
   * Full jitter with a bound: one attempt at a random time in each window; windows follow each other and double in length.
   * Clients spread evenly, and an hour has at most eleven attempts.
   */
  #backOff(now: number): void {
    this.#failures += 1
    const longest = this.#isRefused ? refusedWindowMs : maxBackoffWindowMs
    const length = Math.min(longest, this.#firstWindow() * 2 ** Math.min(this.#failures - 1, 10))
    const begin = Math.min(Math.max(now, this.#windowEnd), now + maxBackoffWindowMs)
    this.#windowEnd = begin + length
    this.#dueAt = begin + this.#options.random() * length
  }

  /** Applies a Retry-After of this problem, if any. */
  applyRetryAfter(now: number, wall: number, { retryAt }: Problem): void {
    if (retryAt !== undefined) this.#notBefore = now + Math.min(maxRetryAfterMs, Math.max(0, retryAt - wall))
  }

  /** Called after a write: polls now, and more often for a while. */
  noteWrite(now: number): void {
    this.#quickUntil = now + quickPhaseMs
    this.#dueAt = now
  }

  /** Polls at once, except during Retry-After or right after another request. */
  requestNow(now: number, reason: keyof typeof minGapMs): void {
    const soonest = this.#lastAsked === null ? now : Math.max(now, this.#lastAsked + minGapMs[reason])
    if (reason === 'opened' && soonest > now) return
    if (this.#isAsking) {
      this.#retryAt = Math.min(this.#retryAt ?? Infinity, soonest)
      return
    }
    if (soonest >= this.#dueAt) return
    this.#plannedAt ??= this.#dueAt
    this.#dueAt = soonest
  }

  /** Polls in `ms` milliseconds, to verify a suspicious list. */
  retryIn(now: number, ms: number): void {
    this.#dueAt = now + ms
  }

  credentialsChanged(now: number): void {
    this.#stopped = false
    this.#forgetFailures()
    this.#dueAt = now
  }

  #forgetFailures(): void {
    this.#isAsking = false
    this.#failures = 0
    this.#windowEnd = 0
    this.#notBefore = 0
    this.#plannedAt = null
    this.#refusals = 0
    this.#refusedSince = null
    this.#isRefused = false
  }

  setSlow(slow: boolean, now: number): void {
    if (this.#slow === slow) return
    this.#slow = slow
    if (!slow) this.#dueAt = Math.min(this.#dueAt, now + this.#interval())
  }

  /** A shorter interval applies at once, a longer one from the next poll on. Backoff is unaffected. */
  intervalChanged(now: number): void {
    if (this.#failures > 0 || this.#isAsking) return
    this.#dueAt = Math.min(this.#dueAt, Math.max(this.#notBefore, now + this.#interval()))
  }

  #interval(): number {
    return this.#options.intervalSeconds() * 1000
  }

  #firstWindow(): number {
    return Math.max(firstBackoffWindowMs, this.#interval())
  }

  #plan(now: number): void {
    const quick = now < this.#quickUntil
    const normal = this.#interval()
    const base = quick
      ? Math.min(quickMs, normal)
      : this.#slow
        ? Math.max(normal, Math.min(normal * slowFactor, maxSlowIntervalMs))
        : normal
    this.#dueAt = now + base * (1 + this.#options.random() * maxJitter)
  }
}
