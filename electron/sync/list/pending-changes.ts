import type { TicketId } from '../../tickets/ticket.ts'
import type { TicketRow } from '../../tickets/views.ts'

/** To tell all windows of so many takes some milliseconds. */
const rowsInTurn = 500

export interface ChangeEvents {
  /** How the connection is. */
  connection(): void
  /** Rows, and with them how the connection is. */
  rows(changed: readonly TicketRow[], removed: readonly TicketId[]): void
}

/**
 * What windows are still to be told of one account. A turn of its requests changes a row several times: it is told once,
 * as it is then.
 */
export class PendingChanges {
  readonly #row: (id: TicketId) => TicketRow | null
  readonly #events: ChangeEvents
  readonly #ids = new Set<TicketId>()
  #isConnectionChanged = false

  /** `row` answers how a ticket is shown now; null for one that is gone. */
  constructor(row: (id: TicketId) => TicketRow | null, events: ChangeEvents) {
    this.#row = row
    this.#events = events
  }

  /** Their rows changed or are gone. */
  addRows(ids: Iterable<TicketId>): void {
    for (const id of ids) this.#ids.add(id)
  }

  addConnection(): void {
    this.#isConnectionChanged = true
  }

  publish(): void {
    this.#tell(Infinity)
  }

  /** The same where there may be very many: a few hundred rows at a time, with a `pause` between. */
  async publishInTurns(pause: () => Promise<void>): Promise<void> {
    while (this.#ids.size > rowsInTurn) {
      this.#tell(rowsInTurn)
      await pause()
    }
    this.publish()
  }

  #tell(most: number): void {
    const ids = [...this.#ids].slice(0, most)
    const isConnectionChanged = this.#isConnectionChanged
    for (const id of ids) this.#ids.delete(id)
    this.#isConnectionChanged = false
    const changed = ids.flatMap((id) => this.#row(id) ?? [])
    const removed = ids.filter((id) => this.#row(id) === null)
    if (ids.length > 0) this.#events.rows(changed, removed)
    else if (isConnectionChanged) this.#events.connection()
  }
}
