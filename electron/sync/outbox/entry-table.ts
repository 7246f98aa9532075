import type { StoredEntry } from '../../storage/schemas.ts'
import type { TicketId } from '../../tickets/ticket.ts'
import type { Entry } from './outbox-entry.ts'

interface TableChange {
  readonly changed: readonly Entry[]
  /** Ids of entries that are no longer visible. */
  readonly removed: readonly string[]
  /** Ids of entries to remove from the disk. */
  readonly removedFromDisk: string[]
  /** Whether a removed entry contained access data of a server. */
  readonly isToForget: boolean
}

/** The entries of an outbox in order, indexed by lane and state, with change tracking. */
export class EntryTable {
  #entries = new Map<string, Entry>()
  #lanes = new Map<string, Set<string>>()
  /** Entries by state, to find due ones fast. */
  readonly #queued = new Set<string>()
  readonly #uncertain = new Set<string>()
  readonly #attempted = new Set<string>()
  /** Changes since the last `takeChange`. */
  readonly #changed = new Set<string>()
  readonly #removed = new Set<string>()
  readonly #removedFromDisk = new Set<string>()
  #isToForget = false

  get size(): number {
    return this.#entries.size
  }

  get queued(): ReadonlySet<string> {
    return this.#queued
  }

  get uncertain(): ReadonlySet<string> {
    return this.#uncertain
  }

  /** Tickets that entries were sent for. */
  get attempted(): ReadonlySet<string> {
    return this.#attempted
  }

  /** Whether anything changed since the last `takeChange`. */
  get isChanged(): boolean {
    return this.#changed.size + this.#removed.size + this.#removedFromDisk.size > 0
  }

  ids(): readonly string[] {
    return [...this.#entries.keys()]
  }

  all(): readonly Entry[] {
    return [...this.#entries.values()]
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id)
  }

  ofTicket(id: TicketId): readonly Entry[] {
    const ids = this.#lanes.get(`ticket ${id}`)
    return ids ? [...ids].flatMap((entryId) => this.#entries.get(entryId) ?? []) : []
  }

  /** Earlier entries of the same lane. */
  *before({ lane, stored }: Entry): Iterable<Entry> {
    for (const id of this.#lanes.get(lane) ?? []) {
      if (id === stored.id) return
      const entry = this.#entries.get(id)
      if (entry) yield entry
    }
  }

  /** Adds or updates an entry; a new one is added at the end. */
  put(entry: Entry): void {
    const { id, state, attempts } = entry.stored
    const before = this.#entries.get(id)
    this.#entries.set(id, entry)
    const lane = this.#lanes.get(entry.lane) ?? new Set()
    this.#lanes.set(entry.lane, lane.add(id))
    keepIn(this.#queued, id, state === 'queued')
    keepIn(this.#uncertain, id, state === 'uncertain')
    keepIn(this.#attempted, id, attempts > 0)
    this.#removed.delete(id)
    this.#removedFromDisk.delete(id)
    // Counting lists is not a visible change.
    if (before?.stored !== entry.stored || before.notBefore !== entry.notBefore) this.#changed.add(id)
  }

  /** Hides an entry; it stays on disk until `removeFromDisk`. */
  drop(id: string): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    this.#entries.delete(id)
    const lane = this.#lanes.get(entry.lane)
    lane?.delete(id)
    if (lane?.size === 0) this.#lanes.delete(entry.lane)
    for (const ids of [this.#queued, this.#uncertain, this.#attempted, this.#changed]) ids.delete(id)
    this.#removed.add(id)
  }

  /** Removes entries from the disk with the next change. */
  removeFromDisk({ id, action }: StoredEntry): void {
    this.#removedFromDisk.add(id)
    if (action.kind === 'create' && `${action.draft.serverIp}${action.draft.serverUser}` !== '')
      this.#isToForget = true
  }

  /** Removes entries from the view and the disk. Returns a function that puts them back in their place. */
  remove(ids: readonly string[]): () => void {
    const gone = ids.flatMap((id) => this.#entries.get(id) ?? [])
    const order = new Set(this.#entries.keys())
    for (const id of ids) this.drop(id)
    for (const { stored } of gone) this.removeFromDisk(stored)
    return () => {
      const all = new Map([...this.#entries, ...gone.map((entry) => [entry.stored.id, entry] as const)])
      const later = [...all.keys()].filter((id) => !order.has(id))
      this.#entries = new Map()
      this.#lanes = new Map()
      for (const id of [...order, ...later]) {
        const entry = all.get(id)
        if (entry) this.put(entry)
      }
    }
  }

  /** The changes since the last call. */
  takeChange(): TableChange {
    const change = {
      changed: [...this.#changed].flatMap((id) => this.#entries.get(id) ?? []),
      removed: [...this.#removed],
      removedFromDisk: [...this.#removedFromDisk],
      isToForget: this.#isToForget
    }
    for (const ids of [this.#changed, this.#removed, this.#removedFromDisk]) ids.clear()
    this.#isToForget = false
    return change
  }
}

function keepIn(ids: Set<string>, id: string, isIn: boolean): void {
  if (!isIn) ids.delete(id)
  else if (!ids.has(id)) ids.add(id)
}
