/**
 * A copy of the project for tests of `npm start` and `npm run demo`, in a folder whose name has spaces and Turkish letters. It
 * runs the real `build/run.ts` with two fast replacements: the build writes a preview of one line, and the npm package
 * `electron` has the checksum of a small archive.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { executableName } from '../../../build/electron-runtime/folder.ts'
import { testRuntimeVersion } from '../../../build/electron-runtime/test-runtime.ts'
import { electronArchive, fakeElectron } from './archive.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>
}
const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
  readonly version: string
}

export interface Run {
  /** Sends a signal to the command only, or to its process group, as a terminal does. */
  readonly signal: (signal: NodeJS.Signals, to: 'command' | 'group') => void
  /** Closes the pipes of its output. */
  readonly closeTerminal: () => void
  /** Resolves with the match when the output matches. Throws with the output if the command ends before. */
  readonly waitForOutput: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly ended: Promise<{ readonly code: number | null; readonly printed: string }>
}

export interface Project {
  readonly folder: string
  /** Folder of the npm package `electron`. */
  readonly electron: string
  readonly version: string
  /** The archive whose checksum the package has. */
  readonly archive: Buffer
  readonly expectArchive: (archive: Buffer) => void
  /** Cache folder of the downloader. */
  readonly cache: string
  /** Files that a run left in the temporary folder, in the download folder and in the downloader's cache. */
  readonly leftovers: () => readonly string[]
  /** Starts a command as npm does. npm's intermediate shell, which does not forward signals, is used only on request. */
  readonly start: (
    how: 'start' | 'demo' | 'preview',
    env: Readonly<Record<string, string>>,
    shell?: 'in a shell'
  ) => Run
  /** Installs a fake Electron as prepared test runtime. */
  readonly prepareTestRuntime: () => void
  /** Creates an incomplete download of the process with this id. */
  readonly leaveWork: (pid: number) => void
  /** Creates a `dist` folder of a version; `isFinished` false: without `path.txt`, as after an interrupted installation. */
  readonly putDist: (given: { readonly version: string; readonly isFinished: boolean }) => void
  /** Kills processes that a failed test left running, and removes the folders. */
  readonly remove: () => void
}

function writeProgram(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode: 0o755 })
}

export function makeProject(): Project {
  const outer = mkdtempSync(join(tmpdir(), 'bilet-launch-'))
  const folder = join(outer, 'Bilet deneme ığüşöç')
  const [temporary, cache, home] = ['tmp', 'cache', 'home'].map((name) => join(outer, name)) as [
    string,
    string,
    string
  ]
  for (const path of [folder, temporary, cache, home]) mkdirSync(path)
  cpSync(join(root, 'build/run.ts'), join(folder, 'build/run.ts'))
  cpSync(join(root, 'build/electron-runtime'), join(folder, 'build/electron-runtime'), { recursive: true })
  writeFileSync(
    join(folder, 'build/build.ts'),
    `import { mkdirSync, writeFileSync } from 'node:fs'
     export async function buildApp() {
       const dist = new URL('../dist/', import.meta.url)
       mkdirSync(dist, { recursive: true })
       writeFileSync(new URL('preview.cjs', dist), 'console.log("Preview runs", process.argv.slice(2).join(" "))')
     }`
  )
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))

  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== 'electron' && !name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction')
  const electron = join(modules, 'electron')
  mkdirSync(electron)
  for (const name of ['package.json', 'install.js', 'index.js'])
    cpSync(join(root, 'node_modules/electron', name), join(electron, name))
  const expectArchive = (expected: Buffer): void => {
    const name = `electron-v${version}-${process.platform}-${process.arch}.zip`
    const sha256 = createHash('sha256').update(expected).digest('hex')
    writeFileSync(join(electron, 'checksums.json'), JSON.stringify({ [name]: sha256 }))
  }
  const archive = electronArchive(version)
  expectArchive(archive)

  // The tests may run as root, and `build/run.ts` opens no window for root.
  const notRoot = join(outer, 'not-root.mjs')
  writeFileSync(notRoot, 'process.getuid = () => 1000\n')

  const leftovers = (): readonly string[] => [
    ...readdirSync(temporary).filter((name) => !name.startsWith('tsx-') && name !== 'node-compile-cache'),
    ...readdirSync(electron).filter((name) => name.includes('.work-')),
    ...readdirSync(cache).filter((name) => name.includes('.work-'))
  ]

  const running = new Set<() => void>()
  const start: Project['start'] = (how, env, shell) => {
    const command = scripts[how] ?? ''
    const [program = '', ...args] = shell ? ['sh', '-c', `${command}; exit $?`] : command.split(' ')
    const child = spawn(program, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: {
        PATH: process.env.PATH,
        SystemRoot: process.env.SystemRoot,
        DISPLAY: ':99',
        HOME: home,
        TMPDIR: temporary,
        XDG_CACHE_HOME: cache,
        electron_config_cache: join(cache, 'electron'),
        NODE_OPTIONS: `--import=${pathToFileURL(notRoot).href}`,
        ...env
      }
    })
    let printed = ''
    const waiting = new Set<() => void>()
    const collectOutput = (chunk: Buffer): void => {
      printed += chunk.toString()
      for (const checkOutput of waiting) checkOutput()
    }
    child.stdout.on('data', collectOutput)
    child.stderr.on('data', collectOutput)
    const ended: Run['ended'] = new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => resolve({ code, printed }))
    })
    const waitForOutput: Run['waitForOutput'] = (pattern) =>
      new Promise((resolve, reject) => {
        const checkOutput = (): void => {
          const found = pattern.exec(printed)
          if (!found) return
          waiting.delete(checkOutput)
          resolve(found)
        }
        waiting.add(checkOutput)
        checkOutput()
        const rejectEarlyEnd = (): void =>
          reject(new Error(`It ended without ${String(pattern)}:\n${printed}`))
        void ended.then(rejectEarlyEnd, rejectEarlyEnd)
      })
    const signal: Run['signal'] = (name, to) => {
      if (child.pid !== undefined) process.kill(to === 'group' ? -child.pid : child.pid, name)
    }
    const kill = (): void => signal('SIGKILL', 'group')
    running.add(kill)
    void ended.finally(() => running.delete(kill))
    const closeTerminal = (): void => {
      child.stdout.destroy()
      child.stderr.destroy()
    }
    return { signal, closeTerminal, waitForOutput, ended }
  }

  return {
    folder,
    electron,
    version,
    archive,
    expectArchive,
    cache: join(cache, 'electron'),
    leftovers,
    start,
    prepareTestRuntime: () => {
      const runtime = join(cache, `bilet-electron-${testRuntimeVersion}`)
      writeProgram(join(runtime, executableName), fakeElectron('Test runtime'))
      writeFileSync(join(runtime, 'version'), testRuntimeVersion)
    },
    leaveWork: (pid) => writeProgram(join(electron, `download.work-${pid}`, 'half.zip'), ''),
    putDist: (given) => {
      writeProgram(
        join(electron, 'dist', executableName),
        '#!/bin/sh\necho "Half of Electron runs"; kill -SEGV $$\n'
      )
      writeFileSync(join(electron, 'dist', 'version'), given.version)
      if (given.isFinished) writeFileSync(join(electron, 'path.txt'), executableName)
    },
    remove: () => {
      for (const kill of running) kill()
      rmSync(outer, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}
