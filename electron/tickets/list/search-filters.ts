/** Applies the filters of a search. */
import { hasState } from './filters.ts'
import type { Condition, Query, QueryFilter } from './query.ts'
import { statusKey } from '../status.ts'
import type { LocalFacts, Status, Ticket } from '../ticket.ts'
import { fold } from '../text/turkish.ts'
import type { TicketRow } from '../views.ts'

export interface SearchEntry {
  readonly row: TicketRow
  readonly ticket: Ticket
  readonly facts: LocalFacts | null
  /** The person's note about the ticket; empty if there is none. */
  readonly note: string
}

/** The tickets of an account, and the name that `account:` compares with. */
export interface SearchAccount {
  readonly name: string
  /** Newest activity first. The array is the same object as long as nothing changed. */
  readonly entries: readonly SearchEntry[]
}

/** A status that no ticket has is an unknown filter, and the rest of the query is used without it. */
export function rejectUnknownStatuses(
  query: Query,
  accounts: readonly SearchAccount[],
  input: string
): Query {
  if (!query.filters.some(({ condition }) => condition.kind === 'status-text')) return query
  const statuses = new Set<Status>()
  for (const { entries } of accounts) for (const { row } of entries) statuses.add(row.status)
  const keys = [...statuses].map(({ text }) => statusKey(text))
  const [filters, unknown]: [QueryFilter[], string[]] = [[], []]
  for (const filter of query.filters) {
    const { condition, typed } = filter
    const isUnknown = condition.kind === 'status-text' && !keys.some((key) => key.startsWith(condition.text))
    if (isUnknown) unknown.push(typed)
    else filters.push(filter)
  }
  const unknownFilters = [...query.unknownFilters, ...unknown].sort(
    (a, b) => input.indexOf(a) - input.indexOf(b)
  )
  return { ...query, filters, unknownFilters }
}

/** A name that is the whole name of a tag means only that tag, and not those that begin with it as well. */
export function withWholeTags(query: Query, accounts: readonly SearchAccount[]): Query {
  if (!query.filters.some(({ condition }) => condition.kind === 'tag')) return query
  const tags = new Set<string>()
  for (const { entries } of accounts)
    for (const { row } of entries) for (const tag of row.work?.tags ?? []) tags.add(comparable(tag))
  return {
    ...query,
    filters: query.filters.map((filter) => {
      const { condition } = filter
      const isWhole = condition.kind === 'tag' && condition.name !== null && tags.has(condition.name)
      return isWhole ? { ...filter, condition: { ...condition, isWhole } } : filter
    })
  }
}

/** Folded, as it can be typed: a quoted value cannot contain quotes. */
const comparable = (name: string): string => fold(name).replaceAll('"', '').trim()

/** The accounts whose tickets are searched. */
export function accountsOf(
  filters: readonly QueryFilter[],
  accounts: readonly SearchAccount[]
): readonly SearchAccount[] {
  let among = accounts
  for (const { condition, negated } of filters)
    if (condition.kind === 'account') {
      const named = findAccounts(condition.name, accounts)
      among = among.filter((account) => named.includes(account) !== negated)
    }
  return among
}

/** Accounts whose name starts with `value`. If it is the full name of one, the others are excluded. */
function findAccounts(value: string, accounts: readonly SearchAccount[]): readonly SearchAccount[] {
  const nameOf = ({ name }: SearchAccount): string => comparable(name)
  const whole = accounts.filter((account) => nameOf(account) === value)
  return whole.length > 0 ? whole : accounts.filter((account) => nameOf(account).startsWith(value))
}

/** Whether a ticket meets the conditions of all filters except `account:`. */
export const passes = (filters: readonly QueryFilter[], entry: SearchEntry): boolean =>
  filters.every(
    ({ condition, negated }) => condition.kind === 'account' || isTrueOf(condition, entry) !== negated
  )

function isTrueOf(
  condition: Exclude<Condition, { kind: 'account' }>,
  { row, ticket, note }: SearchEntry
): boolean {
  switch (condition.kind) {
    case 'state':
      return hasState[condition.state](row)
    case 'status':
      return row.status.kind === condition.status
    case 'status-text':
      return statusKey(row.status.text).startsWith(condition.text)
    case 'speaker':
      return row.lastSpeaker === condition.speaker
    case 'department':
      return fold(row.department ?? '').startsWith(condition.name)
    case 'before':
      return (row.lastActivityAt ?? 0) < condition.at
    case 'after':
      return (row.lastActivityAt ?? 0) >= condition.at
    case 'draft':
      return row.draft
    case 'attachment':
      return ticket.attachments.length > 0 || ticket.replies.some(({ attachments }) => attachments.length > 0)
    case 'tag': {
      const { name, isWhole } = condition
      return row.work?.tags.some((tag) => name === null || hasName(tag, name, isWhole)) ?? false
    }
    case 'note':
      return condition.text === null ? note !== '' : hasWordStart(fold(note), condition.text)
  }
}

function hasName(tag: string, name: string, isWhole: boolean): boolean {
  const own = comparable(tag)
  return isWhole ? own === name : hasWordStart(own, name)
}

function hasWordStart(folded: string, start: string): boolean {
  let at = folded.indexOf(start)
  while (at !== -1 && /[\p{L}\p{N}]/u.test(folded.charAt(at - 1))) at = folded.indexOf(start, at + 1)
  return at !== -1
}
