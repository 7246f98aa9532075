import type { Attachment, Reply, Ticket, TicketId } from '../ticket.ts'
import { staffKeys } from '../thread/unread.ts'

export interface TicketChange {
  readonly ticket: Ticket
  /** The ticket in the previous list; null for a new one. */
  readonly before: Ticket | null
  /** Keys of staff replies that `before` did not have, oldest first. */
  readonly newStaffKeys: readonly string[]
}

export interface Changes {
  /** The changed tickets, in the list's order. */
  readonly changed: readonly TicketChange[]
  readonly removed: readonly TicketId[]
}

const sameAttachments = (a: readonly Attachment[], b: readonly Attachment[]): boolean =>
  a.length === b.length && (a.length === 0 || JSON.stringify(a) === JSON.stringify(b))

const sameReply = (a: Reply, b: Reply): boolean =>
  a.id === b.id &&
  a.author === b.author &&
  a.name === b.name &&
  a.sentAt === b.sentAt &&
  a.message === b.message &&
  sameAttachments(a.attachments, b.attachments)

/** Compares the cheapest fields first, since most tickets of a large list are unchanged. */
function sameTicket(a: Ticket, b: Ticket): boolean {
  if (a === b) return true
  return (
    a.lastReplyAt === b.lastReplyAt &&
    a.createdAt === b.createdAt &&
    a.status.text === b.status.text &&
    a.replies.length === b.replies.length &&
    a.message === b.message &&
    sameAttachments(a.attachments, b.attachments) &&
    a.replies.every((reply, i) => {
      const other = b.replies[i]
      return other !== undefined && sameReply(reply, other)
    })
  )
}

/** Number of tickets that are compared in a fraction of a millisecond. */
const comparedInStep = 50

class Change implements TicketChange {
  readonly ticket: Ticket
  readonly before: Ticket | null

  constructor(ticket: Ticket, before: Ticket | null) {
    this.ticket = ticket
    this.before = before
  }

  /** Computed on demand: not needed for a first list, in which everything is new. */
  get newStaffKeys(): readonly string[] {
    const old = new Set(this.before ? staffKeys(this.before) : [])
    return staffKeys(this.ticket).filter((key) => !old.has(key))
  }
}

export const ticketChange = (ticket: Ticket, before: Ticket | null): TicketChange =>
  new Change(ticket, before)

/**
 * The differences between the known tickets and the next list, step by step. `unreadable` tickets count neither as changed
 * nor as removed.
 */
export function* diffTickets(
  known: ReadonlyMap<TicketId, Ticket>,
  next: readonly Ticket[],
  unreadable: ReadonlySet<TicketId>
): Generator<undefined, Changes> {
  const changed: TicketChange[] = []
  const present = new Set<TicketId>(unreadable)
  for (const [i, ticket] of next.entries()) {
    if (i % comparedInStep === 0) yield
    present.add(ticket.id)
    const before = known.get(ticket.id) ?? null
    if (before && sameTicket(before, ticket)) continue
    changed.push(ticketChange(ticket, before))
  }
  const removed = [...known.keys()].filter((id) => !present.has(id))
  return { changed, removed }
}
