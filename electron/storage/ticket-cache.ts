/**
 * The tickets of one account from the last good list, as an append-only file of lines. So a new reply costs one line and
 * not the whole list, a damaged line loses one ticket, and a change that a crash cut short has no end line. Once the file
 * has twice the necessary lines, it is rewritten and replaced. Writes are asynchronous and not synced: damage by a power
 * cut is detected in the same way, and the server has all tickets.
 */
import { constants, existsSync } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { maxListSize } from '../tickets/limits.ts'
import type { Ticket, TicketId } from '../tickets/ticket.ts'
import { systemClock } from './clock.ts'
import { replaceFileAsync } from './files/retry-while-busy.ts'
import { troubleOf, type StorageReport } from './files/file.ts'
import type { Clock } from './types.ts'
import { isReadableLine, readLines, RefusedFile } from './lines/read-lines.ts'
import {
  endLineOf,
  head,
  linesOf,
  NoTicketLines,
  removedLineOf,
  repliesInLine,
  TicketLines
} from './lines/ticket-lines.ts'

export interface CachedTickets {
  readonly tickets: readonly Ticket[]
  /** Fingerprint of the list; null if tickets are missing, so that the next list is parsed completely. */
  readonly fingerprint: string | null
}

/** The ticket cache of one account. `fileTicketCache` stores it in a file. */
export interface TicketCache {
  /**
   * Null if there is no cache, or if it exceeds the limits of size and time: then it is set aside and reported. Also null
   * if `signal` is aborted: then the file stays. Never rejects.
   */
  read(report: StorageReport, signal?: AbortSignal): Promise<CachedTickets | null>
  /** Never rejects; false after an error, which is reported. Unchanged tickets must be the same objects as before. */
  write(cached: CachedTickets, report: StorageReport): Promise<boolean>
}

/** Characters serialized at a time, in a few milliseconds. */
const sliceLength = 256 * 1024
/** Lines up to this length in characters need no check of whether they can be read again. */
const checkedAboveLength = 1024
/** Number of lines tolerated beyond twice the necessary ones before the file is rewritten. */
const toleratedLines = 200
/** Maximum number of tickets removed by one change; the file is rewritten for more. */
const maxRemoved = 5_000
const privateMode = 0o600
/** Limits of reading, above the longest list on the slowest machine. */
const limits = {
  fileBytes: 256 * 1024 * 1024,
  lines: 3 * maxListSize.tickets + toleratedLines,
  workMs: 8_000,
  totalMs: 25_000
} as const

/** Returns the number of lines written. */
async function writeLines(path: string, flags: string | number, lines: Iterable<string>): Promise<number> {
  const file = await open(path, flags, privateMode)
  try {
    let slice = ''
    let count = 0
    for (const line of lines) {
      slice += `${line}\n`
      count += 1
      if (slice.length < sliceLength) continue
      await file.writeFile(slice)
      slice = ''
    }
    await file.writeFile(slice)
    return count
  } finally {
    await file.close()
  }
}

/** Null for a ticket with a text too large to be read again; it is loaded with the next list. */
function storableLines(ticket: Ticket): readonly string[] | null {
  const lines = linesOf(ticket)
  // A short line in characters is short enough in bytes.
  return lines.every((line) => line.length < checkedAboveLength || isReadableLine(Buffer.from(line)))
    ? lines
    : null
}

/** `leftOut` is called if a ticket was left out. */
function* wholeLines({ tickets, fingerprint }: CachedTickets, leftOut: () => void): Iterable<string> {
  yield head
  let left = 0
  for (const ticket of tickets) {
    const lines = storableLines(ticket)
    if (lines === null) left += 1
    else yield* lines
  }
  if (left > 0) leftOut()
  yield endLineOf({ fingerprint: left === 0 ? fingerprint : null, tickets: tickets.length - left })
}

/** Approximate number of lines of all tickets; long texts need more. */
const linesOfAll = (tickets: readonly Ticket[]): number =>
  tickets.reduce((sum, { replies }) => sum + 1 + Math.floor(replies.length / repliesInLine), 0)

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

class FileTicketCache implements TicketCache {
  readonly #path: string
  /** Tickets in the file; null if nothing may be appended. */
  #written: ReadonlyMap<TicketId, Ticket> | null = null
  #fingerprint: string | null = null
  #lines = 0
  readonly #clock: Clock

  constructor(path: string, clock: Clock) {
    this.#path = path
    this.#clock = clock
  }

  async read(report: StorageReport, signal?: AbortSignal): Promise<CachedTickets | null> {
    const path = this.#path
    if (!existsSync(path)) return null
    const lines = new TicketLines()
    try {
      const isHere = await this.#readInto(lines, signal)
      if (signal?.aborted) return null
      if (!isHere || lines.isDamaged) {
        await replaceFileAsync(path, `${path}.damaged`)
        report(
          { kind: isHere ? 'file-set-aside' : 'cache-set-aside', detail: basename(path) },
          basename(path)
        )
      }
      if (!isHere) return null
    } catch (error) {
      report(troubleOf(error, path), basename(path))
      return null
    }
    const { tickets, fingerprint } = lines
    this.#written = lines.isComplete ? tickets : null
    this.#fingerprint = fingerprint
    this.#lines = lines.count
    return { tickets: [...tickets.values()], fingerprint }
  }

  /** False if the file is no cache or exceeds the limits. */
  async #readInto(lines: TicketLines, signal: AbortSignal | undefined): Promise<boolean> {
    const take = (line: string): void => {
      lines.take(line)
    }
    try {
      await readLines(this.#path, take, limits, this.#clock, signal)
      return true
    } catch (error) {
      if (error instanceof RefusedFile || error instanceof NoTicketLines) return false
      throw error
    }
  }

  async write(cached: CachedTickets, report: StorageReport): Promise<boolean> {
    const path = this.#path
    const written = this.#written
    // Unknown until the write has succeeded.
    this.#written = null
    try {
      const added = written ? await this.#changes(written, cached) : null
      const isLong = this.#lines + (added?.length ?? 0) > 2 * linesOfAll(cached.tickets) + toleratedLines
      const isAdded = added !== null && !isLong && (await this.#add(added))
      if (!isAdded && !(await this.#writeWhole(cached))) {
        report(null, basename(path))
        return true
      }
    } catch (error) {
      report(troubleOf(error, path), basename(path))
      return false
    }
    this.#written = new Map(cached.tickets.map((ticket) => [ticket.id, ticket]))
    this.#fingerprint = cached.fingerprint
    report(null, basename(path))
    return true
  }

  /** The lines to append, serialized in slices; null if the file must be rewritten. */
  async #changes(
    written: ReadonlyMap<TicketId, Ticket>,
    { tickets, fingerprint }: CachedTickets
  ): Promise<readonly string[] | null> {
    const lines: string[] = []
    const changed = tickets.filter((ticket) => written.get(ticket.id) !== ticket)
    // Most tickets have changed: rewriting costs no more than appending.
    if (2 * changed.length > tickets.length + toleratedLines) return null
    let length = 0
    for (const ticket of changed) {
      const added = storableLines(ticket)
      if (added === null) return null
      for (const line of added) {
        lines.push(line)
        length += line.length
      }
      if (length < sliceLength) continue
      length = 0
      await setImmediate()
    }
    const ids = new Set(tickets.map(({ id }) => id))
    const removed = [...written.keys()].filter((id) => !ids.has(id))
    // All removed ids are in one line.
    if (removed.length > maxRemoved) return null
    if (removed.length > 0) lines.push(removedLineOf(removed))
    if (lines.length > 0 || fingerprint !== this.#fingerprint)
      lines.push(endLineOf({ fingerprint, tickets: tickets.length }))
    return lines
  }

  /** False if the file is missing. */
  async #add(lines: readonly string[]): Promise<boolean> {
    if (lines.length === 0) return true
    try {
      await writeLines(this.#path, constants.O_WRONLY | constants.O_APPEND, lines)
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
    this.#lines += lines.length
    return true
  }

  /** False if a ticket was left out: then nothing may be appended. */
  async #writeWhole(cached: CachedTickets): Promise<boolean> {
    const path = this.#path
    const beside = `${path}.new`
    let isWhole = true
    await mkdir(dirname(path), { recursive: true })
    try {
      const all = wholeLines(cached, () => (isWhole = false))
      const lines = await writeLines(beside, 'w', all)
      await replaceFileAsync(beside, path)
      this.#lines = lines
    } catch (error) {
      await rm(beside, { force: true }).catch(() => undefined)
      throw error
    }
    return isWhole
  }
}

export const fileTicketCache = (path: string, clock: Clock = systemClock): TicketCache =>
  new FileTicketCache(path, clock)
