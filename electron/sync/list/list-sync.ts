/** Processes a list: accepts or doubts it, compares it with the known one, and writes the consequences, in that order. */
import type { KnownList, ListAnswer } from '../../api/api.ts'
import type { CachedTickets } from '../../storage/ticket-cache.ts'
import type { Clock } from '../../storage/types.ts'
import type { AccountId, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { OriginalText } from '../../tickets/thread/originals.ts'
import type { Outbox, Reconciled } from '../outbox/outbox.ts'
import type { SentLog } from '../outbox/sent-log.ts'
import { ServerClock } from '../requests/server-clock.ts'
import type { Turns } from '../turns.ts'
import type { TicketEvent } from '../types.ts'
import type { Marks } from '../marks/marks.ts'
import { applyPendingMark } from '../marks/pending-marks.ts'
import { ListNotes, noteOwnWrites } from './note-changes.ts'
import type { ListChange, MadeRows, ShownChange } from './list-change.ts'
import type { TicketList } from './ticket-list.ts'

/** So many are gone through in a fraction of a millisecond. */
const piecesInStep = 1000

/** What follows from so many tickets takes some milliseconds. */
const longList = 1000

/** What of an account is kept on the disk. */
export interface AccountWrites {
  /** Durable when this returns, as far as the disk can: what it holds was decided. */
  marks(): void
  /** What was sent and how it ended; before the outbox forgets it. False when it could not be made durable. */
  sent(): boolean
  /** False when it could not be made durable. */
  outbox(): boolean
  /** Soon. */
  tickets(): void
  /** The tickets are on disk when this resolves, as far as the disk takes them. */
  ticketsNow(): Promise<void>
  /** Passwords of entries that will not be sent again are erased. */
  ended(entryIds: readonly string[]): void
  /** The server damages letters; noted in the marks already. */
  letterDamage(): void
}

interface ListSyncParts {
  readonly accountId: AccountId
  readonly list: TicketList
  readonly marks: Marks
  readonly outbox: Outbox
  readonly sent: SentLog
  readonly clock: Clock
  readonly turns: Turns
  readonly write: AccountWrites
  /** As `ReadState.settled`. */
  marksSettled(): Promise<void>
  /** The account was: nothing more is taken in. */
  isStopped(): boolean
}

export type GoodAnswer = Exclude<ListAnswer, { readonly outcome: 'failed' }>
type TicketsAnswer = Extract<ListAnswer, { readonly outcome: 'tickets' }>

/** What became of an answer. Everything that must be on disk before people hear of it is. */
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

/** A list that is compared, and what follows from it; nothing is another yet. */
interface PreparedList extends Pick<TicketsAnswer, 'known'> {
  readonly unreadable: ReadonlySet<TicketId | null>
  readonly brokenTickets: number
  readonly change: ListChange
  readonly notes: ListNotes
  readonly rows: MadeRows['rows']
  readonly isBaseline: boolean
}

export class ListSync {
  readonly #parts: ListSyncParts
  readonly #serverClock = new ServerClock()
  /** Null when the next list must be read whole. */
  #known: KnownList | null = null
  /** Of the last good list; null is one whose number was not readable. */
  #unreadable: ReadonlySet<TicketId | null> = new Set()
  #brokenTickets = 0
  /** The last list was not believed. */
  #isSuspicious = false

  constructor(parts: ListSyncParts) {
    this.#parts = parts
  }

  /** To be asked with. What could not be believed is read again, whole. */
  get known(): KnownList | null {
    return this.#isSuspicious ? null : this.#known
  }

  get brokenTickets(): number {
    return this.#brokenTickets
  }

  /** For the cache. Null while tickets are unreadable, which the cache does not know: the next run must read them anew. */
  get fingerprint(): string | null {
    return this.#unreadable.size > 0 ? null : (this.#known?.fingerprint ?? null)
  }

  /** The tickets are those of the cache. */
  knowCached({ fingerprint }: CachedTickets): void {
    // Without marks the next list is the baseline, so it must be read.
    const isKnown = this.#parts.marks.baseline && fingerprint !== null
    this.#known = isKnown ? { fingerprint, pieces: new Map() } : null
  }

  /** The next list is read whole. */
  forgetKnown(): void {
    this.#known = null
  }

  /** The next list is a first one again. Answers the tickets that are gone. */
  clear(): readonly TicketId[] {
    this.#parts.marks.clear()
    this.#known = null
    this.#unreadable = new Set()
    return this.#parts.list.clear()
  }

  /**
   * The list shares no ticket with what is known: it is another customer's. So is an empty one where tickets are known,
   * and one with tickets where none are and something waits that may not reach a stranger.
   */
  isOtherCustomers(answer: GoodAnswer): boolean {
    if (answer.outcome === 'unchanged') return false
    const { everSeen } = this.#parts.marks
    const ids = [...answer.tickets, ...answer.broken].flatMap(({ id }) => id ?? [])
    if (everSeen.size === 0) return ids.length > 0 && this.#parts.outbox.stored().length > 0
    return !ids.some((id) => everSeen.has(id))
  }

  /** `askedAt` (monotonic): when it was asked for. */
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
    const { list, marks, outbox, write } = this.#parts
    const waiting = outbox.tickets()
    const own = this.#reconcile(madeAt)
    const removed = list.releaseGone()
    const isDamaged = this.noteLetterDamage(own.originals)
    if (noteOwnWrites(marks, own) || removed.length > 0 || isDamaged) write.marks()
    await this.#writeReconciled(own)
    const found = [...own.made.map(({ id }) => id), ...own.originals.map(({ ticketId }) => ticketId)]
    const made = list.refresh(new Set(found))
    const rows = [...made, ...(own.isChanged ? list.refreshState(waiting) : [])]
    if (removed.length > 0) write.tickets()
    return { outcome: 'unchanged', shown: { changed: rows.map(({ id }) => id), removed }, events: [] }
  }

  /** Prepares it again where a command marked so many tickets meanwhile that working them out anew would take long. */
  async #prepareSettled(answer: TicketsAnswer): Promise<PreparedList> {
    const prepared = await this.#prepare(answer)
    await this.#parts.marksSettled()
    if (prepared.notes.outdatedCount <= longList) return prepared
    const again = await this.#prepare(answer)
    await this.#parts.marksSettled()
    return again
  }

  /** However long the list is, others have their turn meanwhile; what they see and change is what was there before it. */
  async #prepare(answer: TicketsAnswer): Promise<PreparedList> {
    const { accountId, clock, list, marks, turns } = this.#parts
    // Of one without its replies nobody knows what they are: as little proof as one that could not be read.
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
    const known = { ...answer.known, pieces }
    return { known, unreadable, brokenTickets: answer.broken.length, change, notes, rows, isBaseline }
  }

  async #takeTickets(prepared: PreparedList, madeAt: number): Promise<TakenList> {
    const { list, marks, outbox, write, sent } = this.#parts
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
    const hadPending = this.#applyPendingMarks()
    this.#known = prepared.known
    marks.baseline = true
    await this.#restAfter(change, own)
    const made: MadeRows = { rows, isOutdated: (id) => notes.isOutdated(id) }
    const shown = list.showChange(change, own, isBaseline, made)
    await this.#restAfter(change, own)
    // In this order: an entry that is over is forgotten only when what follows from it and the ticket that shows it are
    // on disk, and nobody hears of a reply before it is noted that they did. A crash between any two repeats nothing,
    // loses no unread mark and takes no words from the screen.
    const isDamaged = this.noteLetterDamage(own.originals)
    if (noted.areMarksChanged || hadPending || isDamaged || marks.gone !== goneBefore || isBaseline)
      write.marks()
    write.tickets()
    await this.#writeReconciled(own)
    // Rows are told after the entries that are over, or a reply would stand there twice as long as the disk takes.
    return { outcome: 'tickets', shown, events: noted.events }
  }

  /** What the person said of tickets that the cache had lost. Returns whether there was any. */
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

  /** Of very many tickets each part takes its time; what was written here is not kept waiting between memory and disk. */
  async #restAfter({ changed, left }: ListChange, own: Reconciled): Promise<void> {
    const isLong = changed.length + left.length > longList
    if (isLong && !own.isChanged && own.ended.length === 0) await this.#parts.turns.pause()
  }

  /** Something written here is or was for this ticket: what the list means for it depends on what becomes of that. */
  #hasWrittenTo(id: TicketId): boolean {
    return this.#parts.outbox.waitsFor(id) || this.#parts.sent.repliesTo(id).length > 0
  }

  /** The first damaged message decides how all later ones go. Answers whether it is this one. */
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
   * What belongs to an entry that is over is on disk as nobody else's before the entry leaves it, or a crash between the
   * two would give one message to two entries.
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

/** The same pieces with the tickets as the list will have them: what it keeps from before is not held twice. */
function* withTicketsOf(
  { tickets }: ListChange,
  pieces: ReadonlyMap<bigint, Ticket>
): Generator<undefined, ReadonlyMap<bigint, Ticket>> {
  const same = new Map<bigint, Ticket>()
  for (const [key, ticket] of pieces) {
    same.set(key, tickets.get(ticket.id) ?? ticket)
    if (same.size % piecesInStep === 0) yield
  }
  return same
}
