import type { Clock } from '../../storage/types.ts'
import type { StoredEntry, StoredOutbox } from '../../storage/schemas.ts'
import { RetryingWriter } from '../../storage/files/retrying-writer.ts'
import type { TolerantFile } from '../../storage/files/tolerant-file.ts'

/** Writes the outbox: appends changes, and rewrites the file from time to time. */
export class OutboxWrite {
  readonly #write: RetryingWriter
  #change: StoredOutbox = { entries: [], removed: [] }
  /** Whether the disk is up to date. */
  #isWritten = true
  /** Whether removed entries must be deleted from the file now instead of at the next compaction. */
  #isToForget = false

  /** `entries` returns the entries of all accounts. */
  constructor(clock: Clock, file: TolerantFile<StoredOutbox>, entries: () => readonly StoredEntry[]) {
    this.#write = new RetryingWriter(clock, () => {
      const change = this.#change
      this.#change = { entries: [], removed: [] }
      const isAdded = this.#isWritten && !this.#isToForget && file.append(change)
      this.#isWritten = isAdded || file.write({ entries: [...entries()], removed: [] })
      if (this.#isWritten) this.#isToForget = false
      return this.#isWritten
    })
  }

  /** Returns whether the change is durable; if not, the write is retried later. */
  add(change: StoredOutbox, isToForget: boolean): boolean {
    if (this.#isWritten && change.entries.length + change.removed.length === 0) return true
    if (isToForget) this.#isToForget = true
    this.#change = change
    return this.#write.now()
  }

  stop(): void {
    this.#write.stop()
  }
}
