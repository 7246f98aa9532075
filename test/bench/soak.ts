/**
 * `npm run bench:soak`: checks that heap, handles and open files do not grow in a simulated day, then measures the idle app.
 * `--json FILE` writes the figures to a file; `--day` or `--idle` runs only one of the two.
 */
import { writeFileSync } from 'node:fs'
import { measureIdle } from './soak/idle.ts'
import { simulateDay } from './soak/day.ts'

const given = new Set(process.argv)
const at = process.argv.indexOf('--json')
const file = at < 0 ? undefined : process.argv[at + 1]

async function main(): Promise<void> {
  const day = given.has('--idle') ? null : await simulateDay()
  if (day) {
    console.log(`One day: ${day.polls} polls, ${day.changes} changes, ${day.notifications} notifications\n`)
    console.log('  polls   heap MB   handles   open files')
    for (const { polls, heapMb, handles, files } of day.samples)
      console.log(
        [
          String(polls).padStart(7),
          heapMb.toFixed(2).padStart(10),
          String(handles).padStart(10),
          String(files).padStart(13)
        ].join('')
      )
    const [first, last] = [day.samples[0], day.samples.at(-1)]
    if (first && last)
      console.log(
        `\n  after the day: heap ${(last.heapMb - first.heapMb).toFixed(2)} MB, handles ${last.handles - first.handles}, open files ${last.files - first.files} more\n`
      )
  }
  const idle = given.has('--day') || process.platform !== 'linux' ? null : await measureIdle()
  if (idle)
    console.log(
      `Idle in the tray, ${idle.tickets} tickets, windows closed, ${idle.polls} polls in ${idle.seconds.toFixed(0)} s: ` +
        `${idle.cpuSecondsPerMinute.toFixed(2)} CPU seconds per minute, ${idle.pssMb.toFixed(0)} MB ` +
        `(${idle.rssMb.toFixed(0)} MB counting shared pages per process) in ${idle.processes} processes`
    )
  if (file) writeFileSync(file, `${JSON.stringify({ day, idle }, null, 2)}\n`)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
