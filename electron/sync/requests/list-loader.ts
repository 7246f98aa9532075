import type { KnownList, ListAnswer, TicketApi } from '../../api/api.ts'
import type { Clock } from '../../storage/types.ts'
import type { ListLoading } from '../../tickets/views.ts'
import { LoadProgress } from './load-progress.ts'
import type { SendRequest } from './request-loop.ts'

export interface LoadedList {
  /** Null when it was given up. */
  readonly answer: ListAnswer | null
  /** By the person. */
  readonly isCancelled: boolean
  /** Monotonic. */
  readonly askedAt: number
}

/** Asks for the list: shows how far it is, and knows whether the person gave it up. */
export class ListLoader {
  readonly #clock: Clock
  readonly #send: SendRequest
  readonly #progress: LoadProgress
  #isLoading = false
  #isCancelled = false
  #askedAt = -Infinity

  /** `tellProgress` is called when `progress` is another. */
  constructor(clock: Clock, send: SendRequest, tellProgress: () => void) {
    this.#clock = clock
    this.#send = send
    this.#progress = new LoadProgress(clock, tellProgress)
  }

  get isLoading(): boolean {
    return this.#isLoading
  }

  /** Null while there is nothing worth showing. */
  get progress(): ListLoading | null {
    return this.#progress.current
  }

  /** Monotonic; when the list was asked for last, whatever came of it. */
  get askedAt(): number {
    return this.#askedAt
  }

  /** The request on its way is given up by the person. */
  noteCancelled(): void {
    this.#isCancelled = true
  }

  /** Nothing is shown of how far it is in the first `shownAfterMs` milliseconds. */
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
