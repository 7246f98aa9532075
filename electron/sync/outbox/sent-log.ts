/**
 * The finished entries of an account: the newest ones as history, and acknowledged replies that the server does not show,
 * which are kept until it does.
 */
import type { SentReply, StoredSent } from '../../storage/schemas.ts'
import type { TicketId } from '../../tickets/ticket.ts'
import type { OutboxRecord } from '../../tickets/views.ts'

const maxRecords = 500
/** UTF-16 units in all; a few long texts must not make every start slow. */
const maxRecordsLength = 2_000_000

const noReplies: readonly SentReply[] = []

const lengthOf = ({ action }: OutboxRecord): number =>
  action.kind === 'create' ? action.draft.message.length : action.kind === 'reply' ? action.text.length : 0

/** The newest of them, oldest first; a record replaces an earlier one of the same entry. */
function limitRecords(records: Iterable<OutboxRecord>): readonly OutboxRecord[] {
  const all = [...new Map([...records].map((record) => [record.id, record])).values()].slice(-maxRecords)
  let length = 0
  let from = all.length
  while (from > 0) {
    const record = all[from - 1]
    length += record ? lengthOf(record) : 0
    if (length > maxRecordsLength && from < all.length) break
    from -= 1
  }
  return all.slice(from)
}

export function mergeSent(before: StoredSent, change: StoredSent): StoredSent {
  const shown = new Set([...change.shown, ...change.replies.map(({ id }) => id)])
  return {
    records: [...limitRecords([...before.records, ...change.records])],
    replies: [...before.replies.filter(({ id }) => !shown.has(id)), ...change.replies],
    shown: []
  }
}

export function groupByTicket<T extends { readonly ticketId: TicketId }>(
  all: Iterable<T>
): ReadonlyMap<TicketId, readonly T[]> {
  const groups = new Map<TicketId, T[]>()
  for (const item of all) {
    const group = groups.get(item.ticketId)
    if (group) group.push(item)
    else groups.set(item.ticketId, [item])
  }
  return groups
}

interface SentChange {
  readonly records?: readonly OutboxRecord[]
  readonly replies?: readonly SentReply[]
  readonly shown?: readonly string[]
}

const emptyLog: StoredSent = { records: [], replies: [], shown: [] }

export class SentLog {
  #all: StoredSent
  #change: StoredSent = emptyLog
  #byTicket: ReadonlyMap<TicketId, readonly SentReply[]> | null = null

  constructor(stored: StoredSent | null) {
    this.#all = mergeSent(emptyLog, stored ?? emptyLog)
  }

  /** Oldest first. */
  get records(): readonly OutboxRecord[] {
    return this.#all.records
  }

  get replies(): readonly SentReply[] {
    return this.#all.replies
  }

  /** In the order in which they were sent. */
  repliesTo(ticketId: TicketId): readonly SentReply[] {
    if (this.#all.replies.length === 0) return noReplies
    this.#byTicket ??= groupByTicket(this.#all.replies)
    return this.#byTicket.get(ticketId) ?? noReplies
  }

  /** `shown`: ids of kept replies that the server's list has by now. Answers whether anything changed. */
  add({ records = [], replies = [], shown = [] }: SentChange): boolean {
    if (records.length + replies.length + shown.length === 0) return false
    this.#all = mergeSent(this.#all, { records: [...records], replies: [...replies], shown: [...shown] })
    this.#change = {
      records: [...this.#change.records, ...records],
      replies: [...this.#change.replies.filter(({ id }) => !shown.includes(id)), ...replies],
      shown: [...this.#change.shown, ...shown]
    }
    if (replies.length + shown.length > 0) this.#byTicket = null
    return true
  }

  /** The changes since the last call. */
  takeChange(): StoredSent {
    const change = this.#change
    this.#change = emptyLog
    return change
  }

  stored(): StoredSent {
    return this.#all
  }
}
