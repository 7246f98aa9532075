import type { StoredMarks } from '../storage/schemas.ts'
import { classifyStatus, sameStatus } from '../tickets/status.ts'
import type { EpochMs, LocalFacts, Status, Ticket, TicketId } from '../tickets/ticket.ts'
import { staffKeys, type Seen } from '../tickets/thread/unread.ts'

const nothing: readonly string[] = []
const remembered = 20

/** What the person has seen and been told of, per ticket, and what is known of tickets made here. */
export class Marks {
  baseline: boolean
  /** The person was told that the server lets the account in no more. */
  signedOut: boolean
  /** When the last good list came, as noted last; by this machine's clock. */
  listAt: EpochMs | null
  /** Lists, not sets: thousands of tickets have a handful each, and a set of two takes 200 bytes. */
  readonly #seen = new Map<TicketId, readonly string[]>()
  readonly #told = new Map<TicketId, Set<string>>()
  readonly #own = new Map<TicketId, Set<string>>()
  /** The last status that was dealt with; newer than the cached list's after a crash. */
  readonly #status = new Map<TicketId, string>()
  readonly #facts = new Map<TicketId, LocalFacts>()
  /** Every id that any list ever had. */
  readonly #ids: Set<TicketId>
  /** Of these, the ones since `takeChange` was asked last. */
  #newIds: TicketId[] = []
  /** Tickets that left the list and are kept all the same. */
  #gone: ReadonlySet<TicketId>
  /** Tickets and facts that are others than when `takeChange` was asked last. */
  readonly #touched = new Set<TicketId>()
  #departments: readonly number[]
  #services: readonly string[]

  constructor(stored: StoredMarks | null) {
    this.baseline = stored?.baseline ?? false
    this.signedOut = stored?.signedOut ?? false
    this.listAt = stored?.listAt ?? null
    // Marks of the time before ids were kept say of which tickets they are.
    this.#ids = new Set(
      stored?.ids ?? [...Object.keys(stored?.tickets ?? {}), ...Object.keys(stored?.facts ?? {})].map(Number)
    )
    this.#gone = new Set(stored?.gone)
    this.#departments = stored?.recentDepartments ?? []
    this.#services = stored?.recentServices ?? []
    for (const [id, { seen, told, own, status }] of Object.entries(stored?.tickets ?? {})) {
      if (seen.length > 0) this.#seen.set(Number(id), seen)
      if (told) this.#told.set(Number(id), new Set(told))
      if (own) this.#own.set(Number(id), new Set(own))
      if (status !== undefined) this.#status.set(Number(id), status)
    }
    for (const [id, facts] of Object.entries(stored?.facts ?? {})) this.#facts.set(Number(id), facts)
  }

  stored(): StoredMarks {
    return this.#of(
      [...this.#ids],
      new Set([
        ...this.#seen.keys(),
        ...this.#told.keys(),
        ...this.#own.keys(),
        ...this.#status.keys(),
        ...this.#facts.keys()
      ])
    )
  }

  /** What is another than when this was asked last. */
  takeChange(): StoredMarks {
    const change = this.#of(this.#newIds, this.#touched)
    this.#touched.clear()
    this.#newIds = []
    return change
  }

  #of(listed: readonly TicketId[], ids: ReadonlySet<TicketId>): StoredMarks {
    const facts = [...ids].flatMap((id) => {
      const known = this.#facts.get(id)
      return known ? [[id, known] as const] : []
    })
    const tickets: StoredMarks['tickets'] = {}
    for (const id of ids) {
      const told = this.#told.get(id)
      const own = this.#own.get(id)
      const status = this.#status.get(id)
      tickets[id] = {
        seen: [...(this.#seen.get(id) ?? nothing)],
        ...(told && told.size > 0 ? { told: [...told] } : {}),
        ...(own ? { own: [...own] } : {}),
        ...(status === undefined ? {} : { status })
      }
    }
    return {
      baseline: this.baseline,
      ...(this.signedOut ? { signedOut: true } : {}),
      ...(this.listAt === null ? {} : { listAt: this.listAt }),
      ids: [...listed],
      ...(this.#gone.size === 0 ? {} : { gone: [...this.#gone] }),
      tickets,
      facts: Object.fromEntries(facts),
      recentDepartments: [...this.#departments],
      recentServices: [...this.#services]
    }
  }

  get everSeen(): ReadonlySet<TicketId> {
    return this.#ids
  }

  /** Answers whether no list had it before. */
  meet(id: TicketId): boolean {
    if (this.#ids.has(id)) return false
    this.#ids.add(id)
    this.#newIds.push(id)
    return true
  }

  get gone(): ReadonlySet<TicketId> {
    return this.#gone
  }

  /** The set stays the same object where they are the same. */
  setGone(ids: Iterable<TicketId>): void {
    const gone = new Set(ids)
    const isSame = gone.size === this.#gone.size && [...gone].every((id) => this.#gone.has(id))
    if (!isSame) this.#gone = gone
  }

  /** The account is another customer's: nothing was seen, told or taken in. To be written whole. */
  clear(): void {
    this.baseline = false
    this.signedOut = false
    this.listAt = null
    for (const marks of [this.#seen, this.#told, this.#own, this.#status, this.#facts]) marks.clear()
    this.#ids.clear()
    this.#newIds = []
    this.#gone = new Set()
    this.#touched.clear()
    this.#departments = []
    this.#services = []
  }

  seen(id: TicketId): Seen {
    const keys = this.#seen.get(id) ?? nothing
    return { has: (key) => keys.includes(key) }
  }

  facts(id: TicketId): LocalFacts | null {
    return this.#facts.get(id) ?? null
  }

  get recentDepartments(): readonly number[] {
    return this.#departments
  }

  get recentServices(): readonly string[] {
    return this.#services
  }

  /** Answers whether anything changed. */
  see(id: TicketId, keys: readonly string[]): boolean {
    const seen = this.#seen.get(id) ?? nothing
    const fresh = keys.filter((key) => !seen.includes(key))
    if (fresh.length === 0) return false
    this.#touched.add(id)
    this.#seen.set(id, [...seen, ...fresh])
    const told = this.#told.get(id)
    for (const key of fresh) told?.delete(key)
    return true
  }

  seeAll(ticket: Ticket): boolean {
    return this.see(ticket.id, staffKeys(ticket))
  }

  /** The newest staff reply counts as unread again; it is not told of again. */
  unsee(ticket: Ticket): boolean {
    const newest = staffKeys(ticket).at(-1)
    const seen = this.#seen.get(ticket.id) ?? nothing
    if (newest === undefined || !seen.includes(newest)) return false
    this.#touched.add(ticket.id)
    this.#seen.set(
      ticket.id,
      seen.filter((key) => key !== newest)
    )
    this.#tell(ticket.id, newest)
    return true
  }

  /** Of these, the ones never told of; they count as told from now on. */
  tell(id: TicketId, keys: readonly string[]): readonly string[] {
    const fresh = keys.filter((key) => !this.#seen.get(id)?.includes(key) && !this.#told.get(id)?.has(key))
    for (const key of fresh) this.#tell(id, key)
    return fresh
  }

  /** True when it is another status than the last one dealt with; `cached` is that of the list before. */
  turn({ id, status }: Ticket, cached: Status | null): boolean {
    const text = this.#status.get(id)
    const before = text === undefined ? cached : classifyStatus(text)
    if (before === null || sameStatus(before, status)) return false
    this.#touched.add(id)
    this.#status.set(id, status.text)
    return true
  }

  /** A reply that was sent from here. */
  own(id: TicketId, key: string): void {
    this.#touched.add(id)
    this.#own.set(id, (this.#own.get(id) ?? new Set<string>()).add(key))
  }

  isOwn(id: TicketId, key: string): boolean {
    return this.#own.get(id)?.has(key) ?? false
  }

  learn(id: TicketId, facts: LocalFacts): void {
    this.#touched.add(id)
    this.#facts.set(id, facts)
  }

  use(departmentId: number, service: string): void {
    this.#departments = [departmentId, ...this.#departments.filter((one) => one !== departmentId)].slice(
      0,
      remembered
    )
    this.#services = [service, ...this.#services.filter((one) => one !== service)].slice(0, remembered)
  }

  #tell(id: TicketId, key: string): void {
    const told = this.#told.get(id) ?? new Set<string>()
    this.#touched.add(id)
    this.#told.set(id, told.add(key))
  }
}
