/**
 * The finished entries of an account: the newest ones as history, and acknowledged replies that the server does not show,
 * which are kept until it does.
 */
import type { SentReply, StoredSent } from '../../storage/schemas.ts'
import type { TicketId } from '../../tickets/ticket.ts'
import type { OriginalText } from '../../tickets/thread/originals.ts'
import type { OutboxRecord } from '../../tickets/views.ts'

const maxRecords = 500
/** Limits of stored original texts: number, and total UTF-16 units. The newest are kept. */
const maxOriginals = 5000
const maxOriginalsLength = 2_000_000
/** Maximum total UTF-16 units of the history, so that long texts do not slow down starts. */
const maxRecordsLength = 2_000_000

const noOriginals: readonly OriginalText[] = []
const noReplies: readonly SentReply[] = []

const lengthOf = ({ action }: OutboxRecord): number =>
  action.kind === 'create' ? action.draft.message.length : action.kind === 'reply' ? action.text.length : 0

/** Keeps the newest records, oldest first; a record replaces an earlier one of the same entry. */
function limitRecords(records: Iterable<OutboxRecord>): readonly OutboxRecord[] {
  const all = [...new Map([...records].map((record) => [record.id, record])).values()].slice(-maxRecords)
  return newestWithin(all, lengthOf, maxRecordsLength)
}

/** Keeps the last record, and those before it up to the maximum total length. */
function newestWithin<T>(all: readonly T[], lengthOf: (one: T) => number, maxLength: number): readonly T[] {
  let length = 0
  let from = all.length
  for (const one of all.toReversed()) {
    length += lengthOf(one)
    if (length > maxLength && from < all.length) break
    from -= 1
  }
  return all.slice(from)
}

export function mergeSent(before: StoredSent, change: StoredSent): StoredSent {
  const shown = new Set([...change.shown, ...change.replies.map(({ id }) => id)])
  return {
    records: [...limitRecords([...before.records, ...change.records])],
    replies: [...before.replies.filter(({ id }) => !shown.has(id)), ...change.replies],
    shown: [],
    originals: change.originals.length === 0 ? before.originals : newestOriginals(before, change)
  }
}

const newestOriginals = (before: StoredSent, change: StoredSent): readonly OriginalText[] => {
  const all = [...new Map([...before.originals, ...change.originals].map((one) => [one.id, one])).values()]
  return newestWithin(all.slice(-maxOriginals), ({ text }) => text.length, maxOriginalsLength)
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
  readonly originals?: readonly OriginalText[]
}

const emptyLog: StoredSent = { records: [], replies: [], shown: [], originals: [] }

export class SentLog {
  #all: StoredSent
  #change: StoredSent = emptyLog
  #byTicket: ReadonlyMap<TicketId, readonly SentReply[]> | null = null
  #originalsByTicket: ReadonlyMap<TicketId, readonly OriginalText[]> | null = null

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

  /** In the order of sending. */
  repliesTo(ticketId: TicketId): readonly SentReply[] {
    if (this.#all.replies.length === 0) return noReplies
    this.#byTicket ??= groupByTicket(this.#all.replies)
    return this.#byTicket.get(ticketId) ?? noReplies
  }

  /** Original texts of messages in this ticket that the server has in another form; the same object until they change. */
  originalsOf(ticketId: TicketId): readonly OriginalText[] {
    if (this.#all.originals.length === 0) return noOriginals
    this.#originalsByTicket ??= groupByTicket(this.#all.originals)
    return this.#originalsByTicket.get(ticketId) ?? noOriginals
  }

  /** `shown`: ids of kept replies that the list now has. Returns whether anything changed. */
  add({ records = [], replies = [], shown = [], originals = [] }: SentChange): boolean {
    if (records.length + replies.length + shown.length + originals.length === 0) return false
    this.#all = mergeSent(this.#all, { records, replies, shown, originals })
    this.#change = {
      records: [...this.#change.records, ...records],
      replies: [...this.#change.replies.filter(({ id }) => !shown.includes(id)), ...replies],
      shown: [...this.#change.shown, ...shown],
      originals: [...this.#change.originals, ...originals]
    }
    if (originals.length > 0) this.#originalsByTicket = null
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
