import type { Clock } from '../types.ts'

/** Milliseconds until a write that failed is tried again. */
const retryAfterMs = 30_000

/** Writes now; where that fails, again later, with what is true then, until it worked or was stopped. */
export class RetryingWriter {
  readonly #clock: Clock
  readonly #write: () => boolean
  #timer: unknown = null

  constructor(clock: Clock, write: () => boolean) {
    this.#clock = clock
    this.#write = write
  }

  /** False when it will be tried again. */
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
