import type { StoredMarks } from '../../storage/marks-schema.ts'
import { staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import { classifyStatus, sameStatus } from '../../tickets/status.ts'
import type { EpochMs, LocalFacts, Status, Ticket, TicketId } from '../../tickets/ticket.ts'
import { staffKeys, type Seen } from '../../tickets/thread/unread.ts'
import {
  adoptTicketMarks,
  clearTicketMarks,
  contentsOf,
  forgetNames,
  knownContents,
  markedIds,
  namesIn,
  namesOf,
  newTicketMarks,
  readTicketMarks,
  storedTicketMarks,
  type AnswerState,
  type TicketMarks
} from './ticket-marks.ts'

const noKeys: readonly string[] = []

/** Per ticket: seen and notified answers, and facts about tickets created here. */
export class Marks {
  baseline: boolean
  /** When the first list came, by the server's clock where known; null for accounts of earlier versions. */
  connectedAt: EpochMs | null
  /** Whether the person was notified that the server rejects the credentials. */
  signedOut: boolean
  /** Stored time of the last good list, by this machine's clock. */
  listAt: EpochMs | null
  /** Recent choices for new tickets, the latest first. */
  recentDepartments: readonly number[]
  recentServices: readonly string[]
  /** Whether the server has damaged letters of a message, and whether the person has dismissed the notice; null if not. */
  letterDamage: 'untold' | 'told' | null
  /** What the person said of tickets that were not read from the cache yet, or that the cache had lost. */
  readonly pending: Map<TicketId, 'read' | 'unread'>
  #tickets: TicketMarks
  /** Ids of all tickets that were ever in a list. */
  readonly #everSeen: Set<TicketId>
  /** Ids added since the last `takeChange`. */
  #newIds: TicketId[] = []
  /** Tickets that left the list and are kept. */
  #gone: ReadonlySet<TicketId>
  /** Tickets whose marks or facts changed since the last `takeChange`. */
  readonly #changedTickets = new Set<TicketId>()
  /** Tickets whose marks changed since the last draft was created. */
  #changedSinceDraft = new Set<TicketId>()

  constructor(stored: StoredMarks | null) {
    this.baseline = stored?.baseline ?? false
    this.connectedAt = stored?.connectedAt ?? null
    this.signedOut = stored?.signedOut ?? false
    this.listAt = stored?.listAt ?? null
    this.letterDamage = stored?.letterDamage ?? null
    // Files of earlier versions have no list of ids.
    this.#everSeen = new Set(
      stored?.ids ?? [...Object.keys(stored?.tickets ?? {}), ...Object.keys(stored?.facts ?? {})].map(Number)
    )
    this.#gone = new Set(stored?.gone)
    this.pending = new Map(Object.entries(stored?.pending ?? {}).map(([id, wish]) => [Number(id), wish]))
    this.recentDepartments = stored?.recentDepartments ?? []
    this.recentServices = stored?.recentServices ?? []
    this.#tickets = readTicketMarks(stored)
  }

  stored(): StoredMarks {
    return this.storedOf([...this.#everSeen], this.markedIds)
  }

  /** A layer to prepare changes in. `changedSinceDraft` then has the tickets whose marks changed here. */
  draft(): Marks {
    const draft = new Marks(null)
    draft.baseline = this.baseline
    draft.connectedAt = this.connectedAt
    draft.#tickets = newTicketMarks(this.#tickets)
    this.#changedSinceDraft = new Set()
    return draft
  }

  get changedSinceDraft(): ReadonlySet<TicketId> {
    return this.#changedSinceDraft
  }

  /** Applies the draft, except for tickets that are outdated in it. */
  adopt(draft: Marks, isOutdated: (id: TicketId) => boolean): void {
    adoptTicketMarks(this.#tickets, draft.#tickets, isOutdated)
    for (const id of draft.#changedTickets) if (!isOutdated(id)) this.#changedTickets.add(id)
  }

  /** The changes since the last call. */
  takeChange(): StoredMarks {
    const change = this.storedOf(this.#newIds, this.#changedTickets)
    this.#changedTickets.clear()
    this.#newIds = []
    return change
  }

  /** As stored: the marks of the tickets `ids`, and everything that belongs to no ticket. */
  storedOf(everSeen: readonly TicketId[], ids: Iterable<TicketId>): StoredMarks {
    return {
      baseline: this.baseline,
      ...(this.connectedAt === null ? {} : { connectedAt: this.connectedAt }),
      ...(this.pending.size === 0 ? {} : { pending: Object.fromEntries(this.pending) }),
      ...(this.signedOut ? { signedOut: true } : {}),
      ...(this.listAt === null ? {} : { listAt: this.listAt }),
      ...(this.letterDamage === null ? {} : { letterDamage: this.letterDamage }),
      ids: [...everSeen],
      ...(this.#gone.size === 0 ? {} : { gone: [...this.#gone] }),
      ...storedTicketMarks(this.#tickets, ids),
      recentDepartments: [...this.recentDepartments],
      recentServices: [...this.recentServices]
    }
  }

  /** Whether writing everything is cheaper than appending the changes. */
  get isMostlyChanged(): boolean {
    return this.#changedTickets.size > Math.max(1000, this.#everSeen.size / 2)
  }

  /** Everything, as stored; resets the changes. */
  takeAll(): StoredMarks {
    this.#changedTickets.clear()
    this.#newIds = []
    return this.stored()
  }

  get everSeen(): ReadonlySet<TicketId> {
    return this.#everSeen
  }

  /** Returns whether the id is new. */
  observeId(id: TicketId): boolean {
    if (this.#everSeen.has(id)) return false
    this.#everSeen.add(id)
    this.#newIds.push(id)
    return true
  }

  get gone(): ReadonlySet<TicketId> {
    return this.#gone
  }

  /** Keeps the same Set object if nothing changed. */
  setGone(ids: Iterable<TicketId>): void {
    const gone = new Set(ids)
    if (gone.size !== this.#gone.size || ![...gone].every((id) => this.#gone.has(id))) this.#gone = gone
  }

  /** Resets everything, because the account now belongs to another customer. Must be written completely. */
  clear(): void {
    this.baseline = false
    this.connectedAt = null
    this.signedOut = false
    this.listAt = null
    clearTicketMarks(this.#tickets)
    this.pending.clear()
    this.#everSeen.clear()
    this.takeAll()
    this.#gone = new Set()
    this.recentDepartments = []
    this.recentServices = []
  }

  seen(id: TicketId): Seen {
    return namesIn(this.#tickets.seen.get(id) ?? noKeys)
  }

  facts(id: TicketId): LocalFacts | null {
    return this.#tickets.facts.get(id) ?? null
  }

  /** State of the answer with this key (by id or content). */
  stateOf(id: TicketId, name: string): AnswerState {
    if (this.seen(id).has(name)) return 'seen'
    return namesIn(this.#tickets.notified.get(id) ?? noKeys).has(name) ? 'notified' : null
  }

  /** States of a ticket's answers that have a content key. */
  contents(id: TicketId): ReadonlyMap<string, 'seen' | 'notified'> {
    return knownContents(this.#tickets, id)
  }

  /** Every ticket with any marks. */
  get markedIds(): ReadonlySet<TicketId> {
    return markedIds(this.#tickets)
  }

  /** Marks answers as seen. Returns whether anything changed. */
  markSeen(id: TicketId, answers: readonly StaffAnswer[]): boolean {
    const seen = this.seen(id)
    const fresh = answers.filter(({ key }) => !seen.has(key))
    if (fresh.length === 0) return false
    const names = new Set(fresh.flatMap((answer) => namesOf(answer, this.connectedAt)))
    this.#addSeen(id, names)
    const told = this.#tickets.notified.get(id)
    const left = told?.filter((name) => !names.has(name))
    if (left) this.#tickets.notified.set(id, left)
    return true
  }

  /** Marks all answers as seen, also notified ones that the thread does not show now and may show again. */
  markAllSeen(ticket: Ticket): boolean {
    const { id } = ticket
    const seen = this.seen(id)
    const isNew = staffKeys(ticket).some((key) => !seen.has(key))
    if (isNew) this.markSeen(id, staffAnswers(ticket))
    return this.markNotifiedSeen(id) || isNew
  }

  /** Marks all notified answers as seen, also if the thread is not known. Returns whether there were any. */
  markNotifiedSeen(id: TicketId): boolean {
    const notified = this.#tickets.notified.get(id) ?? noKeys
    if (notified.length === 0) return false
    this.#addSeen(id, notified)
    this.#tickets.notified.set(id, noKeys)
    return true
  }

  /** Marks the newest staff reply as unread; it is not notified again. */
  markUnseen(ticket: Ticket): boolean {
    const newest = staffAnswers(ticket).at(-1)
    if (newest === undefined || !this.seen(ticket.id).has(newest.key)) return false
    this.forget(ticket.id, [newest.key, newest.content])
    this.#addTold(ticket.id, namesOf(newest, this.connectedAt))
    return true
  }

  /** Makes answers unknown, by their keys. */
  forget(id: TicketId, names: readonly string[]): void {
    this.#changed(id)
    forgetNames(this.#tickets, id, names)
  }

  /** Marks answers as notified. Returns those that were unknown before. */
  markNotified(id: TicketId, answers: readonly StaffAnswer[]): readonly StaffAnswer[] {
    const fresh = answers.filter(({ key }) => this.stateOf(id, key) === null)
    const names = fresh.flatMap((answer) => namesOf(answer, this.connectedAt))
    this.#addTold(id, names)
    return fresh
  }

  /** Called when a ticket leaves the list. `mayMove`: its answers may appear in another ticket, so content keys are added. */
  noteLeft(ticket: Ticket, mayMove: boolean): void {
    const { id, status } = ticket
    this.#changed(id)
    this.#tickets.status.set(id, status.text)
    if (!mayMove) return
    const answers = staffAnswers(ticket)
    this.#addSeen(id, contentsOf(answers, this.seen(id)))
    this.#addTold(id, contentsOf(answers, namesIn(this.#tickets.notified.get(id) ?? noKeys)))
  }

  /** Stores the status. True if it differs from the last processed one; `cached`: the status in the previous list. */
  acknowledgeStatus({ id, status }: Ticket, cached: Status | null): boolean {
    const text = this.#tickets.status.get(id)
    const before = text === undefined ? cached : classifyStatus(text)
    if (before === null || before.text === '' || sameStatus(before, status)) return false
    this.#changed(id)
    this.#tickets.status.set(id, status.text)
    return true
  }

  /** Marks a reply as sent from here. */
  markOwnReply(id: TicketId, key: string): void {
    this.#changed(id)
    const own = this.#tickets.ownReplies.get(id) ?? noKeys
    if (!own.includes(key)) this.#tickets.ownReplies.set(id, [...own, key])
  }

  isOwn(id: TicketId, key: string): boolean {
    return this.#tickets.ownReplies.get(id)?.includes(key) ?? false
  }

  setLocalFacts(id: TicketId, facts: LocalFacts): void {
    this.#changed(id)
    this.#tickets.facts.set(id, facts)
  }

  #changed(id: TicketId): void {
    this.#changedTickets.add(id)
    this.#changedSinceDraft.add(id)
  }

  #addSeen(id: TicketId, names: Iterable<string>): void {
    const seen = this.#tickets.seen.get(id) ?? noKeys
    const known = namesIn(seen)
    this.#changed(id)
    this.#tickets.seen.set(id, [...seen, ...[...names].filter((name) => !known.has(name))])
  }

  #addTold(id: TicketId, names: readonly string[]): void {
    if (names.length === 0) return
    this.#changed(id)
    const told = this.#tickets.notified.get(id) ?? noKeys
    this.#tickets.notified.set(id, [...new Set([...told, ...names])])
  }
}
