/** The tickets of one account as last believed, their rows, and what a new list changes. No I/O. */
import { diffTickets } from '../tickets/list/changes.ts'
import { excerpt } from '../tickets/text/message.ts'
import { newestFirst } from '../tickets/list/order.ts'
import type { SentReply } from '../storage/schemas.ts'
import { withKeptReplies } from '../tickets/thread/kept-replies.ts'
import { subjectOf, ticketRow, withState, type RowState } from '../tickets/list/rows.ts'
import type { SearchEntry } from '../tickets/list/search.ts'
import { isClosed } from '../tickets/status.ts'
import type { AccountId, ApiVersion, Ticket, TicketId } from '../tickets/ticket.ts'
import { replyKeys, staffKeys } from '../tickets/thread/unread.ts'
import type { OutboxState, TicketRow } from '../tickets/views.ts'
import { answeredInPanel } from './answered-in-panel.ts'
import type { Marks } from './marks.ts'
import { meetAnswers } from './meet-answers.ts'
import { MovedReplies } from './moved-replies.ts'
import type { Finding } from './types.ts'
import type { Reconciled } from './outbox/outbox.ts'

interface Context {
  readonly accountId: AccountId
  readonly version: ApiVersion
  readonly marks: Marks
  outboxState(id: TicketId): OutboxState | null
  /** An entry for this ticket is not over yet. */
  waitsFor(id: TicketId): boolean
  /** A message of the customer's in this ticket may be one that was sent from here. */
  mayHaveReplied(id: TicketId): boolean
  hasDraft(id: TicketId): boolean
  /** Replies sent from here that the server does not show. */
  keptReplies(id: TicketId): readonly SentReply[]
}

interface WithKept {
  readonly ticket: Ticket
  readonly kept: readonly SentReply[]
  readonly whole: Ticket
}

export interface Applied {
  readonly findings: readonly Finding[]
  readonly rows: readonly TicketRow[]
  readonly removed: readonly TicketId[]
  readonly marksChanged: boolean
  /** What the outbox made of it. */
  readonly own: Reconciled
}

/** Nobody merges more at once; where more are missing, it is the list that is short. */
const mostMerged = 100

export class TicketList {
  readonly #context: Context
  #tickets = new Map<TicketId, Ticket>()
  /** No longer in the list; kept because somebody writes in them or something waits for them. */
  readonly #gone = new Map<TicketId, Ticket>()
  readonly #withKept = new Map<TicketId, WithKept>()
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
    const ticket = this.ticket(id)
    const kept = this.#context.keptReplies(id)
    if (!ticket || kept.length === 0) return ticket
    const before = this.#withKept.get(id)
    if (before?.ticket === ticket && before.kept === kept) return before.whole
    const whole = withKeptReplies(ticket, kept)
    this.#withKept.set(id, { ticket, kept, whole })
    return whole
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
    marks.meet(ticket.id)
    const to = marks.gone.has(ticket.id) ? this.#gone : this.#tickets
    to.set(ticket.id, ticket)
    return this.refresh([ticket.id])
  }

  /** Answers the tickets that are gone. */
  clear(): readonly TicketId[] {
    const gone = [...this.#rows.keys()]
    this.#tickets = new Map()
    this.#gone.clear()
    this.#withKept.clear()
    this.#rows.clear()
    this.#unread = 0
    this.#forgetOrder()
    return gone
  }

  /** The same pieces with this list's own objects: what it kept from before is not held twice. */
  own(pieces: ReadonlyMap<bigint, Ticket>): ReadonlyMap<bigint, Ticket> {
    let own: Map<bigint, Ticket> | null = null
    for (const [key, ticket] of pieces) {
      const kept = this.#tickets.get(ticket.id)
      if (kept && kept !== ticket) (own ??= new Map(pieces)).set(key, kept)
    }
    return own ?? pieces
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

  apply(
    list: readonly Ticket[],
    unreadable: ReadonlySet<TicketId | null>,
    isBaseline: boolean,
    reconcile: (tickets: ReadonlyMap<TicketId, Ticket>) => Reconciled
  ): Applied {
    const { marks } = this.#context
    const next = list.map((ticket) => this.#withReplies(ticket))
    const kept = new Set([...unreadable].filter((id) => id !== null))
    // A ticket that could not even be named may be any that is missing.
    if (unreadable.has(null)) for (const id of this.#tickets.keys()) kept.add(id)
    const goneBefore = marks.gone
    const known = this.#gone.size === 0 ? this.#tickets : new Map([...this.#gone, ...this.#tickets])
    const { changed, removed } = diffTickets(known, next, kept)
    const back = this.#takeBack(next)
    // What did not change stays the same object: folded text and rows hang on it.
    for (const { ticket } of changed) this.#tickets.set(ticket.id, ticket)
    const leaving = removed.flatMap((id) => known.get(id) ?? [])
    const moved = new MovedReplies(marks, this.#tickets, () => [
      ...changed.flatMap(({ before }) => before ?? []),
      ...leaving
    ])
    let marksChanged = removed.some((id) => this.#tickets.has(id))
    const mayMove = removed.length <= mostMerged
    const left = removed.flatMap((id) => this.#leave(id, mayMove) ?? [])
    const own = reconcile(this.#tickets)
    marksChanged = this.learn(own) || marksChanged
    const isFirstOfAll = marks.everSeen.size === 0
    for (const { id } of next) marksChanged = marks.meet(id) || marksChanged

    if (isBaseline) for (const ticket of next) marksChanged = marks.seeAll(ticket) || marksChanged

    const findings: Finding[] = []
    for (const change of isBaseline ? [] : changed) {
      const { ticket, before: old } = change
      if (this.#answeredElsewhere(ticket, old, moved)) marksChanged = true
      const met = meetAnswers(change, marks, moved, isFirstOfAll)
      const told = marks.tell(ticket.id, met.news)
      const hasTurned = marks.turn(ticket, old?.status ?? null)
      if (met.isChanged || told.length > 0 || hasTurned) marksChanged = true
      // Of a thread that was not seen before, the newest answer stands for all.
      const isThreadKnown = old !== null && staffKeys(old).length > 0
      for (const { key } of isThreadKnown ? told : told.slice(-1))
        findings.push(this.#replyFinding(ticket, key))
      if (hasTurned && told.length === 0 && this.#worthTelling(ticket, own))
        findings.push(this.#statusFinding(ticket))
    }
    const touched = new Set([
      ...(isBaseline ? next : changed.map(({ ticket }) => ticket)).map(({ id }) => id),
      ...own.made.map(({ id }) => id),
      ...back
    ])
    const stateOf: TicketId[] = []
    if (own.isChanged)
      for (const row of this.#rows.values())
        if (row.outbox !== null && !touched.has(row.id)) stateOf.push(row.id)
    for (const { id } of left) touched.add(id)
    const over = this.releaseGone()
    if (marks.gone !== goneBefore) marksChanged = true
    const rows = [...this.refresh(touched), ...this.refreshState(stateOf)]
    return { findings, rows, removed: over, marksChanged, own }
  }

  /** Lets go of tickets that are in no list any more and that nobody writes to; answers which. */
  releaseGone(): readonly TicketId[] {
    const context = this.#context
    const over = [...this.#gone.keys()].filter((id) => !context.hasDraft(id) && !context.waitsFor(id))
    for (const id of over) {
      this.#gone.delete(id)
      this.#drop(id)
    }
    context.marks.setGone(this.#gone.keys())
    return over
  }

  /** Out of the list; kept aside where somebody writes in it. */
  #leave(id: TicketId, mayMove: boolean): Ticket | null {
    const ticket = this.ticket(id)
    if (ticket && this.#tickets.delete(id)) this.#context.marks.leave(ticket, mayMove)
    if (!ticket) return null
    this.#gone.set(id, ticket)
    return ticket
  }

  /** Those that are in the list again; what did not change meanwhile stays the same object. */
  #takeBack(next: readonly Ticket[]): readonly TicketId[] {
    if (this.#gone.size === 0) return []
    const back = next.flatMap(({ id }) => this.#gone.get(id) ?? [])
    for (const ticket of back) {
      this.#gone.delete(ticket.id)
      if (!this.#tickets.has(ticket.id)) this.#tickets.set(ticket.id, ticket)
    }
    return back.map(({ id }) => id)
  }

  /** Takes in what the outbox found; answers whether the marks are others now. */
  learn({ made, ownReplies }: Reconciled): boolean {
    const { marks } = this.#context
    for (const { id, facts } of made) marks.learn(id, facts)
    for (const { ticketId, key } of ownReplies) marks.own(ticketId, key)
    return made.length > 0 || ownReplies.length > 0
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
      const ticket = this.ticket(id)
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

  /** Not where something sent from here is not found yet: what looks like an answer may be it, in other words. */
  #answeredElsewhere(ticket: Ticket, old: Ticket | null, moved: MovedReplies): boolean {
    const context = this.#context
    if (context.mayHaveReplied(ticket.id) || context.keptReplies(ticket.id).length > 0) return false
    return context.marks.see(ticket.id, answeredInPanel(ticket, old, context.marks, moved))
  }

  #replyFinding(ticket: Ticket, key: string): Finding {
    const reply = ticket.replies[replyKeys(ticket.replies).indexOf(key)]
    return {
      kind: 'reply',
      ref: this.#ref(ticket),
      subject: subjectOf(ticket, this.#context.marks.facts(ticket.id)),
      name: reply?.name ?? '',
      excerpt: reply ? excerpt(reply.message, reply.author) : ''
    }
  }

  #statusFinding(ticket: Ticket): Finding {
    return {
      kind: isClosed(ticket.status) ? 'closed' : 'status',
      ref: this.#ref(ticket),
      subject: subjectOf(ticket, this.#context.marks.facts(ticket.id)),
      status: ticket.status
    }
  }

  /** What the person did themselves is no news to them. */
  #worthTelling(ticket: Ticket, own: Reconciled): boolean {
    if (ticket.status.kind === 'customer-reply') return false
    if (own.ownClosed.has(ticket.id)) return false
    return ticket.status.kind !== 'answered' || staffKeys(ticket).length > 0
  }

  #ref(ticket: Ticket): { readonly accountId: AccountId; readonly ticketId: TicketId } {
    return { accountId: this.#context.accountId, ticketId: ticket.id }
  }
}
