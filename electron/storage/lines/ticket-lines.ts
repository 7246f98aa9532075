/** Encodes and decodes the lines of a ticket cache. */
import { z } from 'zod'
import { maxListSize } from '../../tickets/limits.ts'
import type { Reply, Ticket, TicketId } from '../../tickets/ticket.ts'
import { isRecord, parseJson } from '../../tickets/json.ts'
import { packReplies, packTicket } from './packed-tickets.ts'

const attachment = z.union([
  z.object({ kind: z.literal('link'), url: z.string(), name: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() })
])
const reply: z.ZodType<Reply> = z.object({
  id: z.number().nullable(),
  author: z.enum(['customer', 'staff']),
  name: z.string(),
  sentAt: z.number().nullable(),
  message: z.string(),
  attachments: z.array(attachment)
})
const ticketLine: z.ZodType<Ticket> = z.object({
  id: z.number(),
  createdAt: z.number().nullable(),
  lastReplyAt: z.number().nullable(),
  status: z.object({
    kind: z.enum(['open', 'answered', 'customer-reply', 'on-hold', 'in-progress', 'closed', 'other']),
    text: z.string()
  }),
  message: z.string(),
  attachments: z.array(attachment),
  replies: z.array(reply)
})
/** More replies of the ticket in the previous line. */
const repliesLine = z.strictObject({ repliesOf: z.number(), replies: z.array(reply) })
const endLine = z.strictObject({ fingerprint: z.string().nullable(), tickets: z.number() })
const removedLine = z.strictObject({ removed: z.array(z.number()) })
const headLine = z.strictObject({ version: z.literal(2) })
/** Version 1 was always rewritten as a whole and had the fields of `endLine` in its first line. */
const headLine1 = z.strictObject({ version: z.literal(1), ...endLine.shape })

type End = z.infer<typeof endLine>

/** Maximum number of unreadable lines; a file with more is not regarded as a damaged cache. */
const maxUnreadableLines = 1000

/** Thrown if the file has more tickets than any list, or too many unreadable lines. */
export class NoTicketLines extends Error {}

export const head = JSON.stringify({ version: 2 } satisfies z.infer<typeof headLine>)

/** Maximum number of replies in a line, so that it is parsed fast. */
export const repliesInLine = 500
const charactersInLine = 256 * 1024

/** The number of replies from `from` on that fit into one line. */
function partFrom(replies: readonly Reply[], from: number): number {
  let characters = 0
  let to = from
  while (to < replies.length && to - from < repliesInLine) {
    characters += replies[to]?.message.length ?? 0
    if (to > from && characters > charactersInLine) break
    to += 1
  }
  return to - from
}

/** One line, or several for a ticket with a long thread. */
export function linesOf(ticket: Ticket): readonly string[] {
  const { id, replies } = ticket
  let at = partFrom(replies, 0)
  if (at === replies.length) return [JSON.stringify(ticket)]
  const lines = [JSON.stringify({ ...ticket, replies: replies.slice(0, at) })]
  while (at < replies.length) {
    const to = at + partFrom(replies, at)
    lines.push(JSON.stringify({ repliesOf: id, replies: replies.slice(at, to) }))
    at = to
  }
  return lines
}
export const removedLineOf = (removed: readonly TicketId[]): string => JSON.stringify({ removed })
export const endLineOf = (end: End): string => JSON.stringify(end)

/** Decodes the lines of a file in order. */
export class TicketLines {
  readonly tickets = new Map<TicketId, Ticket>()
  count = 0
  #version: 1 | 2 | null = null
  /** State of the list after the last complete change; null while a change is incomplete. */
  #end: End | null = null
  /** Number of unreadable lines. The last line of a file may be incomplete after a crash, which is not damage. */
  #unreadable = 0
  #replies = 0
  #isLastUnreadable = false
  /** Replies of the ticket in the last line; more may follow. */
  #lastReplies: { readonly of: TicketId; readonly replies: Reply[] } | null = null

  take(line: string): void {
    this.count += 1
    const value = parseJson(line)
    if (this.count === 1 && this.#takeHead(value)) return
    this.#isLastUnreadable = !this.#takeValue(value)
    if (this.#isLastUnreadable) this.#unreadable += 1
    const { tickets, replies } = maxListSize
    if (this.#unreadable > maxUnreadableLines || this.tickets.size > tickets || this.#replies > replies)
      throw new NoTicketLines()
  }

  /** Null if tickets are missing: the next list must then be parsed completely. */
  get fingerprint(): string | null {
    return this.#unreadable === 0 && this.#end?.tickets === this.tickets.size ? this.#end.fingerprint : null
  }

  get isDamaged(): boolean {
    const torn = this.#version === 2 && this.#isLastUnreadable ? 1 : 0
    if (this.#version === null || this.#unreadable > torn) return true
    return this.#end !== null && this.#end.tickets !== this.tickets.size
  }

  /** Whether changes may be appended to the file. */
  get isComplete(): boolean {
    return this.#version === 2 && !this.isDamaged && this.#end !== null
  }

  #takeHead(value: unknown): boolean {
    const old = headLine1.safeParse(value)
    if (old.success) this.#end = { fingerprint: old.data.fingerprint, tickets: old.data.tickets }
    this.#version = old.success ? 1 : headLine.safeParse(value).success ? 2 : null
    return this.#version !== null
  }

  #takeValue(value: unknown): boolean {
    if (!isRecord(value)) return this.#takeUnreadable()
    if ('fingerprint' in value) {
      const end = endLine.safeParse(value)
      if (end.success) this.#end = end.data
      return end.success || this.#takeUnreadable()
    }
    if (this.#version === 2) this.#end = null
    if ('repliesOf' in value) {
      const more = repliesLine.safeParse(value)
      return more.success ? this.#takeReplies(more.data) : this.#takeUnreadable()
    }
    this.#lastReplies = null
    if ('removed' in value) {
      const removed = removedLine.safeParse(value)
      for (const id of removed.data?.removed ?? []) this.tickets.delete(id)
      return removed.success
    }
    const ticket = ticketLine.safeParse(value)
    if (!ticket.success) return false
    const { id } = ticket.data
    const replies = packReplies(ticket.data.replies)
    this.#replies -= this.tickets.get(id)?.replies.length ?? 0
    this.#countReplies(replies.length, replies.length)
    this.tickets.set(id, packTicket(ticket.data, replies))
    this.#lastReplies = { of: id, replies }
    return true
  }

  /** False if the previous line, with the ticket or earlier replies, was unreadable. */
  #takeReplies({ repliesOf, replies }: z.infer<typeof repliesLine>): boolean {
    const last = this.#lastReplies
    if (last?.of !== repliesOf) return false
    for (const one of packReplies(replies)) last.replies.push(one)
    this.#countReplies(replies.length, last.replies.length)
    return true
  }

  /** The unreadable line may have been an end line or a ticket. */
  #takeUnreadable(): false {
    if (this.#version === 2) this.#end = null
    this.#lastReplies = null
    return false
  }

  #countReplies(added: number, ofOne: number): void {
    if (ofOne > maxListSize.repliesOfOne) throw new NoTicketLines()
    this.#replies += added
  }
}
