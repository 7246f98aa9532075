import type { Answers } from './answers.ts'
import { blocksDuring, longest } from './blocks.ts'
import { median } from './report.ts'
import { benchRig, type BenchRig } from './rig.ts'

/** `unchanged`, `changed`, `first` and `storing` are ratios to the time for decoding and parsing the same bytes. */
export interface Figures {
  readonly tickets: number
  readonly bytes: number
  readonly parseMs: number
  readonly unchanged: number
  readonly changed: number
  /** Longest block of the event loop in all polls with one changed ticket, in milliseconds. */
  readonly longestBlockMs: number
  /** First list, until it is sent to the windows. */
  readonly first: number
  /** Writing the whole list to the cache. */
  readonly storing: number
  /** Heap and buffers after garbage collection, as a ratio to the size of the JSON. */
  readonly heapPerText: number
}

const rounds = 9
/** Number of tickets processed as warm-up, since in practice the app runs for days. */
const warmUpTickets = 5_000
const empty = Buffer.from('{"status":true,"message":"","error":null,"data":[]}')

const collect = (): void => {
  if (!globalThis.gc) throw new Error('node --expose-gc')
  globalThis.gc()
  globalThis.gc()
}

const timed = async (run: () => unknown): Promise<number> => {
  const start = performance.now()
  await run()
  return performance.now() - start
}

/** Time to decode and parse the bytes. Small answers are parsed several times, because of the resolution of the clock. */
async function parseMs(bytes: Uint8Array): Promise<number> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const times = Math.max(1, Math.ceil(2_000_000 / bytes.length))
  const all = await timed(() => {
    for (let i = 0; i < times; i++) JSON.parse(buffer.toString('utf8'))
  })
  return all / times
}

export async function measure(tickets: number, answers: Answers): Promise<Figures> {
  const bytes = (): Uint8Array => answers.bytes
  const parses: number[] = []
  /** One measurement, as a ratio to a parse right before it. */
  const ratio = async (run: () => Promise<number>): Promise<number> => {
    collect()
    const parse = await parseMs(bytes())
    parses.push(parse)
    collect()
    return (await run()) / parse
  }
  const warmUp = Math.max(2, Math.ceil(warmUpTickets / tickets))
  const ratios = async (run: () => Promise<number>): Promise<number> => {
    const all: number[] = []
    for (let i = 0; i < rounds + warmUp; i++) all.push(await ratio(run))
    return median(all.slice(warmUp))
  }

  const storing: number[] = []
  const first = await ratios(async () => {
    const connected = benchRig(() => empty)
    await connected.connect()
    await connected.forget()
    const rig = benchRig(bytes, connected.folder)
    collect()
    await rig.engine.control.start()
    await rig.engine.control.check('asked')
    if (rig.told() !== tickets) throw new Error('the first list did not arrive')
    const took = rig.tellingMs
    storing.push((await timed(() => rig.store())) / (parses.at(-1) ?? Number.NaN))
    await rig.end()
    return took
  })

  const { rig, held } = await holding(bytes, Math.ceil(1000 / tickets))
  const unchanged = await ratios(async () => {
    const times = Math.ceil(20_000 / tickets)
    let took = 0
    for (let i = 0; i < times; i++) {
      rig.clock.pass(60_000)
      took += await timed(() => rig.engine.control.check('asked'))
    }
    if (rig.told() !== 0) throw new Error('something changed')
    return took / times
  })
  const blocks: number[] = []
  const changed = await ratios(async () => {
    const times = Math.ceil(1000 / tickets)
    let took = 0
    for (let i = 0; i < times; i++) {
      answers.change()
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
    return took / times
  })
  await rig.end()

  return {
    tickets,
    bytes: answers.bytes.length,
    parseMs: median(parses),
    unchanged,
    changed,
    longestBlockMs: Math.max(...blocks.slice(warmUp)),
    first,
    storing: median(storing),
    heapPerText: held / answers.bytes.length
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
  const others = Array.from({ length: count }, () => benchRig(() => empty))
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
