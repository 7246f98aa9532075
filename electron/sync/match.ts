/** Is what stands at the server the same as what was sent? The API has no key for it, so texts are compared. */
import type { StoredEntry } from '../storage/schemas.ts'
import { splitMessage } from '../tickets/message.ts'
import { isClosed } from '../tickets/status.ts'
import { cleanText } from '../tickets/text.ts'
import type { EpochMs, Ticket, TicketId } from '../tickets/ticket.ts'
import { fold, toAscii } from '../tickets/turkish.ts'
import { replyKeys } from '../tickets/unread.ts'

/** A good list, and which of its tickets could not be read; null stands for one whose number was not readable either. */
export interface Sight {
  readonly tickets: ReadonlyMap<TicketId, Ticket>
  readonly unreadable: ReadonlySet<TicketId | null>
}

/** What was known of the server before an attempt. */
export interface Before {
  readonly tickets: ReadonlyMap<TicketId, Ticket>
  /** The highest number that any list ever had, also of tickets that are gone from it. */
  readonly newest: TicketId
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

/**
 * The server adds a footer and perhaps a signature; nothing else may differ. What it stored was cleaned when it was
 * read: typed entities come back as typed where the server escapes text, and decoded where it does not.
 */
function sameText(sent: string, stored: string): boolean {
  const whole = normal(stored)
  const body = normal(splitMessage(stored).body)
  return [normal(sent), normal(cleanText(sent))].some(
    (wanted) =>
      whole === wanted ||
      body === wanted ||
      (whole.startsWith(wanted) && /^ ?(?:-{5,}|_{4,})/.test(whole.slice(wanted.length)))
  )
}

const isRecent = (at: EpochMs | null, since: EpochMs | null): boolean =>
  at === null || since === null || at >= since - toleranceMs

/** v1 documents an empty `replies`: that there are some shows in `lastreply` only. */
const hidesReplies = (ticket: Ticket): boolean =>
  ticket.replies.length === 0 && ticket.lastReplyAt !== null && ticket.lastReplyAt !== ticket.createdAt

/** Its last change and the attempt are of the same moment, as far as the server's whole seconds tell. */
const mayBeHidden = ({ replies, lastReplyAt }: Ticket, since: EpochMs | null): boolean =>
  replies.length === 0 && lastReplyAt !== null && since !== null && Math.abs(since - lastReplyAt) < 2000

const hiddenKey = (ticket: Ticket): string => `at:${ticket.lastReplyAt ?? 0}`

/** What stands at the server with an entry's words, oldest first. */
function matches(
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

/** How many tickets stood there, up to which number: enough to notice that one is missing, and short. */
const countKey = ({ tickets, newest }: Before): string => `among ${tickets.size} to ${newest}`

function countOf(known: readonly string[]): { readonly count: number; readonly newest: TicketId } {
  const [, count, newest] = known.map((key) => /^among (\d+) to (\d+)$/.exec(key)).find(Boolean) ?? []
  return { count: Number(count ?? 0), newest: Number(newest ?? 0) }
}

/** An empty list, or one without a ticket that stood there before, shows too little to prove that another is not there. */
function isWhole(known: readonly string[], tickets: ReadonlyMap<TicketId, Ticket>): boolean {
  const { count, newest } = countOf(known)
  const left = [...tickets.keys()].filter((id) => id <= newest).length
  return tickets.size > 0 && left >= count
}

/** Its ticket was in no list when it was sent: whatever a later one shows may have stood there before. */
const unlisted = 'unlisted'

/** All that is in a ticket's thread, by name. */
const threadKeys = (ticket: Ticket): readonly string[] =>
  hidesReplies(ticket) ? [hiddenKey(ticket)] : replyKeys(ticket.replies)

/** What must be known of before an entry's first attempt, so that it does not pass for what the attempt made. */
export function namesBefore(entry: StoredEntry, before: Before, since: EpochMs | null): readonly string[] {
  const { action } = entry
  const { tickets } = before
  if (action.kind === 'create') return [...matches(entry, tickets, since), countKey(before)]
  const ticket = tickets.get(action.ticketId)
  if (!ticket) return [unlisted]
  return action.kind === 'reply' ? matches(entry, tickets, since) : threadKeys(ticket)
}

/** Looks for what an entry became, apart from what was known before its first attempt or belongs to another entry. */
export function evidenceOf(entry: StoredEntry, { tickets, unreadable }: Sight): Evidence {
  const { action, known } = entry
  const unknown = matches(entry, tickets, entry.since).filter((key) => !known.includes(key))
  if (action.kind === 'create') {
    // One of a lower number may be older: it was out of sight when this was sent.
    const made = unknown.find((key) => Number(key) > countOf(known).newest)
    if (made !== undefined) return { kind: 'found', key: made }
    const isClear = unknown.length === 0 && unreadable.size === 0 && isWhole(known, tickets)
    return { kind: isClear ? 'absent' : 'cannot-tell' }
  }
  const [found] = unknown
  const ticket = tickets.get(action.ticketId)
  if (!ticket || unreadable.has(action.ticketId) || known.includes(unlisted)) return { kind: 'cannot-tell' }
  if (action.kind === 'close') {
    if (isClosed(ticket.status)) return { kind: 'found', key: 'closed' }
    // It may have been closed and, by what was written since, opened again.
    return { kind: threadKeys(ticket).every((key) => known.includes(key)) ? 'absent' : 'cannot-tell' }
  }
  if (found === undefined) return { kind: mayBeHidden(ticket, entry.since) ? 'cannot-tell' : 'absent' }
  // With the replies hidden, the customer's being the last shows only that it is theirs, and they may write in the
  // panel, too: it stands for a reply that the server said it has, and for no other.
  if (hidesReplies(ticket) && (entry.state !== 'sent' || ticket.status.kind !== 'customer-reply'))
    return { kind: 'cannot-tell' }
  return { kind: 'found', key: found }
}

/** Entries with the same lane go one after the other: a ticket's in its order, and new tickets of the same words. */
export const laneOf = ({ action }: StoredEntry): string =>
  action.kind === 'create' ? `new ${normal(cleanText(action.draft.message))}` : `ticket ${action.ticketId}`
