import type { Clock } from '../types.ts'

/** Delay before a failed write is retried, in milliseconds. */
const retryAfterMs = 30_000

/** Writes now, and retries a failed write with the then current data until it succeeds or is stopped. */
export class RetryingWriter {
  readonly #clock: Clock
  readonly #write: () => boolean
  #timer: unknown = null

  constructor(clock: Clock, write: () => boolean) {
    this.#clock = clock
    this.#write = write
  }

  /** False if it will be retried. */
  now(): boolean {
    this.stop()
    if (this.#write()) return true
    this.#timer = this.#clock.setTimeout(() => this.now(), retryAfterMs)
    return false
  }

  stop(): void {
    if (this.#timer !== null) this.#clock.clearTimeout(this.#timer)
    this.#timer = null
  }
}
