/** What the command line prints for people. */
import { intlTags, type Locale } from '../../tickets/locale.ts'
import { statusName } from '../../tickets/list/status-names.ts'
import { helpHint } from '../words/help.ts'
import { problemText, type System } from '../words/problems.ts'
import { wordsOf } from '../words/words.ts'
import { printable, printableLine } from './printable.ts'
import type { EntriesValue, EntryOutput, ListValue, ShowValue, StatusValue, TicketOutput } from './schema.ts'

/** In the time zone of this machine. */
function timeIn(locale: Locale): (iso: string | null) => string {
  const format = new Intl.DateTimeFormat(intlTags[locale], { dateStyle: 'short', timeStyle: 'short' })
  return (iso) => (iso === null ? '–' : format.format(new Date(iso)))
}

const characters = new Intl.Segmenter('tr', { granularity: 'grapheme' })
const lengthOf = (text: string): number => [...characters.segment(text)].length

/** Columns separated by two spaces, as wide as their longest cell; the last one is not filled. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => lengthOf(row[column] ?? '')))
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - lengthOf(cell)))
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}

export function listText({ tickets, total }: ListValue, locale: Locale): string {
  const words = wordsOf(locale)
  if (tickets.length === 0) return `${words.nothingFound}\n`
  const time = timeIn(locale)
  const { columns } = words
  const severalAccounts = new Set(tickets.map(({ account }) => account.id)).size > 1
  const cells = (ticket: TicketOutput): readonly string[] => [
    `#${ticket.id}`,
    ticket.unread > 0 ? String(ticket.unread) : '',
    ticket.status.kind === 'closed' ? '' : words.turn[ticket.waitingFor],
    printableLine(statusName(ticket.status, locale)),
    time(ticket.lastActivityAt),
    ...(severalAccounts ? [printableLine(ticket.account.name)] : []),
    printableLine(ticket.title)
  ]
  const head = [
    ...[columns.number, columns.unread, columns.turn, columns.status, columns.activity],
    ...(severalAccounts ? [columns.account] : []),
    columns.subject
  ]
  const rest = total > tickets.length ? `${words.more(total - tickets.length)}\n` : ''
  return `${table([head, ...tickets.map(cells)])}\n${rest}`
}

export function showText({ ticket, service, note, messages }: ShowValue, locale: Locale): string {
  const words = wordsOf(locale)
  const time = timeIn(locale)
  const facts: readonly (readonly [string, string | null])[] = [
    [words.status, statusName(ticket.status, locale)],
    [words.department, ticket.department],
    [words.service, service],
    [words.account, ticket.account.name],
    [words.tags, ticket.work?.tags.join(', ') ?? null],
    [words.note, note]
  ]
  const parts = messages.map((message) => {
    const name = message.author === 'customer' ? words.you : `${message.name} (${words.staff})`
    const notes = [
      ...(message.unread ? [words.unreadReply] : []),
      ...(message.origin === 'local' ? [words.localMessage] : [])
    ]
    const head = [printableLine(name), time(message.sentAt), ...notes].join(', ')
    const files = message.attachments.map(
      ({ name: file, url }) => `${words.attachment}: ${printableLine([file, url ?? ''].join(' '))}`
    )
    return [`--- ${head}`, printable(message.text).trim(), ...files].join('\n')
  })
  return [
    `#${ticket.id} ${printableLine(ticket.title)}`,
    ...facts.flatMap(([name, value]) => (value ? [`${name}: ${printableLine(value)}`] : [])),
    '',
    parts.join('\n\n'),
    ''
  ].join('\n')
}

/** One line: the id first, so that scripts can cut it off. */
function entryLine(entry: EntryOutput, locale: Locale, system: System): string {
  const words = wordsOf(locale)
  const target = entry.ticket === null ? printableLine(entry.title ?? '') : `#${entry.ticket}`
  const result =
    entry.result === 'waiting' && entry.state !== null
      ? words.outboxStates[entry.state]
      : words.results[entry.result]
  const reason = entry.problem
    ? ` (${printableLine(entry.problem.serverMessage ?? problemText({ kind: entry.problem.kind }, locale, system))})`
    : ''
  const advice = entry.result === 'undecided' ? ` ${words.decide}` : ''
  return `${entry.id}  ${words.actions[entry.action]} ${target}: ${result}${reason}${advice}\n`
}

export const entriesText = ({ entries }: EntriesValue, locale: Locale, system: System): string =>
  entries.map((entry) => entryLine(entry, locale, system)).join('')

export function statusText(status: StatusValue, locale: Locale, system: System): string {
  const words = wordsOf(locale)
  const time = timeIn(locale)
  const countsOf = ({ unread, yourTurn, open }: Pick<StatusValue, 'unread' | 'yourTurn' | 'open'>): string =>
    [words.unread(unread), words.yourTurn(yourTurn), words.open(open)].join(', ')
  const accounts = status.accounts.map((account) => {
    const { state, freshAt, problem } = account.connection
    const connection = [
      words.connection[state],
      freshAt === null ? words.never : words.freshAt(time(freshAt)),
      ...(problem ? [problemText(problem, locale, system)] : [])
    ].join(', ')
    const name = `${printableLine(account.name)}${account.isSample ? ` (${words.sample})` : ''}`
    return `${name}: ${countsOf(account)}\n  ${connection}`
  })
  const { entries } = status.outbox
  return [
    `Bilet ${status.version}: ${countsOf(status)}`,
    ...(accounts.length === 0 ? [words.noAccount] : accounts),
    ...(entries.length === 0
      ? []
      : [`${words.outbox}:`, ...entries.map((entry) => `  ${entryLine(entry, locale, system).trimEnd()}`)]),
    ''
  ].join('\n')
}

export const errorText = (message: string, locale: Locale, hasHint: boolean): string =>
  `bilet: ${printableLine(message)}\n${hasHint ? `${helpHint(locale)}\n` : ''}`
