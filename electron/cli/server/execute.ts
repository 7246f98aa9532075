/** Carries out a request of the command line with the running app's engine. */
import type { Engine, Outcome } from '../../sync/types.ts'
import { checkNewTicket, type FieldName } from '../../tickets/fields.ts'
import { passesFilter } from '../../tickets/list/filters.ts'
import { refsOfMatches } from '../../tickets/list/more-matches.ts'
import { newestFirst } from '../../tickets/list/order.ts'
import { asciiWarnings } from '../../tickets/text/sent-form/ascii-warnings.ts'
import { refOf, type TicketId, type TicketRef } from '../../tickets/ticket.ts'
import type { AccountView, OutboxItem, TicketRow } from '../../tickets/views.ts'
import type { EntriesValue, EntryOutput, ListValue, ShowValue, StatusValue } from '../output/schema.ts'
import { failWith, type CommandOutcome } from '../protocol/command-problem.ts'
import type { Request, RequestOf } from '../protocol/requests.ts'
import { findAccount, findAccounts, findDepartment, findTicket } from './find.ts'
import { hideSecrets } from '../../tickets/text/secrets.ts'
import { itemOutput, messagesOutput, recordOutput, statusOutput, ticketOutput } from './ticket-output.ts'
import { untilUpToDate, waitFor, type Subscribe } from './up-to-date.ts'

export interface CommandParts {
  readonly engine: Engine
  /** Version of the app. */
  readonly version: string
  readonly subscribe: Subscribe
}

export type CommandValue = ListValue | ShowValue | EntriesValue | StatusValue

const succeed = <T>(value: T): CommandOutcome<T> => ({ ok: true, value })

const ofEngine = <T>(outcome: Outcome<T>): CommandOutcome<T> =>
  outcome.ok ? outcome : failWith(outcome.error.kind, outcome.error.field ?? outcome.error.serverMessage)

export function execute(request: Request, parts: CommandParts): Promise<CommandOutcome<CommandValue>> {
  switch (request.command) {
    case 'list':
      return list(request, parts)
    case 'show':
      return show(request, parts)
    case 'reply':
      return reply(request, parts)
    case 'new':
      return create(request, parts)
    case 'close':
      return close(request, parts)
    case 'status':
      return status(request, parts)
    case 'entries':
      return entries(request, parts)
  }
}

async function list(
  { query, filter, account, limit, refresh }: RequestOf<'list'>,
  { engine, subscribe }: CommandParts
): Promise<CommandOutcome<ListValue>> {
  await untilUpToDate(engine, refresh, subscribe)
  const among = findAccounts(account, engine.accounts)
  if (!among.ok) return among
  const found =
    query.trim() === '' ? succeed([...engine.tickets.rows()].sort(newestFirst)) : search(query, engine)
  if (!found.ok) return found
  const ids = new Set(among.value.map(({ id }) => id))
  const rows = found.value.filter((row) => ids.has(row.accountId) && passesFilter(filter, row))
  const accounts = engine.accounts.list()
  return succeed({
    tickets: rows.slice(0, limit).map((row) => ticketOutput(row, accounts)),
    total: rows.length
  })
}

/** Best first, as the search of the inbox. */
function search(query: string, { tickets }: Engine): CommandOutcome<readonly TicketRow[]> {
  const { hits, more, unknownFilters } = tickets.search(query)
  const [unknown] = unknownFilters
  if (unknown !== undefined) return failWith('unknown-filter', unknown)
  const keyOf = ({ accountId, ticketId }: TicketRef): string => `${accountId} ${ticketId}`
  const rows = new Map(tickets.rows().map((row) => [keyOf(refOf(row)), row]))
  const found = [...hits.map(({ ref }) => ref), ...refsOfMatches(more)]
  return succeed(found.flatMap((ref) => rows.get(keyOf(ref)) ?? []))
}

/** Asks the server once for a ticket that is not in the list: it may be new. */
async function find(
  ticketId: TicketId,
  account: string | null,
  { engine, subscribe }: CommandParts
): Promise<CommandOutcome<TicketRef>> {
  await engine.control.opened()
  const known = findTicket(ticketId, account, engine.accounts, engine.tickets)
  if (known.ok || known.error.kind !== 'unknown-ticket') return known
  await untilUpToDate(engine, true, subscribe)
  return findTicket(ticketId, account, engine.accounts, engine.tickets)
}

async function show(
  { ticket, account, refresh, markRead, showSecrets }: RequestOf<'show'>,
  parts: CommandParts
): Promise<CommandOutcome<ShowValue>> {
  const { engine, subscribe } = parts
  await untilUpToDate(engine, refresh, subscribe)
  const found = await find(ticket, account, parts)
  if (!found.ok) return found
  const known = engine.tickets.ticket(found.value)
  const thread = ofEngine(engine.tickets.thread(found.value))
  if (!thread.ok) return thread
  if (!known) return failWith('unknown-ticket', String(ticket))
  if (markRead) {
    const marked = ofEngine(await engine.tickets.markRead([found.value]))
    if (!marked.ok) return marked
  }
  return succeed({
    ticket: ticketOutput(known.row, engine.accounts.list()),
    service: thread.value.service,
    note: showSecrets ? thread.value.note : hideSecrets(thread.value.note),
    messages: messagesOutput(thread.value, showSecrets)
  })
}

/** Characters and words that the server would not receive as typed; null if all arrive. */
function changesOf(text: string, account: AccountView | undefined): string | null {
  if (account?.sentForm !== 'ascii') return null
  const { lost, words } = asciiWarnings(text)
  const changes = [...lost, ...words.map(({ typed, sent }) => `${typed} → ${sent}`)]
  return changes.length === 0 ? null : changes.join(', ')
}

const queued = (items: readonly OutboxItem[], { accounts }: Engine): CommandOutcome<EntriesValue> =>
  succeed({ entries: items.map((item) => itemOutput(item, accounts.list())) })

async function reply(
  { ticket, account, text, close: closesToo, allowChanges }: RequestOf<'reply'>,
  parts: CommandParts
): Promise<CommandOutcome<EntriesValue>> {
  const { engine } = parts
  const found = await find(ticket, account, parts)
  if (!found.ok) return found
  const ref = found.value
  const changes = changesOf(
    text,
    engine.accounts.list().find(({ id }) => id === ref.accountId)
  )
  if (changes !== null && !allowChanges) return failWith('changed-text', changes)
  if (closesToo) {
    const both = ofEngine(await engine.outgoing.replyAndClose(ref, text, 0, 'command line'))
    return both.ok ? queued(both.value, engine) : both
  }
  const one = ofEngine(await engine.outgoing.reply(ref, text, 'command line'))
  return one.ok ? queued([one.value], engine) : one
}

const optionOfField: Readonly<Record<FieldName, string>> = {
  title: 'title',
  departmentId: 'department',
  service: 'service',
  message: 'text',
  serverIp: 'server-ip',
  serverUser: 'server-user',
  password: 'server-password-file'
}

const kindOfFieldError = {
  required: 'field-required',
  'service-shape': 'field-invalid',
  'ip-shape': 'field-invalid',
  'too-long': 'field-too-long'
} as const

async function create(
  { account: typed, department, draft: written, password, allowChanges }: RequestOf<'new'>,
  { engine }: CommandParts
): Promise<CommandOutcome<EntriesValue>> {
  const found = findAccount(typed, engine.accounts)
  if (!found.ok) return found
  const account = found.value
  const departmentId = findDepartment(department, account)
  if (!departmentId.ok) return departmentId
  const service = written.service === '' ? account.rules.service : written.service
  const draft = { ...written, service, departmentId: departmentId.value }
  const [wrong] = checkNewTicket(draft, password)
  if (wrong) return failWith(kindOfFieldError[wrong.error], optionOfField[wrong.field])
  const changes = changesOf(`${draft.title}\n${draft.message}`, account)
  if (changes !== null && !allowChanges) return failWith('changed-text', changes)
  const one = ofEngine(await engine.outgoing.create(account.id, draft, password))
  return one.ok ? queued([one.value], engine) : one
}

/** Closes all tickets or none. */
async function close(
  { tickets, account }: RequestOf<'close'>,
  parts: CommandParts
): Promise<CommandOutcome<EntriesValue>> {
  const refs: TicketRef[] = []
  for (const ticket of new Set(tickets)) {
    const found = await find(ticket, account, parts)
    if (!found.ok) return found
    refs.push(found.value)
  }
  const all = ofEngine(await parts.engine.outgoing.close(refs))
  return all.ok ? queued(all.value, parts.engine) : all
}

async function status(
  { refresh }: RequestOf<'status'>,
  { engine, version, subscribe }: CommandParts
): Promise<CommandOutcome<StatusValue>> {
  await untilUpToDate(engine, refresh, subscribe)
  return succeed(
    statusOutput(version, engine.accounts.list(), engine.tickets.rows(), engine.outgoing.items())
  )
}

/** Milliseconds for a new ticket that was sent to be in the list, which tells its number. */
const numberWaitMs = 15_000

async function entries(
  { ids, wait }: RequestOf<'entries'>,
  { engine, subscribe }: CommandParts
): Promise<CommandOutcome<EntriesValue>> {
  const entryOf = (id: string): EntryOutput | null => {
    const accounts = engine.accounts.list()
    const item = engine.outgoing.items().find((one) => one.id === id)
    if (item) return itemOutput(item, accounts)
    const record = engine.outgoing.history().find((one) => one.id === id)
    return record ? recordOutput(record, accounts) : null
  }
  const until = Date.now() + wait
  const isEach = (has: (entry: EntryOutput) => boolean): boolean =>
    ids.every((id) => {
      const entry = entryOf(id)
      return entry === null || has(entry)
    })
  await waitFor(() => isEach(({ result }) => result !== 'waiting'), wait, subscribe)
  const isNumbered = ({ result, ticket }: EntryOutput): boolean => result !== 'sent' || ticket !== null
  const left = Math.max(0, until - Date.now())
  await waitFor(() => isEach(isNumbered), Math.min(left, numberWaitMs), subscribe)
  const found: EntryOutput[] = []
  for (const id of ids) {
    const entry = entryOf(id)
    if (!entry) return failWith('unknown-entry', id)
    found.push(entry)
  }
  return succeed({ entries: found })
}
