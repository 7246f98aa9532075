import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { JsonFile, troubleOf, type Disk, type FileOptions, type StorageReport } from '../storage/file.ts'
import type { Clock, StoredAccount } from '../storage/port.ts'
import { SteadyWrite } from '../storage/steady-write.ts'
import {
  accountsSchema,
  marksSchema,
  mergeMarks,
  outboxSchema,
  type StoredEntry,
  type StoredMarks
} from '../storage/schemas.ts'
import { fileTicketCache, type CachedTickets, type TicketCache } from '../storage/ticket-cache.ts'
import type { AccountId } from '../tickets/ticket.ts'
import type { Marks } from './marks.ts'

/** Milliseconds between a change and writing the tickets; more changes meanwhile are written with it. */
const cacheAfterMs = 3000
/** Until a write that failed is tried again. */
const againAfterMs = 30_000

export interface StoreParts {
  readonly folder: string
  readonly clock: Clock
  readonly report: StorageReport
  readonly disk?: Disk
  readonly cache?: (path: string) => TicketCache
}

const file = <T>(
  { report, clock, disk }: StoreParts,
  path: string,
  parse: (data: unknown) => T | null,
  options: Pick<FileOptions<T>, 'lasting' | 'merge'> = {}
): JsonFile<T> =>
  new JsonFile<T>({ path, parse, report, ...options, now: () => clock.now(), ...(disk ? { disk } : {}) })

export const accountsFile = (parts: StoreParts): JsonFile<readonly StoredAccount[]> =>
  file<readonly StoredAccount[]>(
    parts,
    join(parts.folder, 'accounts.json'),
    (data) => accountsSchema.safeParse(data).data ?? null
  )

export const outboxFile = (parts: StoreParts): JsonFile<readonly StoredEntry[]> =>
  file<readonly StoredEntry[]>(
    parts,
    join(parts.folder, 'outbox.json'),
    (data) => outboxSchema.safeParse(data).data ?? null
  )

/** The files of one account: marks at once, tickets a little later and in the background. */
export class AccountStore {
  readonly #parts: StoreParts
  readonly #folder: string
  readonly #marks: JsonFile<StoredMarks>
  readonly #cache: TicketCache
  #timer: unknown = null
  #marksWrite: SteadyWrite | null = null
  #writing: Promise<void> = Promise.resolve()
  #source: (() => CachedTickets) | null = null

  constructor(parts: StoreParts, id: AccountId) {
    this.#parts = parts
    this.#folder = join(parts.folder, 'accounts', id)
    this.#cache = (parts.cache ?? fileTicketCache)(join(this.#folder, 'tickets.ndjson'))
    this.#marks = file(
      parts,
      join(this.#folder, 'marks.json'),
      (data) => marksSchema.safeParse(data).data ?? null,
      { lasting: false, merge: mergeMarks }
    )
  }

  readMarks(): StoredMarks | null {
    return this.#marks.read()
  }

  /** Now, and only what changed, where that is possible; where writing fails, again later, with what is true then. */
  writeMarks(marks: Marks): void {
    this.#marksWrite ??= new SteadyWrite(
      this.#parts.clock,
      () => this.#marks.append(marks.takeChange()) || this.#marks.write(marks.stored())
    )
    this.#marksWrite.now()
  }

  readTickets(): Promise<CachedTickets | null> {
    return this.#cache.read(this.#parts.report)
  }

  /** Soon; `source` is asked when it is time, so that what is written is the newest. */
  writeTickets(source: () => CachedTickets, afterMs = cacheAfterMs): void {
    this.#source = source
    this.#timer ??= this.#parts.clock.setTimeout(() => {
      this.#timer = null
      this.#write()
    }, afterMs)
  }

  /** Writes the tickets now that are to be written soon. */
  async flush(): Promise<void> {
    if (this.#timer !== null) {
      this.#parts.clock.clearTimeout(this.#timer)
      this.#timer = null
      this.#write()
    }
    await this.#writing
  }

  /** Writes what is unwritten, and tries nothing again later. */
  async stop(): Promise<void> {
    await this.flush()
    if (this.#timer !== null) this.#parts.clock.clearTimeout(this.#timer)
    this.#timer = null
    this.#marksWrite?.stop()
  }

  async remove(): Promise<void> {
    const { clock } = this.#parts
    this.#source = null
    if (this.#timer !== null) clock.clearTimeout(this.#timer)
    this.#marksWrite?.stop()
    this.#timer = null
    await this.#writing
    try {
      rmSync(this.#folder, { recursive: true, force: true })
    } catch (error) {
      this.#parts.report(troubleOf(error, this.#folder), basename(this.#folder))
    }
  }

  #write(): void {
    this.#writing = this.#writing.then(async () => {
      const source = this.#source
      if (!source) return
      const isWritten = await this.#cache.write(source(), this.#parts.report)
      if (!isWritten) this.writeTickets(source, againAfterMs)
    })
  }
}
