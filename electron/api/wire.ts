/**
 * From the bytes of an answer to tickets. The versions differ in their envelope; the fields of a ticket are
 * close enough to be read by one set of rules. Written by hand, for it runs over 40,000 objects per list.
 */
import { attachmentsFrom } from '../tickets/attachments.ts'
import { parseDate } from '../tickets/dates.ts'
import { classifyStatus } from '../tickets/status.ts'
import { cleanLine, cleanText } from '../tickets/text.ts'
import type { ApiVersion, Attachment, EpochMs, Reply, Service, Ticket, TicketId } from '../tickets/ticket.ts'
import type { BrokenTicket } from './api.ts'
import { isRecord, parseJson, successOf, wordsOf } from './envelope.ts'
import { ApiProblem } from './problems.ts'

type Wire = Readonly<Record<string, unknown>>

const nothing: readonly never[] = []

/** A field that is not as documented; ends the reading of one ticket. */
class WrongField extends Error {}

function wrong(path: string, field: string): never {
  throw new WrongField(path + field)
}

/** Ids come as numbers or numeric strings. Null for anything else. */
function readId(value: unknown): number | null {
  const id = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null
}

function readText(of: Wire, field: string, path = ''): string {
  const value = of[field]
  return typeof value === 'string' ? cleanText(value) : wrong(path, field)
}

/** A date may be missing, empty or written in a way unknown here; then there is none. A wrong type is an error. */
function readDate(of: Wire, field: string, path = ''): EpochMs | null {
  const value = of[field]
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? parseDate(value) : wrong(path, field)
}

/** Some tickets are documented with `attachment`, some with `attachments`. */
function readAttachments(of: Wire, path = ''): readonly Attachment[] {
  const [some, one] = [readAttachment(of, 'attachments', path), readAttachment(of, 'attachment', path)]
  // Nearly all have none: 40,000 empty lists would be 40,000 objects.
  return some.length === 0 ? one : [...some, ...one]
}

function readAttachment(of: Wire, field: string, path: string): readonly Attachment[] {
  const value = of[field]
  if (value === undefined || value === null || value === '') return nothing
  if (typeof value === 'string') return attachmentsFrom(value)
  if (!Array.isArray(value)) return wrong(path, field)
  return value.flatMap((one: unknown) =>
    typeof one === 'string' ? attachmentsFrom(one) : wrong(path, field)
  )
}

/** A list has tens of thousands of names and few people. */
const names = new Map<string, string>()

function readName(of: Wire, field: string, path: string): string {
  const value = of[field]
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') return wrong(path, field)
  const known = names.get(value)
  if (known !== undefined) return known
  const line = cleanLine(value)
  // What nobody can see is blank.
  const name = /^[\s\p{Cf}]*$/u.test(line) ? '' : line
  if (names.size >= 1000) names.clear()
  if (value.length <= 200) names.set(value, name)
  return name
}

/** A reply without an id is still a reply. */
function readReplyId(of: Wire, path: string): number | null {
  const { id } = of
  if (id === undefined || id === null || id === '' || id === 0 || id === '0') return null
  return readId(id) ?? wrong(path, 'id')
}

/** The staff's when `admin` is not blank: on the customer's own it is a single space, and `user` is filled on both. */
function readReply(value: unknown, path: string): Reply {
  if (!isRecord(value)) return wrong(path.slice(0, -1), '')
  const admin = readName(value, 'admin', path)
  const user = readName(value, 'user', path)
  return {
    id: readReplyId(value, path),
    author: admin === '' ? 'customer' : 'staff',
    name: admin === '' ? user : admin,
    sentAt: readDate(value, 'date', path),
    message: readText(value, 'message', path),
    attachments: readAttachments(value, path)
  }
}

/**
 * Oldest first; replies without a date keep their place. The key must be there: a ticket without it would lose
 * its thread by a mistake of the server's. An explicit null is how some servers write an empty list.
 */
function readReplies(of: Wire): readonly Reply[] {
  const value = of.replies
  if (value === null) return nothing
  if (!Array.isArray(value)) return wrong('', 'replies')
  const replies = value.map((one: unknown, i) => readReply(one, `replies.${i}.`))
  const inOrder = replies.every(({ sentAt }, i) => {
    const before = replies[i - 1]?.sentAt
    return sentAt === null || before === null || before === undefined || before <= sentAt
  })
  if (inOrder || replies.some(({ sentAt }) => sentAt === null)) return replies
  return replies.sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0) || (a.id ?? 0) - (b.id ?? 0))
}

function readTicket(value: unknown): Ticket {
  if (!isRecord(value)) return wrong('', '')
  return {
    id: readId(value.id) ?? wrong('', 'id'),
    createdAt: readDate(value, 'date'),
    lastReplyAt: readDate(value, 'lastreply'),
    status: classifyStatus(readText(value, 'status')),
    message: readText(value, 'message'),
    attachments: readAttachments(value),
    replies: readReplies(value)
  }
}

/** The envelope's data. v1: `{"data":[…]}`; v2 needs `status: true` beside it. */
function dataOf(body: unknown, version: ApiVersion): readonly unknown[] {
  if (!isRecord(body)) throw new ApiProblem({ kind: 'unexpected-shape' })
  const success = successOf(body)
  const words = wordsOf(body)
  if (success === false) throw new ApiProblem({ kind: 'refused', ...(words ? { serverMessage: words } : {}) })
  if (version === 'v2' && success !== true) throw new ApiProblem({ kind: 'unexpected-shape' })
  if (!Array.isArray(body.data)) throw new ApiProblem({ kind: 'unexpected-shape' })
  return body.data
}

/** One broken ticket loses only itself. Of two with the same id the last counts, readable or not. */
export class TicketReader {
  readonly #tickets = new Map<TicketId, Ticket>()
  readonly #broken = new Map<TicketId, BrokenTicket>()
  readonly #nameless: BrokenTicket[] = []

  /** A ticket that was read before. */
  take(ticket: Ticket): void {
    this.#tickets.set(ticket.id, ticket)
    this.#broken.delete(ticket.id)
  }

  holds(ticket: Ticket): boolean {
    return this.#tickets.get(ticket.id) === ticket
  }

  /** Null when it is broken. */
  read(item: unknown): Ticket | null {
    try {
      const ticket = readTicket(item)
      this.take(ticket)
      return ticket
    } catch (error) {
      if (!(error instanceof WrongField)) throw error
      const id = isRecord(item) ? readId(item.id) : null
      const one = { id, field: error.message }
      if (id === null) this.#nameless.push(one)
      else {
        this.#broken.set(id, one)
        this.#tickets.delete(id)
      }
      return null
    }
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
