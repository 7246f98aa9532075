import type { StoredMarks } from '../storage/schemas.ts'
import { classifyStatus, sameStatus } from '../tickets/status.ts'
import type { EpochMs, LocalFacts, Status, Ticket, TicketId } from '../tickets/ticket.ts'
import { staffKeys, type Seen } from '../tickets/unread.ts'

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
  #newest: TicketId
  /** Tickets and facts that are others than when `takeChange` was asked last. */
  readonly #touched = new Set<TicketId>()
  #departments: readonly number[]
  #services: readonly string[]

  constructor(stored: StoredMarks | null) {
    this.baseline = stored?.baseline ?? false
    this.signedOut = stored?.signedOut ?? false
    this.listAt = stored?.listAt ?? null
    this.#newest = stored?.newest ?? 0
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
    const change = this.#of(this.#touched)
    this.#touched.clear()
    return change
  }

  #of(ids: ReadonlySet<TicketId>): StoredMarks {
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
      newest: this.#newest,
      tickets,
      facts: Object.fromEntries(facts),
      recentDepartments: [...this.#departments],
      recentServices: [...this.#services]
    }
  }

  /** The highest number that any list ever had. */
  get newest(): TicketId {
    return this.#newest
  }

  /** Answers whether it is the highest so far. */
  reach(id: TicketId): boolean {
    if (id <= this.#newest) return false
    this.#newest = id
    return true
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
