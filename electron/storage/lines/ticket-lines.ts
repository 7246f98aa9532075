/** The lines of a ticket cache and what they mean, one after the other. */
import { z } from 'zod'
import { maxListSize } from '../../tickets/limits.ts'
import type { Ticket, TicketId } from '../../tickets/ticket.ts'
import { parseJson } from '../../tickets/json.ts'

const attachment = z.union([
  z.object({ kind: z.literal('link'), url: z.string(), name: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() })
])
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
  replies: z.array(
    z.object({
      id: z.number().nullable(),
      author: z.enum(['customer', 'staff']),
      name: z.string(),
      sentAt: z.number().nullable(),
      message: z.string(),
      attachments: z.array(attachment)
    })
  )
})
const endLine = z.strictObject({ fingerprint: z.string().nullable(), tickets: z.number() })
const removedLine = z.strictObject({ removed: z.array(z.number()) })
const headLine = z.strictObject({ version: z.literal(2) })
/** Version 1 was written whole every time, and said at its beginning what version 2 says at the end of each change. */
const headLine1 = z.strictObject({ version: z.literal(1), ...endLine.shape })

type End = z.infer<typeof endLine>

/** Lines that could not be read, after which it is no cache with damage but something else. */
const mostUnreadable = 1000

/** Thrown where there is more than any list has, or hardly anything that is a cache's. */
export class NoTicketLines extends Error {}

export const head = JSON.stringify({ version: 2 } satisfies z.infer<typeof headLine>)
export const lineOf = (ticket: Ticket): string => JSON.stringify(ticket)
export const removedLineOf = (removed: readonly TicketId[]): string => JSON.stringify({ removed })
export const endLineOf = (end: End): string => JSON.stringify(end)

/** Takes the lines of a file in their order. */
export class TicketLines {
  readonly tickets = new Map<TicketId, Ticket>()
  count = 0
  #version: 1 | 2 | null = null
  /** What the list was when the last change was written whole; null after a line that belongs to an unfinished one. */
  #end: End | null = null
  /** Lines that could not be read. The last one of a file may be torn by a crash: that is no damage. */
  #unreadable = 0
  #replies = 0
  #isLastUnreadable = false

  take(line: string): void {
    this.count += 1
    const value = parseJson(line)
    if (this.count === 1 && this.#takeHead(value)) return
    this.#isLastUnreadable = !this.#takeValue(value)
    if (this.#isLastUnreadable) this.#unreadable += 1
    const { tickets, replies } = maxListSize
    if (this.#unreadable > mostUnreadable || this.tickets.size > tickets || this.#replies > replies)
      throw new NoTicketLines()
  }

  /** Null where something is missing: the next list must be read whole. */
  get fingerprint(): string | null {
    return this.#unreadable === 0 && this.#end?.tickets === this.tickets.size ? this.#end.fingerprint : null
  }

  get isDamaged(): boolean {
    const torn = this.#version === 2 && this.#isLastUnreadable ? 1 : 0
    if (this.#version === null || this.#unreadable > torn) return true
    return this.#end !== null && this.#end.tickets !== this.tickets.size
  }

  /** More may be written behind the last line. */
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
    const end = endLine.safeParse(value)
    if (end.success) {
      this.#end = end.data
      return true
    }
    if (this.#version === 2) this.#end = null
    const removed = removedLine.safeParse(value)
    if (removed.success) {
      for (const id of removed.data.removed) this.tickets.delete(id)
      return true
    }
    const ticket = ticketLine.safeParse(value)
    if (!ticket.success) return false
    const { id, replies } = ticket.data
    if (replies.length > maxListSize.repliesOfOne) throw new NoTicketLines()
    this.#replies += replies.length - (this.tickets.get(id)?.replies.length ?? 0)
    this.tickets.set(id, ticket.data)
    return true
  }
}
