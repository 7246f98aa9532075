import type { Clock } from '../../storage/types.ts'
import type { ListLoading } from '../../tickets/views.ts'

/** Milliseconds between two progress events. */
const tellEveryMs = 300

/** Progress of loading a list: published a few times per second, after an initial delay. */
export class LoadProgress {
  readonly #clock: Clock
  readonly #tell: () => void
  #last: ListLoading = { received: 0, total: null }
  #isShown = false
  #isRunning = false
  #timer: unknown = null

  constructor(clock: Clock, tell: () => void) {
    this.#clock = clock
    this.#tell = tell
  }

  /** Null while there is no progress to show. */
  get current(): ListLoading | null {
    return this.#isShown ? this.#last : null
  }

  /** Starts loading; no progress is shown in the first `afterMs` milliseconds. */
  begin(afterMs: number): void {
    this.end()
    this.#isRunning = true
    this.#last = { received: 0, total: null }
    this.#timer = this.#clock.setTimeout(() => {
      this.#isShown = true
      this.#told()
    }, afterMs)
  }

  readonly received = (received: number, total: number | null): void => {
    // Data of an aborted request is ignored.
    if (!this.#isRunning) return
    this.#last = { received, total }
    if (this.#isShown) this.#timer ??= this.#clock.setTimeout(() => this.#told(), tellEveryMs)
  }

  /** Loading has ended, with or without a result. */
  end(): void {
    this.#clock.clearTimeout(this.#timer)
    this.#timer = null
    this.#isShown = false
    this.#isRunning = false
  }

  #told(): void {
    this.#timer = null
    this.#tell()
  }
}
