/** Events that main sends to its windows. */
import type { Locale } from '../tickets/locale.ts'
import type { AccountView, ListLoading, Notice, OutboxChange, TicketRow } from '../tickets/views.ts'
import type { Settings } from './settings-schema.ts'

/**
 * State of app updates. Notes are plain text. `off`: this package is updated by other means, or no source of releases is
 * configured. `published`: this package cannot update itself; `page` is the URL of the release.
 */
export type UpdateView =
  | { readonly kind: 'off' | 'none' }
  | {
      readonly kind: 'available' | 'downloading' | 'ready' | 'failed'
      readonly version: string
      readonly notes: string
    }
  | { readonly kind: 'published'; readonly version: string; readonly notes: string; readonly page: string }

/** Pages that the help menu opens in the inbox window. */
export type HelpPage = 'guide' | 'news' | 'shortcuts' | 'report' | 'about'

/** Values for a new ticket from a link or another program; only empty fields are filled. */
export interface ComposePrefill {
  /** The name of a template: it begins another draft if there is text in the current one. */
  readonly template?: string
  readonly departmentId?: number
  readonly service?: string
  readonly title?: string
  readonly message?: string
}

/** Payloads by event name. `rows` replaces rows with the same account and ticket id. */
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
  /** Progress of the first list while an account is being connected; sent only if it takes long. */
  connecting: ListLoading
  /** Tells the inbox window what to show. */
  navigate:
    | { readonly to: 'ticket'; readonly accountId: string; readonly ticketId: number }
    /** `panelOf`: show the field for the customer panel address of this account. */
    | { readonly to: 'settings'; readonly panelOf?: string }
    | { readonly to: 'outbox' }
    | { readonly to: 'help'; readonly page: HelpPage }
    /** The list, filtered to unread tickets. */
    | { readonly to: 'unread' }
    /** The list with the results of this search. */
    | { readonly to: 'search'; readonly query: string }
    /** Quotes the selected text in the reply to the open ticket. */
    | { readonly to: 'quote' }
  /** The new-ticket window is shown and must load `compose.start` again. */
  compose: ComposePrefill | null
  /** The popover is shown and must load what is unread. */
  popover: null
  /** The draft of the new-ticket window was discarded elsewhere. */
  composeDraft: null
  /** The person closed this window, so it is hidden now. Not sent when it is minimized. */
  closed: null
  /** The window was closed a while ago and may be let go: the page answers by `window.leave`. */
  leave: null
  /** `added` was appended to a ticket's draft by something other than its reply box. */
  draft: { readonly accountId: string; readonly ticketId: number; readonly added: string }
  /** A new staff reply, for the live region (screen readers). */
  announce: {
    readonly accountId: string
    readonly ticketId: number
    readonly name: string
    readonly excerpt: string
  }
  /** Progress in tickets. The last event of an export has `done` = `total`, also if it failed or was cancelled. */
  progress: { readonly kind: 'export'; readonly done: number; readonly total: number }
}
export type EventName = keyof Events

/** Sends an event to every window. */
export type Broadcast = <Name extends EventName>(name: Name, payload: Events[Name]) => void
