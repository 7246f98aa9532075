/** Recognizes statuses that come and go because several servers answer, of which one is behind. */
import { sameStatus } from '../../tickets/status.ts'
import type { TicketChange } from '../../tickets/list/changes.ts'
import type { Ticket, TicketId } from '../../tickets/ticket.ts'
import type { TicketEvent } from '../types.ts'

/** How long a status that a ticket had is remembered, in milliseconds: longer than servers of one list differ. */
const rememberedMs = 600_000

interface RecentStatus extends Pick<Ticket, 'status' | 'lastReplyAt'> {
  /** When a list last had it (monotonic). */
  readonly at: number
}

export class RecentStatuses {
  readonly #recent = new Map<TicketId, readonly RecentStatus[]>()

  /** The events without those of a status that the ticket had a short time ago, with the same last reply. `now`: monotonic. */
  withoutRepeated(
    events: readonly TicketEvent[],
    changed: readonly TicketChange[],
    now: number
  ): readonly TicketEvent[] {
    const repeated = new Set<TicketId>()
    for (const { ticket, before } of changed) {
      if (before === null || sameStatus(before.status, ticket.status)) continue
      const recent = (this.#recent.get(ticket.id) ?? []).filter(({ at }) => now - at < rememberedMs)
      if (recent.some((one) => isSame(one, ticket))) repeated.add(ticket.id)
      const { status, lastReplyAt } = before
      const others = recent.filter((one) => !isSame(one, before))
      this.#recent.set(ticket.id, [...others, { status, lastReplyAt, at: now }])
    }
    if (repeated.size === 0) return events
    return events.filter(
      (event) => !((event.kind === 'status' || event.kind === 'closed') && repeated.has(event.ref.ticketId))
    )
  }
}

const isSame = (
  a: Pick<Ticket, 'status' | 'lastReplyAt'>,
  b: Pick<Ticket, 'status' | 'lastReplyAt'>
): boolean => a.lastReplyAt === b.lastReplyAt && sameStatus(a.status, b.status)
