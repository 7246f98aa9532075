import type { EpochMs, TicketId } from '../tickets/ticket.ts'
import type { NamedStatus } from './protocols.ts'

/** A documented status, or any other text, which is written unchanged. */
export type StoredStatus = NamedStatus | (string & {})

export interface StoredReply {
  readonly id: number
  /** A single space for replies of the customer, as in the API. */
  readonly admin: string
  readonly sentAt: EpochMs
  readonly message: string
  readonly attachment: string
}

export interface StoredTicket {
  readonly id: TicketId
  readonly createdAt: EpochMs
  readonly lastReplyAt: EpochMs
  readonly status: StoredStatus
  readonly message: string
  readonly attachment: string
  readonly replies: readonly StoredReply[]
}
