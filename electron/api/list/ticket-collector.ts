/**
 * From the bytes of an answer to tickets. The versions differ in their envelope; the fields of a ticket are
 * close enough to be read by one set of rules. Written by hand, for it runs over 40,000 objects per list.
 */
import { classifyStatus } from '../../tickets/status.ts'
import { cleanLine } from '../../tickets/text/text.ts'
import type { ApiVersion, Reply, Service, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { BrokenTicket } from '../api.ts'
import { isRecord, parseJson, successOf, wordsOf } from '../reading/envelope.ts'
import {
  listOf,
  readAttachments,
  readDate,
  readId,
  readPerson,
  readText,
  type Wire
} from '../reading/fields.ts'
import { ApiProblem } from '../http/problems.ts'

const nothing: readonly never[] = []

/** A ticket without a usable number; ends the reading of this one ticket. */
class UnreadableTicket extends Error {}

function unreadable(field: string): never {
  throw new UnreadableTicket(field)
}

/** The ticket itself. Everything else about a ticket that cannot be read is nothing, and the ticket stays. */
function readTicket(value: unknown): Ticket {
  if (!isRecord(value)) return unreadable('')
  const replies = readReplies(value.replies)
  return {
    id: readId(value.id) ?? unreadable('id'),
    createdAt: readDate(value.date),
    lastReplyAt: readDate(value.lastreply),
    status: classifyStatus(readText(value.status)),
    message: readText(value.message),
    attachments: readAttachments(value),
    replies: replies ?? nothing,
    ...(replies === null ? { repliesMissing: true } : {})
  }
}

/** The staff's when `admin` names somebody: on the customer's own it is a single space, and `user` is filled on both. */
function readReply(value: Wire): Reply {
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
 * own: the thread is then as it was. Nothing, in the ways PHP writes it, is an empty list.
 */
function readReplies(value: unknown): readonly Reply[] | null {
  if (value === null || value === false || value === '') return nothing
  const items = listOf(value)
  if (items === null) return null
  const replies = items.filter(isRecord).map(readReply)
  const inOrder = replies.every(({ sentAt }, i) => {
    const before = replies[i - 1]?.sentAt
    return sentAt === null || before === null || before === undefined || before <= sentAt
  })
  if (inOrder || replies.some(({ sentAt }) => sentAt === null)) return replies
  return replies.sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0) || (a.id ?? 0) - (b.id ?? 0))
}

/** The envelope's data. v1: `{"data":[…]}`; v2 needs `status: true` beside it. */
function dataOf(body: unknown, version: ApiVersion): readonly unknown[] {
  if (!isRecord(body)) throw new ApiProblem({ kind: 'unexpected-shape' })
  const success = successOf(body)
  const words = wordsOf(body)
  if (success === false) throw new ApiProblem({ kind: 'refused', ...(words ? { serverMessage: words } : {}) })
  if (version === 'v2' && success !== true) throw new ApiProblem({ kind: 'unexpected-shape' })
  // PHP writes a list without an element as null, false or an empty text, too.
  if (body.data === null || body.data === false || body.data === '') return nothing
  const data = listOf(body.data)
  if (data === null) throw new ApiProblem({ kind: 'unexpected-shape' })
  return data
}

/** More is no list of one customer's tickets: it is refused whole, and what was known stays. */
const most = { tickets: 50_000, repliesOfOne: 10_000, replies: 500_000 } as const

/** One broken ticket loses only itself. Of two with the same id the last counts, readable or not. */
export class TicketReader {
  readonly #tickets = new Map<TicketId, Ticket>()
  readonly #broken = new Map<TicketId, BrokenTicket>()
  readonly #nameless: BrokenTicket[] = []
  #items = 0
  #replies = 0

  /** A ticket that was read before. Throws ApiProblem for one too many. */
  take(ticket: Ticket): void {
    this.#count(ticket.replies.length)
    this.#tickets.set(ticket.id, ticket)
    this.#broken.delete(ticket.id)
  }

  holds(ticket: Ticket): boolean {
    return this.#tickets.get(ticket.id) === ticket
  }

  /** Null when it is broken. Throws ApiProblem for one too many. */
  read(item: unknown): Ticket | null {
    try {
      const ticket = readTicket(item)
      this.take(ticket)
      return ticket
    } catch (error) {
      if (!(error instanceof UnreadableTicket)) throw error
      const id = isRecord(item) ? readId(item.id) : null
      const one = { id, field: error.message }
      this.#count(0)
      if (id === null) this.#nameless.push(one)
      else {
        this.#broken.set(id, one)
        this.#tickets.delete(id)
      }
      return null
    }
  }

  #count(replies: number): void {
    this.#items += 1
    this.#replies += replies
    if (this.#items > most.tickets || replies > most.repliesOfOne || this.#replies > most.replies)
      throw new ApiProblem({ kind: 'too-large' })
  }

  /** Throws ApiProblem for a list in which nothing can be read: it has another shape, whatever it is. */
  result(): { readonly tickets: readonly Ticket[]; readonly broken: readonly BrokenTicket[] } {
    const broken = [...this.#broken.values(), ...this.#nameless]
    if (this.#tickets.size === 0 && broken.length > 0) throw new ApiProblem({ kind: 'unexpected-shape' })
    return { tickets: [...this.#tickets.values()], broken }
  }
}

/** A whole list at once. Throws ApiProblem. */
export function parseTickets(
  bytes: Uint8Array,
  version: ApiVersion
): { readonly tickets: readonly Ticket[]; readonly broken: readonly BrokenTicket[] } {
  const reader = new TicketReader()
  for (const item of dataOf(parseJson(bytes), version)) reader.read(item)
  return reader.result()
}

/** Throws ApiProblem for a body that is no list or says no, whatever its tickets are. */
export const checkEnvelope = (body: unknown, version: ApiVersion): void => void dataOf(body, version)

/** v2's services; what cannot be read is left out. Throws ApiProblem. */
export function parseServices(bytes: Uint8Array): readonly Service[] {
  return dataOf(parseJson(bytes), 'v2').flatMap((item) => {
    const id = isRecord(item) ? readId(item.id) : null
    if (!isRecord(item) || id === null) return []
    const line = (value: unknown): string => (typeof value === 'string' ? cleanLine(value) : '')
    return [{ id: String(id), product: line(item.product), status: line(item.status) }]
  })
}
