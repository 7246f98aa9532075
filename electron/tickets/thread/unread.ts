import type { EpochMs, Reply, Ticket } from '../ticket.ts'
import { fold } from '../text/turkish.ts'
import type { Waiting } from '../views.ts'

/** FNV-1a, 32 bit: short and stable, for telling replies without an id apart. Not for security. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** Names one reply of a ticket across polls: the server's id, else its moment and text. Never its place. */
export const replyKey = (reply: Reply): string =>
  reply.id === null ? `${reply.sentAt ?? 0}~${shortHash(fold(reply.message))}` : `#${reply.id}`

/** Most threads are short, and every ticket of a list is asked. */
const hasTwins = (keys: readonly string[]): boolean =>
  keys.length < 20 ? keys.some((key, i) => keys.indexOf(key) !== i) : new Set(keys).size !== keys.length

/**
 * The keys of a ticket's replies, in their order. Should two be alike in everything, the later ones are
 * numbered, so that a repeated answer is a new one and no two messages of a thread share a name.
 */
export function replyKeys(replies: readonly Reply[]): readonly string[] {
  const keys = replies.map(replyKey)
  if (!hasTwins(keys)) return keys
  const times = new Map<string, number>()
  return keys.map((key) => {
    const time = (times.get(key) ?? 0) + 1
    times.set(key, time)
    return time === 1 ? key : `${key}~${time}`
  })
}

/**
 * Names replies by their moment and text alone: by these they are known again where the server gives them numbers, takes
 * them away or changes them.
 */
export const contentKeys = (replies: readonly Reply[]): readonly string[] =>
  replyKeys(replies.map((reply) => (reply.id === null ? reply : { ...reply, id: null })))

const newestKnown = (ticket: Ticket): EpochMs =>
  ticket.replies.reduce((newest, reply) => Math.max(newest, reply.sentAt ?? 0), ticket.createdAt ?? 0)

/**
 * v1 documents an empty `replies`: an answer may then show only in the status and a `lastreply` later than
 * everything in the thread. It counts as one staff reply whose text is not known.
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

/** The keys of what the person has seen. */
export type Seen = Pick<ReadonlySet<string>, 'has'>

/** Staff replies that are not among those the person has seen. */
export function unreadCount(ticket: Ticket, seen: Seen): number {
  return staffKeys(ticket).filter((key) => !seen.has(key)).length
}

/** Who is to speak next: where the status says it, as it says; else the one who did not speak last. */
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

/** Since when the one waits for the other; null when nobody does, or the server gave no date. */
export function waitingSince(ticket: Ticket): EpochMs | null {
  if (waiting(ticket) === 'nobody') return null
  return ticket.lastReplyAt ?? ticket.replies.at(-1)?.sentAt ?? ticket.createdAt
}
