import type { Problem } from '../../tickets/problem.ts'
import type { EpochMs } from '../../tickets/ticket.ts'
import type { Clock } from '../../storage/types.ts'
import type { Connection, ConnectionState, ListLoading } from '../../tickets/views.ts'
import type { Poller } from './poller.ts'
import type { RequestLoop } from './request-loop.ts'

/** Other inputs of the connection state. */
interface ConnectionFacts {
  readonly loop: Pick<RequestLoop, 'isOpen' | 'isPaused' | 'isOnline'>
  readonly poller: Pick<Poller, 'dueAt' | 'isStopped' | 'isRefused'>
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly isLoading: boolean
  /** Progress of the list; null while there is none to show. */
  readonly loading: ListLoading | null
  readonly brokenTickets: number
}

/** What the answers of this run say about the server. */
export class ConnectionStatus {
  #problem: Problem | null = null
  #freshAt: EpochMs | null = null
  #hasAnswered = false
  /**
   * Whether nothing happened since the last good list. The state of the server before an attempt must be known, or an older
   * reply with the same text could be taken for it: after a start, sleep or failure, a list is requested before sending.
   */
  #listIsCurrent = false

  get problem(): Problem | null {
    return this.#problem
  }

  /** When the last good list arrived, also in an earlier run. */
  get freshAt(): EpochMs | null {
    return this.#freshAt
  }

  /** Whether the server has sent a list in this run. */
  get hasAnswered(): boolean {
    return this.#hasAnswered
  }

  get listIsCurrent(): boolean {
    return this.#listIsCurrent
  }

  /** Sets the time of the cached list. */
  setCachedAt(at: EpochMs | null): void {
    this.#freshAt = at
  }

  /** Marks the list as outdated. */
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

  /** The connection state for windows. */
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
    // Does not require signing in again.
    if (this.#problem?.kind === 'keychain-locked') return 'failing'
    if (poller.isStopped || poller.isRefused) return 'signed-out'
    if (!loop.isOnline || this.#problem?.kind === 'offline') return 'offline'
    if (isLoading) return 'asking'
    if (this.#problem) return 'failing'
    return this.#hasAnswered ? 'ok' : 'connecting'
  }
}
