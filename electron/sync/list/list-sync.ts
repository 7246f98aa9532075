/** Processes a list: accepts or doubts it, compares it with the known one, and writes the consequences, in that order. */
import type { KnownList, ListAnswer } from '../../api/api.ts'
import type { CachedTickets } from '../../storage/ticket-cache.ts'
import type { Clock } from '../../storage/types.ts'
import type { AccountId, EpochMs, TicketId } from '../../tickets/ticket.ts'
import type { TicketRow } from '../../tickets/views.ts'
import type { OriginalText } from '../../tickets/thread/originals.ts'
import type { Outbox, Reconciled } from '../outbox/outbox.ts'
import type { SentLog } from '../outbox/sent-log.ts'
import { ServerClock } from '../requests/server-clock.ts'
import type { Turns } from '../turns.ts'
import type { TicketEvent } from '../types.ts'
import type { Marks } from '../marks/marks.ts'
import { applyPendingMark } from '../marks/pending-marks.ts'
import type { AccountWork, SeenAgainById } from '../work/account-work.ts'
import type { AccountWrites } from './account-writes.ts'
import { ListNotes, noteOwnWrites } from './note-changes.ts'
import {
  seenTickets,
  withTicketsOf,
  type ListChange,
  type MadeRows,
  type ShownChange
} from './list-change.ts'
import { RecentStatuses } from './recent-statuses.ts'
import type { TicketList } from './ticket-list.ts'

/** Lists with more changes are applied with pauses between the parts. */
const longList = 1000

interface ListSyncParts {
  readonly accountId: AccountId
  readonly list: TicketList
  readonly marks: Marks
  readonly outbox: Outbox
  readonly sent: SentLog
  readonly work: AccountWork
  readonly clock: Clock
  readonly turns: Turns
  readonly write: AccountWrites
  /** Like `ReadState.settled`. */
  marksSettled(): Promise<void>
  /** Whether the account was stopped: lists are then ignored. */
  isStopped(): boolean
}

export type GoodAnswer = Exclude<ListAnswer, { readonly outcome: 'failed' }>
type TicketsAnswer = Extract<ListAnswer, { readonly outcome: 'tickets' }>

/** Result of processing an answer. Everything is on disk that must be before events are published. */
export type TakenList =
  /** Possibly a server error: nothing was changed, and the next answer will be accepted. */
  | { readonly outcome: 'suspicious' }
  /** The account was stopped meanwhile: nothing was taken in. */
  | { readonly outcome: 'interrupted' }
  | {
      readonly outcome: 'unchanged' | 'tickets'
      readonly shown: ShownChange
      readonly events: readonly TicketEvent[]
    }

/** A compared list with its consequences, not applied yet. */
interface PreparedList extends Pick<TicketsAnswer, 'known'> {
  readonly unreadable: ReadonlySet<TicketId | null>
  readonly brokenTickets: number
  readonly change: ListChange
  readonly notes: ListNotes
  readonly rows: Map<TicketId, TicketRow>
  readonly seenAgain: SeenAgainById
  readonly isBaseline: boolean
}

export class ListSync {
  readonly #parts: ListSyncParts
  readonly #serverClock = new ServerClock()
  readonly #statuses = new RecentStatuses()
  /** Null if the next list must be parsed completely. */
  #known: KnownList | null = null
  /** Unreadable tickets of the last good list; null for one without a readable id. */
  #unreadable: ReadonlySet<TicketId | null> = new Set()
  #brokenTickets = 0
  /** Whether the last list was suspicious. */
  #isSuspicious = false

  constructor(parts: ListSyncParts) {
    this.#parts = parts
  }

  /** The server's time now; null if it is not known. */
  get serverNow(): EpochMs | null {
    return this.#serverClock.at(this.#parts.clock.monotonic())
  }

  /** For the next request; only a list proves what became of a message. Null after a suspicious one: it is parsed again. */
  get known(): KnownList | null {
    const known = this.#isSuspicious ? null : this.#known
    return known && { ...known, needsProof: this.#parts.outbox.stored().length > 0 }
  }

  get brokenTickets(): number {
    return this.#brokenTickets
  }

  /** For the cache. Null while tickets are unreadable, so that the next run parses the list completely. */
  get fingerprint(): string | null {
    return this.#unreadable.size > 0 ? null : (this.#known?.fingerprint ?? null)
  }

  /** Sets the known list to that of the cache. */
  knowCached({ fingerprint }: CachedTickets): void {
    // Without marks the next list is the baseline, so it must be parsed.
    const isKnown = this.#parts.marks.baseline && fingerprint !== null
    this.#known = isKnown ? { fingerprint, pieces: new Map() } : null
  }

  /** Makes the next list be parsed completely. */
  forgetKnown(): void {
    this.#known = null
  }

  /** Makes the next list a baseline. Returns the removed tickets. */
  clear(): readonly TicketId[] {
    this.#parts.marks.clear()
    this.#parts.work.clear()
    this.#known = null
    this.#unreadable = new Set()
    return this.#parts.list.clear()
  }

  /**
   * Whether the list belongs to another customer: it shares no ticket with the known ones. Also an empty list if tickets are
   * known, and a list with tickets if none are known but the outbox has entries, which must not reach a stranger.
   */
  isOtherCustomers(answer: GoodAnswer): boolean {
    if (answer.outcome === 'unchanged') return false
    const { everSeen } = this.#parts.marks
    const ids = [...answer.tickets, ...answer.broken].flatMap(({ id }) => id ?? [])
    if (everSeen.size === 0) return ids.length > 0 && this.#parts.outbox.stored().length > 0
    return !ids.some((id) => everSeen.has(id))
  }

  /** `askedAt`: when it was requested (monotonic). */
  async take(answer: GoodAnswer, askedAt: number): Promise<TakenList> {
    const { clock, list } = this.#parts
    // An answer from a cache may be older than its Date header says.
    const madeAt = askedAt - this.#serverClock.lag(answer.serverNow, clock.monotonic())
    if (answer.outcome === 'unchanged') return this.#takeUnchanged(madeAt)
    if (list.isSuspicious(answer.tickets, answer.broken.length) && !this.#isSuspicious) {
      this.#isSuspicious = true
      return { outcome: 'suspicious' }
    }
    const prepared = await this.#prepareSettled(answer)
    return this.#parts.isStopped() ? { outcome: 'interrupted' } : this.#takeTickets(prepared, madeAt)
  }

  async #takeUnchanged(madeAt: number): Promise<TakenList> {
    const { clock, list, marks, outbox, work, write } = this.#parts
    const waiting = outbox.tickets()
    const own = this.#reconcile(madeAt)
    const removed = list.releaseGone()
    const settled = this.#statuses.settled({ list, work }, clock.monotonic())
    if (work.hasChanged) write.work()
    const isDamaged = this.noteLetterDamage(own.originals)
    if (noteOwnWrites(marks, own) || removed.length > 0 || isDamaged) write.marks()
    await this.#writeReconciled(own)
    const found = [...own.made.map(({ id }) => id), ...own.originals.map((one) => one.ticketId)]
    const made = list.refresh(new Set(found))
    const rows = [...made, ...(own.isChanged ? list.refreshState(waiting) : [])]
    if (removed.length > 0) write.tickets()
    const changed = [...rows.map(({ id }) => id), ...settled.rows]
    return { outcome: 'unchanged', shown: { changed, removed }, events: settled.events }
  }

  /** Prepares the list again if a command marked very many tickets meanwhile, since recomputing them at once takes long. */
  async #prepareSettled(answer: TicketsAnswer): Promise<PreparedList> {
    const prepared = await this.#prepare(answer)
    await this.#parts.marksSettled()
    if (prepared.notes.outdatedCount <= longList) return prepared
    const again = await this.#prepare(answer)
    await this.#parts.marksSettled()
    return again
  }

  /** Prepares the list in slices. Meanwhile queries and commands see the previous state. */
  async #prepare(answer: TicketsAnswer): Promise<PreparedList> {
    const { accountId, clock, list, marks, turns, work } = this.#parts
    // A ticket without its replies proves as little as an unreadable one.
    const withoutReplies = answer.tickets.filter(({ repliesMissing }) => repliesMissing)
    const unreadable = new Set([...answer.broken, ...withoutReplies].map(({ id }) => id))
    const isBaseline = !marks.baseline
    const change = await turns.run(list.compare(answer.tickets, unreadable))
    const pieces = await turns.run(withTicketsOf(change, answer.known.pieces))
    const connectedAt = isBaseline ? (answer.serverNow ?? clock.now()) : marks.connectedAt
    const notes = new ListNotes(change, { accountId, marks, isBaseline, connectedAt })
    await turns.run(notes.prepare((id) => this.#hasWrittenTo(id)))
    const shown = isBaseline ? change.next : change.changed.map(({ ticket }) => ticket)
    const rows = await turns.run(list.makeRows(shown, notes.draft))
    const seenAgain = await turns.run(work.compare(seenTickets(change, isBaseline)))
    const known = { ...answer.known, pieces }
    const brokenTickets = answer.broken.length
    return { known, unreadable, brokenTickets, change, notes, rows, seenAgain, isBaseline }
  }

  async #takeTickets(prepared: PreparedList, madeAt: number): Promise<TakenList> {
    const { clock, list, marks, outbox, work, write, sent } = this.#parts
    const { change, notes, rows, isBaseline } = prepared
    this.#isSuspicious = false
    this.#brokenTickets = prepared.brokenTickets
    this.#unreadable = prepared.unreadable
    const goneBefore = marks.gone
    const hasLeft = list.take(change)
    const own = this.#reconcile(madeAt)
    const mayHaveReplied = (id: TicketId): boolean =>
      outbox.mayHaveReplied(id) || sent.repliesTo(id).length > 0
    const noted = notes.take({ own, mayHaveReplied }, hasLeft)
    const now = clock.monotonic()
    const events = this.#statuses.withoutRepeated(noted.events, change.changed, work, now)
    for (const id of work.take(seenTickets(change, isBaseline), prepared.seenAgain, events)) {
      const row = rows.get(id)
      if (row) rows.set(id, { ...row, work: work.row(id) })
    }
    const settled = this.#statuses.settled({ list, work }, now)
    const hadPending = this.#applyPendingMarks()
    this.#known = prepared.known
    marks.baseline = true
    await this.#restAfter(change, own)
    const made: MadeRows = { rows, isOutdated: (id) => notes.isOutdated(id) }
    const shown = list.showChange(change, own, isBaseline, made)
    await this.#restAfter(change, own)
    // The order matters: a finished entry is removed only after its consequences and the ticket that shows it are on disk,
    // and a reply is notified only after it is marked as such. So a crash between any two repeats no event, loses no unread
    // mark and hides no message.
    // Before the marks: after a crash between the two, the list tells the same events again.
    if (work.hasChanged) write.work()
    const isDamaged = this.noteLetterDamage(own.originals)
    if (noted.areMarksChanged || hadPending || isDamaged || marks.gone !== goneBefore || isBaseline)
      write.marks()
    write.tickets()
    await this.#writeReconciled(own)
    // Rows are published after finished entries are removed; otherwise a reply would be shown twice for a moment.
    const changed = [...shown.changed, ...settled.rows]
    return { outcome: 'tickets', shown: { ...shown, changed }, events: [...events, ...settled.events] }
  }

  /** Applies pending marks of tickets that the cache had lost. Returns whether there were any. */
  #applyPendingMarks(): boolean {
    const { list, marks } = this.#parts
    const ids = [...marks.pending.keys()]
    for (const id of ids) {
      const ticket = list.ticket(id)
      if (ticket) applyPendingMark(marks, ticket)
    }
    marks.pending.clear()
    return ids.length > 0
  }

  /** Pauses between the parts of a very long list, unless outbox changes must be written first. */
  async #restAfter({ changed, left }: ListChange, own: Reconciled): Promise<void> {
    const isLong = changed.length + left.length > longList
    if (isLong && !own.isChanged && own.ended.length === 0) await this.#parts.turns.pause()
  }

  /** Whether the outbox concerns this ticket: its changes then depend on the reconciliation. */
  #hasWrittenTo(id: TicketId): boolean {
    return this.#parts.outbox.waitsFor(id) || this.#parts.sent.repliesTo(id).length > 0
  }

  /** Notes the first message with damaged letters, which changes how later ones are sent. Returns whether it is the first. */
  noteLetterDamage(originals: readonly OriginalText[]): boolean {
    const { marks, write } = this.#parts
    if (marks.letterDamage !== null || !originals.some(({ damage }) => damage === 'letters')) return false
    marks.letterDamage = 'untold'
    write.letterDamage()
    return true
  }

  #reconcile(madeAt: number): Reconciled {
    const { clock, list, outbox, sent } = this.#parts
    const moment = { now: clock.monotonic(), wall: clock.now() }
    const snapshot = { tickets: list.tickets, unreadable: this.#unreadable }
    const own = outbox.reconcile(snapshot, madeAt, moment, sent.replies)
    sent.add({ records: own.ended, replies: own.hidden, shown: own.shown, originals: own.originals })
    return own
  }

  /**
   * Writes which message belongs to a finished entry before the entry is removed; otherwise a crash in between could assign
   * one message to two entries.
   */
  async #writeReconciled({ isChanged, ended, shown }: Reconciled): Promise<void> {
    const { outbox, write } = this.#parts
    if (ended.length > 0) write.ended(ended.map(({ id }) => id))
    if (ended.length + shown.length > 0 || outbox.hasUnrecorded) {
      await write.ticketsNow()
      write.outbox()
      if (write.sent()) outbox.forgetRecorded()
    }
    if (isChanged || outbox.isChanged) write.outbox()
  }
}
