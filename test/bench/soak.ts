/**
 * `npm run bench:soak`: checks that heap, handles and open files do not grow in a simulated day. `--json FILE` writes the
 * figures to a file.
 */
import { describeMachine, printMachine, printTable, writeFigures } from './report.ts'
import { simulateDay } from './soak/day.ts'

async function main(): Promise<void> {
  const machine = describeMachine()
  printMachine(machine)
  const day = await simulateDay()
  console.log(`One day: ${day.polls} polls, ${day.changes} changes, ${day.notifications} notifications\n`)
  printTable([
    ['polls', 'heap MB', 'handles', 'open files'],
    ...day.samples.map(({ polls, heapMb, handles, files }) => [
      String(polls),
      heapMb.toFixed(2),
      String(handles),
      String(files)
    ])
  ])
  const [first, last] = [day.samples[0], day.samples.at(-1)]
  if (first && last)
    console.log(
      `after the day: heap ${(last.heapMb - first.heapMb).toFixed(2)} MB, handles ${last.handles - first.handles}, open files ${last.files - first.files} more`
    )
  writeFigures(machine, { day })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
