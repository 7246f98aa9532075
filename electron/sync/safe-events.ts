import type { EngineEvents } from './types.ts'

/** A window that is going away must not stop what was begun: what a listener throws goes no further. */
export class SafeEvents implements EngineEvents {
  readonly accounts: EngineEvents['accounts']
  readonly rows: EngineEvents['rows']
  readonly outbox: EngineEvents['outbox']
  readonly findings: EngineEvents['findings']
  readonly notices: EngineEvents['notices']
  #failures = 0

  constructor(events: EngineEvents) {
    this.accounts = this.#safe(events.accounts)
    this.rows = this.#safe(events.rows)
    this.outbox = this.#safe(events.outbox)
    this.findings = this.#safe(events.findings)
    this.notices = this.#safe(events.notices)
  }

  /** Events of this run that could not be given out. */
  get failures(): number {
    return this.#failures
  }

  #safe<T>(tell: (value: T) => void): (value: T) => void {
    return (value) => {
      try {
        tell(value)
      } catch {
        this.#failures += 1
      }
    }
  }
}
