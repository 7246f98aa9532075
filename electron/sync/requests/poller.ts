/**
 * When to ask next. Pure state over a monotonic clock and a random source; owns no timer and sends nothing.
 * All moments are monotonic milliseconds.
 */
import type { Problem } from '../../tickets/problem.ts'

export interface PollerOptions {
  readonly random: () => number
  /** Seconds between two polls in the normal phase. */
  readonly intervalSeconds: () => number
}

/** Faster for a while after the person wrote something. */
const quickMs = 15_000
const quickPhaseMs = 120_000
/** On battery or locked: this many intervals, at most ten minutes. */
const slowFactor = 5
const maxSlowIntervalMs = 600_000
/** Two windows of backoff in a row are 15 minutes, the longest wait between two attempts. */
const maxBackoffWindowMs = 450_000
const firstBackoffWindowMs = 60_000
/** Jitter only lengthens, so that an idle hour never makes more requests than the interval promises. */
const maxJitter = 0.1
/** Milliseconds between two requests, whoever asks how often: a window opened again and again, a network that comes and goes. */
const minGapMs = { asked: 500, opened: 10_000, wake: 5_000, online: 5_000, wrote: 2_000 } as const
/** A server that asks for a longer wait than this is mistaken. */
const maxRetryAfterMs = 86_400_000
/** A server may name its own short pauses so often in a row; then the windows of backoff count, too. */
const trustedRetryAfters = 3
/** A refused read is no verdict: an auth service restarts, a proxy answers once. After so long and so many it is told. */
const refusedForMs = 600_000
const refusedTimes = 3
/** And asked this slowly for ever after. */
const refusedWindowMs = 1_800_000

/** Nothing is asked until the person or the keychain has given something. */
const needsPerson: ReadonlySet<Problem['kind']> = new Set(['no-credentials', 'no-address', 'keychain-locked'])

/** The server does not let this account do what it asked for. */
export const isAboutRights = ({ kind }: Problem): boolean => kind === 'unauthorized' || kind === 'forbidden'

export class Poller {
  readonly #options: PollerOptions
  #dueAt = 0
  #notBefore = 0
  #quickUntil = 0
  #failures = 0
  /** End of the last window of backoff. */
  #windowEnd = 0
  #stopped = false
  /** When the automatic plan would ask, while somebody had it asked earlier. */
  #plannedAt: number | null = null
  /** Reads that were refused since the last good one. */
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

  /** Null while nothing is planned: without credentials. */
  get dueAt(): number | null {
    return this.#stopped ? null : Math.max(this.#dueAt, this.#notBefore)
  }

  /** The server allows nothing before this moment. */
  get notBefore(): number {
    return this.#notBefore
  }

  mayAsk(now: number): boolean {
    return now >= this.#notBefore
  }

  /** There are no credentials: until new ones. */
  get isStopped(): boolean {
    return this.#stopped
  }

  /** Reads have been refused for a while: people should know. It is asked all the same, seldom. */
  get isRefused(): boolean {
    return this.#isRefused
  }

  isDue(now: number): boolean {
    const due = this.dueAt
    return due !== null && now >= due
  }

  /** A request goes out. */
  requestStarted(now: number): void {
    this.#lastAsked = now
    this.#isAsking = true
    this.#retryAt = null
  }

  /** The request was aborted: polling is due as before. */
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

  /** `wall` is this machine's wall clock at `now`: `Retry-After` is a moment of it. */
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
    // Asked by hand, at waking or for a window: what fails then says nothing about the plan.
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
   * Full jitter with a bound: one attempt anywhere in each window, and the windows follow one another, each twice as long
   * as the one before. Clients spread evenly, yet whatever chance says an hour has eleven windows at most.
   */
  #backOff(now: number): void {
    this.#failures += 1
    const longest = this.#isRefused ? refusedWindowMs : maxBackoffWindowMs
    const length = Math.min(longest, this.#firstWindow() * 2 ** Math.min(this.#failures - 1, 10))
    const begin = Math.min(Math.max(now, this.#windowEnd), now + maxBackoffWindowMs)
    this.#windowEnd = begin + length
    this.#dueAt = begin + this.#options.random() * length
  }

  /** Nothing is asked for as long as the server asked to wait, if it did. */
  applyRetryAfter(now: number, wall: number, { retryAt }: Problem): void {
    if (retryAt !== undefined) this.#notBefore = now + Math.min(maxRetryAfterMs, Math.max(0, retryAt - wall))
  }

  /** Something was sent: ask now, and quickly for a while. */
  noteWrite(now: number): void {
    this.#quickUntil = now + quickPhaseMs
    this.#dueAt = now
  }

  /** At once, except while the server asked for patience or was asked a moment ago. */
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

  /** Not before `ms` from now: for looking again soon at an answer that could not be believed. */
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

  /** A shorter one counts at once, a longer one from the next request on. What failed goes on waiting as it does. */
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
