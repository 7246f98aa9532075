/** View models for windows: plain data made from tickets, marks and the outbox. Rows have no message bodies. */
import type { AccountRules, SentForm } from './account-rules.ts'
import type { Problem } from './problem.ts'
import type { RowWork } from './work/ticket-work.ts'
import type { Block } from './text/message-parts.ts'
import type {
  AccountId,
  ApiVersion,
  Attachment,
  EpochMs,
  NewTicket,
  Service,
  Speaker,
  Status,
  TicketId,
  TicketRef,
  Typed
} from './ticket.ts'

export type Waiting = 'you' | 'staff' | 'nobody'

/** `sent`: acknowledged, but not in the list yet. `undecided`: the person has to decide whether it arrived. */
export type OutboxState = 'queued' | 'sending' | 'uncertain' | 'sent' | 'refused' | 'undecided'

export type OutboxAction =
  | { readonly kind: 'create'; readonly draft: NewTicket; readonly hasPassword: boolean }
  | { readonly kind: 'reply'; readonly ticketId: TicketId; readonly text: string }
  | { readonly kind: 'close'; readonly ticketId: TicketId }

/** A customer message that appeared on the server after the attempt and is not claimed by another entry. */
export interface OutboxCandidate {
  readonly key: string
  readonly ticketId: TicketId
  readonly text: string
  readonly sentAt: EpochMs | null
}

export type OutboxQuestion =
  /** "Is this your message?", with both texts side by side. */
  | { readonly kind: 'similar'; readonly candidates: readonly OutboxCandidate[] }
  /** The server acknowledged it, but its list has not shown it for half an hour. */
  | { readonly kind: 'not-shown' }
  /** The outcome is unknown, and no list can tell, or the automatic attempts are used up. */
  | { readonly kind: 'cannot-tell' }

/** The person's decision about an undecided entry. */
export type OutboxDecision = 'arrived' | 'send-again' | 'keep-as-draft' | 'discard'

export interface OutboxItem {
  readonly id: string
  readonly accountId: AccountId
  readonly action: OutboxAction
  readonly state: OutboxState
  /** By this machine's clock. */
  readonly queuedAt: EpochMs
  readonly attempts: number
  readonly problem: Problem | null
  /** By this machine's clock; null if no attempt is planned (refused, sent, waiting for the network). */
  readonly nextAttemptAt: EpochMs | null
  /** Set if and only if the state is `undecided`. */
  readonly question: OutboxQuestion | null
  /** When the server acknowledged it; null before. By this machine's clock. */
  readonly acknowledgedAt: EpochMs | null
  /** Shared by entries queued by one command. */
  readonly batch: string | null
}

/** Changed entries, and ids of removed ones. */
export interface OutboxChange {
  readonly changed: readonly OutboxItem[]
  readonly removed: readonly string[]
}

/** `shown`: in the server's list. `hidden`: acknowledged, kept here since the server hides replies. `confirmed`: by the person. */
export const outboxEnds = [
  'shown',
  'hidden',
  'confirmed',
  'kept-as-draft',
  'taken-back',
  'discarded',
  'refused'
] as const
export type OutboxEnd = (typeof outboxEnds)[number]

/** A finished entry. All times by this machine's clock. */
export interface OutboxRecord {
  readonly id: string
  readonly accountId: AccountId
  readonly action: OutboxAction
  readonly queuedAt: EpochMs
  readonly acknowledgedAt: EpochMs | null
  readonly endedAt: EpochMs
  readonly attempts: number
  readonly end: OutboxEnd
  /** The ticket that was answered, closed or created. */
  readonly ticketId: TicketId | null
}

export interface TicketRow {
  readonly accountId: AccountId
  readonly id: TicketId
  /** The title if known, else the first words of the message. */
  readonly subject: string
  readonly titleKnown: boolean
  readonly status: Status
  readonly department: string | null
  readonly lastSpeaker: Speaker
  /** Name of the staff member; empty for the customer or if unknown. */
  readonly lastSpeakerName: string
  /** First words of the last message, without greeting, quote, footer and signature. At most 140 characters. */
  readonly excerpt: string
  readonly createdAt: EpochMs | null
  /** Date of the last reply, else of the creation. */
  readonly lastActivityAt: EpochMs | null
  readonly replyCount: number
  /** Number of staff replies that the person has not seen. */
  readonly unread: number
  readonly waitingFor: Waiting
  /** The most urgent state of this ticket's outbox entries. */
  readonly outbox: OutboxState | null
  /** Whether there is an unsent draft reply. */
  readonly draft: boolean
  /** No longer in the list, but kept because of a draft or an outbox entry. */
  readonly gone: boolean
  /** What the person keeps about it; null if there is nothing. `done` and `snoozedUntil` end when something new comes. */
  readonly work: RowWork | null
}

export interface ThreadMessage {
  /** Identifies the message in its ticket, stable across polls. */
  readonly key: string
  readonly author: Speaker
  readonly name: string
  readonly sentAt: EpochMs | null
  readonly body: readonly Block[]
  /** The complete text including fences, for quoting and copying. */
  readonly text: string
  /** Staff signature without the line before it; null if there is none. */
  readonly signature: string | null
  /** From the footer «IP Adresiniz: …»; null if there is none. */
  readonly ip: string | null
  readonly attachments: readonly Attachment[]
  /** Whether it was an unread staff reply when the thread was requested. */
  readonly unread: boolean
  /** `local`: sent from here and acknowledged, but not in the server's list. */
  readonly origin: 'server' | 'local'
  /** The server's version of an own message if it differs from the typed text; else null. */
  readonly atServer: Typed | null
}

export interface Thread {
  readonly service: string | null
  readonly messages: readonly ThreadMessage[]
  /** Outbox entries that `messages` show, while windows may still be told that they are finished. */
  readonly finishedEntryIds: readonly string[]
  readonly waitingSince: EpochMs | null
  /** Time from creation to the first staff reply; null if there is none or a date is missing. */
  readonly firstResponseMs: number | null
  /** Time from the customer's last answered message to the staff reply after it; null as above. */
  readonly lastResponseMs: number | null
  readonly draft: string
  /** The person's note, kept on this machine only; empty if there is none. */
  readonly note: string
}

/** Half-open range of UTF-16 positions. */
export type Range = readonly [start: number, end: number]

export interface SearchHit {
  readonly ref: TicketRef
  /** Text around the best match. Empty if only the subject or filters matched. */
  readonly excerpt: string
  readonly ranges: readonly Range[]
}

/** Tickets as two arrays of numbers: sending ten thousand references at every keystroke would take longer than the search. */
export interface MoreMatches {
  readonly accountIds: readonly AccountId[]
  /** The position in `accountIds` of each ticket's account. */
  readonly accounts: readonly number[]
  readonly ticketIds: readonly TicketId[]
}

export interface SearchAnswer {
  /** The first 100, best first. */
  readonly hits: readonly SearchHit[]
  /** All other matches in order, without excerpts. */
  readonly more: MoreMatches
  /** Parts of the query that look like a filter but are not valid, e.g. `before:yesterdayish`. */
  readonly unknownFilters: readonly string[]
  /** Folded words and phrases of the query, for highlighting. */
  readonly searched: readonly string[]
  /** The query without quotes, if only that one has results; else null. */
  readonly unquoted: string | null
}

export interface Department {
  readonly id: number
  readonly name: string
}

export type ConnectionState =
  | 'opening' // the local ticket cache is being read; no request was made yet
  | 'connecting' // the server has not answered yet in this run
  | 'asking'
  | 'ok'
  | 'offline' // the machine has no network
  | 'failing' // the last request failed; the next one is at nextAt
  | 'signed-out' // no credentials, or they have been refused for a while (polled rarely): new ones are needed
  | 'paused'

/** Progress of a list: bytes received, and the announced total; null if the server announces none. */
export interface ListLoading {
  readonly received: number
  readonly total: number | null
}

export interface Connection {
  readonly state: ConnectionState
  /** When the list was last current, by this machine's clock. */
  readonly freshAt: EpochMs | null
  readonly nextAt: EpochMs | null
  readonly problem: Problem | null
  /** Number of unreadable tickets in the last list; their last readable version is kept. */
  readonly brokenTickets: number
  /** Set only while a list takes long to load; loading can be stopped. */
  readonly loading?: ListLoading
}

export type AuthKind = 'bearer' | 'header' | 'pair'

export interface AccountView {
  readonly id: AccountId
  readonly name: string
  /** Index of the account colour, 0–7. */
  readonly color: number
  readonly version: ApiVersion
  readonly baseUrl: string
  readonly auth: AuthKind
  readonly demo: boolean
  readonly paused: boolean
  readonly rules: AccountRules
  /** The form in which texts are sent now, with `auto` resolved. */
  readonly sentForm: SentForm
  /** Whether a message sent as written came back with other letters. */
  readonly damagesLetters: boolean
  /** False if the credentials are kept for this run only. */
  readonly secretStored: boolean
  readonly connection: Connection
  readonly unread: number
  readonly departments: readonly Department[]
  /** Whether the API version lists the customer's services, with their renewal dates. */
  readonly listsServices: boolean
}

/** The services that the new-ticket window offers for an account. */
export interface ServiceList {
  /** Services of the server's list, then services used in tickets sent from here. */
  readonly services: readonly Service[]
  /** Whether loading the server's list failed in this run. False if the API version has no list. */
  readonly isMissing: boolean
  /** Why loading failed; not set for a paused account, whose list is not requested. */
  readonly problem: Problem | null
}

/** A problem or fact of this machine that the person should know. The texts are in the renderer. */
export interface Notice {
  readonly kind:
    | 'storage-full'
    | 'storage-read-only'
    | 'storage-failed'
    | 'read-marks-lost' // the read state was lost; `detail` is the account
    | 'letters-damaged' // an account's server does not keep Turkish letters; `detail` is the account
    | 'cache-set-aside' // the ticket cache was too large or invalid; the next list is read completely
    | 'folder-in-use' // another instance uses the folder; `detail` is the name of the other computer, if it is one
    | 'file-set-aside' // a damaged file was moved aside and a new one started; shown until the person dismisses it
    | 'file-partly-damaged' // damaged lines of a file are lost; a copy of the file as it was stays in the folder
    | 'file-of-newer-version' // a newer version wrote the file; it is kept and read when that version runs again
    | 'file-rejoined' // a file kept for this version was merged with newer data
    | 'partly-not-understood' // a file has rows of a newer version; they are kept unchanged
    | 'accounts-rebuilt' // the list of accounts was lost and rebuilt from the accounts' files
    | 'no-keychain'
    | 'password-in-memory' // the server password of a queued ticket is lost when the app quits
    | 'keychain-changed'
    | 'keychain-locked' // shown until the person unlocks it
    | 'proxy-sign-in' // the system's proxy requires a user name and password; `detail` is its host and port
    | 'proxy-refused' // the proxy rejected the credentials
    | 'no-tray'
    | 'shortcut-taken'
    | 'shortcut-invalid'
    | 'still-in-tray'
    | 'login-item-failed' // the system refused to change the login item
    | 'login-item-approval' // macOS: the person has to allow the login item in the system settings
    | 'notifications-denied' // the system blocks this app's notifications; `detail` is the platform
  /** A file name without its folder, a shortcut, or an account's name, depending on the kind. */
  readonly detail?: string
}
