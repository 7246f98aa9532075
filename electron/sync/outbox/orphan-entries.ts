import type { StoredEntry } from '../../storage/schemas.ts'
import type { OutboxItem } from '../../tickets/views.ts'
import { itemOf } from './outbox-entry.ts'

/** An entry whose account no longer exists: it cannot be sent, and the person decides what to do with it. */
export const orphanItem = (stored: StoredEntry): OutboxItem =>
  itemOf({ ...stored, state: 'refused', problem: { kind: 'unknown-account' }, question: null }, null)

/** Entries of accounts that are missing in the list, for example because it was damaged. */
export class OrphanEntries {
  #entries: readonly StoredEntry[] = []
  readonly #removedIds: string[] = []

  get entries(): readonly StoredEntry[] {
    return this.#entries
  }

  set(entries: readonly StoredEntry[]): void {
    this.#entries = entries
  }

  find(id: string): StoredEntry | null {
    return this.#entries.find((stored) => stored.id === id) ?? null
  }

  items(): readonly OutboxItem[] {
    return this.#entries.map(orphanItem)
  }

  /** Returns a function that undoes it. */
  remove(ids: ReadonlySet<string>): () => void {
    const before = this.#entries
    this.#entries = before.filter(({ id }) => !ids.has(id))
    this.#removedIds.push(...ids)
    return () => {
      this.#entries = before
    }
  }

  /** Ids of entries removed since the last call. */
  takeRemoved(): readonly string[] {
    return this.#removedIds.splice(0)
  }
}
