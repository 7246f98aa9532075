/** Merges replies sent from here that the server does not show into those that it shows. */
import type { EpochMs, Reply, Ticket } from '../ticket.ts'
import { replyKeys } from './unread.ts'

export interface KeptReply {
  readonly id: string
  readonly text: string
  /** Time of sending, by this machine's clock. */
  readonly sentAt: EpochMs
  /** Keys of the messages that the thread had when it was sent; may contain others. */
  readonly known: readonly string[]
}

/**
 * The number of server replies before each kept reply. Determined by the messages known when it was sent and not by time,
 * since that is from another clock.
 */
export function placesOf(ticket: Ticket, kept: readonly KeptReply[]): readonly number[] {
  const keys = replyKeys(ticket.replies)
  let earliest = 0
  return kept.map(({ known }) => {
    const before = new Set(known)
    earliest = Math.max(earliest, keys.findLastIndex((key) => before.has(key)) + 1)
    return earliest
  })
}

const asReply = ({ text, sentAt }: KeptReply): Reply => ({
  id: null,
  author: 'customer',
  name: '',
  sentAt,
  message: text,
  attachments: []
})

export function withKeptReplies(ticket: Ticket, kept: readonly KeptReply[]): Ticket {
  const places = placesOf(ticket, kept)
  const at = (place: number): readonly Reply[] => kept.filter((_, i) => places[i] === place).map(asReply)
  return {
    ...ticket,
    replies: [...at(0), ...ticket.replies.flatMap((reply, i) => [reply, ...at(i + 1)])]
  }
}
