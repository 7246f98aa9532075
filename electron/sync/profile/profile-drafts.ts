import { openDrafts } from '../../storage/drafts.ts'
import type { Drafts } from '../../storage/types.ts'
import type { TicketRef } from '../../tickets/ticket.ts'
import type { StoreParts } from '../accounts/account-store.ts'

/** The drafts of the profile folder, loaded on first use. */
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

  /** Writes pending changes. */
  flush(): void {
    this.#drafts?.flush()
  }

  /** Reloads the drafts on next use. Returns the current draft of a new ticket. */
  close(): ReturnType<Drafts['compose']> {
    const written = this.#drafts?.compose() ?? null
    this.#drafts = null
    return written
  }
}
