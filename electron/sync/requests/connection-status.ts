import type { Problem } from '../../tickets/problem.ts'
import type { EpochMs } from '../../tickets/ticket.ts'
import type { Clock } from '../../storage/types.ts'
import type { Connection, ConnectionState, ListLoading } from '../../tickets/views.ts'
import type { Poller } from './poller.ts'
import type { RequestLoop } from './request-loop.ts'

/** What else a connection's state depends on. */
interface ConnectionFacts {
  readonly loop: Pick<RequestLoop, 'isOpen' | 'isPaused' | 'isOnline'>
  readonly poller: Pick<Poller, 'dueAt' | 'isStopped' | 'isRefused'>
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly isLoading: boolean
  /** How far the list is; null while there is nothing worth showing. */
  readonly loading: ListLoading | null
  readonly brokenTickets: number
}

/** What an account knows of its server from the answers of this run. */
export class ConnectionStatus {
  #problem: Problem | null = null
  #freshAt: EpochMs | null = null
  #hasAnswered = false
  /**
   * The last thing that happened was a good list. What stands at the server before an attempt must be known, or an
   * older reply of the same words would pass for it: after a start, an absence or trouble nothing is sent before a list.
   */
  #listIsCurrent = false

  get problem(): Problem | null {
    return this.#problem
  }

  /** When the list was good last; also of an earlier run. */
  get freshAt(): EpochMs | null {
    return this.#freshAt
  }

  /** The server gave a list in this run. */
  get hasAnswered(): boolean {
    return this.#hasAnswered
  }

  get listIsCurrent(): boolean {
    return this.#listIsCurrent
  }

  /** Of the list in the cache. */
  setCachedAt(at: EpochMs | null): void {
    this.#freshAt = at
  }

  /** Something happened since the last list. */
  listIsOutdated(): void {
    this.#listIsCurrent = false
  }

  succeeded(at: EpochMs): void {
    this.#problem = null
    this.#listIsCurrent = true
    this.#hasAnswered = true
    this.#freshAt = at
  }

  failed(problem: Problem): void {
    this.#problem = problem
    this.#listIsCurrent = false
  }

  credentialsChanged(): void {
    this.#problem = null
    this.#listIsCurrent = false
  }

  /** What people see of it. */
  connection(now: ConnectionFacts): Connection {
    const { brokenTickets, clock, loading, poller } = now
    const { dueAt } = poller
    const state = this.#state(now)
    const isPlanned = dueAt !== null && state !== 'paused' && state !== 'opening'
    return {
      state,
      freshAt: this.#freshAt,
      nextAt: isPlanned ? clock.now() + Math.max(0, dueAt - clock.monotonic()) : null,
      problem: this.#problem,
      brokenTickets,
      ...(loading ? { loading } : {})
    }
  }

  #state({ loop, poller, isLoading }: ConnectionFacts): ConnectionState {
    if (!loop.isOpen) return 'opening'
    if (loop.isPaused) return 'paused'
    // Nobody has to sign in again for it.
    if (this.#problem?.kind === 'keychain-locked') return 'failing'
    if (poller.isStopped || poller.isRefused) return 'signed-out'
    if (!loop.isOnline || this.#problem?.kind === 'offline') return 'offline'
    if (isLoading) return 'asking'
    if (this.#problem) return 'failing'
    return this.#hasAnswered ? 'ok' : 'connecting'
  }
}
