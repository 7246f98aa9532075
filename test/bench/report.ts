/** What every benchmark prints and writes besides its figures: the machine, its load, and how far figures spread. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

export interface Machine {
  readonly processors: number
  readonly model: string
  readonly memoryGb: number
  readonly node: string
  /** Version of Electron; null where none runs. */
  readonly electron: string | null
  /** Load averages of the last 1, 5 and 15 minutes. */
  readonly load: readonly number[]
  readonly commit: string
}

function currentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}

export const describeMachine = (electron: string | null = null): Machine => ({
  processors: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGb: Math.round(totalmem() / 1e9),
  node: process.version,
  electron,
  load: loadavg().map((load) => Math.round(load * 100) / 100),
  commit: currentCommit()
})

/** Prints machine and load now; absolute times hold only where the load is well under the number of processors. */
export function printMachine(machine: Machine): void {
  const { processors, model, memoryGb, node, electron, load, commit } = machine
  const runtimes = electron === null ? `Node ${node}` : `Electron ${electron}, Node ${node}`
  console.log(`${processors} × ${model}, ${memoryGb} GB; ${runtimes}; commit ${commit}`)
  console.log(`Load average ${load.join(' ')} at this moment\n`)
}

export interface Spread {
  readonly median: number
  /** First and third quartile. */
  readonly q1: number
  readonly q3: number
  readonly min: number
  readonly max: number
  readonly count: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const quantile = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return {
    median: quantile(0.5),
    q1: quantile(0.25),
    q3: quantile(0.75),
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
    count: sorted.length
  }
}

export const median = (values: readonly number[]): number => spreadOf(values).median

/** `1.23 (1.20–1.31)`: median, least and greatest. */
export const formatSpread = ({ median: middle, min, max }: Spread, digits = 2): string =>
  `${middle.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`

/** `1.23 (1.20–1.31)`: median, first and third quartile. */
export const formatQuartiles = ({ median: middle, q1, q3 }: Spread, digits = 2): string =>
  `${middle.toFixed(digits)} (${q1.toFixed(digits)}–${q3.toFixed(digits)})`

/** Prints rows as a table; the first column is aligned left, all others right. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0))
  )
  for (const row of rows)
    console.log(
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)
        )
        .join('  ')
        .trimEnd()
    )
  console.log('')
}

/** Value after an option such as `--minutes 10`; null if the option is not given. */
export function optionOf(name: string): string | null {
  const at = process.argv.indexOf(name)
  return at < 0 ? null : (process.argv[at + 1] ?? null)
}

/** Writes machine and figures to the file of `--json FILE`, if given. */
export function writeFigures(machine: Machine, figures: Readonly<Record<string, unknown>>): void {
  const file = optionOf('--json')
  if (file === null) return
  const ended = { ...machine, loadAtEnd: describeMachine().load }
  writeFileSync(file, `${JSON.stringify({ machine: ended, ...figures }, null, 2)}\n`)
}
