/** Recognizes statuses that come and go because several servers answer, of which one is behind. */
import { sameStatus } from '../../tickets/status.ts'
import type { TicketChange } from '../../tickets/list/changes.ts'
import type { Status, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { TicketWork } from '../../tickets/work/ticket-work.ts'
import type { TicketEvent } from '../types.ts'
import type { AccountWork } from '../work/account-work.ts'
import type { TicketList } from './ticket-list.ts'

/** How long a status that a ticket had is remembered, in milliseconds: longer than servers of one list differ. */
const rememberedMs = 600_000

interface RecentStatus extends Pick<Ticket, 'status' | 'lastReplyAt'> {
  /** When a list last had it (monotonic). */
  readonly at: number
}

/** A status that came back. */
interface HeldStatus {
  readonly event: StatusEvent
  /** Monotonic. */
  readonly since: number
  /** What was kept about the ticket before. */
  readonly work: TicketWork
}

type StatusEvent = Extract<TicketEvent, { readonly kind: 'status' | 'closed' }>

const isStatusEvent = (event: TicketEvent): event is StatusEvent =>
  event.kind === 'status' || event.kind === 'closed'

export class RecentStatuses {
  readonly #recent = new Map<TicketId, readonly RecentStatus[]>()
  /** The status that the person knows of: told, or caused by them. Only of tickets whose status has changed. */
  readonly #known = new Map<TicketId, Status>()
  readonly #held = new Map<TicketId, HeldStatus>()

  /** Number of remembered tickets. */
  get size(): number {
    return new Set([...this.#recent.keys(), ...this.#known.keys(), ...this.#held.keys()]).size
  }

  /**
   * The events without those of a status that the ticket had a short time ago, with the same last reply. `settled` has them
   * later. `now`: monotonic.
   */
  withoutRepeated(
    events: readonly TicketEvent[],
    changed: readonly TicketChange[],
    work: Pick<AccountWork, 'get'>,
    now: number
  ): readonly TicketEvent[] {
    const ofStatus = new Map(events.filter(isStatusEvent).map((event) => [event.ref.ticketId, event]))
    const repeated = new Set<TicketEvent>()
    this.#forget(now)
    for (const { ticket, before } of changed) {
      if (before === null || sameStatus(before.status, ticket.status)) continue
      const recent = this.#recent.get(ticket.id) ?? []
      const { status, lastReplyAt } = before
      const others = recent.filter((one) => !isSame(one, before))
      this.#recent.set(ticket.id, [...others, { status, lastReplyAt, at: now }])
      this.#held.delete(ticket.id)
      const event = ofStatus.get(ticket.id)
      if (event && recent.some((one) => isSame(one, ticket))) {
        repeated.add(event)
        this.#held.set(ticket.id, { event, since: now, work: work.get(ticket.id) })
      } else this.#known.set(ticket.id, ticket.status)
    }
    return repeated.size === 0 ? events : events.filter((event) => !repeated.has(event))
  }

  /**
   * Events of statuses that came back and stayed, unless the person knows the ticket in that status. They end what was kept
   * about the ticket before the status came back. With the rows that this has changed.
   */
  settled(
    { list, work }: { readonly list: TicketList; readonly work: AccountWork },
    now: number
  ): { readonly events: readonly TicketEvent[]; readonly rows: readonly TicketId[] } {
    const events: TicketEvent[] = []
    const ending: Ticket[] = []
    for (const [id, { event, since, work: before }] of this.#held) {
      if (now - since < rememberedMs) continue
      this.#held.delete(id)
      const known = this.#known.get(id)
      const ticket = list.tickets.get(id)
      if (!ticket || (known && sameStatus(known, event.status))) continue
      this.#known.set(id, event.status)
      events.push(event)
      const { done, snoozedUntil } = work.get(id)
      if (done === before.done && snoozedUntil === before.snoozedUntil) ending.push(ticket)
    }
    if (ending.length === 0) return { events, rows: [] }
    const seen = ending.map((ticket) => ({ ticket, before: ticket }))
    const ended = work.take(seen, new Map(), events)
    return { events, rows: list.refresh(ended).map(({ id }) => id) }
  }

  #forget(now: number): void {
    for (const [id, statuses] of this.#recent) {
      const recent = statuses.filter(({ at }) => now - at < rememberedMs)
      if (recent.length > 0) this.#recent.set(id, recent)
      else this.#recent.delete(id)
    }
    // Without a change for so long, the person knows the status that the list has.
    for (const id of this.#known.keys())
      if (!this.#recent.has(id) && !this.#held.has(id)) this.#known.delete(id)
  }
}

const isSame = (
  a: Pick<Ticket, 'status' | 'lastReplyAt'>,
  b: Pick<Ticket, 'status' | 'lastReplyAt'>
): boolean => a.lastReplyAt === b.lastReplyAt && sameStatus(a.status, b.status)
