import { placesOf, type KeptReply } from './kept-replies.ts'
import { splitMessage } from '../text/message.ts'
import { blocks } from '../text/blocks.ts'
import type { Attachment, EpochMs, Speaker, Ticket, Typed } from '../ticket.ts'
import { firstMessageKey, impliedAnswerKey, replyKeys, type Seen } from './unread.ts'
import type { ThreadMessage } from '../views.ts'

interface ThreadEntry {
  readonly key: string
  readonly author: Speaker
  readonly name: string
  readonly sentAt: EpochMs | null
  readonly raw: string
  readonly typed: Typed | null
  readonly attachments: readonly Attachment[]
  readonly origin: ThreadMessage['origin']
}

function threadEntries(ticket: Ticket, kept: readonly KeptReply[] = []): readonly ThreadEntry[] {
  const first: ThreadEntry = {
    key: firstMessageKey,
    author: 'customer',
    name: '',
    sentAt: ticket.createdAt,
    raw: ticket.message,
    typed: ticket.typed ?? null,
    attachments: ticket.attachments,
    origin: 'server'
  }
  const keys = replyKeys(ticket.replies)
  const replies = ticket.replies.map(
    ({ author, name, sentAt, message, typed, attachments }, i): ThreadEntry => ({
      key: keys[i] ?? '',
      author,
      name,
      sentAt,
      raw: message,
      typed: typed ?? null,
      attachments,
      origin: 'server'
    })
  )
  const places = placesOf(ticket, kept)
  const localAt = (place: number): readonly ThreadEntry[] =>
    kept.filter((_, i) => places[i] === place).map(localEntry)
  const entries = [first, ...localAt(0), ...replies.flatMap((reply, i) => [reply, ...localAt(i + 1)])]
  const implied = impliedAnswerKey(ticket)
  if (implied === null) return entries
  const withoutText: ThreadEntry = {
    key: implied,
    author: 'staff',
    name: '',
    sentAt: ticket.lastReplyAt,
    raw: '',
    typed: null,
    attachments: [],
    origin: 'server'
  }
  return [...entries, withoutText]
}

const localEntry = ({ id, text, sentAt }: KeptReply): ThreadEntry => ({
  key: `local:${id}`,
  author: 'customer',
  name: '',
  sentAt,
  raw: text,
  typed: null,
  attachments: [],
  origin: 'local'
})

/**
 * All messages, oldest first, split for display. `kept`: replies sent from here that the server does not show.
 */
export function threadMessages(
  ticket: Ticket,
  seen: Seen,
  kept: readonly KeptReply[] = []
): readonly ThreadMessage[] {
  return threadEntries(ticket, kept).map((entry) => {
    const { key, author, name, sentAt, raw, typed, attachments, origin } = entry
    // Text typed here never has the server's footer.
    const { body, signature, ip } =
      origin === 'local' ? { body: raw, signature: null, ip: null } : splitMessage(raw, author)
    const text = typed?.text ?? body
    return {
      key,
      author,
      name: author === 'staff' ? name : '',
      sentAt,
      body: blocks(text),
      text,
      signature,
      ip,
      attachments,
      unread: author === 'staff' && !seen.has(key),
      origin,
      atServer: typed ? { text: body, damage: typed.damage } : null
    }
  })
}

/** Time from the creation of the ticket to the first staff reply, in milliseconds. */
export function firstResponseMs(ticket: Ticket): number | null {
  const first = threadEntries(ticket).find(({ author }) => author === 'staff')
  if (!first?.sentAt || ticket.createdAt === null) return null
  return Math.max(0, first.sentAt - ticket.createdAt)
}

/** Time from the customer's last answered message to the staff reply after it, in milliseconds. */
export function lastResponseMs(ticket: Ticket): number | null {
  const entries = threadEntries(ticket)
  for (let i = entries.length - 1; i > 0; i--) {
    const answer = entries[i]
    const question = entries[i - 1]
    if (answer?.author !== 'staff' || question?.author !== 'customer') continue
    return answer.sentAt !== null && question.sentAt !== null
      ? Math.max(0, answer.sentAt - question.sentAt)
      : null
  }
  return null
}

/**
 * Every staff reply, oldest first. `name` is empty if the server gave none; `waitedMs` is the time since the customer's
 * message right before it, null if that was another staff reply or a date is missing.
 */
export function staffReplies(ticket: Ticket): readonly {
  readonly name: string
  readonly sentAt: EpochMs | null
  readonly waitedMs: number | null
}[] {
  const entries = threadEntries(ticket)
  return entries.flatMap(({ author, name, sentAt }, i) => {
    if (author !== 'staff') return []
    const question = entries[i - 1]
    const askedAt = question?.author === 'customer' ? question.sentAt : null
    const waitedMs = sentAt === null || askedAt === null ? null : Math.max(0, sentAt - askedAt)
    return [{ name: name.trim(), sentAt, waitedMs }]
  })
}
