import type { EpochMs, LocalFacts, Ticket } from '../ticket.ts'
import type { TicketRow } from '../views.ts'
import { oneLine } from '../text/text.ts'

export interface ExportEntry {
  readonly ticket: Ticket
  readonly row: TicketRow
  readonly facts: LocalFacts | null
}

export interface ExportWords {
  readonly you: string
  readonly staff: string
  readonly status: string
  readonly department: string
  readonly service: string
  readonly attachments: string
  /** A moment in the person's language and time zone. */
  when(at: EpochMs | null): string
}

/** What would be markup is text: a message cannot become a heading, a link or HTML. */
const plain = (text: string): string => text.replace(/([\\`*_[\]<>#|!~&])/g, '\\$1')
/** A heading or list entry is one line, whatever the text holds. */
const plainLine = (text: string): string => plain(oneLine(text))
const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${plain(line)}`))
    .join('\n')

/** One ticket as Markdown; messages are quotes. */
export function toMarkdown({ ticket, row, facts }: ExportEntry, words: ExportWords): string {
  const head = [
    `## #${ticket.id} ${plainLine(row.subject)}`,
    '',
    `- ${words.status}: ${plainLine(ticket.status.text)}`,
    ...(row.department ? [`- ${words.department}: ${plainLine(row.department)}`] : []),
    ...(facts ? [`- ${words.service}: ${plainLine(facts.service)}`] : [])
  ]
  const said = [
    { who: words.you, at: ticket.createdAt, text: ticket.message, attachments: ticket.attachments },
    ...ticket.replies.map((reply) => ({
      who: reply.author === 'staff' ? `${reply.name} (${words.staff})`.trim() : words.you,
      at: reply.sentAt,
      text: reply.message,
      attachments: reply.attachments
    }))
  ]
  const body = said.map(({ who, at, text, attachments }) => {
    const files = attachments.map((one) => `- ${plainLine(one.kind === 'link' ? one.url : one.text)}`)
    return [
      `### ${plainLine(who)}, ${words.when(at)}`,
      '',
      quoted(text),
      ...(files.length > 0 ? ['', `${words.attachments}:`, ...files] : [])
    ].join('\n')
  })
  return [...head, '', body.join('\n\n'), ''].join('\n')
}

/** One ticket as plain data; moments as ISO 8601 in UTC. */
export function toJson({ ticket, row, facts }: ExportEntry): unknown {
  const iso = (at: EpochMs | null): string | null => (at === null ? null : new Date(at).toISOString())
  return {
    id: ticket.id,
    title: facts?.title ?? null,
    department: row.department,
    service: facts?.service ?? null,
    status: ticket.status.text,
    createdAt: iso(ticket.createdAt),
    lastReplyAt: iso(ticket.lastReplyAt),
    message: ticket.message,
    attachments: ticket.attachments,
    replies: ticket.replies.map((reply) => ({
      id: reply.id,
      author: reply.author,
      name: reply.name,
      sentAt: iso(reply.sentAt),
      message: reply.message,
      attachments: reply.attachments
    }))
  }
}
