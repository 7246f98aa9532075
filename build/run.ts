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
const mode = process.argv[2] ?? 'start'
const print = (line: string): void => {
  console.log(line)
}
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Aborted when the terminal or the parent process ends this one. */
const abortController = new AbortController()
const endSignals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
const exitCodeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal]
let endedBy: NodeJS.Signals | null = null

/** npm forwards a signal to its shell, which exits without forwarding it: this process then has another parent. */
function exitWithParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent && !endedBy) process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
}

/** Why no window can be opened here; null if one can. */
function whyNoWindow(): string | null {
  if (process.platform !== 'linux') return null
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'There is no display'
  if (process.getuid?.() === 0) return "This is root's shell, for whom Chromium has no sandbox"
  return null
}

/** Electron before 38 uses X11 by default, and exits in a Wayland session without an X server. */
const displayArguments = (): readonly string[] =>
  process.platform === 'linux' && !process.env.DISPLAY && process.env.WAYLAND_DISPLAY
    ? ['--ozone-platform=wayland']
    : []

function run(
  command: string,
  args: readonly string[]
): Promise<{ readonly code: number; readonly errors: string }> {
  if (endedBy) return Promise.resolve({ code: exitCodeOf(endedBy), errors: '' })
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['inherit', 'inherit', 'pipe'],
      // A process group of its own: the terminal sends Ctrl+C to the whole group, so the app would get it twice, and the
      // second one would kill it while it quits. On Windows `detached` would open a console window.
      detached: process.platform !== 'win32'
    })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk)
      errors = (errors + chunk.toString()).slice(-10_000)
    })
    // Forwards every signal, since the app may only quit at the second one.
    for (const signal of endSignals) process.on(signal, () => child.kill(signal))
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve({ code: code ?? (signal ? exitCodeOf(signal) : 1), errors }))
  })
}

async function preview(reason: string | null): Promise<number> {
  if (reason) print(`${reason}: showing the app in a browser instead.`)
  const account = mode === 'start' ? [] : ['--demo']
  return (await run(process.execPath, [join(root, 'dist', 'preview.cjs'), ...account])).code
}

/** Used only with the sample account: real tokens must only be given to the official Electron. */
async function testElectron(): Promise<ElectronRuntime | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  print(`Showing the sample account on ${testRuntimeOrigin}: for tests and this account only.`)
  try {
    return await prepareTestRuntime(print, abortController.signal)
  } catch (error) {
    if (error instanceof WrongChecksumError) throw error
    print(messageOf(error))
    return null
  }
}

/** The Electron to run; a number is an exit code, null means to show the sample account in a browser. */
async function chooseElectron(): Promise<ElectronRuntime | number | null> {
  const given = await overriddenElectron()
  if (given) {
    print(`Running on Electron ${given.version} of ELECTRON_OVERRIDE_DIST_PATH (${given.folder})`)
    return given
  }
  const official = await officialElectron({ tell: print, signal: abortController.signal })
  if (official.ok) return official.electron
  console.error(official.why.message)
  switch (official.why.kind) {
    case 'ended':
    case 'wrong-checksum':
      return 1
    case 'not-downloaded':
    case 'not-unpacked':
      if (mode === 'demo') return testElectron()
      print(
        "npm start runs on Electron's own release only, for it is given a real token.\nThe app with its sample account, in a browser: npm run preview"
      )
      return 1
  }
}

async function runApp(electron: ElectronRuntime, args: readonly string[]): Promise<number> {
  const { code, errors } = await run(electron.executable, [
    '.',
    ...displayArguments(),
    ...args,
    ...process.argv.slice(3)
  ])
  const library = /error while loading shared libraries: (\S+?):/.exec(errors)?.[1]
  if (!library) return code
  return preview(
    `${library} is missing (Debian, Ubuntu: apt-get install libgtk-3-0 libnss3 libasound2 libgbm1)`
  )
}

/** Runs with a temporary profile. */
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
  // Writing to a closed terminal must not abort the cleanup.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  for (const signal of endSignals)
    process.on(signal, () => {
      endedBy ??= signal
      abortController.abort()
    })
  exitWithParent()
  if (mode === 'preview') return preview(null)
  const reason = whyNoWindow()
  if (reason) return preview(reason)
  try {
    const electron = await chooseElectron()
    if (endedBy) return exitCodeOf(endedBy)
    if (typeof electron === 'number') return electron
    if (!electron) return await preview('No Electron can be had')
    return await (mode === 'demo' ? runDemo(electron) : runApp(electron, []))
  } catch (error) {
    console.error(messageOf(error))
    return 1
  }
}

process.exitCode = await main()
