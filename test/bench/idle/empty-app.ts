/** An Electron app that does nothing, which the app is compared with: a tray icon, and on request a window. */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asUser, type Stage } from '../../support/desktop/machine.ts'
import type { DesktopSession } from '../../support/desktop/session.ts'

/** `tray`: no window. `hidden`, `shown`: one window with an empty page. `asked`: one that is shown at a SIGUSR2. */
export type EmptyAppKind = 'tray' | 'hidden' | 'shown' | 'asked'

/** Prints `ready`, `asked` and `painted` with the epoch milliseconds at which each was reached. */
const program = `
const { app, BrowserWindow, nativeImage, Tray } = require('electron')
const { join } = require('node:path')
const report = (what) => console.log(what + ' ' + Date.now())
const kind = process.argv.find((one) => one.startsWith('--kind=')).slice(7)
let tray
app.on('window-all-closed', () => undefined)
function open() {
  const window = new BrowserWindow({ show: kind !== 'hidden', webPreferences: { sandbox: true } })
  window.webContents.on('console-message', (event, level, message) => {
    console.log(message ?? event.message)
  })
  window.loadFile(join(__dirname, 'page.html'))
}
app.whenReady().then(() => {
  report('ready')
  tray = new Tray(nativeImage.createFromPath(join(__dirname, 'icon.png')))
  if (kind === 'hidden' || kind === 'shown') open()
})
process.on('SIGUSR2', () => {
  report('asked')
  open()
})
`
/** A page reports its first frame in the task after it. */
const page = `<!doctype html><meta charset="utf-8"><title>Empty</title><p>Empty</p><script>
requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => console.log('painted ' + Math.round(performance.timeOrigin + performance.now()))
  port2.postMessage(null)
})</script>`

export interface PlainProcess {
  readonly pid: number
  readonly ended: Promise<number>
  /** Epoch milliseconds at which the process was started. */
  readonly startedAt: number
  /** Resolves with the epoch milliseconds of the first line that begins with this word. */
  reached(word: string): Promise<number>
  /** Sends a SIGUSR2. */
  signal(): void
  stop(): Promise<void>
}

/** Writes the app into the stage's folder. */
export function writeEmptyApp(stage: Stage): string {
  const folder = join(stage.folder, 'empty')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.cjs' }))
  writeFileSync(join(folder, 'main.cjs'), program)
  writeFileSync(join(folder, 'page.html'), page)
  cpSync(join(stage.folder, 'app', 'dist', 'icons', '128x128.png'), join(folder, 'icon.png'))
  return folder
}

/** Starts a program of the stage as the tests' user, with what it prints. */
export function startProgram(stage: Stage, session: DesktopSession, args: readonly string[]): PlainProcess {
  const [command = '', ...rest] = [
    ...asUser(stage),
    'env',
    ...Object.entries(session.env).map(([name, value]) => `${name}=${value}`),
    stage.electron,
    ...args
  ]
  const startedAt = Date.now()
  const child = spawn(command, rest, { cwd: stage.folder, stdio: ['ignore', 'pipe', 'ignore'] })
  const reached = new Map<string, number>()
  const waiting: { readonly word: string; readonly resolve: (at: number) => void }[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) {
      const [word = '', at] = line.split(' ')
      if (at === undefined || reached.has(word)) continue
      reached.set(word, Number(at))
      for (const one of waiting) if (one.word === word) one.resolve(Number(at))
    }
  })
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
  return {
    pid: child.pid ?? 0,
    ended,
    startedAt,
    reached: (word) =>
      new Promise((resolve) => {
        const at = reached.get(word)
        if (at === undefined) waiting.push({ word, resolve })
        else resolve(at)
      }),
    signal: () => void child.kill('SIGUSR2'),
    async stop() {
      child.kill('SIGTERM')
      await ended
    }
  }
}

/** Arguments of Electron for the empty app with a profile of its own. */
export const emptyAppArgs = (
  stage: Stage,
  session: DesktopSession,
  kind: EmptyAppKind
): readonly string[] => [
  join(stage.folder, 'empty'),
  `--user-data-dir=${join(session.home, 'empty')}`,
  '--ozone-platform=x11',
  '--password-store=basic',
  `--kind=${kind}`
]
