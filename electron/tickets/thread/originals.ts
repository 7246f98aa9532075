/** What the person typed, where the server has their message in another form: transliterated, escaped, cut, damaged. */
import { splitMessage } from '../text/message.ts'
import type { Ticket, TicketId, Typed } from '../ticket.ts'
import { firstMessageKey, replyKeys, shortHash } from './unread.ts'

export interface OriginalText {
  /** Of the entry of the outbox that it was. */
  readonly id: string
  readonly ticketId: TicketId
  /** Of the message in its thread. */
  readonly key: string
  readonly text: string
  /** Hash of the message as the server had it: where that changes later, somebody changed it, and it is shown. */
  readonly atServer: string
  readonly damage: Typed['damage']
}

const sameText = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()

/** Null where the server has what was typed. */
export function originalOf(
  written: Pick<OriginalText, 'id' | 'ticketId' | 'key' | 'text' | 'damage'>,
  storedText: string
): OriginalText | null {
  const { body } = splitMessage(storedText, 'customer')
  const { id, ticketId, key, text, damage } = written
  if (sameText(body) === sameText(text)) return null
  return { id, ticketId, key, text, atServer: shortHash(storedText), damage }
}

/** The same ticket, with what was typed beside each message that the server has otherwise. */
export function withOriginals(ticket: Ticket, originals: readonly OriginalText[]): Ticket {
  const keys = replyKeys(ticket.replies)
  const typedOf = (key: string, message: string): { readonly typed?: Typed } => {
    const atServer = shortHash(message)
    const same = originals.filter((one) => one.atServer === atServer)
    // The server may give a message its number later: then its words tell which it is.
    const original =
      same.find((one) => one.key === key) ??
      same.find((one) => (one.key === firstMessageKey) === (key === firstMessageKey))
    return original ? { typed: { text: original.text, damage: original.damage } } : {}
  }
  return {
    ...ticket,
    ...typedOf(firstMessageKey, ticket.message),
    replies: ticket.replies.map((reply, i) =>
      reply.author === 'customer' ? { ...reply, ...typedOf(keys[i] ?? '', reply.message) } : reply
    )
  }
}

/** What the person reads: their own words as they typed them, everybody else's as the server has them. */
export const ownText = ({ typed, message }: Pick<Ticket, 'typed' | 'message'>): string =>
  typed?.text ?? message
