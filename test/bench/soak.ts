/**
 * `npm run bench:soak`: shows that heap, handles, open files and the profile do not grow in a simulated week of five accounts;
 * `--days 1` and `--accounts 1` simulate less, `--json FILE` writes the figures to a file.
 */
import { describeMachine, optionOf, printMachine, printTable, writeFigures } from './report.ts'
import { simulateDays } from './soak/day.ts'

async function main(): Promise<void> {
  const machine = describeMachine()
  printMachine(machine)
  const days = Number(optionOf('--days') ?? 7)
  const day = await simulateDays(days, Number(optionOf('--accounts') ?? 5))
  console.log(
    `${days} simulated day(s) of ${day.accounts} account(s): ${day.polls} polls, ${day.changes} changes, ` +
      `${day.openings} windows, ${day.notifications} notifications\n`
  )
  printTable([
    ['polls', 'heap MB', 'handles', 'open files', 'profile kB', 'history'],
    ...day.samples.map(({ polls, heapMb, handles, files, profileKb, history }) => [
      String(polls),
      heapMb.toFixed(2),
      String(handles),
      String(files),
      profileKb.toFixed(0),
      String(history)
    ])
  ])
  const [first, last] = [day.samples[0], day.samples.at(-1)]
  if (first && last)
    console.log(
      `at the end: heap ${(last.heapMb - first.heapMb).toFixed(2)} MB, handles ${last.handles - first.handles}, open files ${last.files - first.files}, profile ${(last.profileKb - first.profileKb).toFixed(0)} kB more`
    )
  writeFigures(machine, { day })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
