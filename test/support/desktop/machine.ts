/** What this machine needs for desktop tests: system packages, a user without root rights, an Electron. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findElectron } from '../../../build/electron-runtime/find.ts'

/** A command each package brings (or a library), and the package. */
const needs: readonly (readonly [thing: string, debian: string])[] = [
  ['Xvfb', 'xvfb'],
  ['dbus-daemon', 'dbus'],
  ['dunst', 'dunst'],
  ['dunstctl', 'dunst'],
  ['notify-send', 'libnotify-bin'],
  ['gnome-keyring-daemon', 'gnome-keyring'],
  ['chromium', 'chromium'],
  ['libgtk-3.so.0', 'libgtk-3-0'],
  ['libnss3.so', 'libnss3'],
  ['libasound.so.2', 'libasound2'],
  ['libgbm.so.1', 'libgbm1']
]

function isThere(thing: string): boolean {
  if (!thing.includes('.so')) return spawnSync('sh', ['-c', `command -v ${thing}`]).status === 0
  return (
    spawnSync('sh', ['-c', `ldconfig -p | grep -qF ${thing}`], {
      env: { PATH: '/usr/sbin:/sbin:/usr/bin:/bin' }
    }).status === 0
  )
}

const isRoot = process.getuid?.() === 0

/** Installs what is missing where that is possible; throws with the one line that says what to install. */
export function ensurePackages(): void {
  const missing = [...new Set(needs.filter(([thing]) => !isThere(thing)).map(([, debian]) => debian))]
  if (missing.length === 0) return
  if (!isRoot || !existsSync('/usr/bin/apt-get'))
    throw new Error(`Desktop tests need system packages: apt-get install -y ${missing.join(' ')}`)
  console.log(`Installing ${missing.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    stdio: 'ignore',
    env
  })
}

export interface Stage {
  /** World-readable folder with `app/` (what runs from source), `electron/` and, once built, the package. */
  readonly folder: string
  readonly electron: string
  readonly electronFolder: string
  readonly electronVersion: string
  /** The user that Electron runs as; null when the tests run without root rights already. */
  readonly user: string | null
}

const tester = 'bilet-test'

function ensureUser(): string | null {
  if (!isRoot) return null
  if (spawnSync('id', [tester]).status !== 0) execFileSync('useradd', ['-m', tester])
  return tester
}

/**
 * Puts the built app and an Electron where a user without root rights can read them. Throws when there is
 * no Electron.
 */
export async function prepareStage(root: string): Promise<Stage> {
  const electron = await findElectron((line) => {
    console.log(line)
  })
  if (!electron)
    throw new Error('Desktop tests need an Electron: set ELECTRON_OVERRIDE_DIST_PATH to a folder with one')
  const folder = mkdtempSync(join(tmpdir(), 'bilet-desktop-'))
  chmodSync(folder, 0o755)
  cpSync(join(root, 'dist'), join(folder, 'app', 'dist'), { recursive: true })
  cpSync(join(root, 'package.json'), join(folder, 'app', 'package.json'))
  execFileSync('cp', ['-a', `${electron.folder}/.`, join(folder, 'electron')])
  execFileSync('chmod', ['-R', 'a+rX', folder])
  return {
    folder,
    electron: join(folder, 'electron', 'electron'),
    electronFolder: join(folder, 'electron'),
    electronVersion: electron.version,
    user: ensureUser()
  }
}

/** The app as people get it, unpacked. Returns its executable. */
export function packageApp(root: string, stage: Stage): string {
  const output = join(stage.folder, 'release')
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules', 'electron-builder', 'cli.js'),
      '--linux',
      'dir',
      `-c.electronDist=${stage.electronFolder}`,
      `-c.electronVersion=${stage.electronVersion}`,
      `-c.directories.output=${output}`,
      // Playwright drives the app through Node's inspector; releases have it off.
      '-c.electronFuses.enableNodeCliInspectArguments=true'
    ],
    { cwd: root, stdio: 'pipe' }
  )
  execFileSync('chmod', ['-R', 'a+rX', output])
  return join(output, 'linux-unpacked', 'bilet')
}

/**
 * What a command line starts with to run as the test's user. It becomes the program: `runuser` would stay beside
 * it, and wait two seconds whenever it is told to end.
 */
export const asUser = ({ user }: Stage): readonly string[] =>
  user ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--'] : []

/** A program that runs another as the test's user: Playwright starts one executable, with its own arguments first. */
export function wrapper(
  stage: Stage,
  name: string,
  executable: string,
  env: Readonly<Record<string, string>>
): string {
  const path = join(stage.folder, name)
  const set = Object.entries(env)
    .map(([key, value]) => `${key}='${value}'`)
    .join(' ')
  const as = asUser(stage).join(' ')
  writeFileSync(path, `#!/bin/sh\nexec ${as} env ${set} '${executable}' "$@"\n`)
  chmodSync(path, 0o755)
  return path
}
