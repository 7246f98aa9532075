/** The texts of a ticket that a search looks through. */
import { splitMessage } from '../text/message.ts'
import type { Reply, Speaker, Ticket } from '../ticket.ts'
import type { TicketRow } from '../views.ts'
import type { SearchEntry } from './search-filters.ts'

/** The searchable texts of a ticket by weight: subject, tags and ids, then the message, then the replies and the note. */
export function sources({ row, ticket, facts, note }: SearchEntry): readonly string[] {
  const subject = row.titleKnown ? row.subject : ''
  return [
    [subject, workText(row), ticket.id, facts?.service ?? '', row.department ?? ''].join(' '),
    bothForms(ticket),
    ...ticket.replies.map(sourceOf),
    note
  ]
}

/** The person's own title and tags. */
export const workText = ({ work }: TicketRow): string =>
  work === null ? '' : [work.title, ...work.tags].join(' ')

const sourceOf = (reply: Reply): string =>
  reply.author === 'staff' ? `${reply.name}: ${reply.message}` : bothForms(reply)

/** The typed text and the server's version of it: people search for what they wrote and for what the staff quoted. */
const bothForms = ({ typed, message }: Pick<Ticket, 'typed' | 'message'>): string =>
  typed ? `${typed.text}\n${message}` : message

/** The same message without footer and signature. */
const withoutEnd = <T extends Pick<Ticket, 'message'>>(from: T, author: Speaker): T => ({
  ...from,
  message: splitMessage(from.message, author).body
})

/** A source as it is shown, and with its footer and signature. */
export function textsOf(
  { ticket, note }: SearchEntry,
  source: number
): { readonly shown: string; readonly whole: string } {
  if (source === 1) return { shown: bothForms(withoutEnd(ticket, 'customer')), whole: bothForms(ticket) }
  const reply = ticket.replies[source - 2]
  return reply
    ? { shown: sourceOf(withoutEnd(reply, reply.author)), whole: sourceOf(reply) }
    : { shown: note, whole: note }
}
