import type { NewTicket } from '../../../electron/tickets/ticket.ts'
import type { OutboxChange, OutboxItem } from '../../../electron/tickets/views.ts'

interface Held {
  readonly id: string
  readonly draft: NewTicket
  readonly password: string
}

/** The server password of a ticket that is held back, in memory only, for the form if sending is undone. */
export class HeldPassword {
  #held: Held | null = null

  keep({ id }: OutboxItem, draft: NewTicket, password: string): void {
    this.#held = password === '' ? null : { id, draft, password }
  }

  /** Forgets it once the ticket is on its way. */
  outboxChanged({ changed }: OutboxChange): void {
    if (changed.some(({ id, state }) => id === this.#held?.id && state !== 'queued')) this.#held = null
  }

  /** The password that belongs to this draft, once; null if none does. */
  take({ title, message }: NewTicket): string | null {
    const held = this.#held
    this.#held = null
    return held?.draft.title === title && held.draft.message === message ? held.password : null
  }
}
