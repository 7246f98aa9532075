import type { EpochMs, LocalFacts, Status, Ticket } from '../ticket.ts'
import type { TicketRow } from '../views.ts'
import { titleOf } from '../work/title.ts'
import { oneLine } from '../text/text.ts'
import { ownText } from './originals.ts'

export interface ExportEntry {
  readonly ticket: Ticket
  readonly row: TicketRow
  readonly facts: LocalFacts | null
  /** The person's note; empty if there is none. */
  readonly note: string
}

export interface ExportWords {
  readonly you: string
  readonly staff: string
  readonly status: string
  readonly department: string
  readonly service: string
  readonly attachments: string
  readonly subject: string
  readonly tags: string
  readonly note: string
  /** Label of the server's version of a message, if it differs from the typed text. */
  readonly atServer: string
  statusName(status: Status): string
  /** Formats a time in the person's language and time zone. */
  when(at: EpochMs | null): string
}

/** Escapes markup, so that a message cannot become a heading, a link or HTML. */
const escapeMarkdown = (text: string): string => text.replace(/([\\`*_[\]<>#|!~&])/g, '\\$1')
/** Text for headings and list items, which must be one line. */
const escapeLine = (text: string): string => escapeMarkdown(oneLine(text))
const quote = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${escapeMarkdown(line)}`))
    .join('\n')

/** The server's version of the message, which the staff read and which may differ from the typed text. */
const atServer = ({ typed, message }: Pick<Ticket, 'typed' | 'message'>): string | null =>
  typed ? message : null

/** One ticket as Markdown, with its messages as quotes. */
export function toMarkdown({ ticket, row, facts, note }: ExportEntry, words: ExportWords): string {
  const title = titleOf(row)
  const tags = row.work?.tags ?? []
  const head = [
    `## #${ticket.id} ${escapeLine(title)}`,
    '',
    ...(title === row.subject ? [] : [`- ${words.subject}: ${escapeLine(row.subject)}`]),
    `- ${words.status}: ${escapeLine(words.statusName(ticket.status))}`,
    ...(row.department ? [`- ${words.department}: ${escapeLine(row.department)}`] : []),
    ...(facts ? [`- ${words.service}: ${escapeLine(facts.service)}`] : []),
    ...(tags.length === 0 ? [] : [`- ${words.tags}: ${tags.map(escapeLine).join(', ')}`]),
    ...(note === '' ? [] : ['', `${words.note}:`, '', quote(note)])
  ]
  const said = [
    {
      who: words.you,
      at: ticket.createdAt,
      text: ownText(ticket),
      atServer: atServer(ticket),
      attachments: ticket.attachments
    },
    ...ticket.replies.map((reply) => ({
      who: reply.author === 'staff' ? `${reply.name} (${words.staff})`.trim() : words.you,
      at: reply.sentAt,
      text: ownText(reply),
      atServer: atServer(reply),
      attachments: reply.attachments
    }))
  ]
  const body = said.map(({ who, at, text, atServer, attachments }) => {
    const files = attachments.map((one) => `- ${escapeLine(one.kind === 'link' ? one.url : one.text)}`)
    return [
      `### ${escapeLine(who)}, ${words.when(at)}`,
      '',
      quote(text),
      ...(atServer === null ? [] : ['', `${words.atServer}:`, '', quote(atServer)]),
      ...(files.length > 0 ? ['', `${words.attachments}:`, ...files] : [])
    ].join('\n')
  })
  return [...head, '', body.join('\n\n'), ''].join('\n')
}

/** One ticket as plain data, with times as ISO 8601 in UTC. */
export function toJson({ ticket, row, facts, note }: ExportEntry): unknown {
  const iso = (at: EpochMs | null): string | null => (at === null ? null : new Date(at).toISOString())
  return {
    id: ticket.id,
    title: facts?.title ?? null,
    ...(row.work?.title ? { ownTitle: row.work.title } : {}),
    ...(row.work && row.work.tags.length > 0 ? { tags: row.work.tags } : {}),
    ...(note === '' ? {} : { note }),
    department: row.department,
    service: facts?.service ?? null,
    status: ticket.status.text,
    createdAt: iso(ticket.createdAt),
    lastReplyAt: iso(ticket.lastReplyAt),
    message: ownText(ticket),
    ...(ticket.typed ? { messageAtServer: ticket.message } : {}),
    attachments: ticket.attachments,
    replies: ticket.replies.map((reply) => ({
      id: reply.id,
      author: reply.author,
      name: reply.name,
      sentAt: iso(reply.sentAt),
      message: ownText(reply),
      ...(reply.typed ? { messageAtServer: reply.message } : {}),
      attachments: reply.attachments
    }))
  }
}
