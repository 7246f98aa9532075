/**
 * The tickets of one account as of the last good list: one line of JSON per ticket, so that a damaged line
 * loses one ticket, and writing goes in slices that block nobody.
 */
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Ticket } from '../tickets/ticket.ts'
import { troubleOf, type StorageReport } from './file.ts'

const header = z.object({ version: z.literal(1), fingerprint: z.string().nullable() })
const attachment = z.union([
  z.object({ kind: z.literal('link'), url: z.string(), name: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() })
])
const ticketSchema: z.ZodType<Ticket> = z.object({
  id: z.number(),
  createdAt: z.number().nullable(),
  lastReplyAt: z.number().nullable(),
  status: z.object({
    kind: z.enum(['open', 'answered', 'customer-reply', 'on-hold', 'in-progress', 'closed', 'other']),
    text: z.string()
  }),
  message: z.string(),
  attachments: z.array(attachment),
  replies: z.array(
    z.object({
      id: z.number().nullable(),
      author: z.enum(['customer', 'staff']),
      name: z.string(),
      sentAt: z.number().nullable(),
      message: z.string(),
      attachments: z.array(attachment)
    })
  )
})

export interface CachedTickets {
  readonly tickets: readonly Ticket[]
  /** Of the list they came from; null when a line was damaged, so that the next list is read whole. */
  readonly fingerprint: string | null
}

/** Reads and writes it; the file system's is `fileTicketCache`. */
export interface TicketCache {
  readonly read: (path: string, report: StorageReport) => Promise<CachedTickets | null>
  /** Never throws; false after trouble, which is reported. */
  readonly write: (
    path: string,
    tickets: Iterable<Ticket>,
    fingerprint: string | null,
    report: StorageReport
  ) => Promise<boolean>
}

const sliceBytes = 256 * 1024

const tryParse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

async function readTicketCache(path: string, report: StorageReport): Promise<CachedTickets | null> {
  if (!existsSync(path)) return null
  const tickets: Ticket[] = []
  let fingerprint: string | null = null
  let first = true
  let damaged = false
  try {
    for await (const line of createInterface({
      input: createReadStream(path, 'utf8'),
      crlfDelay: Infinity
    })) {
      const value = tryParse(line)
      if (first) {
        first = false
        const head = header.safeParse(value)
        if (!head.success) damaged = true
        else fingerprint = head.data.fingerprint
        continue
      }
      const ticket = ticketSchema.safeParse(value)
      if (ticket.success) tickets.push(ticket.data)
      else damaged = true
    }
  } catch (error) {
    report(troubleOf(error, path))
    return null
  }
  if (damaged) report({ kind: 'file-set-aside', detail: 'tickets' })
  return { tickets, fingerprint: damaged ? null : fingerprint }
}

/** Writes beside and renames. */
async function writeTicketCache(
  path: string,
  tickets: Iterable<Ticket>,
  fingerprint: string | null,
  report: StorageReport
): Promise<boolean> {
  const beside = `${path}.new`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(beside, 'w', 0o600)
    try {
      let slice = JSON.stringify({ version: 1, fingerprint })
      for (const ticket of tickets) {
        slice += `\n${JSON.stringify(ticket)}`
        if (slice.length < sliceBytes) continue
        await file.write(slice)
        slice = ''
      }
      await file.write(slice)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
    report(null)
    return true
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    report(troubleOf(error, path))
    return false
  }
}

export const fileTicketCache: TicketCache = { read: readTicketCache, write: writeTicketCache }
