/** The tickets of one account from the last accepted list, and their rows. No I/O. */
import { diffTickets } from '../../tickets/list/changes.ts'
import { newestFirst } from '../../tickets/list/order.ts'
import type { SentReply } from '../../storage/schemas.ts'
import type { OriginalText } from '../../tickets/thread/originals.ts'
import { ticketRow, withState, type RowState } from '../../tickets/list/rows.ts'
import { isUnread } from '../../tickets/work/put-aside.ts'
import type { SearchEntry } from '../../tickets/list/search-filters.ts'
import type { AccountId, ApiVersion, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { OutboxState, TicketRow } from '../../tickets/views.ts'
import {
  packChanges,
  withMissingParts,
  type ListChange,
  type MadeRows,
  type ShownChange
} from './list-change.ts'
import type { Marks } from '../marks/marks.ts'
import { applyPendingMark } from '../marks/pending-marks.ts'
import { OwnTexts, type TicketWithOwnTexts } from './own-texts.ts'
import type { Reconciled } from '../outbox/outbox.ts'
import type { AccountWork } from '../work/account-work.ts'

interface Context {
  readonly accountId: AccountId
  readonly version: ApiVersion
  readonly marks: Marks
  outboxState(id: TicketId): OutboxState | null
  /** Whether the outbox has an unfinished entry for this ticket. */
  waitsFor(id: TicketId): boolean
  hasDraft(id: TicketId): boolean
  /** Replies sent from here that the server does not show. */
  keptReplies(id: TicketId): readonly SentReply[]
  /** Original texts of messages that the server has in another form. */
  originals(id: TicketId): readonly OriginalText[]
  readonly work: AccountWork
}

/** Maximum number of tickets merged at once; if more are missing, the list is incomplete. */
const maxMerged = 100

export class TicketList {
  readonly #context: Context
  #tickets = new Map<TicketId, Ticket>()
  /** Tickets that left the list and are kept because of a draft or an outbox entry. */
  readonly #gone = new Map<TicketId, Ticket>()
  readonly #ownTexts = new OwnTexts()
  readonly #rows = new Map<TicketId, TicketRow>()
  /** Tickets whose rows have changed since `makeRows` began, by marks, drafts or the outbox. */
  readonly #refreshed = new Set<TicketId>()
  /** The rows in order; null if not computed since the last change. */
  #ordered: readonly TicketRow[] | null = null
  /** The search entries in the same order; null if not computed since the last change. */
  #entries: readonly SearchEntry[] | null = null
  #unread = 0

  constructor(context: Context) {
    this.#context = context
  }

  get tickets(): ReadonlyMap<TicketId, Ticket> {
    return this.#tickets
  }

  get everSeen(): ReadonlySet<TicketId> {
    return this.#context.marks.everSeen
  }

  /** Also finds kept tickets that left the list. */
  ticket(id: TicketId): Ticket | null {
    return this.#tickets.get(id) ?? this.#gone.get(id) ?? null
  }

  /** The ticket with the replies that the server does not show, for search and export. */
  wholeTicket(id: TicketId): Ticket | null {
    return this.#withOwnTexts(id)?.whole ?? null
  }

  /** The ticket with the original text of each message that the server has in another form. */
  typedTicket(id: TicketId): Ticket | null {
    return this.#withOwnTexts(id)?.typed ?? null
  }

  #withOwnTexts(id: TicketId): TicketWithOwnTexts | null {
    const ticket = this.ticket(id)
    return ticket && this.#ownTexts.of(ticket, this.#context.keptReplies(id), this.#context.originals(id))
  }

  /** For the cache: the list and the kept tickets. */
  stored(): readonly Ticket[] {
    return [...this.#tickets.values(), ...this.#gone.values()]
  }

  get unread(): number {
    return this.#unread
  }

  /** Newest activity first. */
  rows(): readonly TicketRow[] {
    return (this.#ordered ??= [...this.#rows.values()].sort(newestFirst))
  }

  /** For the search, newest activity first. */
  entries(): readonly SearchEntry[] {
    return (this.#entries ??= this.rows().flatMap((row) => {
      const ticket = this.wholeTicket(row.id)
      if (!ticket) return []
      const { marks, work } = this.#context
      return [{ row, ticket, facts: marks.facts(row.id), note: work.get(row.id).note }]
    }))
  }

  row(id: TicketId): TicketRow | null {
    return this.#rows.get(id) ?? null
  }

  /** Adds a cached ticket and applies its pending mark. Returns its row. */
  load(ticket: Ticket): readonly TicketRow[] {
    const { marks } = this.#context
    marks.observeId(ticket.id)
    applyPendingMark(marks, ticket)
    this.#context.work.noteLoaded(ticket)
    const to = marks.gone.has(ticket.id) ? this.#gone : this.#tickets
    to.set(ticket.id, ticket)
    return this.refresh([ticket.id])
  }

  /** Returns the removed tickets. */
  clear(): readonly TicketId[] {
    const gone = [...this.#rows.keys()]
    this.#tickets = new Map()
    this.#gone.clear()
    this.#rows.clear()
    this.#unread = 0
    this.#forgetOrder()
    return gone
  }

  /** Whether the list is empty or lost most tickets, which may be an error of the server. */
  isSuspicious(next: readonly Ticket[], unreadable: number): boolean {
    const known = this.#tickets.size
    const count = next.length + unreadable
    return known > 0 && (count === 0 || count < known / 2)
  }

  /** Compares with a list in steps; `take` applies the result. Only one list is compared at a time. */
  *compare(
    list: readonly Ticket[],
    unreadable: ReadonlySet<TicketId | null>
  ): Generator<undefined, ListChange> {
    const next = list.map((ticket) => withMissingParts(ticket, this.#tickets))
    const kept = new Set([...unreadable].filter((id) => id !== null))
    // An unreadable ticket without an id may be any of the missing ones.
    if (unreadable.has(null)) for (const id of this.#tickets.keys()) kept.add(id)
    const known = this.#gone.size === 0 ? this.#tickets : new Map([...this.#gone, ...this.#tickets])
    const { changed: read, removed } = yield* diffTickets(known, next, kept)
    const changed = yield* packChanges(read)
    yield
    const tickets = new Map(this.#tickets)
    // Unchanged tickets stay the same objects, because caches are keyed by them.
    for (const { ticket } of changed) tickets.set(ticket.id, ticket)
    const returned = this.#gone.size === 0 ? [] : next.flatMap(({ id }) => this.#gone.get(id) ?? [])
    for (const ticket of returned) if (!tickets.has(ticket.id)) tickets.set(ticket.id, ticket)
    const left = removed.flatMap((id) => this.ticket(id) ?? [])
    for (const { id } of left) tickets.delete(id)
    // Not as they were read, so that unchanged tickets are not kept in memory twice.
    const all = next.map((ticket) => tickets.get(ticket.id) ?? ticket)
    return { next: all, tickets, changed, left, returned: returned.map(({ id }) => id) }
  }

  /** Applies the changes. Returns whether tickets of the previous list left. */
  take({ tickets, left, returned }: ListChange): boolean {
    const isMergePossible = left.length <= maxMerged
    let hasLeft = false
    for (const id of returned) this.#gone.delete(id)
    for (const ticket of left) {
      if (this.#tickets.has(ticket.id)) {
        hasLeft = true
        this.#context.marks.noteLeft(ticket, isMergePossible)
      }
      this.#gone.set(ticket.id, ticket)
    }
    this.#tickets = tickets
    return hasLeft
  }

  /** Creates rows with these marks, ticket by ticket; `showChange` applies them. */
  *makeRows(tickets: Iterable<Ticket>, marks: Marks): Generator<undefined, Map<TicketId, TicketRow>> {
    const rows = new Map<TicketId, TicketRow>()
    this.#refreshed.clear()
    for (const ticket of tickets) {
      rows.set(ticket.id, this.#makeRow(ticket, marks))
      yield
    }
    return rows
  }

  /** Applies the rows of a list change. Returns the changed and removed ones. */
  showChange(
    { next, changed, left, returned }: ListChange,
    own: Reconciled,
    isBaseline: boolean,
    made: MadeRows
  ): ShownChange {
    const renewed = new Set([
      ...(isBaseline ? next : changed.map(({ ticket }) => ticket)).map(({ id }) => id),
      ...own.made.map(({ id }) => id),
      ...returned
    ])
    const stateOnly: TicketId[] = []
    if (own.isChanged)
      for (const row of this.#rows.values())
        if (row.outbox !== null && !renewed.has(row.id)) stateOnly.push(row.id)
    for (const { id } of left) renewed.add(id)
    for (const id of returned) this.#refreshed.add(id)
    const removed = this.releaseGone()
    const rows = [
      ...this.#show(renewed, (ticket) => {
        const isOutdated = this.#refreshed.has(ticket.id) || made.isOutdated(ticket.id)
        return (isOutdated ? null : made.rows.get(ticket.id)) ?? this.#makeRow(ticket)
      }),
      ...this.refreshState(stateOnly)
    ]
    return { changed: rows.map(({ id }) => id), removed }
  }

  /** Releases kept tickets without a draft and outbox entry. Returns their ids. */
  releaseGone(): readonly TicketId[] {
    const context = this.#context
    const released = [...this.#gone.keys()].filter((id) => !context.hasDraft(id) && !context.waitsFor(id))
    for (const id of released) {
      this.#gone.delete(id)
      this.#drop(id)
    }
    context.marks.setGone(this.#gone.keys())
    return released
  }

  /** Recreates the rows of these tickets. */
  refresh(ids: Iterable<TicketId>): readonly TicketRow[] {
    return this.#show(ids, (ticket) => this.#makeRow(ticket))
  }

  /** Updates the rows of unchanged tickets with their current marks, drafts and outbox state; much cheaper. */
  refreshState(ids: Iterable<TicketId>): readonly TicketRow[] {
    return this.#show(ids, (ticket, row) => row && withState(row, ticket, this.#stateOf(ticket.id)))
  }

  #makeRow(ticket: Ticket, marks = this.#context.marks): TicketRow {
    return ticketRow(ticket, {
      accountId: this.#context.accountId,
      version: this.#context.version,
      facts: marks.facts(ticket.id),
      ...this.#stateOf(ticket.id, marks)
    })
  }

  #stateOf(id: TicketId, marks = this.#context.marks): RowState {
    return {
      seen: marks.seen(id),
      outbox: this.#context.outboxState(id),
      draft: this.#context.hasDraft(id),
      gone: this.#gone.has(id),
      work: this.#context.work.row(id)
    }
  }

  #show(
    ids: Iterable<TicketId>,
    make: (ticket: Ticket, before: TicketRow | null) => TicketRow | null
  ): readonly TicketRow[] {
    const changed: TicketRow[] = []
    for (const id of ids) {
      const ticket = this.typedTicket(id)
      const before = this.#rows.get(id) ?? null
      const row = ticket && make(ticket, before)
      if (!row) continue
      this.#unread += (isUnread(row) ? 1 : 0) - (before && isUnread(before) ? 1 : 0)
      this.#rows.set(id, row)
      this.#refreshed.add(id)
      changed.push(row)
    }
    if (changed.length > 0) this.#forgetOrder()
    return changed
  }

  #drop(id: TicketId): void {
    const row = this.#rows.get(id)
    if (row && isUnread(row)) this.#unread -= 1
    this.#rows.delete(id)
    this.#forgetOrder()
  }

  #forgetOrder(): void {
    this.#ordered = null
    this.#entries = null
  }
}
