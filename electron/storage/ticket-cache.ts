/**
 * The tickets of one account as of the last good list: one line of JSON per ticket, so that a damaged line
 * loses one ticket, and writing goes in slices that block nobody.
 */
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Ticket } from '../tickets/ticket.ts'
import { syncFolder, troubleOf, type StorageReport } from './file.ts'

const header = z.object({ version: z.literal(1), fingerprint: z.string().nullable(), tickets: z.number() })
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
    tickets: readonly Ticket[],
    fingerprint: string | null,
    report: StorageReport
  ) => Promise<boolean>
}

/** Characters turned into text at a time; so many take a few milliseconds. */
const sliceLength = 256 * 1024

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
  let head: z.infer<typeof header> | null = null
  let first = true
  try {
    for await (const line of createInterface({
      input: createReadStream(path, 'utf8'),
      crlfDelay: Infinity
    })) {
      const value = tryParse(line)
      if (first) {
        first = false
        head = header.safeParse(value).data ?? null
        continue
      }
      const ticket = ticketSchema.safeParse(value)
      if (ticket.success) tickets.push(ticket.data)
    }
  } catch (error) {
    report(troubleOf(error, path), basename(path))
    return null
  }
  // What is missing comes back with the next list, which must then be read whole.
  const { fingerprint, tickets: count } = head ?? { fingerprint: null, tickets: -1 }
  const isWhole = count === tickets.length
  if (!isWhole) report({ kind: 'file-set-aside', detail: basename(path) }, basename(path))
  return { tickets, fingerprint: isWhole ? fingerprint : null }
}

/** Writes beside and renames. */
async function writeTicketCache(
  path: string,
  tickets: readonly Ticket[],
  fingerprint: string | null,
  report: StorageReport
): Promise<boolean> {
  const beside = `${path}.new`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(beside, 'w', 0o600)
    try {
      let slice = JSON.stringify({ version: 1, fingerprint, tickets: tickets.length })
      for (const ticket of tickets) {
        slice += `\n${JSON.stringify(ticket)}`
        if (slice.length < sliceLength) continue
        await file.writeFile(slice)
        slice = ''
      }
      await file.writeFile(slice)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
    syncFolder(path)
    report(null, basename(path))
    return true
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    report(troubleOf(error, path), basename(path))
    return false
  }
}

export const fileTicketCache: TicketCache = { read: readTicketCache, write: writeTicketCache }
