import type { EpochMs, Reply, Ticket } from '../ticket.ts'
import { fold } from '../text/turkish.ts'
import type { Waiting } from '../views.ts'

/** FNV-1a, 32 bit: a short, stable hash to distinguish replies without an id. Not for security. */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** Cached, since folding a long text is slow and every list needs the keys of all replies. */
const contentKeyCache = new WeakMap<Reply, string>()

function contentKey(reply: Reply): string {
  const known = contentKeyCache.get(reply)
  if (known !== undefined) return known
  const key = `${reply.sentAt ?? 0}~${shortHash(fold(reply.message))}`
  contentKeyCache.set(reply, key)
  return key
}
/** Identifies a ticket's first message. */
export const firstMessageKey = 'first'

/** Identifies a reply across polls: by the server's id, else by date and text, never by position. */
export const replyKey = (reply: Reply): string => (reply.id === null ? contentKey(reply) : `#${reply.id}`)

/** Avoids a Set for short threads, since it runs for every ticket of a list. */
const hasDuplicates = (keys: readonly string[]): boolean =>
  keys.length < 20 ? keys.some((key, i) => keys.indexOf(key) !== i) : new Set(keys).size !== keys.length

/**
 * The keys of a ticket's replies, in order. Later duplicates get a number, so that a repeated answer counts as new and keys
 * are unique in a thread.
 */
export const replyKeys = (replies: readonly Reply[]): readonly string[] =>
  numberDuplicates(replies.map(replyKey))

function numberDuplicates(keys: readonly string[]): readonly string[] {
  if (!hasDuplicates(keys)) return keys
  const times = new Map<string, number>()
  return keys.map((key) => {
    const time = (times.get(key) ?? 0) + 1
    times.set(key, time)
    return time === 1 ? key : `${key}~${time}`
  })
}

/**
 * Keys by date and text only, to recognize replies whose ids the server adds, removes or changes.
 */
export const contentKeys = (replies: readonly Reply[]): readonly string[] =>
  numberDuplicates(replies.map(contentKey))

const newestKnown = (ticket: Ticket): EpochMs =>
  ticket.replies.reduce((newest, reply) => Math.max(newest, reply.sentAt ?? 0), ticket.createdAt ?? 0)

/**
 * In v1 `replies` may be empty (as documented): an answer is then visible only by the status and a `lastreply` later than
 * everything in the thread. It counts as one staff reply with an unknown text.
 */
export function impliedAnswerKey(ticket: Ticket): string | null {
  if (ticket.status.kind !== 'answered' || ticket.lastReplyAt === null) return null
  if (ticket.replies.length > 0 && ticket.replies.at(-1)?.author === 'staff') return null
  return ticket.lastReplyAt > newestKnown(ticket) ? `at:${ticket.lastReplyAt}` : null
}

/** Keys of all staff replies, oldest first. */
export function staffKeys(ticket: Ticket): readonly string[] {
  const keys = replyKeys(ticket.replies).filter((_, i) => ticket.replies[i]?.author === 'staff')
  const implied = impliedAnswerKey(ticket)
  if (implied !== null) keys.push(implied)
  return keys
}

/** Keys of the replies that the person has seen. */
export type Seen = Pick<ReadonlySet<string>, 'has'>

/** Number of staff replies that the person has not seen. */
export function unreadCount(ticket: Ticket, seen: Seen): number {
  return staffKeys(ticket).filter((key) => !seen.has(key)).length
}

/** Who has to answer next: according to the status, else whoever did not write last. */
export function waiting(ticket: Ticket): Waiting {
  switch (ticket.status.kind) {
    case 'closed':
      return 'nobody'
    case 'answered':
      return 'you'
    case 'customer-reply':
    case 'in-progress':
      return 'staff'
    case 'open':
    case 'on-hold':
    case 'other':
      return ticket.replies.at(-1)?.author === 'staff' ? 'you' : 'staff'
  }
}

/** Start of the waiting time; null if nobody waits or there is no date. */
export function waitingSince(ticket: Ticket): EpochMs | null {
  if (waiting(ticket) === 'nobody') return null
  return ticket.lastReplyAt ?? ticket.replies.at(-1)?.sentAt ?? ticket.createdAt
}
