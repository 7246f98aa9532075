import type { EpochMs, Ticket } from '../ticket.ts'

/** The latest date of a ticket and its replies; null if it has none. */
export function lastActivityAt(ticket: Ticket): EpochMs | null {
  const newest = ticket.replies.reduce(
    (latest, reply) => Math.max(latest, reply.sentAt ?? 0),
    Math.max(ticket.lastReplyAt ?? 0, ticket.createdAt ?? 0)
  )
  return newest === 0 ? null : newest
}
