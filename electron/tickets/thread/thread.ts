import { placesOf, type KeptReply } from './kept-replies.ts'
import { splitMessage } from '../text/message.ts'
import { segments } from '../text/segments.ts'
import type { Attachment, EpochMs, Speaker, Ticket } from '../ticket.ts'
import { impliedAnswerKey, replyKeys, type Seen } from './unread.ts'
import type { ThreadMessage } from '../views.ts'

interface Said {
  readonly key: string
  readonly author: Speaker
  readonly name: string
  readonly sentAt: EpochMs | null
  readonly raw: string
  readonly attachments: readonly Attachment[]
  readonly origin: ThreadMessage['origin']
}

function everything(ticket: Ticket, kept: readonly KeptReply[] = []): readonly Said[] {
  const first: Said = {
    key: 'first',
    author: 'customer',
    name: '',
    sentAt: ticket.createdAt,
    raw: ticket.message,
    attachments: ticket.attachments,
    origin: 'server'
  }
  const keys = replyKeys(ticket.replies)
  const replies = ticket.replies.map(({ author, name, sentAt, message, attachments }, i): Said => ({
    key: keys[i] ?? '',
    author,
    name,
    sentAt,
    raw: message,
    attachments,
    origin: 'server'
  }))
  const places = placesOf(ticket, kept)
  const localAt = (place: number): readonly Said[] =>
    kept.filter((_, i) => places[i] === place).map(localSaid)
  const said = [first, ...localAt(0), ...replies.flatMap((reply, i) => [reply, ...localAt(i + 1)])]
  const implied = impliedAnswerKey(ticket)
  if (implied === null) return said
  const silent: Said = {
    key: implied,
    author: 'staff',
    name: '',
    sentAt: ticket.lastReplyAt,
    raw: '',
    attachments: [],
    origin: 'server'
  }
  return [...said, silent]
}

const localSaid = ({ id, text, sentAt }: KeptReply): Said => ({
  key: `local:${id}`,
  author: 'customer',
  name: '',
  sentAt,
  raw: text,
  attachments: [],
  origin: 'local'
})

/**
 * The whole conversation, oldest first, each message taken apart for showing. `kept` are the replies that were sent
 * from here and that the server does not show.
 */
export function threadMessages(
  ticket: Ticket,
  seen: Seen,
  kept: readonly KeptReply[] = []
): readonly ThreadMessage[] {
  return everything(ticket, kept).map(({ key, author, name, sentAt, raw, attachments, origin }) => {
    // What was typed here has no footer of the server's, whatever it looks like.
    const { body, signature, ip } =
      origin === 'local' ? { body: raw, signature: null, ip: null } : splitMessage(raw, author)
    return {
      key,
      author,
      name: author === 'staff' ? name : '',
      sentAt,
      body: segments(body),
      text: body,
      signature,
      ip,
      attachments,
      unread: author === 'staff' && !seen.has(key),
      origin
    }
  })
}

/** From the ticket's making to the first staff reply, in milliseconds. */
export function firstResponseMs(ticket: Ticket): number | null {
  const first = everything(ticket).find(({ author }) => author === 'staff')
  if (!first?.sentAt || ticket.createdAt === null) return null
  return Math.max(0, first.sentAt - ticket.createdAt)
}

/** From the customer's last message that was answered to the staff reply after it, in milliseconds. */
export function lastResponseMs(ticket: Ticket): number | null {
  const said = everything(ticket)
  for (let i = said.length - 1; i > 0; i--) {
    const answer = said[i]
    const question = said[i - 1]
    if (answer?.author !== 'staff' || question?.author !== 'customer') continue
    return answer.sentAt !== null && question.sentAt !== null
      ? Math.max(0, answer.sentAt - question.sentAt)
      : null
  }
  return null
}
