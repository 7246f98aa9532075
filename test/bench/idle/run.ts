/**
 * `npm run bench:idle`: memory, processor time and context switches of the app in the tray, beside empty Electron apps in the
 * same run. `--minutes 10` chooses how long windows were closed before the second measurement, `--json FILE` writes the
 * figures, and `--only 1000` measures one number of tickets. All apps run side by side, each with its own copy of Electron: they
 * share no memory, and processor time is that of their own processes. `--runs 3` does so with three sets of them, of which each
 * is opened and measured after the one before.
 */
import { fileURLToPath } from 'node:url'
import { buildApp } from '../../../build/build.ts'
import { chooseElectron, ensurePackages } from '../../support/desktop/machine.ts'
import { roles, sumOf, usageByRole, type Role, type UsageByRole } from '../processes.ts'
import {
  describeMachine,
  formatSpread,
  median,
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

/** The figures of one app in all runs, each with those of the floor in the same run: an empty app with nothing but a tray icon. */
interface Compared {
  readonly one: Figures
  readonly floor: Figures
}

function rowOf(runs: readonly Compared[]): readonly string[] {
  const middle = (of: (compared: Compared) => number): number => median(runs.map(of))
  const cell = (value: number, digits: number): string => (value === 0 ? '–' : value.toFixed(digits))
  const role = (name: Role): string =>
    cell(
      middle(({ one }) => one.pssMbByRole[name]),
      0
    )
  return [
    runs[0]?.one.app ?? '',
    middle(({ one }) => one.pssMb.median).toFixed(0),
    formatSpread({
      ...spreadOf(runs.map(({ one, floor }) => one.pssMb.median / floor.pssMb.median)),
      min: Math.min(...runs.map(({ one, floor }) => one.pssMb.min / floor.pssMb.max)),
      max: Math.max(...runs.map(({ one, floor }) => one.pssMb.max / floor.pssMb.min))
    }),
    role('main'),
    role('page'),
    role('gpu'),
    formatSpread(spreadOf(runs.map(({ one }) => one.cpuSecondsPerMinute))),
    middle(({ one, floor }) => one.cpuSecondsPerMinute / floor.cpuSecondsPerMinute).toFixed(2),
    middle(({ one }) => one.cpuSecondsPerMinuteByRole.main).toFixed(2),
    formatSpread(spreadOf(runs.map(({ one }) => one.switchesPerMinute)), 0),
    middle(({ one }) => one.polls).toFixed(0)
  ]
}

/** Prints medians of the runs, with the least and the greatest. */
function print(when: string, runs: readonly (readonly Figures[])[]): void {
  const titles = ['PSS MB', '× floor (spread)', 'main', 'page', 'gpu', 'CPU s/min', '× floor', 'main']
  const apps = runs[0]?.map((_, at) =>
    runs.flatMap((figures) => {
      const [floor, one] = [figures[0], figures[at]]
      return floor && one ? { one, floor } : []
    })
  )
  printTable([[when, ...titles, 'switches/min', 'polls'], ...(apps ?? []).map(rowOf)])
}

/** Measures a set of apps that was just opened: hidden for a minute, hidden for `minutes`, and with the inbox open. */
async function measureSet(
  apps: readonly IdleApp[],
  minutes: number
): Promise<readonly (readonly Figures[])[]> {
  const openedAt = performance.now()
  await wait(minuteMs)
  const soon = await watch(apps, 'hidden for 1 minute')
  await wait(Math.max(0, minutes * minuteMs - (performance.now() - openedAt)))
  const late = await watch(apps, `hidden for ${minutes} minutes`)
  await Promise.all(apps.map((app) => app.showInbox()))
  await wait(settleMs)
  return [soon, late, await watch(apps, 'inbox open')]
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
  const all: IdleApp[] = []
  const measuring: Promise<readonly (readonly Figures[])[]>[] = []
  const machine = describeMachine(runtime.version)
  const open = async (app: Promise<IdleApp>): Promise<IdleApp> => {
    all.push(await app)
    return app
  }
  try {
    for (let run = 0; run < Number(optionOf('--runs') ?? 1); run++) {
      const apps: IdleApp[] = []
      for (const kind of ['tray', 'hidden'] as const) apps.push(await open(openEmptyApp(root, runtime, kind)))
      for (const wantedCase of wanted) apps.push(await open(openBilet(root, runtime, wantedCase)))
      printMachine(describeMachine(runtime.version))
      const measured = measureSet(apps, minutes)
      // Thrown below, after the next set was opened.
      measured.catch(() => undefined)
      measuring.push(measured)
    }
    const runs = await Promise.all(measuring)
    printMachine(describeMachine(runtime.version))
    const times = runs[0] ?? []
    for (const [at, figures] of times.entries())
      print(
        figures[0]?.when ?? '',
        runs.map((run) => run[at] ?? [])
      )
    writeFigures(machine, { minutes, runs })
  } finally {
    for (const app of all) await app.end()
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
