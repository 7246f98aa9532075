import type { StoredMarks } from '../../storage/marks-schema.ts'
import { dayMs, isSurelyBefore } from '../../tickets/text/dates.ts'
import { parseContentKey, staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import { classifyStatus, sameStatus } from '../../tickets/status.ts'
import type { EpochMs, LocalFacts, Status, Ticket, TicketId } from '../../tickets/ticket.ts'
import { staffKeys, type Seen } from '../../tickets/thread/unread.ts'
import {
  clearTicketMarks,
  markedIds,
  readTicketMarks,
  storedTicketMarks,
  type TicketMarks
} from './ticket-marks.ts'

const noKeys: readonly string[] = []
const maxRecent = 20
/** A reply may be dated so much later than it was: time zones, and a date without a time. */
const misdatedMs = 2 * dayMs

const withFirst = <T>(first: T, others: readonly T[]): readonly T[] =>
  [first, ...others.filter((one) => one !== first)].slice(0, maxRecent)

/** What is known of an answer; null for one that nobody has met. */
export type AnswerState = 'seen' | 'notified' | null

/** What the person has seen and been told of, per ticket, and what is known of tickets made here. */
export class Marks {
  baseline: boolean
  /** When the first list was taken in, by the server's clock where it is known; null for accounts of earlier versions. */
  connectedAt: EpochMs | null
  /** The person was told that the server lets the account in no more. */
  signedOut: boolean
  /** When the last good list came, as noted last; by this machine's clock. */
  listAt: EpochMs | null
  /** Letters of an own message came back as others; null where none did. */
  letterDamage: 'untold' | 'told' | null
  /** What the person said of tickets that were not read from the cache yet. */
  readonly #pending: Map<TicketId, 'read' | 'unread'>
  readonly #tickets: TicketMarks
  /** Every id that any list ever had. */
  readonly #everSeen: Set<TicketId>
  /** Of these, the ones since `takeChange` was asked last. */
  #newIds: TicketId[] = []
  /** Tickets that left the list and are kept all the same. */
  #gone: ReadonlySet<TicketId>
  /** Tickets and facts that are others than when `takeChange` was asked last. */
  readonly #changedTickets = new Set<TicketId>()
  #departments: readonly number[]
  #services: readonly string[]

  constructor(stored: StoredMarks | null) {
    this.baseline = stored?.baseline ?? false
    this.connectedAt = stored?.connectedAt ?? null
    this.signedOut = stored?.signedOut ?? false
    this.listAt = stored?.listAt ?? null
    this.letterDamage = stored?.letterDamage ?? null
    // Marks of the time before ids were kept say of which tickets they are.
    this.#everSeen = new Set(
      stored?.ids ?? [...Object.keys(stored?.tickets ?? {}), ...Object.keys(stored?.facts ?? {})].map(Number)
    )
    this.#gone = new Set(stored?.gone)
    this.#pending = new Map(Object.entries(stored?.pending ?? {}).map(([id, wish]) => [Number(id), wish]))
    this.#departments = stored?.recentDepartments ?? []
    this.#services = stored?.recentServices ?? []
    this.#tickets = readTicketMarks(stored)
  }

  stored(): StoredMarks {
    return this.#stored([...this.#everSeen], markedIds(this.#tickets))
  }

  /** What is another than when this was asked last. */
  takeChange(): StoredMarks {
    const change = this.#stored(this.#newIds, this.#changedTickets)
    this.#changedTickets.clear()
    this.#newIds = []
    return change
  }

  #stored(everSeen: readonly TicketId[], ids: ReadonlySet<TicketId>): StoredMarks {
    return {
      baseline: this.baseline,
      ...(this.connectedAt === null ? {} : { connectedAt: this.connectedAt }),
      ...(this.#pending.size === 0 ? {} : { pending: Object.fromEntries(this.#pending) }),
      ...(this.signedOut ? { signedOut: true } : {}),
      ...(this.listAt === null ? {} : { listAt: this.listAt }),
      ...(this.letterDamage === null ? {} : { letterDamage: this.letterDamage }),
      ids: [...everSeen],
      ...(this.#gone.size === 0 ? {} : { gone: [...this.#gone] }),
      ...storedTicketMarks(this.#tickets, ids),
      recentDepartments: [...this.#departments],
      recentServices: [...this.#services]
    }
  }

  get everSeen(): ReadonlySet<TicketId> {
    return this.#everSeen
  }

  /** Answers whether no list had it before. */
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
    const isSame = gone.size === this.#gone.size && [...gone].every((id) => this.#gone.has(id))
    if (!isSame) this.#gone = gone
  }

  /** The account is another customer's of the same server: nothing was seen, told or taken in. To be written whole. */
  clear(): void {
    this.baseline = false
    this.connectedAt = null
    this.signedOut = false
    this.listAt = null
    clearTicketMarks(this.#tickets)
    this.#pending.clear()
    this.#everSeen.clear()
    this.#newIds = []
    this.#gone = new Set()
    this.#changedTickets.clear()
    this.#departments = []
    this.#services = []
  }

  seen(id: TicketId): Seen {
    const keys = this.#tickets.seen.get(id) ?? noKeys
    return { has: (key) => keys.includes(key) }
  }

  facts(id: TicketId): LocalFacts | null {
    return this.#tickets.facts.get(id) ?? null
  }

  get recentDepartments(): readonly number[] {
    return this.#departments
  }

  get recentServices(): readonly string[] {
    return this.#services
  }

  /** Whether the answer of this name, by number or by content, was seen, or only told of. */
  stateOf(id: TicketId, name: string): AnswerState {
    if (this.#tickets.seen.get(id)?.includes(name)) return 'seen'
    return this.#tickets.notified.get(id)?.has(name) ? 'notified' : null
  }

  /** The answers of a ticket that are known by their content. */
  contents(id: TicketId): ReadonlyMap<string, 'seen' | 'notified'> {
    const contents = new Map<string, 'seen' | 'notified'>()
    const { notified, seen } = this.#tickets
    for (const key of notified.get(id) ?? noKeys) if (parseContentKey(key)) contents.set(key, 'notified')
    for (const key of seen.get(id) ?? noKeys) if (parseContentKey(key)) contents.set(key, 'seen')
    return contents
  }

  /** Every ticket of which any answer is known. */
  get withAnswers(): Iterable<TicketId> {
    return new Set([...this.#tickets.seen.keys(), ...this.#tickets.notified.keys()])
  }

  /** These are read. Answers whether anything changed. */
  markSeen(id: TicketId, answers: readonly StaffAnswer[]): boolean {
    const seen = this.#tickets.seen.get(id) ?? noKeys
    const fresh = answers.filter(({ key }) => !seen.includes(key))
    if (fresh.length === 0) return false
    this.#changedTickets.add(id)
    const names = fresh.flatMap((answer) => this.#namesOf(answer))
    this.#tickets.seen.set(id, [...seen, ...names.filter((name) => !seen.includes(name))])
    const told = this.#tickets.notified.get(id)
    for (const name of names) told?.delete(name)
    return true
  }

  /** The ticket is not there yet; what was said of it last counts once it is. */
  setPending(id: TicketId, wish: 'read' | 'unread'): void {
    this.#pending.set(id, wish)
  }

  /** The tickets are there: what was said of them before counts now. Answers those that are others; null where nothing was. */
  applyPending(ticketOf: (id: TicketId) => Ticket | null): readonly TicketId[] | null {
    if (this.#pending.size === 0) return null
    const changed = [...this.#pending].flatMap(([id, wish]) => {
      const ticket = ticketOf(id)
      if (!ticket) return []
      return (wish === 'read' ? this.markAllSeen(ticket) : this.markUnseen(ticket)) ? [id] : []
    })
    this.#pending.clear()
    return changed
  }

  /** Also what was told of this ticket and is not in its thread now: it may stand there again, by the same name or another. */
  markAllSeen(ticket: Ticket): boolean {
    const { id } = ticket
    const seen = this.#tickets.seen.get(id) ?? noKeys
    const told = this.#tickets.notified.get(id) ?? new Set<string>()
    const isNew = staffKeys(ticket).some((key) => !seen.includes(key))
    if (!isNew && told.size === 0) return false
    if (isNew) this.markSeen(id, staffAnswers(ticket))
    this.#changedTickets.add(id)
    if (told.size > 0)
      this.#tickets.seen.set(id, [...new Set([...(this.#tickets.seen.get(id) ?? noKeys), ...told])])
    told.clear()
    return true
  }

  /** The newest staff reply counts as unread again; it is not told of again. */
  markUnseen(ticket: Ticket): boolean {
    const newest = staffAnswers(ticket).at(-1)
    const seen = this.#tickets.seen.get(ticket.id) ?? noKeys
    if (newest === undefined || !seen.includes(newest.key)) return false
    this.#changedTickets.add(ticket.id)
    this.#tickets.seen.set(
      ticket.id,
      seen.filter((name) => name !== newest.key && name !== newest.content)
    )
    this.#addNotified(ticket.id, newest)
    return true
  }

  /** Of these, the ones never told of; they count as told from now on. */
  markNotified(id: TicketId, answers: readonly StaffAnswer[]): readonly StaffAnswer[] {
    const fresh = answers.filter(({ key }) => this.stateOf(id, key) === null)
    for (const answer of fresh) this.#addNotified(id, answer)
    return fresh
  }

  /** It leaves the list. `mayMove`: its answers may come back in another ticket, where they are known by their text. */
  noteLeft(ticket: Ticket, mayMove: boolean): void {
    const { id, status } = ticket
    this.#changedTickets.add(id)
    this.#tickets.status.set(id, status.text)
    if (!mayMove) return
    for (const { key, content } of staffAnswers(ticket)) {
      const seen = this.#tickets.seen.get(id) ?? noKeys
      if (seen.includes(key) && !seen.includes(content)) this.#tickets.seen.set(id, [...seen, content])
      if (this.#tickets.notified.get(id)?.has(key)) this.#tickets.notified.get(id)?.add(content)
    }
  }

  /** True when it is another status than the last one dealt with; `cached` is that of the list before. */
  acknowledgeStatus({ id, status }: Ticket, cached: Status | null): boolean {
    const text = this.#tickets.status.get(id)
    const before = text === undefined ? cached : classifyStatus(text)
    if (before === null || sameStatus(before, status)) return false
    this.#changedTickets.add(id)
    this.#tickets.status.set(id, status.text)
    return true
  }

  /** A reply that was sent from here. */
  markOwnReply(id: TicketId, key: string): void {
    this.#changedTickets.add(id)
    this.#tickets.ownReplies.set(id, (this.#tickets.ownReplies.get(id) ?? new Set<string>()).add(key))
  }

  isOwn(id: TicketId, key: string): boolean {
    return this.#tickets.ownReplies.get(id)?.has(key) ?? false
  }

  setLocalFacts(id: TicketId, facts: LocalFacts): void {
    this.#changedTickets.add(id)
    this.#tickets.facts.set(id, facts)
  }

  rememberRecent(departmentId: number, service: string): void {
    this.#departments = withFirst(departmentId, this.#departments)
    this.#services = withFirst(service, this.#services)
  }

  #addNotified(id: TicketId, answer: StaffAnswer): void {
    const told = this.#tickets.notified.get(id) ?? new Set<string>()
    this.#changedTickets.add(id)
    for (const name of this.#namesOf(answer)) told.add(name)
    this.#tickets.notified.set(id, told)
  }

  /** What was there long before the account is no news by its date alone: one name is enough, and there may be thousands. */
  #namesOf(answer: StaffAnswer): readonly string[] {
    const { connectedAt } = this
    const { key, sentAt } = answer
    const isLongPast =
      connectedAt !== null && sentAt !== null && isSurelyBefore(sentAt, connectedAt - misdatedMs)
    return isLongPast || answer.content === key ? [key] : [key, answer.content]
  }
}
