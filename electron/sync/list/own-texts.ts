/** Combines tickets with local data about the person's own messages. */
import type { SentReply } from '../../storage/schemas.ts'
import { withKeptReplies } from '../../tickets/thread/kept-replies.ts'
import { withOriginals, type OriginalText } from '../../tickets/thread/originals.ts'
import type { Ticket } from '../../tickets/ticket.ts'

export interface TicketWithOwnTexts {
  /** With the original text of each message that the server has in another form. */
  readonly typed: Ticket
  /** Additionally with the replies that the server does not show. */
  readonly whole: Ticket
}

interface CachedTicket extends TicketWithOwnTexts {
  readonly kept: readonly SentReply[]
  readonly originals: readonly OriginalText[]
}

/** Returns the same objects until something changes, because folded search text is cached by ticket object. */
export class OwnTexts {
  /** By the ticket as the list has it: one that changed or left is not held. */
  readonly #cache = new WeakMap<Ticket, CachedTicket>()

  of(ticket: Ticket, kept: readonly SentReply[], originals: readonly OriginalText[]): TicketWithOwnTexts {
    if (kept.length + originals.length === 0) return { typed: ticket, whole: ticket }
    const cached = this.#cache.get(ticket)
    if (cached?.kept === kept && cached.originals === originals) return cached
    const typed = originals.length > 0 ? withOriginals(ticket, originals) : ticket
    const whole = kept.length > 0 ? withKeptReplies(typed, kept) : typed
    const made = { kept, originals, typed, whole }
    this.#cache.set(ticket, made)
    return made
  }
}
