/** What windows show: plain data made from tickets, marks and the outbox. Rows travel without bodies. */
import type { AccountRules } from './account-rules.ts'
import type { Problem } from './problem.ts'
import type {
  AccountId,
  ApiVersion,
  Attachment,
  EpochMs,
  NewTicket,
  Speaker,
  Status,
  TicketId,
  TicketRef
} from './ticket.ts'

export type Waiting = 'you' | 'staff' | 'nobody'

/** `sent`: acknowledged, the list does not show it yet. `undecided`: only the person can say what became of it. */
export type OutboxState = 'queued' | 'sending' | 'uncertain' | 'sent' | 'refused' | 'undecided'

export type OutboxAction =
  | { readonly kind: 'create'; readonly draft: NewTicket; readonly hasPassword: boolean }
  | { readonly kind: 'reply'; readonly ticketId: TicketId; readonly text: string }
  | { readonly kind: 'close'; readonly ticketId: TicketId }

/** A message of the customer's that stands at the server since the attempt and that no other entry claims. */
export interface OutboxCandidate {
  readonly key: string
  readonly ticketId: TicketId
  readonly text: string
  readonly sentAt: EpochMs | null
}

export type OutboxQuestion =
  /** "Is this your message?", asked with both texts side by side. */
  | { readonly kind: 'similar'; readonly candidates: readonly OutboxCandidate[] }
  /** The server said yes, but its list has not shown it for a fair while. */
  | { readonly kind: 'not-shown' }
  /** The outcome is unknown, and no list can tell, or the automatic attempts are used up. */
  | { readonly kind: 'cannot-tell' }

/** What the person says became of an undecided entry. */
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
  /** By this machine's clock; null when nothing is planned (refused, sent, waiting for the network). */
  readonly nextAttemptAt: EpochMs | null
  /** Not null exactly when the state is `undecided`. */
  readonly question: OutboxQuestion | null
  /** When the server acknowledged it; null before. By this machine's clock. */
  readonly acknowledgedAt: EpochMs | null
  /** Entries queued by one command share it. */
  readonly batch: string | null
}

/** Entries that are others now, and the ids of those that are over. */
export interface OutboxChange {
  readonly changed: readonly OutboxItem[]
  readonly removed: readonly string[]
}

/**
 * How an entry ended. `shown`: the server's list shows it. `hidden`: acknowledged, the server hides replies, so it is
 * kept on this machine. `confirmed`: the person said that it arrived.
 */
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

/** One entry of the past. All times by this machine's clock. */
export interface OutboxRecord {
  readonly id: string
  readonly accountId: AccountId
  readonly action: OutboxAction
  readonly queuedAt: EpochMs
  readonly acknowledgedAt: EpochMs | null
  readonly endedAt: EpochMs
  readonly attempts: number
  readonly end: OutboxEnd
  /** The ticket it went to or became. */
  readonly ticketId: TicketId | null
}

export interface TicketRow {
  readonly accountId: AccountId
  readonly id: TicketId
  /** The title where it is known here, else the first words of the message. */
  readonly subject: string
  readonly titleKnown: boolean
  readonly status: Status
  readonly department: string | null
  readonly lastSpeaker: Speaker
  /** Staff's name, empty for the customer or when the server gave none. */
  readonly lastSpeakerName: string
  /** First words of the last message: no greeting, quote, footer or signature. At most 140 characters. */
  readonly excerpt: string
  readonly createdAt: EpochMs | null
  /** The newest moment known of this ticket: last reply, else its making. */
  readonly lastActivityAt: EpochMs | null
  readonly replyCount: number
  /** Staff replies that the person has not seen. */
  readonly unread: number
  readonly waitingFor: Waiting
  /** The most urgent state of what waits in the outbox for this ticket. */
  readonly outbox: OutboxState | null
  /** The reply box holds words that were not sent. */
  readonly draft: boolean
  /** No longer in the list; kept because somebody writes in it or something waits for it. */
  readonly gone: boolean
}

/** A piece of a message. `href` is always `https:`, `http:` or `mailto:`; opening goes through main. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mail'; readonly text: string; readonly href: string }
  | { readonly kind: 'ip'; readonly text: string }

export interface ThreadMessage {
  /** Stable across polls: names one message of one ticket. */
  readonly key: string
  readonly author: Speaker
  readonly name: string
  readonly sentAt: EpochMs | null
  readonly body: readonly Segment[]
  /** The same as `body`, as text: for quoting and copying. */
  readonly text: string
  /** Staff signature, without its rule; null when there is none. */
  readonly signature: string | null
  /** From the footer «IP Adresiniz: …»; null when there is none. */
  readonly ip: string | null
  readonly attachments: readonly Attachment[]
  /** A staff reply that was unread when the thread was asked for. */
  readonly unread: boolean
  /** `local`: sent from here and acknowledged, but the server's list does not show it. */
  readonly origin: 'server' | 'local'
}

export interface Thread {
  readonly service: string | null
  readonly messages: readonly ThreadMessage[]
  readonly waitingSince: EpochMs | null
  /** From the ticket's making to the first staff reply; null when there is none or a date is missing. */
  readonly firstResponseMs: number | null
  /** From the customer's last message to the staff reply after it; null as above. */
  readonly lastResponseMs: number | null
  readonly draft: string
}

/** Half-open range of UTF-16 positions in the text beside it. */
export type Range = readonly [start: number, end: number]

export interface SearchHit {
  readonly ref: TicketRef
  /** Text around the best match and where in it the matches are. Empty when only filters matched. */
  readonly excerpt: string
  readonly ranges: readonly Range[]
}

export interface SearchAnswer {
  /** The first 100, best first. */
  readonly hits: readonly SearchHit[]
  /**
   * All others in their order, without an excerpt: what nobody may ever scroll to is not cut out. As runs of one
   * account each, for ten thousand references at every key would take longer than the search.
   */
  readonly more: readonly { readonly accountId: AccountId; readonly ticketIds: readonly TicketId[] }[]
  /** Parts of the query that look like a filter but are none, e.g. `before:yesterdayish`. */
  readonly unknownFilters: readonly string[]
}

export interface Department {
  readonly id: number
  readonly name: string
}

export type ConnectionState =
  | 'opening' // the tickets kept on this machine are being read; the server was not asked yet
  | 'connecting' // never answered in this run
  | 'asking'
  | 'ok'
  | 'offline' // the machine has no network
  | 'failing' // the server does not answer as it should; asked again at nextAt
  | 'signed-out' // no secret, or lists refused for a while (asked on, seldom): new credentials are wanted
  | 'paused'

/** How far a list is: bytes received, and how many were announced; null where the server announces none. */
export interface ListLoading {
  readonly received: number
  readonly total: number | null
}

export interface Connection {
  readonly state: ConnectionState
  /** When the list was last known to be current; by this machine's clock. */
  readonly freshAt: EpochMs | null
  readonly nextAt: EpochMs | null
  readonly problem: Problem | null
  /** Tickets of the last list that could not be read; their last good version stays. */
  readonly brokenTickets: number
  /** Only while a list has been on its way for a while; it can be stopped. */
  readonly loading?: ListLoading
}

export type AuthKind = 'bearer' | 'header' | 'pair'

export interface AccountView {
  readonly id: AccountId
  readonly name: string
  /** 0–7: which of the account colours. */
  readonly color: number
  readonly version: ApiVersion
  readonly baseUrl: string
  readonly auth: AuthKind
  readonly demo: boolean
  readonly paused: boolean
  readonly rules: AccountRules
  /** False when the secret is kept for this run only. */
  readonly secretStored: boolean
  readonly connection: Connection
  readonly unread: number
  readonly departments: readonly Department[]
}

/** Something about this machine that the person should know; the words are the window's. */
export interface Notice {
  readonly kind:
    | 'storage-full'
    | 'storage-read-only'
    | 'storage-failed'
    | 'read-marks-lost' // what had been read is not known any more; `detail` is the account
    | 'cache-set-aside' // the kept tickets are more than can be read, or no tickets; the next list is read whole
    | 'folder-in-use' // another copy of the app works in it; `detail` is the name of another computer it runs on
    | 'file-set-aside' // a damaged file was moved away and started anew; said until the person says that it is dealt with
    | 'partly-not-understood' // rows of a file that a later version wrote; kept as they are
    | 'accounts-rebuilt' // their list was lost, and made again from what belongs to each
    | 'no-keychain'
    | 'password-in-memory' // of a queued ticket's server: gone when the app ends
    | 'keychain-changed'
    | 'keychain-locked' // until its owner unlocks it
    | 'proxy-sign-in' // the proxy of the system's settings wants a name and a password; `detail` is its host and port
    | 'proxy-refused' // and does not accept those that were given
    | 'no-tray'
    | 'shortcut-taken'
    | 'shortcut-invalid'
    | 'still-in-tray'
    | 'login-item-failed' // the system refused to change what starts with the session
    | 'login-item-approval' // macOS: asked for, and the person has to allow it in the system's settings
    | 'notifications-denied' // the system shows none of this app; `detail` is the platform
  /** A file's name without its folder, a shortcut, or an account's name. */
  readonly detail?: string
}
