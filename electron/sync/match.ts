/** Is what stands at the server the same as what was sent? The API has no key for it, so texts are compared. */
import { splitMessage } from '../tickets/message.ts'
import type { EpochMs, Ticket } from '../tickets/ticket.ts'
import { fold, toAscii } from '../tickets/turkish.ts'
import { replyKey } from '../tickets/unread.ts'

/** Server clocks count whole seconds, and lag between asking and committing. */
const toleranceMs = 120_000

/** As texts are compared: plain letters, lower case, single spaces. */
export const normalText = (text: string): string => fold(toAscii(text)).replace(/\s+/g, ' ').trim()

/** The server adds a footer and perhaps a signature; nothing else may differ. */
export function sameText(sent: string, stored: string): boolean {
  const wanted = normalText(sent)
  if (normalText(stored) === wanted) return true
  if (normalText(splitMessage(stored).body) === wanted) return true
  const whole = normalText(stored)
  return whole.startsWith(wanted) && /^ ?(?:-{5,}|_{4,})/.test(whole.slice(wanted.length))
}

const late = (at: EpochMs | null, since: EpochMs | null): boolean =>
  at === null || since === null || at >= since - toleranceMs

/** The customer's replies of a ticket with this text, not older than the attempt, oldest first. */
export function matchingReplies(ticket: Ticket, text: string, since: EpochMs | null): readonly string[] {
  // v1 documents an empty `replies`: then only status and `lastreply` tell that the customer wrote.
  if (ticket.replies.length === 0) {
    const { lastReplyAt, status } = ticket
    const wrote = status.kind === 'customer-reply' && lastReplyAt !== null && lastReplyAt !== ticket.createdAt
    return wrote && late(lastReplyAt, since) ? [`at:${lastReplyAt}`] : []
  }
  return ticket.replies
    .filter(
      (reply) => reply.author === 'customer' && late(reply.sentAt, since) && sameText(text, reply.message)
    )
    .map(replyKey)
}

/** Tickets with this first message, not older than the attempt, oldest first. */
export const matchingTickets = (
  tickets: Iterable<Ticket>,
  message: string,
  since: EpochMs | null
): readonly Ticket[] =>
  [...tickets]
    .filter((ticket) => late(ticket.createdAt, since) && sameText(message, ticket.message))
    .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || a.id - b.id)
