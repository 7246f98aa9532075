import type { KnownList, ListAnswer, TicketApi } from '../../api/api.ts'
import type { Clock } from '../../storage/types.ts'
import type { ListLoading } from '../../tickets/views.ts'
import { LoadProgress } from './load-progress.ts'
import type { SendRequest } from './request-loop.ts'

export interface LoadedList {
  /** Null if it was aborted. */
  readonly answer: ListAnswer | null
  /** Whether the person aborted it. */
  readonly isCancelled: boolean
  /** Monotonic milliseconds. */
  readonly askedAt: number
}

/** Requests the list, with progress and cancellation by the person. */
export class ListLoader {
  readonly #clock: Clock
  readonly #send: SendRequest
  readonly #progress: LoadProgress
  #isLoading = false
  #isCancelled = false
  #askedAt = -Infinity

  /** `tellProgress` is called when `progress` changes. */
  constructor(clock: Clock, send: SendRequest, tellProgress: () => void) {
    this.#clock = clock
    this.#send = send
    this.#progress = new LoadProgress(clock, tellProgress)
  }

  get isLoading(): boolean {
    return this.#isLoading
  }

  /** Null while there is no progress to show. */
  get progress(): ListLoading | null {
    return this.#progress.current
  }

  /** When the list was last requested, successfully or not (monotonic). */
  get askedAt(): number {
    return this.#askedAt
  }

  /** Called when the person aborts the request. */
  noteCancelled(): void {
    this.#isCancelled = true
  }

  /** No progress is shown in the first `shownAfterMs` milliseconds. */
  async load(api: TicketApi, known: KnownList | null, shownAfterMs: number): Promise<LoadedList> {
    const askedAt = this.#clock.monotonic()
    this.#askedAt = askedAt
    this.#isLoading = true
    this.#isCancelled = false
    this.#progress.begin(shownAfterMs)
    try {
      const answer = await this.#send(false, (signal) => api.list(known, signal, this.#progress.received))
      return { answer, isCancelled: this.#isCancelled, askedAt }
    } finally {
      this.#progress.end()
      this.#isLoading = false
    }
  }
}
