import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { JsonFile, troubleOf, type Disk, type FileOptions, type StorageReport } from '../storage/file.ts'
import type { Clock, StoredAccount } from '../storage/types.ts'
import { SteadyWrite } from '../storage/retrying-writer.ts'
import {
  accountsSchema,
  marksSchema,
  mergeMarks,
  mergeOutbox,
  outboxMigrations,
  outboxSchema,
  sentSchema,
  type StoredMarks,
  type StoredOutbox,
  type StoredSent
} from '../storage/schemas.ts'
import { fileTicketCache, type CachedTickets, type TicketCache } from '../storage/ticket-cache.ts'
import type { AccountId } from '../tickets/ticket.ts'
import type { Marks } from './marks.ts'
import { mergeSent, type SentLog } from './outbox/sent-log.ts'

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
  options: Pick<FileOptions<T>, 'lasting' | 'merge' | 'migrations'> = {}
): JsonFile<T> =>
  new JsonFile<T>({ path, parse, report, ...options, now: () => clock.now(), ...(disk ? { disk } : {}) })

export const accountsFile = (parts: StoreParts): JsonFile<readonly StoredAccount[]> =>
  file<readonly StoredAccount[]>(
    parts,
    join(parts.folder, 'accounts.json'),
    (data) => accountsSchema.safeParse(data).data ?? null
  )

export const outboxFile = (parts: StoreParts): JsonFile<StoredOutbox> =>
  file<StoredOutbox>(
    parts,
    join(parts.folder, 'outbox.json'),
    (data) => outboxSchema.safeParse(data).data ?? null,
    { merge: mergeOutbox, migrations: outboxMigrations }
  )

/** The files of one account: marks and what was sent at once, tickets a little later and in the background. */
export class AccountStore {
  readonly #parts: StoreParts
  readonly #folder: string
  readonly #marks: JsonFile<StoredMarks>
  readonly #sent: JsonFile<StoredSent>
  readonly #cache: TicketCache
  #timer: unknown = null
  #marksWrite: SteadyWrite | null = null
  #sentWrite: SteadyWrite | null = null
  #writing: Promise<void> = Promise.resolve()
  #source: (() => CachedTickets) | null = null

  constructor(parts: StoreParts, id: AccountId) {
    this.#parts = parts
    this.#folder = join(parts.folder, 'accounts', id)
    const path = join(this.#folder, 'tickets.ndjson')
    this.#cache = parts.cache?.(path) ?? fileTicketCache(path, parts.clock)
    this.#marks = file(
      parts,
      join(this.#folder, 'marks.json'),
      (data) => marksSchema.safeParse(data).data ?? null,
      { lasting: false, merge: mergeMarks }
    )
    this.#sent = file(
      parts,
      join(this.#folder, 'sent.json'),
      (data) => sentSchema.safeParse(data).data ?? null,
      { merge: mergeSent }
    )
  }

  readSent(): StoredSent | null {
    return this.#sent.read()
  }

  /** As `writeMarks`, and lasting: it may hold the only copy of somebody's words. */
  writeSent(log: SentLog): boolean {
    this.#sentWrite ??= new SteadyWrite(
      this.#parts.clock,
      () => this.#sent.append(log.takeChange()) || this.#sent.write(log.stored())
    )
    return this.#sentWrite.now()
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

  /** All of them, for what is no addition. */
  replaceMarks(marks: Marks): void {
    marks.takeChange()
    if (!this.#marks.write(marks.stored())) this.writeMarks(marks)
  }

  readTickets(signal?: AbortSignal): Promise<CachedTickets | null> {
    return this.#cache.read(this.#parts.report, signal)
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
    this.#sentWrite?.stop()
  }

  async remove(): Promise<void> {
    const { clock } = this.#parts
    this.#source = null
    if (this.#timer !== null) clock.clearTimeout(this.#timer)
    this.#marksWrite?.stop()
    this.#sentWrite?.stop()
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
