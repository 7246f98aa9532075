import type { TicketId } from '../../tickets/ticket.ts'
import type { TicketRow } from '../../tickets/views.ts'

/** Maximum number of rows published at once, which takes some milliseconds. */
const rowsInTurn = 500

export interface ChangeEvents {
  /** The connection state has changed. */
  connection(): void
  /** Rows, and possibly the connection state, have changed. */
  rows(changed: readonly TicketRow[], removed: readonly TicketId[]): void
}

/**
 * Changes of one account that are not published yet. A row that changes several times in a turn is published once, in
 * its latest state.
 */
export class PendingChanges {
  readonly #row: (id: TicketId) => TicketRow | null
  readonly #events: ChangeEvents
  readonly #ids = new Set<TicketId>()
  #isConnectionChanged = false

  /** `row` returns the current row of a ticket; null if it was removed. */
  constructor(row: (id: TicketId) => TicketRow | null, events: ChangeEvents) {
    this.#row = row
    this.#events = events
  }

  /** Adds tickets whose rows changed or were removed. */
  addRows(ids: Iterable<TicketId>): void {
    for (const id of ids) this.#ids.add(id)
  }

  addConnection(): void {
    this.#isConnectionChanged = true
  }

  publish(): void {
    this.#tell(Infinity)
  }

  /** Like `publish` for very many rows: a few hundred at a time, with a `pause` between. */
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
