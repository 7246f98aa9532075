/** The tickets of one account as last believed, their rows, and what a new list changes. No I/O. */
import { diffTickets, type TicketChange } from '../../tickets/list/changes.ts'
import { newestFirst } from '../../tickets/list/order.ts'
import type { SentReply } from '../../storage/schemas.ts'
import type { OriginalText } from '../../tickets/thread/originals.ts'
import { ticketRow, withState, type RowState } from '../../tickets/list/rows.ts'
import type { SearchEntry } from '../../tickets/list/search-filters.ts'
import type { AccountId, ApiVersion, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { OutboxState, TicketRow } from '../../tickets/views.ts'
import type { Marks } from './marks.ts'
import { OwnTexts, type TicketWithOwnTexts } from './own-texts.ts'
import type { Reconciled } from '../outbox/outbox.ts'

interface Context {
  readonly accountId: AccountId
  readonly version: ApiVersion
  readonly marks: Marks
  outboxState(id: TicketId): OutboxState | null
  /** An entry for this ticket is not over yet. */
  waitsFor(id: TicketId): boolean
  hasDraft(id: TicketId): boolean
  /** Replies sent from here that the server does not show. */
  keptReplies(id: TicketId): readonly SentReply[]
  /** What was typed, of messages that the server has otherwise. */
  originals(id: TicketId): readonly OriginalText[]
}

/** What a list changed in the tickets. */
export interface ListChange {
  /** All tickets of the list. */
  readonly next: readonly Ticket[]
  readonly changed: readonly TicketChange[]
  /** As the list before had them. */
  readonly left: readonly Ticket[]
  /** Were kept beside the list, and are in it again. */
  readonly returned: readonly TicketId[]
  /** Of those that left, some were in the list before this one. */
  readonly hasLeft: boolean
}

/** Rows that are others now. */
export interface ShownChange {
  readonly changed: readonly TicketId[]
  readonly removed: readonly TicketId[]
}

/** Maximum number of tickets merged at once; if more are missing, the list is incomplete. */
const maxMerged = 100

export class TicketList {
  readonly #context: Context
  #tickets = new Map<TicketId, Ticket>()
  /** No longer in the list; kept because somebody writes in them or something waits for them. */
  readonly #gone = new Map<TicketId, Ticket>()
  readonly #ownTexts = new OwnTexts()
  readonly #rows = new Map<TicketId, TicketRow>()
  /** The same in order; null while nobody asked since they changed. */
  #ordered: readonly TicketRow[] | null = null
  /** Their tickets in the same order; null likewise. */
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

  /** Also of one that left the list and is kept. */
  ticket(id: TicketId): Ticket | null {
    return this.#tickets.get(id) ?? this.#gone.get(id) ?? null
  }

  /** The same with the replies that the server does not show: for searching and exporting. */
  wholeTicket(id: TicketId): Ticket | null {
    return this.#withOwnTexts(id)?.whole ?? null
  }

  /** As the server has it, with what was typed beside each of the person's own messages that it has otherwise. */
  typedTicket(id: TicketId): Ticket | null {
    return this.#withOwnTexts(id)?.typed ?? null
  }

  #withOwnTexts(id: TicketId): TicketWithOwnTexts | null {
    const ticket = this.ticket(id)
    return ticket && this.#ownTexts.of(ticket, this.#context.keptReplies(id), this.#context.originals(id))
  }

  /** For the cache: the list, and what is kept beside it. */
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

  /** To be searched, newest activity first. */
  entries(): readonly SearchEntry[] {
    return (this.#entries ??= this.rows().flatMap((row) => {
      const ticket = this.wholeTicket(row.id)
      return ticket ? [{ row, ticket, facts: this.#context.marks.facts(row.id) }] : []
    }))
  }

  row(id: TicketId): TicketRow | null {
    return this.#rows.get(id) ?? null
  }

  /** Takes in a ticket of the cache. Answers its row. */
  load(ticket: Ticket): readonly TicketRow[] {
    const { marks } = this.#context
    marks.observeId(ticket.id)
    const to = marks.gone.has(ticket.id) ? this.#gone : this.#tickets
    to.set(ticket.id, ticket)
    return this.refresh([ticket.id])
  }

  /** Answers the tickets that are gone. */
  clear(): readonly TicketId[] {
    const gone = [...this.#rows.keys()]
    this.#tickets = new Map()
    this.#gone.clear()
    this.#ownTexts.clear()
    this.#rows.clear()
    this.#unread = 0
    this.#forgetOrder()
    return gone
  }

  /** The same pieces with this list's own objects: what it kept from before is not held twice. */
  reuseTickets(pieces: ReadonlyMap<bigint, Ticket>): ReadonlyMap<bigint, Ticket> {
    let reused: Map<bigint, Ticket> | null = null
    for (const [key, ticket] of pieces) {
      const kept = this.#tickets.get(ticket.id)
      if (kept && kept !== ticket) (reused ??= new Map(pieces)).set(key, kept)
    }
    return reused ?? pieces
  }

  /** An empty list, or one that lost most of what was there, may be the server's mistake. */
  isSuspicious(next: readonly Ticket[], unreadable: number): boolean {
    const known = this.#tickets.size
    const count = next.length + unreadable
    return known > 0 && (count === 0 || count < known / 2)
  }

  /** Where a list came without a ticket's replies, its thread is as it was. */
  #withReplies(ticket: Ticket): Ticket {
    const before = ticket.repliesMissing ? this.#tickets.get(ticket.id) : undefined
    return before ? { ...ticket, replies: before.replies } : ticket
  }

  /** Takes in the tickets of a list; what that means for marks and people is decided afterwards. */
  replaceWith(list: readonly Ticket[], unreadable: ReadonlySet<TicketId | null>): ListChange {
    const next = list.map((ticket) => this.#withReplies(ticket))
    const kept = new Set([...unreadable].filter((id) => id !== null))
    // An unreadable ticket without an id may be any of the missing ones.
    if (unreadable.has(null)) for (const id of this.#tickets.keys()) kept.add(id)
    const known = this.#gone.size === 0 ? this.#tickets : new Map([...this.#gone, ...this.#tickets])
    const { changed, removed } = diffTickets(known, next, kept)
    const returned = this.#restoreKept(next)
    // Unchanged tickets keep their object, which folded texts and rows are cached by.
    for (const { ticket } of changed) this.#tickets.set(ticket.id, ticket)
    const hasLeft = removed.some((id) => this.#tickets.has(id))
    const isMergePossible = removed.length <= maxMerged
    const left = removed.flatMap((id) => this.#removeFromList(id, isMergePossible) ?? [])
    return { next, changed, left, returned, hasLeft }
  }

  /** Makes the rows of what a list changed; answers which are others now, and which are gone. */
  showChange(
    { next, changed, left, returned }: ListChange,
    own: Reconciled,
    isBaseline: boolean
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
    const removed = this.releaseGone()
    const rows = [...this.refresh(renewed), ...this.refreshState(stateOnly)]
    return { changed: rows.map(({ id }) => id), removed }
  }

  /** Lets go of tickets that are in no list any more and that nobody writes to; answers which. */
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

  /** Out of the list; kept aside where somebody writes in it. */
  #removeFromList(id: TicketId, isMergePossible: boolean): Ticket | null {
    const ticket = this.ticket(id)
    if (ticket && this.#tickets.delete(id)) this.#context.marks.noteLeft(ticket, isMergePossible)
    if (!ticket) return null
    this.#gone.set(id, ticket)
    return ticket
  }

  /** Those that are in the list again; what did not change meanwhile stays the same object. */
  #restoreKept(next: readonly Ticket[]): readonly TicketId[] {
    if (this.#gone.size === 0) return []
    const back = next.flatMap(({ id }) => this.#gone.get(id) ?? [])
    for (const ticket of back) {
      this.#gone.delete(ticket.id)
      if (!this.#tickets.has(ticket.id)) this.#tickets.set(ticket.id, ticket)
    }
    return back.map(({ id }) => id)
  }

  /** Makes the rows of these tickets anew. */
  refresh(ids: Iterable<TicketId>): readonly TicketRow[] {
    return this.#show(ids, (ticket) =>
      ticketRow(ticket, {
        accountId: this.#context.accountId,
        version: this.#context.version,
        facts: this.#context.marks.facts(ticket.id),
        ...this.#stateOf(ticket.id)
      })
    )
  }

  /** The same where the tickets did not change, but what was read, waits or is being written: a thousand cost little. */
  refreshState(ids: Iterable<TicketId>): readonly TicketRow[] {
    return this.#show(ids, (ticket, row) => row && withState(row, ticket, this.#stateOf(ticket.id)))
  }

  #stateOf(id: TicketId): RowState {
    return {
      seen: this.#context.marks.seen(id),
      outbox: this.#context.outboxState(id),
      draft: this.#context.hasDraft(id),
      gone: this.#gone.has(id)
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
      this.#unread += (row.unread > 0 ? 1 : 0) - ((before?.unread ?? 0) > 0 ? 1 : 0)
      this.#rows.set(id, row)
      changed.push(row)
    }
    if (changed.length > 0) this.#forgetOrder()
    return changed
  }

  #drop(id: TicketId): void {
    if ((this.#rows.get(id)?.unread ?? 0) > 0) this.#unread -= 1
    this.#rows.delete(id)
    this.#forgetOrder()
  }

  #forgetOrder(): void {
    this.#ordered = null
    this.#entries = null
  }
}
