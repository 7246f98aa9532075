/** What stood at the server before the first attempt of an entry: what is there already cannot be what it became. */
import type { ServerBaseline } from '../../storage/schemas.ts'
import type { Ticket, TicketId } from '../../tickets/ticket.ts'
import { replyKeys } from '../../tickets/thread/unread.ts'
import type { OutboxAction } from '../../tickets/views.ts'

/** The last list, and every id that any list ever had. */
export interface KnownTickets {
  readonly tickets: ReadonlyMap<TicketId, Ticket>
  readonly everSeen: ReadonlySet<TicketId>
  /** Also as it was last seen, of one that is not in the list. */
  ticket(id: TicketId): Ticket | null
}

/** All that is in a ticket's thread, by name. */
export const threadKeys = (ticket: Ticket): readonly string[] => replyKeys(ticket.replies)

const unknownBaseline: ServerBaseline = {
  isKnown: false,
  keys: [],
  lastReplyAt: null,
  status: '',
  ids: '',
  count: 0
}

export function baselineOf(action: OutboxAction, known: KnownTickets): ServerBaseline {
  if (action.kind === 'create') {
    const { tickets, everSeen } = known
    // Also those that are in no list any more: one may come back, and it is not new.
    const ids = new Set([...everSeen, ...tickets.keys()])
    // An empty list may be a mistake; then all must be back before one is missed.
    const count = tickets.size > 0 ? tickets.size : everSeen.size
    return { ...unknownBaseline, isKnown: true, ids: packIds(ids), count }
  }
  const ticket = known.ticket(action.ticketId)
  if (!ticket) return unknownBaseline
  const { lastReplyAt, status } = ticket
  return {
    ...unknownBaseline,
    isKnown: true,
    keys: [...threadKeys(ticket)],
    lastReplyAt,
    status: status.text
  }
}

/** Differences in base 36: two or three characters for each id, whatever the ids are. */
export function packIds(ids: Iterable<TicketId>): string {
  let before = 0
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => {
      const step = id - before
      before = id
      return step.toString(36)
    })
    .join('.')
}

export function unpackIds(packed: string): ReadonlySet<TicketId> {
  const ids = new Set<TicketId>()
  let id = 0
  for (const step of packed === '' ? [] : packed.split('.')) ids.add((id += Number.parseInt(step, 36)))
  return ids
}
