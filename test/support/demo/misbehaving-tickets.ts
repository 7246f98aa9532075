import { TicketSystem, type ListedTickets } from '../../../electron/demo/ticket-system.ts'
import { formatTicket } from '../../../electron/demo/response-bodies.ts'
import type { StoredTicket } from '../../../electron/demo/stored-ticket.ts'
import type { ApiVersion, EpochMs, TicketId } from '../../../electron/tickets/ticket.ts'
import type { ServerBehaviour } from './server-behaviours.ts'
import { StaleListView } from './stale-list.ts'

/** The demo's ticket system with selectable deviations from the documented behaviour. */
export class MisbehavingTickets extends TicketSystem {
  #behaviour: ServerBehaviour | null = null
  #staleView: StaleListView<readonly StoredTicket[]> | null = null
  #idsMade = 0

  get behaviour(): ServerBehaviour | null {
    return this.#behaviour
  }

  /** Affects messages stored from now on; existing ones do not change. */
  setBehaviour(behaviour: ServerBehaviour | null): void {
    this.#behaviour = behaviour
    this.#staleView = behaviour?.staleList ? new StaleListView(behaviour.staleList) : null
    this.changed()
  }

  override clock(): EpochMs {
    return super.clock() + (this.#behaviour?.clockMs ?? 0)
  }

  override listed(): ListedTickets {
    const now = this.clock()
    const seen = this.#staleView?.read(now)
    if (!this.#staleView || !seen) return super.listed()
    return { tickets: seen.state, headers: this.#staleView.headers(now, seen.at) }
  }

  override format(ticket: StoredTicket, version: ApiVersion): unknown {
    return formatTicket(ticket, version, this.#behaviour ?? {})
  }

  protected override textAsStored(message: string): string {
    return super.textAsStored(this.#behaviour?.rewrite?.(message) ?? message)
  }

  protected override dateOfNow(): EpochMs {
    return this.clock() + (this.#behaviour?.ticketClockMs ?? 0)
  }

  /** With `randomIds` an unused random id of six digits, like the ticket masks of WHMCS. */
  protected override nextId(): TicketId {
    if (!this.#behaviour?.randomIds) return super.nextId()
    for (let id = 100_000 + ((++this.#idsMade * 7919) % 900_000); ; id = 100_000 + ((id * 31) % 900_000))
      if (!this.has(id)) return id
  }

  protected override changed(): void {
    this.#staleView?.record(this.tickets(), this.clock())
  }
}
