/** Prepares this machine for desktop tests: system packages, a user without root rights, an Electron. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { findElectronForTests } from '../../../build/electron-runtime/find.ts'
import type { ElectronRuntime } from '../../../build/electron-runtime/folder.ts'
import { judgeElectron, releasedVersion, versionsOf } from './electron-in-use.ts'

/** A command or library, and the Debian package that contains it. */
type RequiredPackage = readonly [thing: string, debian: string]

const requiredPackages: readonly RequiredPackage[] = [
  ['Xvfb', 'xvfb'],
  ['unzip', 'unzip'],
  ['sway', 'sway'],
  ['dbus-daemon', 'dbus'],
  ['dunst', 'dunst'],
  ['dunstctl', 'dunst'],
  ['notify-send', 'libnotify-bin'],
  ['gnome-keyring-daemon', 'gnome-keyring'],
  ['chromium', 'chromium'],
  ['desktop-file-validate', 'desktop-file-utils'],
  ['appstreamcli', 'appstream'],
  ['openssl', 'openssl'],
  ['certutil', 'libnss3-tools'],
  ['xdotool', 'xdotool'],
  ['rpmbuild', 'rpm'],
  ['libgtk-3.so.0', 'libgtk-3-0'],
  ['libnss3.so', 'libnss3'],
  ['libasound.so.2', 'libasound2'],
  ['libgbm.so.1', 'libgbm1']
]

function isInstalled(thing: string): boolean {
  if (!thing.includes('.so')) return spawnSync('sh', ['-c', `command -v ${thing}`]).status === 0
  return (
    spawnSync('sh', ['-c', `ldconfig -p | grep -qF ${thing}`], {
      env: { PATH: '/usr/sbin:/sbin:/usr/bin:/bin' }
    }).status === 0
  )
}

const isRoot = process.getuid?.() === 0

/** Installs missing packages if possible (root, apt); else throws an error that names them. */
export function ensurePackages(wanted: readonly RequiredPackage[] = requiredPackages): void {
  const missing = [...new Set(wanted.filter(([thing]) => !isInstalled(thing)).map(([, debian]) => debian))]
  if (missing.length === 0) return
  if (!isRoot || !existsSync('/usr/bin/apt-get'))
    throw new Error(`System packages are missing: apt-get install -y ${missing.join(' ')}`)
  console.log(`Installing ${missing.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    stdio: 'ignore',
    env
  })
}

export interface Stage {
  /** World-readable folder with `app/` (the app run from source), `electron/` and, once built, the package. */
  readonly folder: string
  readonly electron: string
  readonly electronFolder: string
  readonly electronVersion: string
  /** The user that Electron runs as; null when the tests run without root rights already. */
  readonly user: string | null
}

const testUser = 'bilet-test'

function ensureUser(): string | null {
  if (!isRoot) return null
  if (spawnSync('id', [testUser]).status !== 0) {
    console.log(`Making the user ${testUser}, as whom the app runs: for root Chromium has no sandbox`)
    execFileSync('useradd', ['-m', testUser])
  }
  return testUser
}

/**
 * Finds an Electron and prints its versions. Throws if there is none, or if `BILET_REQUIRE_RELEASED_ELECTRON=1` is set and
 * it is not the released one.
 */
export async function chooseElectron(root: string): Promise<ElectronRuntime> {
  const found = await findElectronForTests((line) => {
    console.log(line)
  })
  const versions = await versionsOf(found.executable)
  const isReleasedRequired = process.env.BILET_REQUIRE_RELEASED_ELECTRON === '1'
  const { line, mayRun } = judgeElectron(versions, await releasedVersion(root), isReleasedRequired)
  console.log(line)
  if (!mayRun)
    throw new Error('BILET_REQUIRE_RELEASED_ELECTRON is set: npx install-electron downloads that one')
  return { ...found, version: versions.electron }
}

/** Copies the built app and an Electron to a folder that a user without root rights can read. */
export function prepareStage(root: string, electron: ElectronRuntime): Stage {
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

export interface Package {
  /** Executable with the released fuses. */
  readonly released: string
  /** Copy with one other fuse: Playwright needs Node's inspector. */
  readonly testable: string
}

/** Packages the app as a release does, unpacked. */
export async function packageApp(root: string, stage: Stage): Promise<Package> {
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
      // Set by the release workflow, too.
      '-c.extraMetadata.homepage=https://example.invalid/bilet'
    ],
    { cwd: root, stdio: 'pipe' }
  )
  const released = join(output, 'linux-unpacked', 'bilet')
  const testable = join(output, 'linux-unpacked', 'bilet-testable')
  copyFileSync(released, testable)
  await flipFuses(testable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true
  })
  execFileSync('chmod', ['-R', 'a+rX', output])
  return { released, testable }
}

/**
 * Prefix of a command line that runs it as the test's user. `setpriv` replaces itself by the program, while `runuser` would
 * stay as its parent and delay every signal by two seconds.
 */
export const asUser = ({ user }: Stage): readonly string[] =>
  user ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--'] : []

/**
 * Writes a script that runs a program as the test's user, since Playwright can only start one executable. Playwright run by
 * root adds `--no-sandbox` as first argument; the script removes it, since the app does not run as root.
 */
export function writeWrapper(
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
  const script = `#!/bin/sh
if [ "$1" = --no-sandbox ]; then shift; fi
exec ${as} env ${set} '${executable}' "$@"
`
  writeFileSync(path, script)
  chmodSync(path, 0o755)
  return path
}
