/** Progress and cancellation of connection attempts. */
import type { ListProgress } from '../../api/api.ts'
import type { Clock } from '../../storage/types.ts'
import type { Problem } from '../../tickets/problem.ts'
import { LoadProgress } from '../requests/load-progress.ts'
import { fail } from '../outcome.ts'
import type { ConnectWatch, Outcome } from '../types.ts'

/** Delay before the progress of a connection's list is shown, in milliseconds. */
const loadingShownMs = 500

export interface Attempt {
  readonly signal: AbortSignal
  readonly onProgress: ListProgress
  /** Completes the attempt, so that it cannot be cancelled any more. False if it was cancelled already. */
  commit(): boolean
}

export class ConnectAttempts {
  readonly #clock: Clock
  readonly #running = new Set<AbortController>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs a connection attempt until it ends or is cancelled. */
  async run<T>(watch: ConnectWatch, run: (attempt: Attempt) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const abort = new AbortController()
    const { signal } = abort
    let isCommitted = false
    const progress = new LoadProgress(this.#clock, () => {
      if (progress.current) watch.onProgress?.(progress.current)
    })
    const cancel = (): void => abort.abort('stopped' satisfies Problem['kind'])
    const givenUp = new Promise<Outcome<T>>((resolve) => {
      signal.addEventListener('abort', () => {
        if (!isCommitted) resolve(fail(signal.reason === 'stopped' ? 'stopped' : 'connection-lost'))
      })
    })
    this.#running.add(abort)
    watch.signal?.addEventListener('abort', cancel)
    if (watch.signal?.aborted) cancel()
    progress.begin(loadingShownMs)
    try {
      const commit = (): boolean => (isCommitted ||= !signal.aborted)
      return await Promise.race([run({ signal, onProgress: progress.received, commit }), givenUp])
    } finally {
      progress.end()
      this.#running.delete(abort)
      watch.signal?.removeEventListener('abort', cancel)
    }
  }

  /** Cancels all attempts, for sleep and shutdown. */
  giveUp(): void {
    for (const abort of this.#running) abort.abort('connection-lost' satisfies Problem['kind'])
  }
}
