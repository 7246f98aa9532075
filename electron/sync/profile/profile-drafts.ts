import { openDrafts } from '../../storage/drafts.ts'
import type { Drafts } from '../../storage/types.ts'
import type { TicketRef } from '../../tickets/ticket.ts'
import type { StoreParts } from '../accounts/account-store.ts'

/** The folder's drafts, read when they are asked for first. */
export class ProfileDrafts {
  readonly #parts: StoreParts
  #drafts: Drafts | null = null

  constructor(parts: StoreParts) {
    this.#parts = parts
  }

  get(): Drafts {
    return (this.#drafts ??= openDrafts(this.#parts))
  }

  hasReply({ accountId, ticketId }: TicketRef): boolean {
    return this.get().reply(accountId, ticketId).trim() !== ''
  }

  /** Writes what is unwritten. */
  flush(): void {
    this.#drafts?.flush()
  }

  /** They are read anew when they are asked for next. Answers the new ticket that was written so far. */
  close(): ReturnType<Drafts['compose']> {
    const written = this.#drafts?.compose() ?? null
    this.#drafts = null
    return written
  }
}
