/** Ticket caches of hostile size or nesting: each is set aside and reported, and the next run starts anew. */
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { fileTicketCache } from '../../electron/storage/ticket-cache.ts'
import type { Notice } from '../../electron/tickets/views.ts'
import { replyOf, ticketOf } from '../support/builders.ts'

const ticket = (id: number): ReturnType<typeof ticketOf> =>
  ticketOf({ id, createdAt: 1, message: 'Şu\nsatır' })
const line = (id: number, change: object = {}): string => JSON.stringify({ ...ticket(id), ...change })
const lines = (count: number): string => Array.from({ length: count }, (_, i) => line(i + 1)).join('\n')
const reply = replyOf({ name: '', message: '' })

it.each<readonly [name: string, content: () => string]>([
  ['40 MB of open brackets', () => '['.repeat(40_000_000)],
  ['one line of 40 MB', () => line(1, { message: 'x'.repeat(40_000_000) })],
  ['a million lists inside one ticket', () => line(1).replace('}', `,"x":[${'[],'.repeat(600_000)}[]]}`)],
  ['brackets 500,000 deep inside one ticket', () => `{"x":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
  ['one ticket with 700,000 replies', () => line(1, { replies: Array<unknown>(700_000).fill(reply) })],
  ['800,000 tickets', () => lines(800_000)],
  ['brackets 15,000 deep in every line', () => `${'['.repeat(15_000)}${']'.repeat(15_000)}\n`.repeat(500)],
  ['a million lines of anything', () => '[]\n'.repeat(1_000_000)],
  ['285 MB of lines', () => `{"x":"${'y'.repeat(1_900_000)}"}\n`.repeat(150)]
])(
  'a ticket cache of %s is set aside and reported, and the next run starts anew',
  async (_, content) => {
    const path = join(await mkdtemp(join(tmpdir(), 'bilet-cache-')), 'account', 'tickets.ndjson')
    const reported: (Notice | null)[] = []
    const report = (notice: Notice | null): void => void reported.push(notice)
    const cached = [1, 2, 3].map(ticket)
    await fileTicketCache(path).write({ tickets: [], fingerprint: 'f' }, report)
    await writeFile(path, `{"version":2}\n${content()}\n`)
    expect(await fileTicketCache(path).read(report)).toBeNull()
    expect(reported.at(-1)).toEqual({ kind: 'cache-set-aside', detail: 'tickets.ndjson' })
    expect(await readdir(dirname(path))).toEqual(['tickets.ndjson.damaged'])
    await fileTicketCache(path).write({ tickets: cached, fingerprint: 'f' }, report)
    expect((await fileTicketCache(path).read(report))?.tickets).toEqual(cached)
  },
  60_000
)
