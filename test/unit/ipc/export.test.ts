import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportTickets } from '../../../electron/ipc/export.ts'
import { gatherStatistics } from '../../../electron/ipc/statistics.ts'
import type { ExportEntry } from '../../../electron/tickets/thread/export.ts'
import { ticketRow } from '../../../electron/tickets/list/rows.ts'
import type { TicketRef } from '../../../electron/tickets/ticket.ts'
import { accountOf } from '../../support/builders.ts'
import { makeTicket, staffReply } from '../tickets/make.ts'

let folder: string
let path: string
let reportedProgress: [done: number, total: number][]
let suggested: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bilet-export-'))
  path = join(folder, 'tickets.out')
  reportedProgress = []
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const message = 'Sunucuma bağlanamıyorum. '.repeat(40)
const refsOf = (count: number): readonly TicketRef[] =>
  Array.from({ length: count }, (_, i) => ({ accountId: 'a', ticketId: i + 1 }))

function entry({ accountId, ticketId }: TicketRef): ExportEntry {
  const ticket = makeTicket({ id: ticketId, message, replies: [staffReply(ticketId, 5)] })
  const context = {
    accountId,
    version: 'v1',
    facts: null,
    seen: new Set<string>(),
    outbox: null,
    draft: false,
    gone: false,
    work: null
  } as const
  return { ticket, facts: null, row: ticketRow(ticket, context), note: '' }
}

function run(
  options: {
    readonly tickets?: number
    readonly refs?: readonly TicketRef[]
    readonly format?: 'markdown' | 'json'
    readonly to?: string | null
    readonly progress?: (done: number, total: number) => void
    readonly signal?: AbortSignal
  } = {}
): ReturnType<typeof exportTickets> {
  const all = refsOf(options.tickets ?? 3)
  return exportTickets(
    {
      tickets: {
        rows: () => all.map((ref) => entry(ref).row),
        ticket: (ref) => (all.some(({ ticketId }) => ticketId === ref.ticketId) ? entry(ref) : null)
      },
      refs: options.refs ?? null,
      format: options.format ?? 'markdown',
      locale: 'en',
      now: new Date(2026, 10, 24, 0, 30).getTime()
    },
    {
      choose: (name) => {
        suggested = name
        return Promise.resolve(options.to === undefined ? path : options.to)
      },
      progress: (done, total) => {
        reportedProgress.push([done, total])
        options.progress?.(done, total)
      },
      signal: options.signal ?? new AbortController().signal
    }
  )
}

const ids = (text: string): readonly number[] =>
  [...text.matchAll(/^## #(\d+)/gm)].map(([, id]) => Number(id))

describe('an export', () => {
  it('of every ticket writes each once, in order, and suggests a name with the day of here', async () => {
    expect(await run({ tickets: 400 })).toEqual({ ok: true, value: 400 })
    expect(ids(readFileSync(path, 'utf8'))).toEqual(refsOf(400).map(({ ticketId }) => ticketId))
    expect(suggested).toBe('bilet-2026-11-24.md')
  })

  it('of some as JSON can be read back, and leaves out what is no longer there', async () => {
    const refs = [...refsOf(2), { accountId: 'a', ticketId: 999 }]
    expect(await run({ tickets: 400, refs, format: 'json' })).toEqual({ ok: true, value: 2 })
    const read = JSON.parse(readFileSync(path, 'utf8')) as { id: number; message: string }[]
    expect(read.map(({ id }) => id)).toEqual([1, 2])
    expect(read[0]?.message).toBe(message)
  })

  it('of nothing is still good JSON', async () => {
    expect(await run({ refs: [], format: 'json' })).toEqual({ ok: true, value: 0 })
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual([])
  })

  it('of one ticket is named after it', async () => {
    await run({ refs: refsOf(1), format: 'json' })
    expect(suggested).toBe('bilet-1-2026-11-24.json')
  })

  it('tells how far it is, in several steps, and that it has ended', async () => {
    await run({ tickets: 1000 })
    const done = reportedProgress.map(([count]) => count)
    expect(done.length).toBeGreaterThan(4)
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(reportedProgress.at(-1)).toEqual([1000, 1000])
  })

  it('gives other work its turn between pieces', async () => {
    let turns = 0
    const count = setInterval(() => turns++, 0)
    await run({ tickets: 3000 })
    clearInterval(count)
    expect(turns).toBeGreaterThan(3)
  })

  it('without a chosen file does nothing', async () => {
    expect(await run({ to: null })).toEqual({ ok: true, value: null })
    expect(reportedProgress).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })

  it('that is stopped half-way leaves what stood there, and nothing beside it', async () => {
    writeFileSync(path, 'older')
    const ending = new AbortController()
    const progress = (done: number): void => {
      if (done > 0) ending.abort()
    }
    expect(await run({ tickets: 2000, progress, signal: ending.signal })).toEqual({ ok: true, value: null })
    expect(readFileSync(path, 'utf8')).toBe('older')
    expect(readdirSync(folder)).toEqual(['tickets.out'])
    expect(reportedProgress.at(-1)).toEqual([2000, 2000])
  })

  it('into a folder that is not there says that it was not written', async () => {
    const to = join(folder, 'gone', 'tickets.md')
    expect(await run({ to })).toEqual({ ok: false, error: { kind: 'file-not-written' } })
  })

  it.skipIf(process.platform !== 'linux')('where writing is not allowed says so (needs /proc)', async () => {
    const refused = await run({ to: '/proc/self/tickets.md' })
    expect(refused.ok).toBe(false)
    expect(refused.ok ? '' : refused.error.kind).toMatch(/^file-not-/)
  })
})

describe('statistics', () => {
  it('over every ticket that is there give other work its turn', async () => {
    const all = refsOf(2000)
    let turns = 0
    const count = setInterval(() => turns++, 0)
    const gathered = await gatherStatistics(
      {
        accounts: { list: () => [accountOf({ id: 'a' })] },
        tickets: {
          rows: () => all.map((ref) => entry(ref).row),
          ticket: (ref) => (ref.ticketId === 7 ? null : entry(ref))
        }
      },
      'all',
      Date.UTC(2026, 9, 2)
    )
    clearInterval(count)
    expect(gathered.tickets).toBe(1999)
    expect(gathered.accounts).toMatchObject([{ tickets: 1999, medianFirstMs: 300_000 }])
    expect(turns).toBeGreaterThan(2)
  })

  it.each([
    ['leave the sample account out beside a real one', [false, true], ['a']],
    ['are those of the sample account where there is no other', [true, true], ['a', 'b']]
  ])('%s', async (_, demo, counted) => {
    const refs = ['a', 'b'].map((accountId) => ({ accountId, ticketId: 1 }))
    const accounts = refs.map(({ accountId }, i) => accountOf({ id: accountId, demo: demo[i] ?? false }))
    const gathered = await gatherStatistics(
      {
        accounts: { list: () => accounts },
        tickets: { rows: () => refs.map((ref) => ({ ...entry(ref).row, ...ref })), ticket: entry }
      },
      'all',
      Date.UTC(2026, 9, 2)
    )
    expect(gathered.accounts.map(({ accountId }) => accountId)).toEqual(counted)
  })
})
