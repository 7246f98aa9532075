/**
 * `npm run bench:start`: from process start to tray icon and first rows, and from a wish to a window, as ratios to an empty
 * Electron app in the same run. Starts are interleaved. `--rounds 9` sets how often, `--json FILE` writes the figures.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { buildApp } from '../../build/build.ts'
import type { DemoServer } from '../support/demo/api.ts'
import { startDemoServer } from '../support/demo/server.ts'
import { chooseElectron, ensurePackages, prepareStage, type Stage } from '../support/desktop/machine.ts'
import { DesktopSession } from '../support/desktop/session.ts'
import { appArgs, connectAll } from './idle/apps.ts'
import { emptyAppArgs, startProgram, writeEmptyApp, type PlainProcess } from './idle/empty-app.ts'
import { usageByRole } from './processes.ts'
import {
  describeMachine,
  formatSpread,
  optionOf,
  printMachine,
  printTable,
  spreadOf,
  writeFigures,
  type Spread
} from './report.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const rounds = Number(optionOf('--rounds') ?? 9)
const cachedTickets = [0, 10_000] as const
/** A window is wished for when main used less than this in a second; on a loaded machine the first list takes some. */
const restCpuSeconds = 0.02
const restTimeoutMs = 60_000

/**
 * The app with a report of its windows: prints `shown` when this element was painted. At a SIGUSR2 it prints `asked` and
 * opens a window, as a second start of the app does.
 */
const timedProgram = (selector: string, asked: readonly string[]): string => `
import { app } from 'electron'
app.on('browser-window-created', (_event, { webContents }) => {
  webContents.on('dom-ready', () => {
    webContents.executeJavaScript(\`new Promise((resolve) => {
      const look = () => {
        if (!document.querySelector(${JSON.stringify(selector)})) return void requestAnimationFrame(look)
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
        requestAnimationFrame(() => port2.postMessage(null))
      }
      look()
    })\`).then((at) => console.log('shown ' + Math.round(at)))
  })
})
process.on('SIGUSR2', () => {
  console.log('asked ' + Date.now())
  app.emit('second-instance', {}, ${JSON.stringify(['bilet', ...asked])})
})
await import('../app/dist/main.mjs')
`

/** Writes the app with that report into a folder of the stage, beside the app. Returns its path. */
function writeTimedApp(stage: Stage, name: string, selector: string, asked: readonly string[]): string {
  const folder = join(stage.folder, name)
  mkdirSync(folder, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(stage.folder, 'app', 'package.json'), 'utf8')) as object
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, main: 'main.mjs' }))
  writeFileSync(join(folder, 'main.mjs'), timedProgram(selector, asked))
  return folder
}

/** Epoch milliseconds at which the session's panel is told of a new icon. */
async function iconRegistered(session: DesktopSession, before: number): Promise<number> {
  while (session.tray.registrations === before) await sleep(1)
  return Date.now()
}

/** Milliseconds of one start. */
type Times = Readonly<Record<string, number>>

async function timeStart(
  stage: Stage,
  session: DesktopSession,
  args: readonly string[],
  read: (process: PlainProcess, icon: Promise<number>) => Promise<Times>
): Promise<Times> {
  const icon = iconRegistered(session, session.tray.registrations)
  const process = startProgram(stage, session, args)
  try {
    return await read(process, icon)
  } finally {
    await process.stop()
  }
}

/** Resolves when main rests, as that of a window that was let go three minutes after it was closed does. */
async function untilAtRest({ pid }: PlainProcess): Promise<void> {
  const used = (): number => usageByRole(pid).main.cpuSeconds
  const until = Date.now() + restTimeoutMs
  let before = Number.NEGATIVE_INFINITY
  for (let now = used(); now - before > restCpuSeconds; now = used()) {
    if (Date.now() > until) throw new Error('Main does not come to rest')
    before = now
    await sleep(1000)
  }
}

const opened = async (process: PlainProcess, word: string): Promise<number> => {
  // Until the icon is shown, main may only wait.
  await sleep(2000)
  await untilAtRest(process)
  process.signal()
  const asked = await process.reached('asked')
  return (await process.reached(word)) - asked
}

interface Subject {
  readonly stage: Stage
  readonly session: DesktopSession
  measure(): Promise<Times>
  close(): Promise<void>
}

async function openSubject(
  runtime: Awaited<ReturnType<typeof chooseElectron>>,
  prepare: (stage: Stage, session: DesktopSession) => Promise<() => Promise<Times>>,
  end: () => Promise<void> = () => Promise.resolve()
): Promise<Subject> {
  const stage = prepareStage(root, runtime)
  const session = await DesktopSession.open(stage)
  const measure = await prepare(stage, session)
  return {
    ...{ stage, session, measure },
    async close() {
      await end()
      await session.close()
      rmSync(stage.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  }
}

const emptyApp = (stage: Stage, session: DesktopSession): Promise<() => Promise<Times>> => {
  writeEmptyApp(stage)
  const args = (kind: 'shown' | 'asked'): readonly string[] => emptyAppArgs(stage, session, kind)
  return Promise.resolve(async () => ({
    ...(await timeStart(stage, session, args('shown'), async (process, icon) => ({
      ready: (await process.reached('ready')) - process.startedAt,
      icon: (await icon) - process.startedAt,
      painted: (await process.reached('painted')) - process.startedAt
    }))),
    ...(await timeStart(stage, session, args('asked'), async (process) => ({
      opened: await opened(process, 'painted')
    })))
  }))
}

/** The new-ticket window was not used today. */
function forgetCompose(session: DesktopSession): void {
  const file = join(session.home, 'profile', 'settings.json')
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, JSON.stringify({ ...settings, composeUsedAt: 0 }))
}

const bilet =
  (tickets: number, demo: DemoServer) =>
  async (stage: Stage, session: DesktopSession): Promise<() => Promise<Times>> => {
    await connectAll(stage, session, [demo])
    const rows = tickets === 0 ? 'main.inbox' : '[role=option]'
    const inbox = writeTimedApp(stage, 'timed-inbox', rows, [])
    const compose = writeTimedApp(stage, 'timed-compose', '#title:focus', ['--new'])
    const args = (folder: string, ...more: readonly string[]): readonly string[] => [
      folder,
      ...appArgs(stage, session).slice(1),
      ...more
    ]
    return async () => {
      forgetCompose(session)
      return {
        ...(await timeStart(stage, session, args(inbox), async (process, icon) => ({
          icon: (await icon) - process.startedAt,
          rows: (await process.reached('shown')) - process.startedAt
        }))),
        ...(await timeStart(stage, session, args(inbox, '--hidden'), async (process) => ({
          inboxOpened: await opened(process, 'shown')
        }))),
        // Last, since afterwards the new-ticket window counts as used today; it is to be opened without being loaded.
        ...(tickets === 0
          ? {}
          : await timeStart(stage, session, args(compose, '--hidden'), async (process) => ({
              composeOpened: await opened(process, 'shown')
            })))
      }
    }
  }

async function main(): Promise<void> {
  ensurePackages()
  const runtime = await chooseElectron(root)
  await buildApp()
  const machine = describeMachine(runtime.version)
  const empty = await openSubject(runtime, emptyApp)
  const apps: Subject[] = []
  const emptyTimes: Times[] = []
  const times: Times[][] = cachedTickets.map(() => [])
  try {
    for (const tickets of cachedTickets) {
      const demo = await startDemoServer({ token: 'a-token' })
      demo.fill(tickets, 3)
      apps.push(await openSubject(runtime, bilet(tickets, demo), () => demo.close()))
    }
    printMachine(describeMachine(runtime.version))
    // The first round reads files that the system has not cached yet.
    for (let round = 0; round <= rounds; round++) {
      const floor = await empty.measure()
      if (round > 0) emptyTimes.push(floor)
      for (const [at, app] of apps.entries()) {
        const measured = await app.measure()
        if (round > 0) times[at]?.push(measured)
      }
    }
  } finally {
    for (const subject of [empty, ...apps]) await subject.close()
  }
  report(emptyTimes, times)
  writeFigures(machine, { rounds, empty: emptyTimes, apps: times })
}

interface Line {
  readonly what: string
  readonly of: string
  readonly floor: string
  readonly goal: number | null
}

const lines: readonly Line[] = [
  { what: 'process start → tray icon, × an empty app’s ready', of: 'icon', floor: 'ready', goal: 1.3 },
  { what: 'process start → tray icon, × an empty app’s icon', of: 'icon', floor: 'icon', goal: null },
  { what: 'process start → first rows, × an empty app’s first paint', of: 'rows', floor: 'painted', goal: 2 },
  {
    what: 'inbox that was let go → first rows, × an empty window',
    of: 'inboxOpened',
    floor: 'opened',
    goal: 3
  },
  {
    what: 'new ticket → ready for letters, × an empty window',
    of: 'composeOpened',
    floor: 'opened',
    goal: null
  }
]

function report(empty: readonly Times[], apps: readonly (readonly Times[])[]): void {
  const columnOf = (all: readonly Times[], name: string): readonly number[] =>
    all.map((times) => times[name]).filter((time) => time !== undefined)
  const milliseconds = (all: readonly Times[], name: string): string =>
    formatSpread(spreadOf(columnOf(all, name)), 0)
  /** Ratios of starts that followed each other. */
  const ratio = (all: readonly Times[], { of, floor }: Line): Spread =>
    spreadOf(columnOf(all, of).map((time, at) => time / (columnOf(empty, floor)[at] ?? Number.NaN)))
  printTable([
    [
      'median (least–greatest)',
      'empty app, ms',
      ...cachedTickets.flatMap((count) => [`${count} tickets, ms`, 'ratio']),
      'goal'
    ],
    ...lines.map((line) => [
      line.what,
      milliseconds(empty, line.floor),
      ...apps.flatMap((all) =>
        columnOf(all, line.of).length === 0
          ? ['–', '–']
          : [milliseconds(all, line.of), formatSpread(ratio(all, line))]
      ),
      line.goal === null ? '' : `≤ ${line.goal}`
    ])
  ])
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
