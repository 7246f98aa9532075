/** How old an answer is by its `Date`: caches give out old ones with the date of their making. */

/** Of the way there and back, of whole seconds, and of clocks that are set a little now and then. */
const toleranceMs = 60_000
/** More than a cache keeps: the server's clock was set back. */
const maxLagMs = 3_600_000

export class ServerClock {
  /** The server's clock minus this machine's monotonic one, by the newest answer so far. */
  #offset: number | null = null

  /** Milliseconds by which an answer that came at `now` (monotonic) is older than others show it could be. */
  lag(serverNow: number | null, now: number): number {
    if (serverNow === null) return 0
    const offset = serverNow - now
    const lag = this.#offset === null ? 0 : this.#offset - offset
    if (lag <= 0 || lag > maxLagMs) this.#offset = offset
    return lag > toleranceMs && lag <= maxLagMs ? lag : 0
  }
}
