/** `npm start`, `npm run demo`, `npm run preview`: builds, then runs the app, or shows it in a browser. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildApp } from './build.ts'
import { overriddenElectron } from './electron-runtime/find.ts'
import { WrongChecksumError, type ElectronRuntime } from './electron-runtime/folder.ts'
import { officialElectron } from './electron-runtime/official.ts'
import { prepareTestRuntime, testRuntimeOrigin } from './electron-runtime/test-runtime.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const how = process.argv[2] ?? 'start'
const say = (line: string): void => {
  console.log(line)
}
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Told to end by the terminal or by whoever started this. */
const ending = new AbortController()
const endings: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
const codeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal]
let endedBy: NodeJS.Signals | null = null

/** npm passes a signal on to its shell, and the shell to nobody: then this process has another parent. */
function endWithParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent && !endedBy) process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
}

/** Why no window can open here; null when one can. */
function noWindow(): string | null {
  if (process.platform !== 'linux') return null
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'There is no display'
  if (process.getuid?.() === 0) return "This is root's shell, for whom Chromium has no sandbox"
  return null
}

function run(
  command: string,
  args: readonly string[]
): Promise<{ readonly code: number; readonly errors: string }> {
  if (endedBy) return Promise.resolve({ code: codeOf(endedBy), errors: '' })
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['inherit', 'inherit', 'pipe'],
      // A process group of its own: Ctrl+C comes to every process of a group, so that the app would get it twice,
      // and a second one ends it in the middle of its end. On Windows that would be a window.
      detached: process.platform !== 'win32'
    })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk)
      errors = (errors + chunk.toString()).slice(-10_000)
    })
    // Also the second one: an app that does not end at the first does at the next.
    for (const signal of endings) process.on(signal, () => child.kill(signal))
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve({ code: code ?? (signal ? codeOf(signal) : 1), errors }))
  })
}

async function preview(reason: string | null): Promise<number> {
  if (reason) say(`${reason}: showing the app in a browser instead.`)
  const account = how === 'start' ? [] : ['--demo']
  return (await run(process.execPath, [join(root, 'dist', 'preview.cjs'), ...account])).code
}

/** Only for the sample account: a token is a matter of the Electron that its publisher signs for. */
async function testElectron(): Promise<ElectronRuntime | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  say(`Showing the sample account on ${testRuntimeOrigin}: for tests and this account only.`)
  try {
    return await prepareTestRuntime(say, ending.signal)
  } catch (error) {
    if (error instanceof WrongChecksumError) throw error
    say(messageOf(error))
    return null
  }
}

/** What to run on; a number ends the command with that code, null shows the sample account in a browser. */
async function chooseElectron(): Promise<ElectronRuntime | number | null> {
  const given = await overriddenElectron()
  if (given) {
    say(`Running on Electron ${given.version} of ELECTRON_OVERRIDE_DIST_PATH (${given.folder})`)
    return given
  }
  const official = await officialElectron({ tell: say, signal: ending.signal })
  if (official.ok) return official.electron
  console.error(official.why.message)
  switch (official.why.kind) {
    case 'ended':
    case 'wrong-checksum':
      return 1
    case 'not-downloaded':
    case 'not-unpacked':
      if (how === 'demo') return testElectron()
      say(
        "npm start runs on Electron's own release only, for it is given a real token.\nThe app with its sample account, in a browser: npm run preview"
      )
      return 1
  }
}

async function runApp(electron: ElectronRuntime, args: readonly string[]): Promise<number> {
  const { code, errors } = await run(electron.executable, ['.', ...args, ...process.argv.slice(3)])
  const library = /error while loading shared libraries: (\S+?):/.exec(errors)?.[1]
  if (!library) return code
  return preview(
    `${library} is missing (Debian, Ubuntu: apt-get install libgtk-3-0 libnss3 libasound2 libgbm1)`
  )
}

/** With a profile of its own, removed at its end. */
async function runDemo(electron: ElectronRuntime): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bilet-demo-'))
  try {
    return await runApp(electron, ['--demo', `--user-data-dir=${folder}`])
  } finally {
    // The app's last processes may still be writing.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

async function main(): Promise<number> {
  await buildApp()
  // A terminal that was closed takes nothing any more; there is still something to remove.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  for (const signal of endings)
    process.on(signal, () => {
      endedBy ??= signal
      ending.abort()
    })
  endWithParent()
  if (how === 'preview') return preview(null)
  const reason = noWindow()
  if (reason) return preview(reason)
  try {
    const electron = await chooseElectron()
    if (endedBy) return codeOf(endedBy)
    if (typeof electron === 'number') return electron
    if (!electron) return await preview('No Electron can be had')
    return await (how === 'demo' ? runDemo(electron) : runApp(electron, []))
  } catch (error) {
    console.error(messageOf(error))
    return 1
  }
}

process.exitCode = await main()
