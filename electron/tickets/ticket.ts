/** Milliseconds since 1970-01-01T00:00:00Z, by the server's clock unless stated otherwise. */
export type EpochMs = number

/** A ticket's number at the server, e.g. 272298. A safe integer from 0 on (the API's own page prints `000000`). */
export type TicketId = number

/** Local id of an account, never sent to a server. */
export type AccountId = string

/** Every version of the ticket API that the app speaks, oldest first; newer ones are preferred. */
export const apiVersions = ['v1', 'v2'] as const
export type ApiVersion = (typeof apiVersions)[number]
/** `auto`: detect what the server supports. */
export type ApiVersionChoice = ApiVersion | 'auto'

/** Identifies a ticket across accounts. */
export interface TicketRef {
  readonly accountId: AccountId
  readonly ticketId: TicketId
}

export type Speaker = 'customer' | 'staff'

/** Links open in the browser; anything else is shown as text. */
export type Attachment =
  | { readonly kind: 'link'; readonly url: string; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

export interface Reply {
  /** The server's id; null if it gives none (v1 documents none). */
  readonly id: number | null
  readonly author: Speaker
  /** Name of the author; empty if the server gave none. */
  readonly name: string
  /** Null if the server gave no date. */
  readonly sentAt: EpochMs | null
  /** Plain text: entities decoded, line ends as `\n`, including footer and signature. */
  readonly message: string
  /** Of `message`; never part of a list or the cache. */
  readonly typed?: Typed
  readonly attachments: readonly Attachment[]
}

export const statusKinds = [
  'open',
  'answered',
  'customer-reply',
  'on-hold',
  'in-progress',
  'closed',
  'other'
] as const
export type StatusKind = (typeof statusKinds)[number]

/** A ticket status. Unknown ones keep the server's text and count as open. */
export interface Status {
  readonly kind: StatusKind
  readonly text: string
}

/** The typed text of a message that the server stores in another form. */
export interface Typed {
  readonly text: string
  /** `letters`: letters were lost. `words`: the person identified a message with another text as theirs. Null: no damage. */
  readonly damage: 'letters' | 'words' | null
}

/** A ticket as read from the API. */
export interface Ticket {
  readonly id: TicketId
  readonly createdAt: EpochMs | null
  readonly lastReplyAt: EpochMs | null
  readonly status: Status
  /** Plain text of the first message, including the footer. */
  readonly message: string
  /** Of `message`; never part of a list or the cache. */
  readonly typed?: Typed
  readonly attachments: readonly Attachment[]
  /** Oldest first. */
  readonly replies: readonly Reply[]
  /** Set if the answer had no readable list of replies: `replies` is then meaningless and the known thread is kept. */
  readonly repliesMissing?: true
}

/** Facts that the API does not return, known only for tickets created on this machine. */
export interface LocalFacts {
  readonly title: string
  readonly departmentId: number
  readonly service: string
}

/** A service of the customer, from the server's list or remembered from earlier tickets. */
export interface Service {
  /** As typed and shown, without prefix if the server gave a number: `952157` or `D1234`. */
  readonly id: string
  /** Empty for an id from earlier tickets. */
  readonly product: string
  readonly status: string
  /** As the server writes it, with its currency; not set if it names none. */
  readonly price?: string
  /** Not set for a service that is not renewed or not set up yet. */
  readonly renewsAt?: EpochMs
}

/** Everything sent to open a ticket, except the password, which must never be part of a stored draft. */
export interface NewTicket {
  readonly title: string
  readonly departmentId: number
  readonly service: string
  readonly message: string
  readonly serverIp: string
  readonly serverUser: string
}

export const emptyNewTicket: NewTicket = {
  title: '',
  departmentId: 0,
  service: '',
  message: '',
  serverIp: '',
  serverUser: ''
}

/** Whether the person has written nothing. Fields that the account's rules fill do not count. */
export const isEmptyTicket = ({ title, message, serverIp, serverUser }: NewTicket): boolean =>
  [title, message, serverIp, serverUser].every((text) => text.trim() === '')

/** The reference of a list row. */
export const refOf = ({
  accountId,
  id
}: {
  readonly accountId: AccountId
  readonly id: TicketId
}): TicketRef => ({ accountId, ticketId: id })

export const sameRef = (one: TicketRef, other: TicketRef): boolean =>
  one.accountId === other.accountId && one.ticketId === other.ticketId

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
