/** Makes from the engine's views what the command line prints. */
import { hasState } from '../../tickets/list/filters.ts'
import { hideSecrets } from '../../tickets/text/secrets.ts'
import type { Problem } from '../../tickets/problem.ts'
import type { EpochMs } from '../../tickets/ticket.ts'
import type {
  AccountView,
  OutboxItem,
  OutboxRecord,
  OutboxState,
  Thread,
  TicketRow
} from '../../tickets/views.ts'
import { titleOf } from '../../tickets/work/title.ts'
import type { EntryOutput, ShowValue, StatusValue, TicketOutput } from '../output/schema.ts'

const iso = (at: EpochMs): string => new Date(at).toISOString()
const isoOrNull = (at: EpochMs | null): string | null => (at === null ? null : iso(at))

type Accounts = readonly AccountView[]

const accountOf = (accounts: Accounts, id: string): TicketOutput['account'] => ({
  id,
  name: accounts.find((account) => account.id === id)?.name ?? ''
})

/** The field is left out: it belongs to a form of a window. `retryAt` is in the state of the connection. */
const problemOf = ({ kind, serverMessage, httpStatus }: Problem): EntryOutput['problem'] => ({
  kind,
  ...(serverMessage === undefined ? {} : { serverMessage }),
  ...(httpStatus === undefined ? {} : { httpStatus })
})

const workOf = (work: TicketRow['work']): TicketOutput['work'] =>
  work && {
    done: work.done,
    snoozedUntil: isoOrNull(work.snoozedUntil),
    followUpAt: isoOrNull(work.followUpAt),
    pinned: work.pinned,
    muted: work.muted,
    tags: [...work.tags]
  }

export const ticketOutput = (row: TicketRow, accounts: Accounts): TicketOutput => ({
  id: row.id,
  account: accountOf(accounts, row.accountId),
  subject: row.subject,
  title: titleOf(row),
  status: { kind: row.status.kind, text: row.status.text },
  department: row.department,
  waitingFor: row.waitingFor,
  unread: row.unread,
  replyCount: row.replyCount,
  lastSpeaker: row.lastSpeaker,
  lastSpeakerName: row.lastSpeakerName,
  excerpt: hideSecrets(row.excerpt),
  createdAt: isoOrNull(row.createdAt),
  lastActivityAt: isoOrNull(row.lastActivityAt),
  outbox: row.outbox,
  hasDraft: row.draft,
  gone: row.gone,
  work: workOf(row.work)
})

export const messagesOutput = ({ messages }: Thread, showSecrets: boolean): ShowValue['messages'] =>
  messages.map((message) => ({
    author: message.author,
    name: message.name,
    sentAt: isoOrNull(message.sentAt),
    text: showSecrets ? message.text : hideSecrets(message.text),
    signature: message.signature,
    unread: message.unread,
    origin: message.origin,
    attachments: message.attachments.map((one) =>
      one.kind === 'link' ? { name: one.name, url: one.url } : { name: one.text, url: null }
    )
  }))

const actionNames = { reply: 'reply', create: 'new', close: 'close' } as const

const resultOfState: Readonly<Record<OutboxItem['state'], EntryOutput['result']>> = {
  queued: 'waiting',
  sending: 'waiting',
  uncertain: 'waiting',
  sent: 'sent',
  refused: 'refused',
  undecided: 'undecided'
}

const resultOfEnd: Readonly<Record<OutboxRecord['end'], EntryOutput['result']>> = {
  shown: 'sent',
  hidden: 'sent',
  confirmed: 'sent',
  'kept-as-draft': 'cancelled',
  'taken-back': 'cancelled',
  discarded: 'cancelled',
  refused: 'refused'
}

export const itemOutput = (item: OutboxItem, accounts: Accounts): EntryOutput => ({
  id: item.id,
  account: accountOf(accounts, item.accountId),
  action: actionNames[item.action.kind],
  ticket: item.action.kind === 'create' ? null : item.action.ticketId,
  title: item.action.kind === 'create' ? item.action.draft.title : null,
  result: resultOfState[item.state],
  state: item.state,
  queuedAt: iso(item.queuedAt),
  attempts: item.attempts,
  problem: item.problem && problemOf(item.problem)
})

export const recordOutput = (record: OutboxRecord, accounts: Accounts): EntryOutput => ({
  id: record.id,
  account: accountOf(accounts, record.accountId),
  action: actionNames[record.action.kind],
  ticket: record.ticketId,
  title: record.action.kind === 'create' ? record.action.draft.title : null,
  result: resultOfEnd[record.end],
  state: null,
  queuedAt: iso(record.queuedAt),
  attempts: record.attempts,
  problem: null
})

const countOf = (rows: readonly TicketRow[], has: (row: TicketRow) => boolean): number =>
  rows.filter(has).length

export function statusOutput(
  version: string,
  accounts: Accounts,
  rows: readonly TicketRow[],
  items: readonly OutboxItem[]
): StatusValue {
  const counts = (some: readonly TicketRow[]): Pick<StatusValue, 'unread' | 'yourTurn' | 'open'> => ({
    unread: countOf(some, hasState.unread),
    yourTurn: countOf(some, hasState.waiting),
    open: countOf(some, hasState.open)
  })
  const countState = (state: OutboxState): number => items.filter((item) => item.state === state).length
  return {
    version,
    ...counts(rows),
    accounts: accounts.map((account) => ({
      id: account.id,
      name: account.name,
      isSample: account.demo,
      apiVersion: account.version,
      connection: {
        state: account.connection.state,
        freshAt: isoOrNull(account.connection.freshAt),
        problem: account.connection.problem && problemOf(account.connection.problem)
      },
      ...counts(rows.filter(({ accountId }) => accountId === account.id)),
      departments: account.departments.map(({ id, name }) => ({ id, name }))
    })),
    outbox: {
      queued: countState('queued'),
      sending: countState('sending'),
      uncertain: countState('uncertain'),
      sent: countState('sent'),
      refused: countState('refused'),
      undecided: countState('undecided'),
      entries: items.map((item) => itemOutput(item, accounts))
    }
  }
}
