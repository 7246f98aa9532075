/**
 * `npm run bench:soak`: shows whether heap, handles, open files and the profile grow in a simulated week of five accounts.
 * The code is not optimized: what V8 keeps about optimized code grew four times as fast as all data.
 * `--days 1` and `--accounts 1` simulate less, `--etag` has the servers name a validator, `--json FILE` writes the figures.
 */
import { setFlagsFromString } from 'node:v8'
import { describeMachine, optionOf, printMachine, printTable, writeFigures } from './report.ts'
import { mayBeFlat, slopeOf, type Slope } from './soak/slope.ts'
import { simulate, type Sample } from './soak/week.ts'

/** Columns, with the number of decimal places. */
const columns = [
  ['heap MB', 'heapMb', 2],
  ['buffers MB', 'externalMb', 2],
  ['handles', 'handles', 0],
  ['timers', 'timers', 0],
  ['open files', 'files', 0],
  ['profile kB', 'profileKb', 0],
  ['history', 'history', 0],
  ['tickets', 'tickets', 0],
  ['ever seen', 'everSeen', 0],
  ['with marks', 'marks', 0],
  ['keys of marks', 'keys', 0],
  ['own data', 'kept', 0]
] as const satisfies readonly (readonly [string, keyof Sample, number])[]

const cellsOf = (sample: Sample): readonly string[] =>
  columns.map(([, name, digits]) => sample[name].toFixed(digits))

const slopeText = ({ perDay, error }: Slope): string => `${perDay.toFixed(3)} ± ${(2 * error).toFixed(3)}`

function printSlopes(samples: readonly Sample[]): Readonly<Record<string, Slope | null>> {
  const later = samples.filter(({ day }) => day >= 1)
  const slopes = columns.map(([title, name]) => {
    const slope = slopeOf(later.map((sample) => [sample.day, sample[name]]))
    return { title, name, slope }
  })
  printTable([
    ['after the first day', 'a day (± 2 standard errors)', ''],
    ...slopes.map(({ title, slope }) => [
      title,
      slope ? slopeText(slope) : 'too few samples',
      slope ? (mayBeFlat(slope) ? 'flat' : slope.perDay > 0 ? 'grows' : 'shrinks') : ''
    ])
  ])
  return Object.fromEntries(slopes.map(({ name, slope }) => [name, slope]))
}

async function main(): Promise<void> {
  setFlagsFromString('--no-opt')
  const machine = describeMachine()
  printMachine(machine)
  const options = {
    days: Number(optionOf('--days') ?? 7),
    accounts: Number(optionOf('--accounts') ?? 5),
    hasTags: process.argv.includes('--etag')
  }
  const startedAt = performance.now()
  const week = await simulate(options, (sample) => {
    console.error(`day ${sample.day.toFixed(2)}: ${sample.polls} polls, heap ${sample.heapMb.toFixed(2)} MB`)
  })
  const { changes, openings, notifications, samples } = week
  console.log(
    `${options.days} simulated day(s) of ${options.accounts} account(s) in ${Math.round((performance.now() - startedAt) / 1000)} s: ` +
      `${samples.at(-1)?.polls ?? 0} polls, ${changes} changes, ${openings} windows, ${notifications} notifications\n`
  )
  printTable([
    ['day', ...columns.map(([title]) => title)],
    ...samples
      .filter(({ day }) => Number.isInteger(2 * day) || options.days < 2)
      .map((sample) => [sample.day.toFixed(2), ...cellsOf(sample)])
  ])
  const slopes = printSlopes(samples)
  writeFigures(machine, { options, week, slopes })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
