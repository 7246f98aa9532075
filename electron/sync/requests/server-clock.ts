/** Determines the age of an answer by its `Date` header: caches send old answers with their original date. */

/** Tolerance for latency, whole seconds and clock adjustments, in milliseconds. */
const toleranceMs = 60_000
/** A larger lag means that the server's clock was set back. */
const maxLagMs = 3_600_000

export class ServerClock {
  /** The server's clock minus this machine's monotonic clock, by the newest answer so far. */
  #offset: number | null = null

  /** The server's time at `now` (monotonic); null if it is not known. */
  at(now: number): number | null {
    return this.#offset === null ? null : this.#offset + now
  }

  /** How many milliseconds older than its arrival at `now` (monotonic) an answer is. */
  lag(serverNow: number | null, now: number): number {
    if (serverNow === null) return 0
    const offset = serverNow - now
    const lag = this.#offset === null ? 0 : this.#offset - offset
    if (lag <= 0 || lag > maxLagMs) this.#offset = offset
    return lag > toleranceMs && lag <= maxLagMs ? lag : 0
  }
}
