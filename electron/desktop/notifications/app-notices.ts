/** Everything that is told about the app after a change: permission, sent tickets, services that are renewed soon. */
import type { AppMessages } from './app-messages.ts'
import { RenewalNotices, type RenewalNoticeParts } from './renewal-notices.ts'
import { SentTickets, type SentTicketParts } from './sent-tickets.ts'

type AppNoticeParts = SentTicketParts &
  Omit<RenewalNoticeParts, 'messages' | 'now'> & {
    readonly engine: SentTicketParts['engine'] & RenewalNoticeParts['engine']
    readonly messages: AppMessages
  }

export class AppNotices {
  readonly #messages: AppMessages
  readonly #sentTickets: SentTickets
  readonly #renewals: RenewalNotices

  constructor(parts: AppNoticeParts) {
    this.#messages = parts.messages
    this.#sentTickets = new SentTickets(parts)
    this.#renewals = new RenewalNotices({ ...parts, now: () => parts.clock.now() })
  }

  /** Call it after any change of accounts, outbox or settings. */
  changed(): void {
    this.#messages.askForPermission()
    this.#sentTickets.changed()
    this.#renewals.changed().catch(() => undefined)
  }
}
