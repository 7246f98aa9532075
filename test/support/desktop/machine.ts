/** What this machine needs for desktop tests: system packages, a user without root rights, an Electron. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { findElectronForTests } from '../../../build/electron-runtime/find.ts'
import type { ElectronRuntime } from '../../../build/electron-runtime/folder.ts'
import { judgeElectron, releasedVersion, versionsOf } from './electron-in-use.ts'

/** A command that a package brings (or a library), and the package. */
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

/** Installs what is missing where that is possible; throws with the one line that says what to install. */
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
  /** World-readable folder with `app/` (what runs from source), `electron/` and, once built, the package. */
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
 * Says which Electron it is. Throws when there is none, or when `BILET_REQUIRE_RELEASED_ELECTRON=1` asks for the one
 * that users get and it is another.
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

/** Puts the built app and an Electron where a user without root rights can read them. */
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
  /** As people get it, with every fuse as released. */
  readonly released: string
  /** The same beside it, but for one fuse: Playwright drives the app through Node's inspector. */
  readonly testable: string
}

/** The app as people get it, unpacked. */
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
      // As the release workflow says it.
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
 * What a command line starts with to run as the test's user. It becomes the program: `runuser` would stay beside
 * it, and wait two seconds whenever it is told to end.
 */
export const asUser = ({ user }: Stage): readonly string[] =>
  user ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--'] : []

/**
 * A program that runs another as the test's user: Playwright starts one executable, with its own arguments first.
 * For root it puts `--no-sandbox` there, which would be a lie about what people run; the app is not root's.
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
