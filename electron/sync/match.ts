/** Is what stands at the server the same as what was sent? The API has no key for it, so texts are compared. */
import type { StoredEntry } from '../storage/schemas.ts'
import { splitMessage } from '../tickets/message.ts'
import { isClosed } from '../tickets/status.ts'
import type { EpochMs, Ticket, TicketId } from '../tickets/ticket.ts'
import { fold, toAscii } from '../tickets/turkish.ts'
import { replyKeys } from '../tickets/unread.ts'

/** A good list, and which of its tickets could not be read; null stands for one whose number was not readable either. */
export interface Sight {
  readonly tickets: ReadonlyMap<TicketId, Ticket>
  readonly unreadable: ReadonlySet<TicketId | null>
}

/** What a list says about one entry. */
export type Evidence =
  /** It is there; the key names what it became. */
  | { readonly kind: 'found'; readonly key: string }
  | { readonly kind: 'absent' }
  /** Its ticket is gone, could not be read, or does not show its replies. */
  | { readonly kind: 'cannot-tell' }

/**
 * What is older than the first attempt by more than this is another one. Wide, because the dates of tickets may be
 * of a clock in the wrong zone; what stood there before the attempt is known by name anyway.
 */
const toleranceMs = 14 * 3_600_000

const normal = (text: string): string => fold(toAscii(text)).replace(/\s+/g, ' ').trim()

/** The server adds a footer and perhaps a signature; nothing else may differ. */
export function sameText(sent: string, stored: string): boolean {
  const wanted = normal(sent)
  const whole = normal(stored)
  if (whole === wanted || normal(splitMessage(stored).body) === wanted) return true
  return whole.startsWith(wanted) && /^ ?(?:-{5,}|_{4,})/.test(whole.slice(wanted.length))
}

const isRecent = (at: EpochMs | null, since: EpochMs | null): boolean =>
  at === null || since === null || at >= since - toleranceMs

/** v1 documents an empty `replies`: that there are some shows in `lastreply` only. */
export const hidesReplies = (ticket: Ticket): boolean =>
  ticket.replies.length === 0 && ticket.lastReplyAt !== null && ticket.lastReplyAt !== ticket.createdAt

const hiddenKey = (ticket: Ticket): string => `at:${ticket.lastReplyAt ?? 0}`

/** What stands at the server with an entry's words, oldest first. */
export function matches(
  { action }: StoredEntry,
  tickets: ReadonlyMap<TicketId, Ticket>,
  since: EpochMs | null
): readonly string[] {
  switch (action.kind) {
    case 'close':
      return []
    case 'reply': {
      const ticket = tickets.get(action.ticketId)
      if (!ticket) return []
      if (hidesReplies(ticket)) return [hiddenKey(ticket)]
      const keys = replyKeys(ticket.replies)
      return ticket.replies.flatMap(({ author, sentAt, message }, i) =>
        author === 'customer' && isRecent(sentAt, since) && sameText(action.text, message)
          ? [keys[i] ?? '']
          : []
      )
    }
    case 'create':
      return [...tickets.values()]
        .filter(
          ({ createdAt, message }) => isRecent(createdAt, since) && sameText(action.draft.message, message)
        )
        .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || a.id - b.id)
        .map(({ id }) => String(id))
  }
}

/** Looks for what an entry became, apart from what was known before its first attempt or belongs to another entry. */
export function evidenceOf(entry: StoredEntry, { tickets, unreadable }: Sight): Evidence {
  const { action } = entry
  const found = matches(entry, tickets, entry.since).find((key) => !entry.known.includes(key))
  if (action.kind === 'create') {
    if (found !== undefined) return { kind: 'found', key: found }
    return { kind: unreadable.size > 0 ? 'cannot-tell' : 'absent' }
  }
  const ticket = tickets.get(action.ticketId)
  if (!ticket || unreadable.has(action.ticketId)) return { kind: 'cannot-tell' }
  if (action.kind === 'close')
    return isClosed(ticket.status) ? { kind: 'found', key: 'closed' } : { kind: 'absent' }
  if (found === undefined) return { kind: 'absent' }
  // With the replies hidden, only the customer's being the last shows that it is theirs.
  if (hidesReplies(ticket) && ticket.status.kind !== 'customer-reply') return { kind: 'cannot-tell' }
  return { kind: 'found', key: found }
}

/** Entries with the same lane go one after the other: a ticket's in its order, and new tickets of the same words. */
export const laneOf = ({ action }: StoredEntry): string =>
  action.kind === 'create' ? `new ${normal(action.draft.message)}` : `ticket ${action.ticketId}`
