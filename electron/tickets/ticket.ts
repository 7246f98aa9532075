/** A moment: milliseconds since 1970-01-01T00:00:00Z, by the server's clock unless the name says otherwise. */
export type EpochMs = number

/** A ticket's number at the server, e.g. 272298. A safe integer from 0 on (the API's own page prints `000000`). */
export type TicketId = number

/** An account of this app; made here, never sent to a server. */
export type AccountId = string

/** Every version of the ticket API that the app speaks, oldest first; newer ones are preferred. */
export const apiVersions = ['v1', 'v2'] as const
export type ApiVersion = (typeof apiVersions)[number]
/** `auto`: whichever the server answers to. */
export type ApiVersionChoice = ApiVersion | 'auto'

/** Which ticket of which account. */
export interface TicketRef {
  readonly accountId: AccountId
  readonly ticketId: TicketId
}

export type Speaker = 'customer' | 'staff'

/** A link is shown as one and opens in the browser; anything else the server put there is text. */
export type Attachment =
  | { readonly kind: 'link'; readonly url: string; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

export interface Reply {
  /** The server's id where it gives one; v1 documents none. */
  readonly id: number | null
  readonly author: Speaker
  /** The speaker's name as the server wrote it; empty when it gave none. */
  readonly name: string
  /** Null when the server gave no date, or an empty one. */
  readonly sentAt: EpochMs | null
  /** Plain text: entities decoded, line ends as `\n`, footer and signature still inside. */
  readonly message: string
  readonly attachments: readonly Attachment[]
}

export type StatusKind =
  'open' | 'answered' | 'customer-reply' | 'on-hold' | 'in-progress' | 'closed' | 'other'

/** The set of statuses is open: what is not known keeps the server's own words and counts as open. */
export interface Status {
  readonly kind: StatusKind
  readonly text: string
}

/** One ticket as a list of the API gives it. */
export interface Ticket {
  readonly id: TicketId
  readonly createdAt: EpochMs | null
  readonly lastReplyAt: EpochMs | null
  readonly status: Status
  /** Plain text of the first message, footer still inside. */
  readonly message: string
  readonly attachments: readonly Attachment[]
  /** In the server's order, oldest first. */
  readonly replies: readonly Reply[]
  /** The answer had no readable list of replies: the thread is as it was before, which `replies` does not say. */
  readonly repliesMissing?: true
}

/** What no API gives back and is known only for tickets made on this machine. */
export interface LocalFacts {
  readonly title: string
  readonly departmentId: number
  readonly service: string
}

/** A service of the customer, from the server's list or remembered from earlier tickets. */
export interface Service {
  /** As it is typed and shown, without prefix where the server gave a number: `952157` or `D1234`. */
  readonly id: string
  /** Empty for an id that was only remembered. */
  readonly product: string
  readonly status: string
}

/** Everything that is sent to open a ticket. The password travels beside it, never inside a stored draft. */
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

/** Of a row of the list, or of anything that says whose ticket it is. */
export const refOf = ({
  accountId,
  id
}: {
  readonly accountId: AccountId
  readonly id: TicketId
}): TicketRef => ({ accountId, ticketId: id })
