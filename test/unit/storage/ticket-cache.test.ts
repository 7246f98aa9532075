import { appendFile, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { fileTicketCache, type CachedTickets } from '../../../electron/storage/ticket-cache.ts'
import { isPacked } from '../../../electron/storage/lines/packed-tickets.ts'
import { systemClock } from '../../../electron/storage/clock.ts'
import type { Clock } from '../../../electron/storage/types.ts'
import { maxListSize } from '../../../electron/tickets/limits.ts'
import type { Ticket } from '../../../electron/tickets/ticket.ts'
import type { Notice } from '../../../electron/tickets/views.ts'
import { replyOf, ticketOf } from '../../support/builders.ts'

let path: string
let reported: (Notice | null)[]
const report = (notice: Notice | null): void => void reported.push(notice)

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'bilet-cache-')), 'account', 'tickets.ndjson')
  reported = []
})

const ticket = (id: number, message = 'Şu\nsatır'): Ticket => ticketOf({ id, createdAt: 1, message })
const reply = replyOf({ name: '', message: '' })
const long = (count: number, text: string): Ticket => ({
  ...ticket(7),
  replies: Array.from({ length: count }, (_, i) => ({
    ...reply,
    id: i + 1,
    author: i % 2 ? 'staff' : 'customer',
    message: `${i} ${text}`
  }))
})
const many = (count: number): Ticket[] => Array.from({ length: count }, (_, i) => ticket(i + 1))
/** A clock that advances by `ms` each time it is read. */
const slowClock = (ms: number): Clock => {
  let now = 0
  return { ...systemClock, monotonic: () => (now += ms) }
}
const read = (): Promise<CachedTickets | null> => fileTicketCache(path).read(report)
const write = (tickets: readonly Ticket[], fingerprint = 'f'): Promise<boolean> =>
  fileTicketCache(path).write({ tickets, fingerprint }, report)

describe('the ticket cache', () => {
  it('gives back every ticket and the fingerprint, to its owner only', async () => {
    const tickets = many(3000)
    expect(await write(tickets)).toBe(true)
    expect(await read()).toEqual({ tickets, fingerprint: 'f' })
    // Windows has permissions per folder.
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o077).toBe(0)
  })

  it('gives back tickets whose texts are packed, those of a long thread in several lines, too', async () => {
    await write([ticket(1), long(1300, 'Günlüklere baktık')])
    const tickets = (await read())?.tickets ?? []
    expect(tickets.map(isPacked)).toEqual([true, true])
    expect(tickets[1]?.replies.at(-1)?.message).toBe('1299 Günlüklere baktık')
  })

  it('adds what changed and what is gone, and writes nothing when nothing did', async () => {
    const cache = fileTicketCache(path)
    const tickets = many(1000)
    await cache.write({ tickets, fingerprint: 'f' }, report)
    const { size } = await stat(path)
    const changed = ticket(7, 'Yeni')
    const next = tickets.filter(({ id }) => id !== 9).map((kept) => (kept.id === 7 ? changed : kept))
    await cache.write({ tickets: next, fingerprint: 'g' }, report)
    const grown = (await stat(path)).size
    expect(grown - size).toBeLessThan(400)
    await cache.write({ tickets: next, fingerprint: 'g' }, report)
    expect((await stat(path)).size).toBe(grown)
    expect(await read()).toEqual({ tickets: next, fingerprint: 'g' })
  })

  it('goes on adding in the next run', async () => {
    await write(many(1000))
    const { size } = await stat(path)
    const cache = fileTicketCache(path)
    const known = await cache.read(report)
    const next = [...(known?.tickets ?? []).slice(1), ticket(5000)]
    await cache.write({ tickets: next, fingerprint: 'g' }, report)
    expect((await stat(path)).size - size).toBeLessThan(400)
    expect(await read()).toEqual({ tickets: next, fingerprint: 'g' })
  })

  it('does not grow for ever: what is outdated goes once it is the larger part', async () => {
    const cache = fileTicketCache(path)
    let tickets = many(10)
    await cache.write({ tickets, fingerprint: '' }, report)
    const { size } = await stat(path)
    for (let n = 0; n < 2000; n++) {
      tickets = tickets.map((previous) =>
        previous.id === 1 + (n % 10) ? ticket(previous.id, `${n}`.padStart(9)) : previous
      )
      await cache.write({ tickets, fingerprint: `${n}` }, report)
    }
    expect((await stat(path)).size).toBeLessThan(30 * size)
    expect(await read()).toEqual({ tickets, fingerprint: '1999' })
  })

  it('cut at any byte of a change gives each ticket before or after it, and asks for a whole list', async () => {
    const cache = fileTicketCache(path)
    const [a, b] = [ticket(1), ticket(2)]
    await cache.write({ tickets: [a, b], fingerprint: 'f' }, report)
    const before = await readFile(path)
    const [a2, c] = [ticket(1, 'İki'), ticket(3)]
    await cache.write({ tickets: [a2, c], fingerprint: 'g' }, report)
    const after = await readFile(path)
    for (let length = before.length; length <= after.length; length++) {
      await writeFile(path, after.subarray(0, length))
      const got = await read()
      // The last line feed is not needed.
      const isWhole = length >= after.length - 1
      expect(got?.fingerprint ?? null).toBe(length === before.length ? 'f' : isWhole ? 'g' : null)
      for (const readTicket of got?.tickets ?? []) expect([a, a2, b, c]).toContainEqual(readTicket)
      expect(got?.tickets.some(({ id }) => id === 1)).toBe(true)
    }
    expect(reported.filter((notice) => notice?.kind === 'file-set-aside')).toEqual([])
  })

  it('written after a change that was cut short is whole again', async () => {
    await write(many(500))
    await appendFile(path, '{"id":1,"createdAt":1,"lastRep')
    const cache = fileTicketCache(path)
    expect((await cache.read(report))?.fingerprint).toBeNull()
    await cache.write({ tickets: many(3), fingerprint: 'g' }, report)
    expect(await read()).toEqual({ tickets: many(3), fingerprint: 'g' })
  })

  it('loses only the damaged line, sets the file aside, says so, and asks for a whole list then', async () => {
    await write([ticket(1), ticket(2), ticket(3)])
    const lines = (await readFile(path, 'utf8')).split('\n')
    lines[2] = lines[2]?.slice(0, 20) ?? ''
    await writeFile(path, lines.join('\n'))
    const got = await read()
    expect(got?.tickets.map(({ id }) => id)).toEqual([1, 3])
    expect(got?.fingerprint).toBeNull()
    expect(reported.at(-1)).toEqual({ kind: 'file-set-aside', detail: 'tickets.ndjson' })
    expect(await readdir(join(path, '..'))).toEqual(['tickets.ndjson.damaged'])
  })

  it('that is not a cache at all is set aside, and the next run starts anew', async () => {
    await write([ticket(1)])
    for (const junk of ['', '\u0000\u0000\n\u0000', '<html>\n</html>', '{"version":9}\n{"id":1}', 'null']) {
      await writeFile(path, junk)
      reported = []
      const got = await read()
      expect(got?.tickets ?? []).toEqual([])
      expect(got?.fingerprint ?? null).toBeNull()
      expect(reported.map((notice) => notice?.kind)).toEqual(['file-set-aside'])
      expect(await read()).toBeNull()
    }
  })

  it('of version 1 is read whole, and is one of version 2 after the next change', async () => {
    await write([])
    const old = [{ version: 1, fingerprint: 'old', tickets: 2 }, ticket(1), ticket(2)]
    await writeFile(path, old.map((line) => JSON.stringify(line)).join('\n'))
    const cache = fileTicketCache(path)
    expect(await cache.read(report)).toEqual({ tickets: [ticket(1), ticket(2)], fingerprint: 'old' })
    expect(reported.filter((notice) => notice !== null)).toEqual([])
    await cache.write({ tickets: [ticket(1)], fingerprint: 'new' }, report)
    expect((await readFile(path, 'utf8')).split('\n')[0]).toBe('{"version":2}')
    expect(await read()).toEqual({ tickets: [ticket(1)], fingerprint: 'new' })
  })

  it('of version 1 with a line missing is damaged', async () => {
    await write([])
    await writeFile(path, `{"version":1,"fingerprint":"old","tickets":2}\n${JSON.stringify(ticket(1))}`)
    expect(await read()).toEqual({ tickets: [ticket(1)], fingerprint: null })
    expect(reported.at(-1)?.kind).toBe('file-set-aside')
  })

  it('that takes too long is set aside, whatever takes the time', async () => {
    await write(many(200))
    expect(await fileTicketCache(path, slowClock(0.01)).read(report)).not.toBeNull()
    expect(await fileTicketCache(path, slowClock(500)).read(report)).toBeNull()
    expect(reported.at(-1)?.kind).toBe('cache-set-aside')
  })

  it('lets others have their turn while it is read', async () => {
    await write(many(3000))
    let turns = 0
    const beat = setInterval(() => (turns += 1), 0)
    // The clock makes every twenty lines take one time slice.
    const got = await fileTicketCache(path, slowClock(0.5)).read(report)
    clearInterval(beat)
    expect(got?.tickets.length).toBe(3000)
    expect(turns).toBeGreaterThan(5)
  })

  it('whose reading is given up stays where it is', async () => {
    await write(many(3000))
    expect(await fileTicketCache(path).read(report, AbortSignal.abort())).toBeNull()
    expect((await read())?.tickets.length).toBe(3000)
    expect(reported.filter((notice) => notice !== null)).toEqual([])
  })

  it('that loses nearly all of many is still one that can be read', async () => {
    const cache = fileTicketCache(path)
    const tickets = many(30_000)
    await cache.write({ tickets, fingerprint: 'f' }, report)
    await cache.write({ tickets: tickets.slice(0, 9_000), fingerprint: 'g' }, report)
    expect(await read()).toEqual({ tickets: tickets.slice(0, 9_000), fingerprint: 'g' })
    expect(reported.filter((notice) => notice !== null)).toEqual([])
  })

  it('leaves out a ticket that it could not read again, and asks for a whole list then', async () => {
    const huge = ticket(2, 'x'.repeat(3_000_000))
    const cache = fileTicketCache(path)
    await cache.write({ tickets: [ticket(1), huge, ticket(3)], fingerprint: 'f' }, report)
    expect(await read()).toEqual({ tickets: [ticket(1), ticket(3)], fingerprint: null })
    await cache.write({ tickets: [ticket(1, 'Yeni'), huge, ticket(3)], fingerprint: 'g' }, report)
    expect(await read()).toEqual({ tickets: [ticket(1, 'Yeni'), ticket(3)], fingerprint: null })
    await cache.write({ tickets: [ticket(1), ticket(2), ticket(3)], fingerprint: 'h' }, report)
    expect((await read())?.fingerprint).toBe('h')
    // An existing ticket becomes too long.
    await cache.write({ tickets: [ticket(1), huge], fingerprint: 'i' }, report)
    expect(await read()).toEqual({ tickets: [ticket(1)], fingerprint: null })
    expect(reported.filter((notice) => notice !== null)).toEqual([])
  })

  it('holds the longest ticket there may be, and texts full of signs', async () => {
    const full = long(maxListSize.repliesOfOne, 'ç'.repeat(300))
    const signs = ticket(2, `"[{,\\}]"${'{[,"'.repeat(100_000)}`)
    const cache = fileTicketCache(path)
    await cache.write({ tickets: [full, signs], fingerprint: 'f' }, report)
    expect(await read()).toEqual({ tickets: [full, signs], fingerprint: 'f' })
    // All lines are short enough to be parsed quickly.
    const lines = (await readFile(path, 'utf8')).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(600_000)
    const answered = { ...full, replies: full.replies.slice(0, -1) }
    await cache.write({ tickets: [answered, signs], fingerprint: 'g' }, report)
    expect(await read()).toEqual({ tickets: [answered, signs], fingerprint: 'g' })
    expect(reported.filter((notice) => notice !== null)).toEqual([])
  })

  it('of a long ticket, cut anywhere, has its first replies without a gap, and asks for a whole list then', async () => {
    const full = long(2_000, 'ç'.repeat(300))
    await write([ticket(1), full])
    const lines = (await readFile(path, 'utf8')).split('\n')
    const parts = lines.length - 5
    expect(parts).toBeGreaterThan(2)
    for (let lost = 1; lost <= parts; lost++) {
      await writeFile(path, lines.map((line, i) => (i === 2 + lost ? line.slice(0, -9) : line)).join('\n'))
      const got = await read()
      expect(got?.fingerprint).toBeNull()
      const replies = got?.tickets[1]?.replies ?? []
      expect(replies.length).toBeGreaterThan(0)
      expect(replies).toEqual(full.replies.slice(0, replies.length))
      expect(replies.length).toBeLessThan(2_000)
    }
  })

  it('lets others have their turn while a change is written', async () => {
    const tickets = many(3000).map((small) => ({ ...small, message: 'x'.repeat(3000) }))
    const cache = fileTicketCache(path)
    await cache.write({ tickets, fingerprint: 'f' }, report)
    const next = tickets.map((previous) =>
      previous.id % 3 === 0 ? { ...previous, message: 'y'.repeat(3000) } : previous
    )
    let turns = 0
    let isWriting = true
    const beat = (): void => {
      turns += 1
      if (isWriting) setImmediate(beat)
    }
    setImmediate(beat)
    await cache.write({ tickets: next, fingerprint: 'g' }, report)
    isWriting = false
    // 3 MB, at most 0.25 MB per turn.
    expect(turns).toBeGreaterThan(10)
    expect(await read()).toEqual({ tickets: next, fingerprint: 'g' })
  })

  it('is written anew when somebody removed it, and says so when it cannot be written', async () => {
    const cache = fileTicketCache(path)
    await cache.write({ tickets: many(2), fingerprint: 'f' }, report)
    await rm(join(path, '..'), { recursive: true })
    expect(await cache.write({ tickets: many(3), fingerprint: 'g' }, report)).toBe(true)
    expect(await read()).toEqual({ tickets: many(3), fingerprint: 'g' })
    await rm(join(path, '..'), { recursive: true })
    await writeFile(join(path, '..'), 'a file where the folder was')
    reported = []
    expect(await cache.write({ tickets: many(1), fingerprint: 'h' }, report)).toBe(false)
    expect(reported).toEqual([{ kind: 'storage-failed', detail: 'tickets.ndjson' }])
    await rm(join(path, '..'))
    expect(await cache.write({ tickets: many(1), fingerprint: 'h' }, report)).toBe(true)
    expect(await read()).toEqual({ tickets: many(1), fingerprint: 'h' })
  })
})
