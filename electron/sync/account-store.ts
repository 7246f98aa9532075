import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { JsonFile, type Disk, type StorageReport } from '../storage/file.ts'
import type { Clock, StoredAccount } from '../storage/port.ts'
import {
  accountsSchema,
  marksSchema,
  outboxSchema,
  type StoredEntry,
  type StoredMarks
} from '../storage/schemas.ts'
import { fileTicketCache, type CachedTickets, type TicketCache } from '../storage/ticket-cache.ts'
import type { AccountId, Ticket } from '../tickets/ticket.ts'

/** Milliseconds between a change and writing the tickets; more changes meanwhile are written with it. */
const cacheAfterMs = 3000

export interface StoreParts {
  readonly folder: string
  readonly clock: Clock
  readonly report: StorageReport
  readonly disk?: Disk
  readonly cache?: TicketCache
}

const file = <T>(
  { report, clock, disk }: StoreParts,
  path: string,
  parse: (data: unknown) => T | null
): JsonFile<T> =>
  new JsonFile<T>({ path, version: 1, parse, report, now: () => clock.now(), ...(disk ? { disk } : {}) })

export const accountsFile = (parts: StoreParts): JsonFile<readonly StoredAccount[]> =>
  file(parts, join(parts.folder, 'accounts.json'), (data) => accountsSchema.safeParse(data).data ?? null)

export const outboxFile = (parts: StoreParts): JsonFile<readonly StoredEntry[]> =>
  file(parts, join(parts.folder, 'outbox.json'), (data) => outboxSchema.safeParse(data).data ?? null)

/** The files of one account: marks at once, tickets a little later and in the background. */
export class AccountStore {
  readonly #parts: StoreParts
  readonly #folder: string
  readonly #marks: JsonFile<StoredMarks>
  readonly #cache: TicketCache
  #timer: unknown = null
  #writing: Promise<void> = Promise.resolve()
  #source: (() => { tickets: Iterable<Ticket>; fingerprint: string | null }) | null = null

  constructor(parts: StoreParts, id: AccountId) {
    this.#parts = parts
    this.#folder = join(parts.folder, 'accounts', id)
    this.#cache = parts.cache ?? fileTicketCache
    this.#marks = file(
      parts,
      join(this.#folder, 'marks.json'),
      (data) => marksSchema.safeParse(data).data ?? null
    )
  }

  readMarks(): StoredMarks | null {
    return this.#marks.read()
  }

  writeMarks(marks: StoredMarks): boolean {
    return this.#marks.write(marks)
  }

  readTickets(): Promise<CachedTickets | null> {
    return this.#cache.read(this.#path, this.#parts.report)
  }

  /** Soon; `source` is asked when it is time, so that what is written is the newest. */
  writeTickets(source: () => { tickets: Iterable<Ticket>; fingerprint: string | null }): void {
    this.#source = source
    this.#timer ??= this.#parts.clock.setTimeout(() => {
      this.#timer = null
      this.#write()
    }, cacheAfterMs)
  }

  async flush(): Promise<void> {
    if (this.#timer !== null) {
      this.#parts.clock.clearTimeout(this.#timer)
      this.#timer = null
      this.#write()
    }
    await this.#writing
  }

  async remove(): Promise<void> {
    if (this.#timer !== null) this.#parts.clock.clearTimeout(this.#timer)
    this.#timer = null
    this.#source = null
    await this.#writing
    rmSync(this.#folder, { recursive: true, force: true })
  }

  get #path(): string {
    return join(this.#folder, 'tickets.ndjson')
  }

  #write(): void {
    this.#writing = this.#writing.then(async () => {
      const now = this.#source?.()
      if (now) await this.#cache.write(this.#path, [...now.tickets], now.fingerprint, this.#parts.report)
    })
  }
}
