/** The apps of the idle benchmark, each with its own copy of Electron, its own display and its own servers. */
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { DemoServer } from '../../support/demo/api.ts'
import { startDemoServer } from '../../support/demo/server.ts'
import { launchApp } from '../../support/desktop/app.ts'
import { prepareStage, type chooseElectron, type Stage } from '../../support/desktop/machine.ts'
import { DesktopSession } from '../../support/desktop/session.ts'
import { invoke } from '../../support/desktop/steps.ts'
import { askToClose } from './close-window.ts'
import {
  emptyAppArgs,
  startProgram,
  writeEmptyApp,
  type EmptyAppKind,
  type PlainProcess
} from './empty-app.ts'

export interface IdleApp {
  readonly name: string
  readonly process: PlainProcess
  /** Number of list requests that its servers answered. */
  polls(): number
  /** Shows the inbox, as a second start of the app does; nothing in an empty app. */
  showInbox(): Promise<void>
  end(): Promise<void>
}

export interface BiletCase {
  /** Tickets of each account, one number per account. */
  readonly accounts: readonly number[]
  /** The new-ticket window was used today, and therefore stays loaded. */
  readonly isComposeWarm: boolean
}

const repliesPerTicket = 3

type Runtime = Awaited<ReturnType<typeof chooseElectron>>

/**
 * Separate copies of the same Electron do not share memory pages with each other, so that each app uses as much memory as
 * if it ran alone.
 */
async function openStage(
  root: string,
  runtime: Runtime
): Promise<{ readonly stage: Stage; readonly session: DesktopSession; readonly close: () => Promise<void> }> {
  const stage = prepareStage(root, runtime)
  const session = await DesktopSession.open(stage)
  return {
    stage,
    session,
    async close() {
      await session.close()
      rmSync(stage.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  }
}

export async function openEmptyApp(root: string, runtime: Runtime, kind: EmptyAppKind): Promise<IdleApp> {
  const { stage, session, close } = await openStage(root, runtime)
  writeEmptyApp(stage)
  const process = startProgram(stage, session, emptyAppArgs(stage, session, kind))
  await process.reached(kind === 'tray' ? 'ready' : 'painted')
  return {
    name: kind === 'tray' ? 'empty app, tray icon only' : 'empty app, one hidden window',
    process,
    polls: () => 0,
    showInbox: () => Promise.resolve(),
    async end() {
      await process.stop()
      await close()
    }
  }
}

/** Milliseconds that the inbox is shown before it is closed, so that it has all of its rows. */
const shownMs = 5000
/** Milliseconds that a step of closing may take; on a loaded machine a page answers late. */
const closingMs = 120_000
/** Milliseconds until the window is asked again. */
const askAgainMs = 10_000

async function until(isDone: () => Promise<boolean>, ms: number): Promise<boolean> {
  const end = performance.now() + ms
  while (performance.now() < end) {
    if (await isDone()) return true
    await sleep(250)
  }
  return isDone()
}

/**
 * Closes the inbox once it is shown, as a window manager does. Not by its key: an app that starts on a very loaded machine
 * now and then gets no key and no click of the display at all. Throws if the inbox does not open, or stays.
 */
async function closeInbox(session: DesktopSession): Promise<void> {
  const display = session.env.DISPLAY ?? ''
  const run = promisify(execFile)
  const find = ['search', '--onlyvisible', '--name', 'Inbox']
  const shown = (): Promise<readonly number[]> =>
    run('xdotool', find, { env: { PATH: process.env.PATH, DISPLAY: display } }).then(
      ({ stdout }) => stdout.split('\n').filter(Boolean).map(Number),
      () => []
    )
  // Not seen yet is not closed: it would open later, and stay.
  if (!(await until(async () => (await shown()).length > 0, closingMs)))
    throw new Error('The inbox did not open')
  await sleep(shownMs)
  for (let waited = 0; waited < closingMs; waited += askAgainMs) {
    for (const window of await shown()) await askToClose(display, window)
    if (await until(async () => (await shown()).length === 0, askAgainMs)) return
  }
  throw new Error('The inbox was not closed')
}

/** Arguments of Electron for the app on the profile that `connectAll` filled. */
export const appArgs = (stage: Stage, session: DesktopSession): readonly string[] => [
  join(stage.folder, 'app'),
  '--lang=en-US',
  `--user-data-dir=${join(session.home, 'profile')}`,
  '--password-store=gnome-libsecret',
  '--ozone-platform=x11'
]

/** Connects one account per server in a first run of the app, and waits until all tickets are stored. */
export async function connectAll(
  stage: Stage,
  session: DesktopSession,
  demos: readonly DemoServer[],
  isComposeWarm = false
): Promise<void> {
  const app = await launchApp({ stage, session, isComposeWarm })
  const inbox = await app.window(/Inbox/)
  for (const [at, demo] of demos.entries())
    await invoke(inbox, 'accounts.connect', {
      name: `Account ${at + 1}`,
      baseUrl: demo.baseUrl('v2'),
      version: 'v2',
      auth: { kind: 'bearer', token: demo.token },
      thisRunOnly: false
    })
  if (demos.some((demo) => demo.tickets().length > 0)) await inbox.getByRole('option').first().waitFor()
  await app.quit()
}

/** Starts the app, whose inbox is shown and then closed. */
export async function openBilet(
  root: string,
  runtime: Runtime,
  { accounts, isComposeWarm }: BiletCase
): Promise<IdleApp> {
  const { stage, session, close } = await openStage(root, runtime)
  const demos: DemoServer[] = []
  for (const [at, tickets] of accounts.entries()) {
    const demo = await startDemoServer({ token: `token-${at}` })
    demo.fill(tickets, repliesPerTicket)
    demos.push(demo)
  }
  await connectAll(stage, session, demos, isComposeWarm)
  const process = startProgram(stage, session, appArgs(stage, session))
  const end = async (): Promise<void> => {
    await process.stop()
    for (const demo of demos) await demo.close()
    await close()
  }
  try {
    await session.tray.tooltip()
    await closeInbox(session)
  } catch (error) {
    await end()
    throw error
  }
  const tickets = accounts.reduce((sum, count) => sum + count, 0)
  return {
    name: [
      `${tickets} tickets${accounts.length > 1 ? ` in ${accounts.length} accounts` : ''}`,
      isComposeWarm ? ', new-ticket window used today' : ''
    ].join(''),
    process,
    polls: () => demos.reduce((sum, demo) => sum + demo.requests.length, 0),
    async showInbox() {
      await startProgram(stage, session, appArgs(stage, session)).ended
    },
    end
  }
}
