/**
 * From JSON to a ticket. The fields of all versions are close enough to be read by one set of rules. Written by hand, for
 * it runs over 40,000 objects per list.
 */
import { isRecord } from '../../tickets/json.ts'
import { classifyStatus } from '../../tickets/status.ts'
import type { Reply, Ticket } from '../../tickets/ticket.ts'
import { listOf, readAttachments, readDate, readId, readPerson, readText, type JsonObject } from './fields.ts'

/** A ticket without a usable number; ends the reading of this one ticket. */
export class UnreadableTicket extends Error {
  /** Path of the wrong field; empty for the ticket itself. */
  readonly field: string

  constructor(field: string) {
    super(field)
    this.field = field
  }
}

function unreadable(field: string): never {
  throw new UnreadableTicket(field)
}

const noReplies: readonly Reply[] = []

/** Throws UnreadableTicket. Everything else about a ticket that cannot be read is left empty, and the ticket stays. */
export function readTicket(value: unknown): Ticket {
  if (!isRecord(value)) return unreadable('')
  const replies = readReplies(value.replies)
  return {
    id: readId(value.id) ?? unreadable('id'),
    createdAt: readDate(value.date),
    lastReplyAt: readDate(value.lastreply),
    status: classifyStatus(readText(value.status)),
    message: readText(value.message),
    attachments: readAttachments(value),
    replies: replies ?? noReplies,
    ...(replies === null ? { repliesMissing: true } : {})
  }
}

/** The staff's when `admin` names somebody: on the customer's own it is a single space, and `user` is filled on both. */
function readReply(value: JsonObject): Reply {
  const admin = readPerson(value.admin)
  const user = readPerson(value.user)
  return {
    id: readId(value.id) || null,
    author: admin === null ? 'customer' : 'staff',
    name: admin ?? user ?? '',
    sentAt: readDate(value.date),
    message: readText(value.message),
    attachments: readAttachments(value)
  }
}

/**
 * Oldest first; replies without a date keep their place. Null where the server gave no list at all, by a mistake of its
 * own: the thread is then as it was. Null, false and the empty text are how PHP writes an empty list.
 */
function readReplies(value: unknown): readonly Reply[] | null {
  if (value === null || value === false || value === '') return noReplies
  const items = listOf(value)
  if (items === null) return null
  const replies = items.filter(isRecord).map(readReply)
  const isSorted = replies.every(({ sentAt }, i) => {
    const previous = replies[i - 1]?.sentAt
    return sentAt === null || previous === null || previous === undefined || previous <= sentAt
  })
  if (isSorted || replies.some(({ sentAt }) => sentAt === null)) return replies
  return replies.sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0) || (a.id ?? 0) - (b.id ?? 0))
}
