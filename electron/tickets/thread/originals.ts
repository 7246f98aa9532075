/** Typed texts of messages that the server stores in another form: converted to ASCII, escaped, truncated or damaged. */
import { splitMessage } from '../text/message.ts'
import type { Ticket, TicketId, Typed } from '../ticket.ts'
import { firstMessageKey, replyKeys, shortHash } from './unread.ts'

export interface OriginalText {
  /** Id of the outbox entry that sent it. */
  readonly id: string
  readonly ticketId: TicketId
  /** Key of the message in its thread. */
  readonly key: string
  readonly text: string
  /** Hash of the server's text. If that text changes later, somebody edited the message, and it is shown instead. */
  readonly atServer: string
  readonly damage: Typed['damage']
}

const sameText = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()

/** Null if the server has the typed text. */
export function originalOf(
  written: Pick<OriginalText, 'id' | 'ticketId' | 'key' | 'text' | 'damage'>,
  storedText: string
): OriginalText | null {
  const { body } = splitMessage(storedText, 'customer')
  const { id, ticketId, key, text, damage } = written
  if (sameText(body) === sameText(text)) return null
  return { id, ticketId, key, text, atServer: shortHash(storedText), damage }
}

/** Adds the typed text to each message that the server stores in another form. */
export function withOriginals(ticket: Ticket, originals: readonly OriginalText[]): Ticket {
  const keys = replyKeys(ticket.replies)
  const typedOf = (key: string, message: string): { readonly typed?: Typed } => {
    const atServer = shortHash(message)
    const same = originals.filter((one) => one.atServer === atServer)
    // The server may add an id later, which changes the key; the text then identifies the message.
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

/** The displayed text: as typed for own messages, else as the server has it. */
export const ownText = ({ typed, message }: Pick<Ticket, 'typed' | 'message'>): string =>
  typed?.text ?? message
