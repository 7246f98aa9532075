/** Quitting and starting under adverse conditions: end of the session, a hanging server, a folder that cannot be written. */
import { spawn } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { RunningApp } from '../support/desktop/app.ts'
import { expect, packagedApp, releasedApp, test } from '../support/desktop/fixtures.ts'
import { writeWrapper, type Stage } from '../support/desktop/machine.ts'
import type { DesktopSession } from '../support/desktop/session.ts'
import { checkNow, connect, rowOf } from '../support/desktop/steps.ts'

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Resolves with the exit code, or null if the signal itself killed the process before anything was saved. */
function ended(app: RunningApp, signal: NodeJS.Signals): Promise<number | null> {
  const child = app.electron.process()
  const end = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill(signal)
  return end
}
const messageBox = (inbox: Page): ReturnType<Page['getByRole']> =>
  inbox.getByRole('textbox', { name: 'Message' })

test('a signal ends the app at once, and what was just typed is there at the next start', async ({
  demo,
  launch
}) => {
  let last = ''
  for (const [i, signal] of signals.entries()) {
    const app = await launch({ packaged: packagedApp() })
    const inbox = await app.window(/Inbox/)
    if (i === 0) await connect(inbox, demo)
    await rowOf(inbox, 272298).click()
    await expect(messageBox(inbox)).toHaveValue(last)
    last = `Yazılmış ${signal}`
    await messageBox(inbox).fill(last)
    expect(await ended(app, signal)).toBe(0)
  }
  const app = await launch({ packaged: packagedApp() })
  const inbox = await app.window(/Inbox/)
  await rowOf(inbox, 272298).click()
  await expect(messageBox(inbox)).toHaveValue(last)
})

/** Starts the app and sends a signal before Electron is ready. Resolves when the process has ended. */
async function interruptedStart(
  { stage, session }: { readonly stage: Stage; readonly session: DesktopSession },
  userData: string,
  signal: NodeJS.Signals,
  moment: () => Promise<void>
): Promise<void> {
  const path = writeWrapper(stage, 'run-interrupted', releasedApp(), session.env)
  const child = spawn(path, [`--user-data-dir=${userData}`], { cwd: stage.folder, stdio: 'ignore' })
  const end = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await moment()
  child.kill(signal)
  await end
}

/** Whether Chromium has locked the folder, which it does some time before Electron is ready. */
const isLocked = (userData: string): boolean =>
  lstatSync(join(userData, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined

test('a signal before Electron is ready ends the start at once, and nothing is lost', async ({
  demo,
  launch,
  stage,
  session
}) => {
  const app = await launch({ packaged: packagedApp() })
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  await messageBox(inbox).fill('Yarım kalan yanıt')
  expect(await ended(app, 'SIGTERM')).toBe(0)
  const { userData } = app
  const moments = [
    () => Promise.resolve(),
    () => setTimeout(100),
    async () => {
      while (!isLocked(userData)) await setTimeout(2)
    }
  ]
  for (const signal of signals)
    for (const moment of moments) await interruptedStart({ stage, session }, userData, signal, moment)
  const again = await launch({ packaged: packagedApp() })
  const reopened = await again.window(/Inbox/)
  await rowOf(reopened, 272298).click()
  await expect(messageBox(reopened)).toHaveValue('Yarım kalan yanıt')
})

test('a signal ends the app also before the first account is connected', async ({ launch }) => {
  for (const signal of signals) {
    const app = await launch({ packaged: packagedApp() })
    const inbox = await app.window(/Inbox/)
    await inbox.getByLabel('API token').fill('yarım')
    expect(await ended(app, signal)).toBe(0)
  }
})

test('a signal ends the app also while the server hangs, and what waits is sent by the next run', async ({
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  demo.injectFault({ on: 'any', effect: { kind: 'hang', commit: false }, times: Infinity })
  await checkNow(inbox)
  const asked = demo.requests.length
  await messageBox(inbox).fill('Asılı kalan yanıt')
  await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
  await messageBox(inbox).fill('Bir de taslak')
  await expect.poll(() => demo.requests.length).toBeGreaterThanOrEqual(asked)
  expect(await ended(app, 'SIGTERM')).toBe(0)

  demo.clearFaults()
  const again = await launch()
  const reopened = await again.window(/Inbox/)
  await rowOf(reopened, 272298).click()
  await expect(messageBox(reopened)).toHaveValue('Bir de taslak')
  await expect(reopened.getByRole('article').filter({ hasText: /As[ıi]l[ıi] kalan yan[ıi]t/ })).toBeVisible()
  await expect(async () => {
    await checkNow(reopened)
    const sent = demo.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/reply'))
    expect(sent.at(-1)?.parameters.reply).toBe('Asılı kalan yanıt')
  }).toPass()
})

/** Starts the released app on a folder and closes its error dialog. Returns the output and the exit code. */
async function refusedStart(
  { stage, session }: { readonly stage: Stage; readonly session: DesktopSession },
  userData: string
): Promise<{ readonly output: string; readonly code: number | null }> {
  const path = writeWrapper(stage, 'run-refused', releasedApp(), session.env)
  const child = spawn(path, ['--lang=en-US', `--user-data-dir=${userData}`], { cwd: stage.folder })
  const end = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await expect.poll(() => output).toContain('Bilet')
  await session.pressReturn()
  return { code: await end, output }
}

test('a folder that cannot be written is said, on screen and on the terminal', async ({ stage, session }) => {
  const userData = join(session.home, 'read-only')
  mkdirSync(userData)
  chmodSync(userData, 0o555)
  const { output, code } = await refusedStart({ stage, session }, userData)
  expect(output).toContain(`Bilet cannot write to its folder. ${userData}`)
  expect(code).toBe(1)
})

test('a lock that belongs to nobody is said, too', async ({ stage, session }) => {
  const userData = join(session.home, 'locked')
  // A lock that Chromium can neither acquire nor remove.
  mkdirSync(join(userData, 'SingletonLock', 'something'), { recursive: true })
  await session.chownToUser(userData)
  const { output, code } = await refusedStart({ stage, session }, userData)
  expect(output).toContain(`Bilet’s folder seems to be in use. ${userData}`)
  expect(code).toBe(1)
})
