import { splitMessage } from './message.ts'
import { segments } from './segments.ts'
import type { Attachment, EpochMs, Speaker, Ticket } from './ticket.ts'
import { impliedAnswerKey, replyKeys, type Seen } from './unread.ts'
import type { ThreadMessage } from './views.ts'

interface Said {
  readonly key: string
  readonly author: Speaker
  readonly name: string
  readonly sentAt: EpochMs | null
  readonly raw: string
  readonly attachments: readonly Attachment[]
}

function everything(ticket: Ticket): readonly Said[] {
  const first: Said = {
    key: 'first',
    author: 'customer',
    name: '',
    sentAt: ticket.createdAt,
    raw: ticket.message,
    attachments: ticket.attachments
  }
  const keys = replyKeys(ticket.replies)
  const replies = ticket.replies.map(({ author, name, sentAt, message, attachments }, i): Said => ({
    key: keys[i] ?? '',
    author,
    name,
    sentAt,
    raw: message,
    attachments
  }))
  const implied = impliedAnswerKey(ticket)
  if (implied === null) return [first, ...replies]
  const silent: Said = {
    key: implied,
    author: 'staff',
    name: '',
    sentAt: ticket.lastReplyAt,
    raw: '',
    attachments: []
  }
  return [first, ...replies, silent]
}

/** The whole conversation, oldest first, each message taken apart for showing. */
export function threadMessages(ticket: Ticket, seen: Seen): readonly ThreadMessage[] {
  return everything(ticket).map(({ key, author, name, sentAt, raw, attachments }) => {
    const { body, signature, ip } = splitMessage(raw)
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
      origin: 'server'
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
