import type { EngineLog } from './activity-log.ts'
import type { EngineEvents } from './types.ts'

/** Calls listeners safely: an error thrown by one (e.g. a closing window) is logged and does not stop the caller. */
export class SafeEvents implements EngineEvents {
  readonly accounts: EngineEvents['accounts']
  readonly rows: EngineEvents['rows']
  readonly outbox: EngineEvents['outbox']
  readonly ticketEvents: EngineEvents['ticketEvents']
  readonly notices: EngineEvents['notices']
  readonly #log: Pick<EngineLog, 'error'>
  #failures = 0

  constructor(events: EngineEvents, log: Pick<EngineLog, 'error'>) {
    this.#log = log
    this.accounts = this.#callListener('accounts', events.accounts)
    this.rows = this.#callListener('rows', events.rows)
    this.outbox = this.#callListener('outbox', events.outbox)
    this.ticketEvents = this.#callListener('ticketEvents', events.ticketEvents)
    this.notices = this.#callListener('notices', events.notices)
  }

  /** Number of events in this run whose listener failed. */
  get failures(): number {
    return this.#failures
  }

  #callListener<T>(name: string, tell: (value: T) => void): (value: T) => void {
    return (value) => {
      try {
        tell(value)
      } catch (error) {
        this.#failures += 1
        this.#log.error(`listener of ${name}`, error)
      }
    }
  }
}
