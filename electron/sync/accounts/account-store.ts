import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { realDisk, type Disk } from '../../storage/files/disk.ts'
import { JsonFile, troubleOf, type StorageReport } from '../../storage/files/file.ts'
import type { Clock, StoredAccount } from '../../storage/types.ts'
import { mergeWork, workParts, type StoredWork } from '../../storage/work-schema.ts'
import { marksParts, mergeMarks, type StoredMarks } from '../../storage/marks-schema.ts'
import { servicesParts, type StoredServices } from '../../storage/services-schema.ts'
import { RetryingWriter } from '../../storage/files/retrying-writer.ts'
import {
  accountsParts,
  mergeOutbox,
  outboxMigrations,
  outboxParts,
  mergeRawSent,
  sentParts,
  type StoredOutbox,
  type StoredSent
} from '../../storage/schemas.ts'
import { fileTicketCache, type CachedTickets, type TicketCache } from '../../storage/ticket-cache.ts'
import { TolerantFile, type TolerantFileOptions } from '../../storage/files/tolerant-file.ts'
import type { AccountId, Service } from '../../tickets/ticket.ts'
import type { Marks } from '../marks/marks.ts'
import { encodeMarks } from '../marks/encode-marks.ts'
import type { Turns } from '../turns.ts'
import type { AccountWork } from '../work/account-work.ts'
import type { SentLog } from '../outbox/sent-log.ts'

/** Delay before changed tickets are written, in milliseconds; further changes are included. */
const cacheAfterMs = 3000
/** Until a write that failed is tried again. */
const againAfterMs = 30_000

/** The marks of fewer tickets are written at once, in some milliseconds. */
const minCompacted = 2000

export interface StoreParts {
  readonly folder: string
  readonly clock: Clock
  readonly turns: Turns
  readonly report: StorageReport
  readonly disk?: Disk
  readonly cache?: (path: string) => TicketCache
}

const file = <T extends object>(
  { report, clock, disk }: StoreParts,
  options: Omit<TolerantFileOptions<T>, 'report' | 'now' | 'disk'>
): TolerantFile<T> =>
  new TolerantFile<T>({ report, ...options, now: () => clock.now(), ...(disk ? { disk } : {}) })

export interface StoredAccounts {
  readonly accounts: readonly StoredAccount[]
}

export const accountsFile = (parts: StoreParts): TolerantFile<StoredAccounts> =>
  file<StoredAccounts>(parts, {
    path: join(parts.folder, 'accounts.json'),
    parts: accountsParts,
    only: 'accounts'
  })

export const outboxFile = (parts: StoreParts): TolerantFile<StoredOutbox> =>
  file<StoredOutbox>(parts, {
    path: join(parts.folder, 'outbox.json'),
    parts: outboxParts,
    merge: mergeOutbox,
    migrations: outboxMigrations
  })

/**
 * A copy of the account's row of accounts.json in its own folder, from which a lost list is rebuilt. As in the file, of
 * any version.
 */
export const accountRowFile = (
  { folder, report, clock, disk }: StoreParts,
  id: AccountId
): JsonFile<unknown> =>
  new JsonFile<unknown>({
    path: join(folder, 'accounts', id, 'account.json'),
    parse: (data) => data,
    rejoin: (aside, current) => current ?? aside,
    report,
    lasting: false,
    now: () => clock.now(),
    ...(disk ? { disk } : {})
  })

/** The files of one account. Marks and finished entries are written at once, tickets later in the background. */
export class AccountStore {
  readonly #parts: StoreParts
  readonly #folder: string
  readonly #row: JsonFile<unknown>
  readonly #marks: TolerantFile<StoredMarks>
  readonly #sent: TolerantFile<StoredSent>
  readonly #work: TolerantFile<StoredWork>
  readonly #services: TolerantFile<StoredServices>
  readonly #cache: TicketCache
  #timer: unknown = null
  #marksWrite: RetryingWriter | null = null
  #sentWrite: RetryingWriter | null = null
  #workWrite: RetryingWriter | null = null
  #writing: Promise<void> = Promise.resolve()
  #source: (() => CachedTickets) | null = null
  #writtenRow: string | null = null
  /** Changes of the marks that were appended since the compaction in progress began; null if there is none. */
  #compaction: StoredMarks[] | null = null

  constructor(parts: StoreParts, id: AccountId) {
    this.#parts = parts
    this.#folder = join(parts.folder, 'accounts', id)
    const path = join(this.#folder, 'tickets.ndjson')
    this.#cache = parts.cache?.(path) ?? fileTicketCache(path, parts.clock)
    this.#row = accountRowFile(parts, id)
    this.#marks = file<StoredMarks>(parts, {
      path: join(this.#folder, 'marks.json'),
      parts: marksParts,
      lasting: false,
      merge: mergeMarks
    })
    this.#sent = file<StoredSent>(parts, {
      path: join(this.#folder, 'sent.json'),
      parts: sentParts,
      merge: mergeRawSent
    })
    this.#work = file<StoredWork>(parts, {
      path: join(this.#folder, 'work.json'),
      parts: workParts,
      merge: mergeWork
    })
    this.#services = file<StoredServices>(parts, {
      path: join(this.#folder, 'services.json'),
      parts: servicesParts,
      lasting: false
    })
  }

  /** Writes the copy of the row if it changed. Called after the list of accounts, which is authoritative, is written. */
  writeAccount(account: StoredAccount): void {
    if (JSON.stringify(account) === this.#writtenRow) return
    this.#writtenRow = this.#row.write(account) ? JSON.stringify(account) : null
  }

  /** The services of the last list; empty if none was stored. */
  readServices(): readonly Service[] {
    return this.#services.read()?.services ?? []
  }

  /** A write that fails is not retried: the next list is written again. */
  writeServices(services: readonly Service[]): void {
    this.#services.write({ services })
  }

  readSent(): StoredSent | null {
    const sent = this.#sent.read()
    if (!sent || !this.#sent.isSalvaged) return sent
    this.#parts.report({ kind: 'file-partly-damaged', detail: 'sent.json' }, 'sent.json')
    this.#sent.write(sent)
    return sent
  }

  /** Like `writeMarks`, but durable: it may have the only copy of a text. */
  writeSent(log: SentLog): boolean {
    this.#sentWrite ??= new RetryingWriter(
      this.#parts.clock,
      () => this.#sent.append(log.takeChange()) || this.#sent.write(log.stored())
    )
    return this.#sentWrite.now()
  }

  readWork(): StoredWork | null {
    const work = this.#work.read()
    if (!work || !this.#work.isSalvaged) return work
    this.#parts.report({ kind: 'file-partly-damaged', detail: 'work.json' }, 'work.json')
    this.#work.write(work)
    return work
  }

  /** Durable, since the person's notes are nowhere else. False if it is retried later. */
  writeWork(work: AccountWork): boolean {
    this.#workWrite ??= new RetryingWriter(
      this.#parts.clock,
      () => this.#work.append(work.takeChange()) || this.#work.write(work.takeAll())
    )
    return this.#workWrite.now()
  }

  readMarks(): StoredMarks | null {
    return this.#marks.read()
  }

  /** Whether marks are missing because lines of their file were damaged. */
  get areMarksSalvaged(): boolean {
    return this.#marks.isSalvaged
  }

  /** Writes the marks now, only the changes if possible. A failed write is retried later with the then current marks. */
  writeMarks(marks: Marks): void {
    this.#marksWrite ??= new RetryingWriter(this.#parts.clock, () => {
      if (!marks.isMostlyChanged) {
        const change = marks.takeChange()
        if (this.#marks.append(change)) {
          this.#compaction?.push(change)
          if (this.#marks.isNearlyFull) void this.#compactMarks(marks)
          return true
        }
      }
      this.#compaction = null
      return this.#marks.write(marks.takeAll())
    })
    this.#marksWrite.now()
  }

  /**
   * Rewrites a file with many changes, in turns, before it must be rewritten at once. Changes that are appended meanwhile are
   * appended again. Given up if everything is written meanwhile, or if it fails: then the next write rewrites it.
   */
  async #compactMarks(marks: Marks): Promise<void> {
    if (this.#compaction || marks.markedIds.size < minCompacted) return
    const changes: StoredMarks[] = []
    this.#compaction = changes
    const content = await this.#parts.turns.run(encodeMarks(marks))
    if (this.#compaction !== changes) return
    this.#compaction = null
    this.#marks.writeEncoded(content, changes)
  }

  /** Writes all marks, for changes that cannot be appended. */
  replaceMarks(marks: Marks): void {
    this.#compaction = null
    if (!this.#marks.write(marks.takeAll())) this.writeMarks(marks)
  }

  readTickets(signal?: AbortSignal): Promise<CachedTickets | null> {
    return this.#cache.read(this.#parts.report, signal)
  }

  /** Schedules writing the tickets; `source` is called when they are written, so that they are current. */
  writeTickets(source: () => CachedTickets, afterMs = cacheAfterMs): void {
    this.#source = source
    this.#timer ??= this.#parts.clock.setTimeout(() => {
      this.#timer = null
      this.#write()
    }, afterMs)
  }

  /** Writes scheduled tickets now. */
  async flush(): Promise<void> {
    if (this.#timer !== null) {
      this.#parts.clock.clearTimeout(this.#timer)
      this.#timer = null
      this.#write()
    }
    await this.#writing
  }

  /** Writes scheduled tickets and stops retrying. */
  async stop(): Promise<void> {
    await this.flush()
    if (this.#timer !== null) this.#parts.clock.clearTimeout(this.#timer)
    this.#timer = null
    this.#compaction = null
    this.#marksWrite?.stop()
    this.#sentWrite?.stop()
    this.#workWrite?.stop()
  }

  async remove(): Promise<void> {
    const { clock, disk = realDisk } = this.#parts
    this.#source = null
    if (this.#timer !== null) clock.clearTimeout(this.#timer)
    this.#compaction = null
    this.#marksWrite?.stop()
    this.#sentWrite?.stop()
    this.#workWrite?.stop()
    this.#timer = null
    await this.#writing
    try {
      // First, so that the folder is no longer taken for an account.
      disk.remove?.(join(this.#folder, 'account.json'))
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
