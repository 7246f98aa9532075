/**
 * Measures polls of the engine as ratios to decoding and parsing the same bytes. Each measurement is the second of a pair,
 * right after a parse, and the kinds of polls take turns, so that other load on the machine affects all of them.
 */
import { answers, type Answers } from './answers.ts'
import { blocksDuring, longest } from './blocks.ts'
import { collect, timed } from './garbage.ts'
import { formatQuartiles, printTable, spreadOf, type Spread } from './report.ts'
import { benchRig, emptyList, type BenchRig } from './rig.ts'

/** `unchanged`, `changed`, `first` and `storing` are ratios to the time for decoding and parsing the same bytes. */
export interface PollFigures {
  readonly tickets: number
  readonly bytes: number
  readonly parseMs: Spread
  readonly unchanged: Spread
  readonly changed: Spread
  /** Longest block of the event loop in all polls with one changed ticket, in milliseconds. */
  readonly longestBlockMs: number
  /** First list, until it is sent to the windows. */
  readonly first: Spread
  /** Writing the whole list to the cache. */
  readonly storing: Spread
  /** Heap and buffers after garbage collection, as a ratio to the size of the JSON. */
  readonly heapPerText: number
}

/** Measured pairs of each kind. */
const rounds = 15
/** Number of tickets processed as warm-up, since in practice the app runs for days. */
const warmUpTickets = 5_000
const sizes = [100, 1_000, 10_000]
const replies = 3

/** Time to decode and parse the bytes. Small answers are parsed several times, because of the resolution of the clock. */
async function parseMs(bytes: Uint8Array): Promise<number> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const times = Math.max(1, Math.ceil(2_000_000 / bytes.length))
  const all = await timed(() => {
    for (let i = 0; i < times; i++) JSON.parse(buffer.toString('utf8'))
  })
  return all / times
}

/** Milliseconds of the first list, from its request to the last row, and of writing its cache. */
async function firstList(bytes: () => Uint8Array, tickets: number): Promise<readonly [number, number]> {
  const connected = benchRig(emptyList)
  await connected.connect()
  await connected.forget()
  const rig = benchRig(bytes, connected.folder)
  collect()
  const told = rig.whenTold(tickets)
  await rig.engine.control.start()
  const took = await told
  const storing = await timed(() => rig.store())
  await rig.end()
  return [took, storing]
}

async function unchangedPoll(rig: BenchRig, tickets: number): Promise<number> {
  const times = Math.ceil(20_000 / tickets)
  let took = 0
  for (let i = 0; i < times; i++) {
    rig.clock.pass(60_000)
    took += await timed(() => rig.engine.control.check('asked'))
  }
  if (rig.told() !== 0) throw new Error('something changed')
  return took / times
}

/** Milliseconds of a poll with one changed ticket, and the longest block meanwhile. */
async function changedPoll(
  rig: BenchRig,
  list: Answers,
  tickets: number
): Promise<readonly [number, number]> {
  const times = Math.ceil(1000 / tickets)
  let took = 0
  const blocks: number[] = []
  for (let i = 0; i < times; i++) {
    list.change()
    rig.clock.pass(60_000)
    const stood = await blocksDuring(async () => {
      took += await timed(async () => {
        await rig.engine.control.check('asked')
        if (rig.told() !== 1) throw new Error('one ticket should have changed')
        await rig.store()
      })
    })
    blocks.push(longest(stood))
  }
  return [took / times, Math.max(...blocks)]
}

async function measureSize(tickets: number): Promise<PollFigures> {
  const list = answers(tickets, replies)
  const bytes = (): Uint8Array => list.bytes
  const { rig, held } = await holding(bytes, Math.ceil(1000 / tickets))
  const measured = {
    parseMs: [] as number[],
    unchanged: [] as number[],
    changed: [] as number[],
    first: [] as number[],
    storing: [] as number[],
    blocks: [] as number[]
  }
  /** The time of a parse, right before what is compared with it. */
  const parse = async (): Promise<number> => {
    collect()
    const ms = await parseMs(list.bytes)
    measured.parseMs.push(ms)
    collect()
    return ms
  }
  const warmUp = Math.max(2, Math.ceil(warmUpTickets / tickets))
  for (let round = 0; round < rounds + warmUp; round++) {
    if (round === warmUp) for (const values of Object.values(measured)) values.length = 0
    let parsed = await parse()
    const [first, storing] = await firstList(bytes, tickets)
    measured.first.push(first / parsed)
    measured.storing.push(storing / parsed)
    parsed = await parse()
    measured.unchanged.push((await unchangedPoll(rig, tickets)) / parsed)
    parsed = await parse()
    const [changed, block] = await changedPoll(rig, list, tickets)
    measured.changed.push(changed / parsed)
    measured.blocks.push(block)
  }
  await rig.end()
  return {
    tickets,
    bytes: list.bytes.length,
    parseMs: spreadOf(measured.parseMs),
    unchanged: spreadOf(measured.unchanged),
    changed: spreadOf(measured.changed),
    longestBlockMs: Math.max(...measured.blocks),
    first: spreadOf(measured.first),
    storing: spreadOf(measured.storing),
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

/** Measures all sizes and prints them as one table. */
export async function measurePolls(): Promise<readonly PollFigures[]> {
  const measured: PollFigures[] = []
  for (const tickets of sizes) measured.push(await measureSize(tickets))
  console.log(`Polls of tickets with ${replies} replies each (v2), × decoding and parsing the same bytes`)
  console.log(`Median and quartiles of ${rounds} pairs\n`)
  const row = (name: string, cell: (figures: PollFigures) => string, goal = ''): readonly string[] => [
    name,
    ...measured.map(cell),
    goal
  ]
  printTable([
    row('', ({ tickets, bytes }) => `${tickets} (${(bytes / 1e6).toFixed(1)} MB)`, 'goal'),
    row('decode and JSON.parse, ms', (one) => formatQuartiles(one.parseMs, 1)),
    row('nothing changed', (one) => formatQuartiles(one.unchanged, 3), `≤ ${goals.unchanged}`),
    row('one changed, up to cache and windows', (one) => formatQuartiles(one.changed), `≤ ${goals.changed}`),
    row('its longest block, ms', (one) => one.longestBlockMs.toFixed(1), `≤ ${goals.longestBlockMs}`),
    row('first list, up to the windows', (one) => formatQuartiles(one.first), `≤ ${goals.first}`),
    row('its cache, written in the background', (one) => formatQuartiles(one.storing)),
    row('memory, × the text', (one) => one.heapPerText.toFixed(2), `≤ ${goals.heapPerText}`)
  ])
  return measured
}
