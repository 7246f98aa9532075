/** The state of the server before the first attempt of an entry, which rules out existing messages. */
import type { ServerBaseline } from '../../storage/schemas.ts'
import type { Ticket, TicketId } from '../../tickets/ticket.ts'
import { replyKeys } from '../../tickets/thread/unread.ts'
import type { OutboxAction } from '../../tickets/views.ts'

/** The last list, and the ids of all tickets that were ever listed. */
export interface KnownTickets {
  readonly tickets: ReadonlyMap<TicketId, Ticket>
  readonly everSeen: ReadonlySet<TicketId>
  /** The ticket in the list, or as last seen. */
  ticket(id: TicketId): Ticket | null
}

/** Keys of all messages in a thread. */
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
    // Also tickets that left the list: they may return and are not new.
    const ids = new Set([...everSeen, ...tickets.keys()])
    // An empty list may be an error: then all known tickets must be listed again first.
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

/** Packs ids as differences in base 36: two or three characters each. */
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
