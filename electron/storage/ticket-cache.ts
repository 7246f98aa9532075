/**
 * The tickets of one account as of the last good list: a file of lines, to which every change adds its own. So one
 * new reply costs one line and not the whole list, a damaged line loses one ticket, and a change that a crash cut
 * short is known by its missing end. Grown to twice its need the file is written anew, beside and then in its place.
 * Nobody waits for the disk here: what a power cut tears is noticed just so, and the server has it all.
 */
import { constants, createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Ticket, TicketId } from '../tickets/ticket.ts'
import { replaceFileAside } from './retry-while-busy.ts'
import { troubleOf, type StorageReport } from './file.ts'
import { endLineOf, head, lineOf, removedLineOf, TicketLines } from './ticket-lines.ts'

export interface CachedTickets {
  readonly tickets: readonly Ticket[]
  /** Of the list they came from; null when something is missing, so that the next list is read whole. */
  readonly fingerprint: string | null
}

/** One account's; the file system's is `fileTicketCache`. */
export interface TicketCache {
  read(report: StorageReport): Promise<CachedTickets | null>
  /** Never throws; false after trouble, which is reported. A ticket that did not change must be the same object as before. */
  write(cached: CachedTickets, report: StorageReport): Promise<boolean>
}

/** Characters turned into text at a time; so many take a few milliseconds. */
const sliceLength = 256 * 1024
/** Lines beside one per ticket and as many outdated ones. */
const spareLines = 200
const privately = 0o600

async function writeLines(path: string, flags: string | number, lines: Iterable<string>): Promise<void> {
  const file = await open(path, flags, privately)
  try {
    let slice = ''
    for (const line of lines) {
      slice += `${line}\n`
      if (slice.length < sliceLength) continue
      await file.writeFile(slice)
      slice = ''
    }
    await file.writeFile(slice)
  } finally {
    await file.close()
  }
}

function* wholeLines({ tickets, fingerprint }: CachedTickets): Iterable<string> {
  yield head
  for (const ticket of tickets) yield lineOf(ticket)
  yield endLineOf({ fingerprint, tickets: tickets.length })
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

class FileTicketCache implements TicketCache {
  readonly #path: string
  /** What the file holds; null when nothing may be added to it. */
  #written: ReadonlyMap<TicketId, Ticket> | null = null
  #fingerprint: string | null = null
  #lines = 0

  constructor(path: string) {
    this.#path = path
  }

  async read(report: StorageReport): Promise<CachedTickets | null> {
    const path = this.#path
    if (!existsSync(path)) return null
    const lines = new TicketLines()
    try {
      for await (const line of createInterface({
        input: createReadStream(path, 'utf8'),
        crlfDelay: Infinity
      }))
        lines.take(line)
      if (lines.isDamaged) {
        await replaceFileAside(path, `${path}.damaged`)
        report({ kind: 'file-set-aside', detail: basename(path) }, basename(path))
      }
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

  async write(cached: CachedTickets, report: StorageReport): Promise<boolean> {
    const path = this.#path
    const written = this.#written
    // Whatever happens now, the file is another one.
    this.#written = null
    try {
      const added = written ? this.#changes(written, cached) : null
      const isLong = this.#lines + (added?.length ?? 0) > 2 * cached.tickets.length + spareLines
      if (!added || isLong || !(await this.#add(added))) await this.#writeWhole(cached)
    } catch (error) {
      report(troubleOf(error, path), basename(path))
      return false
    }
    this.#written = new Map(cached.tickets.map((ticket) => [ticket.id, ticket]))
    this.#fingerprint = cached.fingerprint
    report(null, basename(path))
    return true
  }

  #changes(written: ReadonlyMap<TicketId, Ticket>, { tickets, fingerprint }: CachedTickets): string[] {
    const lines = tickets.filter((ticket) => written.get(ticket.id) !== ticket).map(lineOf)
    const ids = new Set(tickets.map(({ id }) => id))
    const removed = [...written.keys()].filter((id) => !ids.has(id))
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

  async #writeWhole(cached: CachedTickets): Promise<void> {
    const path = this.#path
    const beside = `${path}.new`
    await mkdir(dirname(path), { recursive: true })
    try {
      await writeLines(beside, 'w', wholeLines(cached))
      await replaceFileAside(beside, path)
    } catch (error) {
      await rm(beside, { force: true }).catch(() => undefined)
      throw error
    }
    this.#lines = cached.tickets.length + 2
  }
}

export const fileTicketCache = (path: string): TicketCache => new FileTicketCache(path)
