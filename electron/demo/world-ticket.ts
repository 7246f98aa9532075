import type { EpochMs, TicketId } from '../tickets/ticket.ts'
import type { NamedStatus } from './protocols.ts'

/** A status without a name of its own is written as it is. */
export type WorldStatus = NamedStatus | (string & {})

export interface WorldReply {
  readonly id: number
  /** A single space on the customer's own, as the API does it. */
  readonly admin: string
  readonly sentAt: EpochMs
  readonly message: string
  readonly attachment: string
}

export interface WorldTicket {
  readonly id: TicketId
  readonly createdAt: EpochMs
  readonly lastReplyAt: EpochMs
  readonly status: WorldStatus
  readonly message: string
  readonly attachment: string
  readonly replies: readonly WorldReply[]
}
