/**
 * `npm run bench`: measures the engine, as ratios to decoding and parsing the same bytes in the same run. `--json FILE` writes
 * the figures to a file; `npm run bench -- caches` measures one part: `sizes`, `many`, `hostile` or `caches`. Figures are
 * medians. Each measurement is compared with a parse right before it, so that other load on the machine affects both.
 */
import { Worker } from 'node:worker_threads'
import { readInWorker } from '../../electron/api/list/whole-list.ts'
import { bundledListWorker } from '../support/hostile-lists.ts'
import { answers } from './answers.ts'
import { measureCaches } from './caches.ts'
import { measureHostileLists } from './hostile.ts'
import { measureMany } from './many.ts'
import { measure, type Figures } from './measure.ts'
import { describeMachine, printMachine, writeFigures } from './report.ts'

const sizes = [100, 1_000, 10_000]
const replies = 3
const parts = ['sizes', 'many', 'hostile', 'caches'] as const

interface Goal {
  readonly name: string
  readonly of: (figures: Figures) => number
  /** Null: no goal, only printed. */
  readonly goal: number | null
  readonly unit: string
}

const goals: readonly Goal[] = [
  { name: 'a poll with nothing changed', of: (f) => f.unchanged, goal: 0.08, unit: '× parse' },
  { name: 'one ticket changed, up to cache and windows', of: (f) => f.changed, goal: 1.5, unit: '× parse' },
  { name: 'its longest block', of: (f) => f.longestBlockMs, goal: 50, unit: 'ms' },
  { name: 'first load, up to the windows', of: (f) => f.first, goal: 2.2, unit: '× parse' },
  { name: 'its cache, written in the background', of: (f) => f.storing, goal: null, unit: '× parse' },
  { name: 'memory held per ticket', of: (f) => f.heapPerText, goal: 2.5, unit: '× its text' }
]

async function measureSizes(): Promise<readonly Figures[]> {
  const measured: Figures[] = []
  console.log(`Tickets with ${replies} replies each, v2\n`)
  for (const tickets of sizes) {
    const figures = await measure(tickets, answers(tickets, replies))
    measured.push(figures)
    const { bytes, parseMs } = figures
    console.log(
      `${tickets} tickets, ${(bytes / 1e6).toFixed(2)} MB: decode and JSON.parse ${parseMs.toFixed(2)} ms`
    )
    for (const { name, of, goal, unit } of goals) {
      const value = of(figures)
      const wanted = goal === null ? '' : ` goal ≤ ${goal}  ${value <= goal ? 'met' : 'MISSED'}`
      console.log(`  ${name.padEnd(46)}${value.toFixed(3).padStart(9)} ${unit.padEnd(10)}${wanted}`)
    }
    console.log('')
  }
  return measured
}

async function main(): Promise<void> {
  const only = parts.filter((part) => process.argv.includes(part))
  const isWanted = (part: (typeof parts)[number]): boolean => only.length === 0 || only.includes(part)
  const machine = describeMachine()
  printMachine(machine)
  const script = await bundledListWorker()
  const readWhole = readInWorker((resourceLimits) => new Worker(script, { eval: true, resourceLimits }))
  const figures = {
    replies,
    goals: plainGoals(),
    sizes: isWanted('sizes') ? await measureSizes() : [],
    many: isWanted('many') ? await measureMany() : null,
    hostile: isWanted('hostile') ? await measureHostileLists(readWhole) : [],
    caches: isWanted('caches') ? await measureCaches(readWhole) : null
  }
  writeFigures(machine, figures)
}

const plainGoals = (): unknown => goals.map(({ name, goal, unit }) => ({ name, goal, unit }))

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
