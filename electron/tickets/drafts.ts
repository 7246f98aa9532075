import type { AccountId, TicketRef } from './ticket.ts'

/** A draft in the list of drafts. `id` names a new ticket's draft while the app runs. */
export type DraftId =
  { readonly kind: 'reply'; readonly ref: TicketRef } | { readonly kind: 'new-ticket'; readonly id: string }

/** All drafts with text. */
export interface DraftList {
  readonly replies: readonly { readonly ref: TicketRef; readonly excerpt: string }[]
  /** The one shown in the new-ticket window first. */
  readonly newTickets: readonly {
    readonly id: string
    readonly accountId: AccountId | null
    readonly title: string
    readonly excerpt: string
  }[]
}
