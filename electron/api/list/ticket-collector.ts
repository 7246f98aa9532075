import { maxListSize } from '../../tickets/limits.ts'
import type { Ticket, TicketId } from '../../tickets/ticket.ts'
import type { BrokenTicket } from '../api.ts'
import { ApiProblem } from '../api-problem.ts'
import type { ApiDialect } from '../dialects/dialect.ts'
import { isRecord } from '../../tickets/json.ts'
import { readId } from '../reading/fields.ts'
import { UnreadableTicket } from '../reading/ticket.ts'

/**
 * Collects the tickets of one list. A broken ticket does not affect others. Of two with the same id the one with the later
 * reply counts, in whichever order a server joins them; else the last one, readable or not.
 */
export class TicketCollector {
  readonly #readTicket: ApiDialect['readTicket']
  readonly #tickets = new Map<TicketId, Ticket>()
  readonly #broken = new Map<TicketId, BrokenTicket>()
  readonly #brokenWithoutId: BrokenTicket[] = []
  #elements = 0
  #replies = 0

  constructor({ readTicket }: Pick<ApiDialect, 'readTicket'>) {
    this.#readTicket = readTicket
  }

  /** Adds a known ticket. Throws ApiProblem beyond the limit. */
  add(ticket: Ticket): void {
    this.#count(ticket.replies.length)
    const other = this.#tickets.get(ticket.id)
    if (other && isLater(other, ticket)) return
    this.#tickets.set(ticket.id, ticket)
    this.#broken.delete(ticket.id)
  }

  has(ticket: Ticket): boolean {
    return this.#tickets.get(ticket.id) === ticket
  }

  /** Reads and adds an element of the list; null if it is broken. Throws ApiProblem beyond the limit. */
  read(element: unknown): Ticket | null {
    try {
      const ticket = this.#readTicket(element)
      this.add(ticket)
      return ticket
    } catch (error) {
      if (!(error instanceof UnreadableTicket)) throw error
      const id = isRecord(element) ? readId(element.id) : null
      const broken = { id, field: error.field }
      this.#count(0)
      if (id === null) this.#brokenWithoutId.push(broken)
      else {
        this.#broken.set(id, broken)
        this.#tickets.delete(id)
      }
      return null
    }
  }

  /** Throws ApiProblem if no ticket of a non-empty list is readable: then it has another format. */
  result(): { readonly tickets: readonly Ticket[]; readonly broken: readonly BrokenTicket[] } {
    const broken = [...this.#broken.values(), ...this.#brokenWithoutId]
    if (this.#tickets.size === 0 && broken.length > 0) throw new ApiProblem({ kind: 'unexpected-shape' })
    return { tickets: [...this.#tickets.values()], broken }
  }

  #count(replies: number): void {
    this.#elements += 1
    this.#replies += replies
    // No customer has more: the list is rejected as a whole and the previous one stays.
    if (
      this.#elements > maxListSize.tickets ||
      replies > maxListSize.repliesOfOne ||
      this.#replies > maxListSize.replies
    )
      throw new ApiProblem({ kind: 'too-large' })
  }
}

const isLater = (a: Ticket, b: Ticket): boolean => {
  const later = (a.lastReplyAt ?? 0) - (b.lastReplyAt ?? 0)
  return later > 0 || (later === 0 && a.replies.length > b.replies.length)
}
