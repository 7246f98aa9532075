/** What main tells its windows. */
import type { Locale } from '../tickets/locale.ts'
import type { AccountView, ListLoading, Notice, OutboxChange, TicketRow } from '../tickets/views.ts'
import type { Settings } from './settings-schema.ts'

/**
 * A newer release of the app. Notes are plain text. `off`: something else updates this package, or nothing is known of
 * releases. `published`: this package cannot replace itself; the person finds the release at `page`.
 */
export type UpdateView =
  | { readonly kind: 'off' | 'none' }
  | {
      readonly kind: 'available' | 'downloading' | 'ready' | 'failed'
      readonly version: string
      readonly notes: string
    }
  | { readonly kind: 'published'; readonly version: string; readonly notes: string; readonly page: string }

/** What the help menu opens in the inbox window. */
export type HelpPage = 'guide' | 'news' | 'shortcuts' | 'report' | 'about'

/** What a link or another program puts into a new ticket; fills only what is empty. */
export interface ComposePrefill {
  readonly departmentId?: number
  readonly service?: string
  readonly title?: string
  readonly message?: string
}

/** Events carry what changed; `rows` replaces by (accountId, id). */
export interface Events {
  accounts: readonly AccountView[]
  rows: {
    readonly accountId: string
    readonly changed: readonly TicketRow[]
    readonly removed: readonly number[]
  }
  outbox: OutboxChange
  settings: { readonly settings: Settings; readonly locale: Locale }
  notices: readonly Notice[]
  update: UpdateView
  /** How far the list of a connection is that is being made; told only where it takes long. */
  connecting: ListLoading
  /** Show this in the inbox window. */
  navigate:
    | { readonly to: 'ticket'; readonly accountId: string; readonly ticketId: number }
    /** `panelOf`: at the field for the address of this account's panel, which was needed and is not known. */
    | { readonly to: 'settings'; readonly panelOf?: string }
    | { readonly to: 'outbox' }
    | { readonly to: 'help'; readonly page: HelpPage }
    /** The list, and in it what is unread. */
    | { readonly to: 'unread' }
    /** The list, and in it what is found with these words. */
    | { readonly to: 'search'; readonly query: string }
    /** The selected words into the reply of the open ticket. */
    | { readonly to: 'quote' }
  /** The new-ticket window is shown; start over from `compose.start`. */
  compose: ComposePrefill | null
  /** The person closed this window, which is hidden now; a minimized one is not closed. */
  closed: null
  /** Put below a ticket's draft by something other than its reply box; `added` is what. */
  draft: { readonly accountId: string; readonly ticketId: number; readonly added: string }
  /** New staff replies, for the live region. */
  announce: {
    readonly accountId: string
    readonly ticketId: number
    readonly name: string
    readonly excerpt: string
  }
  /** The last one of an export has `done` = `total`, however it ended. */
  progress: { readonly kind: 'export'; readonly done: number; readonly total: number }
}
export type EventName = keyof Events

/** Tells every window. */
export type Broadcast = <Name extends EventName>(name: Name, payload: Events[Name]) => void
