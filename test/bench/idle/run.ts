/**
 * `npm run bench:idle`: memory, processor time and context switches of the app in the tray, beside empty Electron apps in the
 * same run. `--minutes 10` chooses how long windows were closed before the second measurement, `--json FILE` writes the
 * figures, and `--only 1000` measures one number of tickets.
 */
import { fileURLToPath } from 'node:url'
import { buildApp } from '../../../build/build.ts'
import { chooseElectron, ensurePackages } from '../../support/desktop/machine.ts'
import { roles, sumOf, usageByRole, type Role, type UsageByRole } from '../processes.ts'
import {
  describeMachine,
  formatSpread,
  optionOf,
  printMachine,
  printTable,
  spreadOf,
  writeFigures,
  type Spread
} from '../report.ts'
import { openBilet, openEmptyApp, type BiletCase, type IdleApp } from './apps.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const cases: readonly BiletCase[] = [
  { accounts: [0], isComposeWarm: false },
  { accounts: [1000], isComposeWarm: false },
  { accounts: [10_000], isComposeWarm: false },
  { accounts: [200, 200, 200, 200, 200], isComposeWarm: false },
  { accounts: [1000], isComposeWarm: true }
]
const defaultMinutes = 10
/** Minutes that are watched from the beginning of each measurement. */
const watchedMinutes = 2
const minuteMs = 60_000
/** Milliseconds until an opened inbox is at rest. */
const settleMs = 20_000

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What an app used at the end of a minute. */
interface Minute {
  readonly usage: UsageByRole
  readonly at: number
}

interface Figures {
  readonly app: string
  readonly when: string
  readonly pssMb: Spread
  readonly pssMbByRole: Readonly<Record<Role, number>>
  readonly cpuSecondsPerMinute: number
  readonly cpuSecondsPerMinuteByRole: Readonly<Record<Role, number>>
  readonly switchesPerMinute: number
  readonly processes: number
  readonly polls: number
}

const byRole = (of: (role: Role) => number): Readonly<Record<Role, number>> =>
  Object.fromEntries(roles.map((role) => [role, of(role)])) as Record<Role, number>

async function watch(apps: readonly IdleApp[], when: string): Promise<readonly Figures[]> {
  const take = (): readonly Minute[] =>
    apps.map(({ process }) => ({ usage: usageByRole(process.pid), at: performance.now() }))
  const minutes = [take()]
  const asked = apps.map((app) => app.polls())
  for (let minute = 0; minute < watchedMinutes; minute++) {
    await wait(minuteMs)
    minutes.push(take())
  }
  return apps.map((app, at) => {
    const taken = minutes.map((minute) => minute[at]).filter((minute) => minute !== undefined)
    const [first, last] = [taken[0], taken.at(-1)]
    if (!first || !last) throw new Error('nothing was measured')
    const passed = (last.at - first.at) / minuteMs
    /** A page that ended meanwhile took its counters along. */
    const perMinute = (role: Role, what: 'cpuSeconds' | 'switches'): number =>
      Math.max(0, last.usage[role][what] - first.usage[role][what]) / passed
    const sum = (what: 'cpuSeconds' | 'switches'): number =>
      roles.reduce((total, role) => total + perMinute(role, what), 0)
    return {
      app: app.name,
      when,
      pssMb: spreadOf(taken.map(({ usage }) => sumOf(usage, 'pssMb'))),
      pssMbByRole: byRole((role) => last.usage[role].pssMb),
      cpuSecondsPerMinute: sum('cpuSeconds'),
      cpuSecondsPerMinuteByRole: byRole((role) => perMinute(role, 'cpuSeconds')),
      switchesPerMinute: sum('switches'),
      processes: sumOf(last.usage, 'processes'),
      polls: app.polls() - (asked[at] ?? 0)
    }
  })
}

/** The floor is the first app: an empty one with nothing but a tray icon. */
function print(figures: readonly Figures[]): void {
  const [floor] = figures
  if (!floor) return
  const cell = (value: number, digits: number): string => (value === 0 ? '–' : value.toFixed(digits))
  printTable([
    [
      floor.when,
      ...[
        'PSS MB',
        '× floor (spread)',
        'main',
        'page',
        'gpu',
        'CPU s/min',
        '× floor',
        'main',
        'switches/min',
        'polls'
      ]
    ],
    ...figures.map((one) => [
      one.app,
      one.pssMb.median.toFixed(0),
      formatSpread({
        ...one.pssMb,
        median: one.pssMb.median / floor.pssMb.median,
        min: one.pssMb.min / floor.pssMb.max,
        max: one.pssMb.max / floor.pssMb.min
      }),
      cell(one.pssMbByRole.main, 0),
      cell(one.pssMbByRole.page, 0),
      cell(one.pssMbByRole.gpu, 0),
      one.cpuSecondsPerMinute.toFixed(2),
      (one.cpuSecondsPerMinute / floor.cpuSecondsPerMinute).toFixed(2),
      one.cpuSecondsPerMinuteByRole.main.toFixed(2),
      one.switchesPerMinute.toFixed(0),
      String(one.polls)
    ])
  ])
}

async function main(): Promise<void> {
  const minutes = Number(optionOf('--minutes') ?? defaultMinutes)
  const only = optionOf('--only')
  const wanted = cases.filter(
    ({ accounts }) => only === null || accounts.reduce((sum, count) => sum + count, 0) === Number(only)
  )
  ensurePackages()
  const runtime = await chooseElectron(root)
  await buildApp()
  const apps: IdleApp[] = []
  const figures: Figures[] = []
  const machine = describeMachine(runtime.version)
  try {
    for (const wantedCase of wanted) apps.push(await openBilet(root, runtime, wantedCase))
    apps.unshift(await openEmptyApp(root, runtime, 'tray'), await openEmptyApp(root, runtime, 'hidden'))
    printMachine(describeMachine(runtime.version))
    const startedAt = performance.now()
    const measure = async (when: string): Promise<void> => {
      const found = await watch(apps, when)
      print(found)
      figures.push(...found)
    }
    await wait(minuteMs)
    await measure('hidden for 1 minute')
    await wait(Math.max(0, minutes * minuteMs - (performance.now() - startedAt)))
    await measure(`hidden for ${minutes} minutes`)
    await Promise.all(apps.map((app) => app.showInbox()))
    await wait(settleMs)
    await measure('inbox open')
  } finally {
    for (const app of apps) await app.end()
  }
  writeFigures(machine, { minutes, figures })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
