/**
 * The tickets of one account as of the last good list: a file of lines, to which every change adds its own. So one
 * new reply costs one line and not the whole list, a damaged line loses one ticket, and a change that a crash cut
 * short is known by its missing end. Grown to twice its need the file is written anew, beside and then in its place.
 * Nobody waits for the disk here: what a power cut tears is noticed just so, and the server has it all.
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
  /** Of the list they came from; null when something is missing, so that the next list is read whole. */
  readonly fingerprint: string | null
}

/** One account's; the file system's is `fileTicketCache`. */
export interface TicketCache {
  /**
   * Null when there is none, or none that can be read within limits of size and time: that one is set aside and
   * reported. Also when `signal` is aborted: then it stays where it is. Never rejects.
   */
  read(report: StorageReport, signal?: AbortSignal): Promise<CachedTickets | null>
  /** Never throws; false after trouble, which is reported. A ticket that did not change must be the same object as before. */
  write(cached: CachedTickets, report: StorageReport): Promise<boolean>
}

/** Characters turned into text at a time; so many take a few milliseconds. */
const sliceLength = 256 * 1024
/** Characters of a line that need no look at whether it can be read again. */
const shortLine = 1024
/** Lines beside one per ticket and as many outdated ones. */
const spareLines = 200
/** What one change removes at most, unless everything is written anew. */
const mostRemoved = 5_000
const privateMode = 0o600
/** More than the longest list takes here, in more time than the slowest machine needs for it. */
const limits = {
  fileBytes: 256 * 1024 * 1024,
  lines: 3 * maxListSize.tickets + spareLines,
  workMs: 8_000,
  totalMs: 25_000
} as const

/** Answers how many it wrote. */
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

/** Null for a ticket with a text so large that it could not be read again: the next list brings it. */
function storableLines(ticket: Ticket): readonly string[] | null {
  const lines = linesOf(ticket)
  // Short in characters is short enough in bytes.
  return lines.every((line) => line.length < shortLine || isReadableLine(Buffer.from(line))) ? lines : null
}

/** `leftOut` hears of a ticket that is in none of them. */
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

/** Some more than that many where texts are long. */
const linesOfAll = (tickets: readonly Ticket[]): number =>
  tickets.reduce((sum, { replies }) => sum + 1 + Math.floor(replies.length / repliesInLine), 0)

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

class FileTicketCache implements TicketCache {
  readonly #path: string
  /** What the file holds; null when nothing may be added to it. */
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

  /** False for what is no cache, or cannot be read within the limits. */
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
    // Whatever happens now, the file is another one.
    this.#written = null
    try {
      const added = written ? await this.#changes(written, cached) : null
      const isLong = this.#lines + (added?.length ?? 0) > 2 * linesOfAll(cached.tickets) + spareLines
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

  /** Null where everything is to be written anew. Made in slices, too. */
  async #changes(
    written: ReadonlyMap<TicketId, Ticket>,
    { tickets, fingerprint }: CachedTickets
  ): Promise<readonly string[] | null> {
    const lines: string[] = []
    const changed = tickets.filter((ticket) => written.get(ticket.id) !== ticket)
    // Most of it is another: it takes no more to write it anew than to add it.
    if (2 * changed.length > tickets.length + spareLines) return null
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
    // One line names them all.
    if (removed.length > mostRemoved) return null
    if (removed.length > 0) lines.push(removedLineOf(removed))
    if (lines.length > 0 || fingerprint !== this.#fingerprint)
      lines.push(endLineOf({ fingerprint, tickets: tickets.length }))
    return lines
  }

  /** False when the file is gone. */
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

  /** False when a ticket had to be left out: then nothing may be added to it. */
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
