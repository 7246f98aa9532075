/**
 * Tickets whose texts take about half of the memory. V8 keeps two bytes for each character of a text with a letter beyond
 * Latin-1, such as ş, ğ or ı. Here the texts are UTF-8, whose bytes are the characters of a string with one byte for each,
 * which is freed with its ticket. A text is decoded whenever it is read, in some two microseconds.
 */
import type { Attachment, EpochMs, Reply, Speaker, Status, Ticket, TicketId } from '../../tickets/ticket.ts'

/** A text within the UTF-8 of several. */
interface Place {
  readonly utf8: string
  readonly from: number
  readonly to: number
}

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
const decode = ({ utf8, from, to }: Place): string =>
  Buffer.from(utf8.slice(from, to), 'latin1').toString('utf8')

/** Values that few tickets differ in, of which each is kept once; a server with more just has some of them twice. */
const maxShared = 1000

function sharing<T>(keyOf: (value: T) => string): (value: T) => T {
  const known = new Map<string, T>()
  return (value) => {
    const key = keyOf(value)
    const same = known.get(key)
    if (same !== undefined) return same
    if (known.size >= maxShared) known.clear()
    known.set(key, value)
    return value
  }
}

const sharedName = sharing<string>((name) => name)
const sharedStatus = sharing<Status>(({ kind, text }) => `${kind} ${text}`)
const noAttachments: readonly Attachment[] = []
const sharedIfEmpty = (attachments: readonly Attachment[]): readonly Attachment[] =>
  attachments.length === 0 ? noAttachments : attachments

/** Properties of their own instead of accessors of the class, so that copies by `...` and JSON have the text. */
const replyMessage = {
  enumerable: true,
  get(this: PackedReply): string {
    return this.text()
  }
} as const satisfies PropertyDescriptor
const ticketMessage = {
  enumerable: true,
  get(this: PackedTicket): string {
    return this.text()
  }
} as const satisfies PropertyDescriptor

class PackedReply implements Reply {
  readonly id: number | null
  readonly author: Speaker
  readonly name: string
  readonly sentAt: EpochMs | null
  declare readonly message: string
  readonly attachments: readonly Attachment[]
  readonly #utf8: string
  readonly #from: number
  readonly #to: number

  constructor({ id, author, name, sentAt, attachments }: Reply, { utf8, from, to }: Place) {
    this.id = id
    this.author = author === 'staff' ? 'staff' : 'customer'
    this.name = sharedName(name)
    this.sentAt = sentAt
    this.attachments = sharedIfEmpty(attachments)
    this.#utf8 = utf8
    this.#from = from
    this.#to = to
    Object.defineProperty(this, 'message', replyMessage)
  }

  text(): string {
    return decode({ utf8: this.#utf8, from: this.#from, to: this.#to })
  }
}

class PackedTicket implements Ticket {
  readonly id: TicketId
  readonly createdAt: EpochMs | null
  readonly lastReplyAt: EpochMs | null
  readonly status: Status
  declare readonly message: string
  readonly attachments: readonly Attachment[]
  readonly replies: readonly Reply[]
  declare readonly repliesMissing?: true
  readonly #utf8: string

  constructor(ticket: Ticket, replies: readonly Reply[]) {
    this.id = ticket.id
    this.createdAt = ticket.createdAt
    this.lastReplyAt = ticket.lastReplyAt
    this.status = sharedStatus(ticket.status)
    this.attachments = sharedIfEmpty(ticket.attachments)
    this.replies = replies
    if (ticket.repliesMissing) this.repliesMissing = true
    this.#utf8 = encode(ticket.message)
    Object.defineProperty(this, 'message', ticketMessage)
  }

  text(): string {
    return decode({ utf8: this.#utf8, from: 0, to: this.#utf8.length })
  }
}

/** UTF-8 cannot hold half of a surrogate pair, which a server may send as an escape. */
const isExact = ({ message, typed }: Pick<Ticket, 'message' | 'typed'>): boolean =>
  typed === undefined && message.isWellFormed()

/** Replies that are packed already stay the same objects. */
export function packReplies(replies: readonly Reply[]): Reply[] {
  let texts = ''
  const lengths = replies.map((reply) => {
    if (reply instanceof PackedReply || !isExact(reply)) return null
    const { message } = reply
    texts += message
    return Buffer.byteLength(message)
  })
  // Once for all of them, which costs less than once for each.
  const utf8 = texts === '' ? '' : encode(texts)
  let to = 0
  return replies.map((reply, i) => {
    const length = lengths[i] ?? null
    if (length === null) return reply
    const from = to
    to += length
    return new PackedReply(reply, { utf8, from, to })
  })
}

/** The ticket with these replies; itself if it is packed already. */
export function packTicket(ticket: Ticket, replies: readonly Reply[] = packReplies(ticket.replies)): Ticket {
  if (ticket instanceof PackedTicket) return ticket
  return isExact(ticket) ? new PackedTicket(ticket, replies) : { ...ticket, replies }
}

/** Whether no text of the ticket is held as a string of its own. */
export const isPacked = (ticket: Ticket): boolean =>
  ticket instanceof PackedTicket && ticket.replies.every((reply) => reply instanceof PackedReply)
