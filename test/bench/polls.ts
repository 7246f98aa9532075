/**
 * Measures polls of the engine as ratios to decoding and parsing the same bytes. Each measurement is the second of a pair,
 * right after a parse, and the kinds of polls take turns, so that other load on the machine affects all of them.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { answers, type Answers } from './answers.ts'
import { blocksDuring, longest } from './blocks.ts'
import { collect, costOf, type Cost } from './cost.ts'
import { formatQuartiles, printTable, spreadOf, type Spread } from './report.ts'
import { benchRig, emptyList, type BenchRig } from './rig.ts'

/** Ratio to decoding and parsing the same bytes. */
export interface Ratio {
  /** Of processor time, in which other programs do not count. */
  readonly cpu: Spread
  /** Of the time that passed. */
  readonly wall: Spread
}

export interface PollFigures {
  readonly tickets: number
  readonly bytes: number
  readonly parseMs: Spread
  readonly unchanged: Ratio
  readonly changed: Ratio
  /** Longest block of the event loop in all polls with one changed ticket, in milliseconds. */
  readonly longestBlockMs: number
  /** First list, until it is sent to the windows. */
  readonly first: Ratio
  /** Writing the whole list to the cache. */
  readonly storing: Ratio
  /** Heap and buffers after garbage collection, as a ratio to the size of the JSON. */
  readonly heapPerText: number
}

/** Measured pairs of each kind. */
const rounds = 15
/** Number of tickets processed as warm-up, since in practice the app runs for days. */
const warmUpTickets = 5_000
const sizes = [100, 1_000, 10_000]
const replies = 3

const total = (costs: readonly Cost[]): Cost => ({
  wall: costs.reduce((sum, { wall }) => sum + wall, 0),
  cpu: costs.reduce((sum, { cpu }) => sum + cpu, 0)
})
const divided = ({ wall, cpu }: Cost, by: number): Cost => ({ wall: wall / by, cpu: cpu / by })

/** Decodes and parses the bytes. Small answers are parsed several times, because of the resolution of the clock. */
async function parse(bytes: Uint8Array): Promise<Cost> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const times = Math.max(1, Math.ceil(2_000_000 / bytes.length))
  const all = await costOf(() => {
    for (let i = 0; i < times; i++) JSON.parse(buffer.toString('utf8'))
  })
  return divided(all, times)
}

/** The first list, from its request to the last row, and writing its cache. */
async function firstList(bytes: () => Uint8Array, tickets: number): Promise<readonly [Cost, Cost]> {
  const connected = benchRig(emptyList)
  await connected.connect()
  await connected.forget()
  const rig = benchRig(bytes, connected.folder)
  collect()
  const told = rig.whenTold(tickets)
  await rig.engine.control.start()
  const first = await told
  const storing = await costOf(() => rig.store())
  await rig.end()
  return [first, storing]
}

async function unchangedPoll(rig: BenchRig, tickets: number): Promise<Cost> {
  const times = Math.ceil(20_000 / tickets)
  const costs: Cost[] = []
  for (let i = 0; i < times; i++) {
    rig.clock.pass(60_000)
    costs.push(await costOf(() => rig.engine.control.check('asked')))
  }
  if (rig.told() !== 0) throw new Error('something changed')
  return divided(total(costs), times)
}

/** A poll with one changed ticket, and the longest block meanwhile in milliseconds. */
async function changedPoll(rig: BenchRig, list: Answers, tickets: number): Promise<readonly [Cost, number]> {
  const times = Math.ceil(1000 / tickets)
  const costs: Cost[] = []
  const blocks: number[] = []
  for (let i = 0; i < times; i++) {
    list.change()
    rig.clock.pass(60_000)
    const stood = await blocksDuring(async () => {
      costs.push(
        await costOf(async () => {
          await rig.engine.control.check('asked')
          if (rig.told() !== 1) throw new Error('one ticket should have changed')
          await rig.store()
        })
      )
    })
    blocks.push(longest(stood))
  }
  return [divided(total(costs), times), Math.max(...blocks)]
}

type Kind = 'first' | 'storing' | 'unchanged' | 'changed'

async function measureSize(tickets: number): Promise<PollFigures> {
  const list = answers(tickets, replies)
  const bytes = (): Uint8Array => list.bytes
  const { rig, held } = await holding(bytes, Math.ceil(1000 / tickets))
  const parses: number[] = []
  const blocks: number[] = []
  const kinds: Readonly<Record<Kind, Cost[]>> = { first: [], storing: [], unchanged: [], changed: [] }
  let parsed: Cost = { wall: Number.NaN, cpu: Number.NaN }
  /** Right before what is compared with it. */
  const parseNow = async (): Promise<void> => {
    collect()
    parsed = await parse(list.bytes)
    parses.push(parsed.wall)
    collect()
  }
  const note = (kind: Kind, { wall, cpu }: Cost): void =>
    void kinds[kind].push({ wall: wall / parsed.wall, cpu: cpu / parsed.cpu })
  const warmUp = Math.max(2, Math.ceil(warmUpTickets / tickets))
  for (let round = 0; round < rounds + warmUp; round++) {
    if (round === warmUp) for (const values of [parses, blocks, ...Object.values(kinds)]) values.length = 0
    await parseNow()
    const [first, storing] = await firstList(bytes, tickets)
    note('first', first)
    note('storing', storing)
    await parseNow()
    note('unchanged', await unchangedPoll(rig, tickets))
    await parseNow()
    const [changed, block] = await changedPoll(rig, list, tickets)
    note('changed', changed)
    blocks.push(block)
  }
  await rig.end()
  const ratio = (kind: Kind): Ratio => ({
    cpu: spreadOf(kinds[kind].map(({ cpu }) => cpu)),
    wall: spreadOf(kinds[kind].map(({ wall }) => wall))
  })
  return {
    tickets,
    bytes: list.bytes.length,
    parseMs: spreadOf(parses),
    unchanged: ratio('unchanged'),
    changed: ratio('changed'),
    longestBlockMs: Math.max(...blocks),
    first: ratio('first'),
    storing: ratio('storing'),
    heapPerText: held / list.bytes.length
  }
}

/** An engine with the list, and its memory in bytes, averaged over `count` engines. */
async function holding(
  bytes: () => Uint8Array,
  count: number
): Promise<{ readonly rig: BenchRig; readonly held: number }> {
  const memory = async (): Promise<number> => {
    // Ended work is released only after a turn of the event loop.
    for (let i = 0; i < 5; i++) {
      collect()
      await new Promise((resolve) => setImmediate(resolve))
    }
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  // The engines without tickets load everything that all engines share, so that it is not counted.
  const others = Array.from({ length: count }, () => benchRig(emptyList))
  for (const other of others) await other.connect()
  const rigs = Array.from({ length: count }, () => benchRig(bytes))
  const before = await memory()
  for (const one of rigs) await one.connect()
  const full = await memory()
  const [first, ...rest] = rigs
  if (!first) throw new Error('no engine')
  const held = (full - before) / count
  for (const one of [...others, ...rest]) await one.end()
  first.told()
  return { rig: first, held }
}

const goals = { unchanged: 0.08, changed: 1.5, first: 2.2, heapPerText: 2.5, longestBlockMs: 50 } as const

const requests = 40
const server = `
  const { createServer } = require('node:http')
  const { parentPort, workerData } = require('node:worker_threads')
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/json').end(workerData)
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

export interface FixedCost {
  /** A poll of an account without tickets over HTTP on this machine, in milliseconds. */
  readonly pollMs: Spread
  /** The same as a ratio to a plain request of the same answer. */
  readonly perRequest: Spread
}

/** The server runs in a thread of its own, as it would elsewhere. */
async function measureFixedCost(): Promise<FixedCost> {
  const worker = new Worker(server, { eval: true, workerData: Buffer.from(emptyList()).toString() })
  const [port] = (await once(worker, 'message')) as [number]
  const origin = `http://127.0.0.1:${port}`
  const rig = benchRig(emptyList, undefined, origin)
  await rig.connect()
  const request = async (): Promise<void> => void (await (await fetch(`${origin}/v2/tickets`)).arrayBuffer())
  const poll = async (): Promise<void> => {
    rig.clock.pass(60_000)
    await rig.engine.control.check('asked')
  }
  const timesOf = async (run: () => Promise<void>): Promise<number> =>
    (
      await costOf(async () => {
        for (let i = 0; i < requests; i++) await run()
      })
    ).wall / requests
  const polls: number[] = []
  const ratios: number[] = []
  for (let round = 0; round < rounds + 3; round++) {
    collect()
    const plain = await timesOf(request)
    const ms = await timesOf(poll)
    if (round < 3) continue
    polls.push(ms)
    ratios.push(ms / plain)
  }
  await rig.end()
  await worker.terminate()
  return { pollMs: spreadOf(polls), perRequest: spreadOf(ratios) }
}

/** Measures all sizes and prints them as one table. */
export async function measurePolls(): Promise<{
  readonly sizes: readonly PollFigures[]
  readonly fixed: FixedCost
}> {
  const measured: PollFigures[] = []
  for (const tickets of sizes) measured.push(await measureSize(tickets))
  console.log(`Polls of tickets with ${replies} replies each (v2), × decoding and parsing the same bytes.`)
  console.log(
    `Median and quartiles of ${rounds} pairs, in processor time; rows with "time" in the time that passed.\n`
  )
  const row = (name: string, cell: (figures: PollFigures) => string, goal = ''): readonly string[] => [
    name,
    ...measured.map(cell),
    goal
  ]
  const ratioRows = (name: string, kind: Kind, digits: number, goal = ''): readonly (readonly string[])[] => [
    row(name, (one) => formatQuartiles(one[kind].cpu, digits), goal),
    row('  time', (one) => formatQuartiles(one[kind].wall, digits))
  ]
  printTable([
    row('', ({ tickets, bytes }) => `${tickets} (${(bytes / 1e6).toFixed(1)} MB)`, 'goal'),
    row('decode and JSON.parse, ms', (one) => formatQuartiles(one.parseMs, 1)),
    ...ratioRows('nothing changed', 'unchanged', 3, `≤ ${goals.unchanged}`),
    ...ratioRows('one changed, up to cache and windows', 'changed', 2, `≤ ${goals.changed}`),
    row('its longest block, ms', (one) => one.longestBlockMs.toFixed(1), `≤ ${goals.longestBlockMs}`),
    ...ratioRows('first list, up to the windows', 'first', 2, `≤ ${goals.first}`),
    ...ratioRows('its cache, written in the background', 'storing', 2),
    row('memory, × the text', (one) => one.heapPerText.toFixed(2), `≤ ${goals.heapPerText}`)
  ])
  const fixed = await measureFixedCost()
  console.log(
    `A poll of no tickets over HTTP: ${formatQuartiles(fixed.pollMs)} ms, ${formatQuartiles(fixed.perRequest)} × a plain request\n`
  )
  return { sizes: measured, fixed }
}
