import type { EngineLog } from './activity-log.ts'
import type { EngineEvents } from './types.ts'

/** A window that is going away must not stop what was begun: what a listener throws is noted and goes no further. */
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

  /** Events of this run that could not be given out. */
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
