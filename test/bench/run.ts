/**
 * `npm run bench`: what the engine costs, as ratios to decoding and JSON.parse-ing the same bytes in the same run.
 * `--json FILE` writes the same figures. Medians; each measurement stands beside a parse of its own, so that a machine
 * with other work slows both.
 */
import { writeFileSync } from 'node:fs'
import { answers } from './answers.ts'
import { measureHostileLists } from './hostile.ts'
import { measureMany } from './many.ts'
import { measure, type Figures } from './measure.ts'

const sizes = [100, 1_000, 10_000]
const replies = 3

interface Goal {
  readonly name: string
  readonly of: (figures: Figures) => number
  /** Null for what is only told. */
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

async function main(): Promise<void> {
  const measured: Figures[] = []
  console.log(`Tickets with ${replies} replies each, v2; Node ${process.version}\n`)
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
  const many = await measureMany()
  const hostile = await measureHostileLists()
  const at = process.argv.indexOf('--json')
  const file = at < 0 ? undefined : process.argv[at + 1]
  if (file)
    writeFileSync(
      file,
      `${JSON.stringify({ replies, goals: plainGoals(), sizes: measured, many, hostile }, null, 2)}\n`
    )
}

const plainGoals = (): unknown => goals.map(({ name, goal, unit }) => ({ name, goal, unit }))

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
