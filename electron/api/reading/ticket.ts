/**
 * Reads a ticket from JSON. The fields of all versions are similar enough for one set of rules. Handwritten instead of a
 * schema library, since it runs on 40,000 objects per list.
 */
import { isRecord } from '../../tickets/json.ts'
import { classifyStatus } from '../../tickets/status.ts'
import type { Reply, Ticket } from '../../tickets/ticket.ts'
import { listOf, readAttachments, readDate, readId, readPerson, readText, type JsonObject } from './fields.ts'

/** Thrown for a ticket without a usable id; affects only this ticket. */
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

/** Throws UnreadableTicket if the id is unusable. Any other unreadable field is left empty. */
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

/** A reply is by the staff if `admin` has a name; for the customer it is a single space. `user` is set in both cases. */
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
 * Oldest first; replies without a date keep their place. Null if the field is no list by a mistake of the server: the known
 * thread is then kept. PHP also prints an empty list as null, false or an empty string.
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
