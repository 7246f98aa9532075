/**
 * `npm run bench`: measures the engine. `--json FILE` writes the figures to a file; `npm run bench -- caches` measures one part:
 * `polls`, `worst`, `many`, `hostile` or `caches`.
 */
import { Worker } from 'node:worker_threads'
import { readInWorker } from '../../electron/api/list/whole-list.ts'
import { bundledListWorker } from '../support/hostile-lists.ts'
import { measureCaches } from './caches.ts'
import { measureHostileLists } from './hostile.ts'
import { measureMany } from './many.ts'
import { measurePolls } from './polls.ts'
import { describeMachine, printMachine, writeFigures } from './report.ts'
import { measureWorstCases } from './worst.ts'

const parts = ['polls', 'worst', 'many', 'hostile', 'caches'] as const

async function main(): Promise<void> {
  const only = parts.filter((part) => process.argv.includes(part))
  const isWanted = (part: (typeof parts)[number]): boolean => only.length === 0 || only.includes(part)
  const machine = describeMachine()
  printMachine(machine)
  const script = await bundledListWorker()
  const readWhole = readInWorker((resourceLimits) => new Worker(script, { eval: true, resourceLimits }))
  const figures = {
    polls: isWanted('polls') ? await measurePolls() : null,
    worst: isWanted('worst') ? await measureWorstCases(readWhole) : [],
    many: isWanted('many') ? await measureMany() : null,
    hostile: isWanted('hostile') ? await measureHostileLists(readWhole) : [],
    caches: isWanted('caches') ? await measureCaches(readWhole) : null
  }
  writeFigures(machine, figures)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
