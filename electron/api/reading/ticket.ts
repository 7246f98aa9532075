/**
 * Reads a ticket from JSON. The fields of all versions are similar enough for one set of rules. Handwritten instead of a
 * schema library, since it runs on 40,000 objects per list.
 */
import { isRecord } from '../../tickets/json.ts'
import { maxListSize } from '../../tickets/limits.ts'
import { classifyStatus } from '../../tickets/status.ts'
import type { Attachment, Reply, Ticket } from '../../tickets/ticket.ts'
import {
  decodedOnce,
  listOf,
  readAttachments,
  readDate,
  readId,
  readPerson,
  readStatus,
  readText,
  type JsonObject
} from './fields.ts'

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
    status: classifyStatus(readStatus(value.status)),
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

/** What PHP prints for an empty list, also as a text. */
const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === false ||
  value === 0 ||
  (typeof value === 'string' && /^\s*(?:0|null|false)?\s*$/i.test(value))

const isReply = (value: unknown): value is JsonObject => isRecord(value) && value.message !== undefined

/**
 * The replies in a list, or in what converters from XML and PHP print for one: an object around the list (`{"reply": […]}`), a
 * single reply, and replies by other keys than numbers. Null for anything else.
 */
function replyItems(value: unknown): readonly unknown[] | null {
  const list = listOf(value)
  if (list || !isRecord(value)) return list
  if (isReply(value)) return [value]
  const values = Object.values(value)
  const [inner] = values
  if (values.length === 1 && Array.isArray(inner) && inner.every(isReply)) return inner
  return values.every(isReply) ? values : null
}

/** The same reply may come twice, once for each attachment it was joined with. */
function withoutRepeated(replies: Reply[]): Reply[] {
  // Longer threads are rejected.
  if (replies.length > maxListSize.repliesOfOne) return replies
  const ids = new Set(replies.map(({ id }) => id))
  if (ids.size === replies.length || ids.has(null)) return replies
  const byId = new Map<number | null, Reply>()
  for (const reply of replies) {
    const first = byId.get(reply.id)
    if (!first) byId.set(reply.id, reply)
    // The server's ids are wrong, not the replies.
    else if (first.message !== reply.message || first.sentAt !== reply.sentAt) return replies
    else byId.set(reply.id, { ...first, attachments: unionOf(first.attachments, reply.attachments) })
  }
  return [...byId.values()]
}

function unionOf(first: readonly Attachment[], second: readonly Attachment[]): readonly Attachment[] {
  const known = new Set(first.map((attachment) => JSON.stringify(attachment)))
  return [...first, ...second.filter((attachment) => !known.has(JSON.stringify(attachment)))]
}

/**
 * Oldest first; replies without a date keep their place. Null if the field is no list by a mistake of the server: the known
 * thread is then kept. PHP also prints an empty list as null, false, 0 or an empty string.
 */
function readReplies(value: unknown): readonly Reply[] | null {
  if (isEmpty(value)) return noReplies
  const items = replyItems(decodedOnce(value))
  if (items === null) return null
  const replies = withoutRepeated(items.filter(isRecord).map(readReply))
  const isSorted = replies.every(({ sentAt }, i) => {
    const previous = replies[i - 1]?.sentAt
    return sentAt === null || previous === null || previous === undefined || previous <= sentAt
  })
  if (isSorted || replies.some(({ sentAt }) => sentAt === null)) return replies
  return replies.sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0) || (a.id ?? 0) - (b.id ?? 0))
}
