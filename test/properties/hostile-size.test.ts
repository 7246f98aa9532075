/** Answers of hostile size or nesting: each results in a problem, is parsed in a worker, and does not block main. */
import { Worker } from 'node:worker_threads'
import { beforeAll, describe, expect, it } from 'vitest'
import { readInWorker } from '../../electron/api/list/whole-list.ts'
import { bundledListWorker, hostileLists } from '../support/hostile-lists.ts'
import { api, serve, text, v1Ticket } from '../unit/api/serve.ts'

let script = ''
let started = 0
beforeAll(async () => {
  script = await bundledListWorker()
})
const readWhole = readInWorker((resourceLimits) => {
  started += 1
  return new Worker(script, { eval: true, resourceLimits })
})

interface Read {
  readonly kind: string
  /** Number of event loop turns while the answer was read. */
  readonly turns: number
  readonly workers: number
}

async function read(body: string): Promise<Read> {
  const { origin } = await serve(text(200, Buffer.from(body)))
  started = 0
  let turns = 0
  let isRunning = true
  const turn = (): void => {
    turns += 1
    if (isRunning) setImmediate(turn)
  }
  setImmediate(turn)
  const answer = await api(origin, { readWhole }).list(null)
  isRunning = false
  const kind = answer.outcome === 'failed' ? answer.problem.kind : answer.outcome
  return { kind, turns, workers: started }
}

describe('a hostile list', () => {
  it.each(hostileLists)('of %s ends as %s while the event loop turns', async (name, kind, body) => {
    const answer = await read(body())
    expect(answer.kind).toBe(kind)
    // Too many small tickets are detected without a worker, because they are read one by one.
    expect(answer.workers).toBe(name === '800,000 tickets' ? 0 : 1)
    expect(answer.turns).toBeGreaterThan(20)
  })
})

describe('a large list of an unusual form', () => {
  it('is read in a thread of its own, whole and in its order', async () => {
    const data = Array.from({ length: 2_000 }, (_, i) => ({
      ...v1Ticket,
      id: i + 1,
      message: `Şu çalışmıyor ${'x'.repeat(500)}`,
      replies: [{ id: 1, admin: ' ', user: 'x', date: '', message: 'y' }]
    }))
    const body = `<br />\n<b>Warning</b>: x in <b>y</b> on line <b>3</b><br />\n${JSON.stringify({ data })}`
    const { origin } = await serve(text(200, body))
    started = 0
    const answer = await api(origin, { readWhole }).list(null)
    expect(started).toBe(1)
    const inThisThread = await api(origin).list(null)
    if (answer.outcome !== 'tickets' || inThisThread.outcome !== 'tickets') throw new Error('not read')
    expect(answer.tickets).toEqual(inThisThread.tickets)
    expect(answer.tickets.map(({ id }) => id)).toEqual(data.map(({ id }) => id))
  })

  it('is read in this thread where it is small', async () => {
    const { origin } = await serve(text(200, `{"data":[${JSON.stringify(v1Ticket)},]}`))
    started = 0
    expect(await api(origin, { readWhole }).list(null)).toMatchObject({ tickets: [{ id: 272298 }] })
    expect(started).toBe(0)
  })
})
