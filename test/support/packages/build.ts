/** The packages for Linux, made of the project's own configuration as a release makes them, but by a stand-in for fpm. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createPackage, extractAll } from '@electron/asar'
import type { Stage } from '../desktop/machine.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface LinuxPackageOptions {
  readonly stage: Stage
  readonly target: 'deb' | 'rpm'
  /** The app that is packaged, as `packageApp` left it unpacked. */
  readonly released: string
  /** Beside it, and not to be packaged. */
  readonly notPackaged: string
  readonly version: string
}

/** The same app as another version, as it tells itself. */
async function setVersion(unpacked: string, version: string): Promise<void> {
  const archive = join(unpacked, 'resources', 'app.asar')
  const files = join(unpacked, 'resources', 'app')
  extractAll(archive, files)
  const manifest = join(files, 'package.json')
  const read = JSON.parse(readFileSync(manifest, 'utf8')) as object
  writeFileSync(manifest, JSON.stringify({ ...read, version }))
  // A new file: the old one is shared with the app it was linked from.
  rmSync(archive)
  await createPackage(files, archive)
  rmSync(files, { recursive: true })
}

/** Answers the package's path, in a folder that goes with the stage. */
export async function buildLinuxPackage(options: LinuxPackageOptions): Promise<string> {
  const { stage, target, released, notPackaged, version } = options
  const work = join(stage.folder, `${target}-${version}`)
  const unpacked = join(work, 'unpacked')
  mkdirSync(work)
  // Links, since an app is 250 MB; what packaging writes is new files.
  await run('cp', ['-al', dirname(released), unpacked])
  await run('rm', [join(unpacked, basename(notPackaged))])
  await setVersion(unpacked, version)
  const fpm = join(work, 'fpm')
  writeFileSync(
    fpm,
    `#!/bin/sh\nexec '${process.execPath}' --import tsx '${root}test/support/packages/fpm.ts' "$@"\n`
  )
  chmodSync(fpm, 0o755)
  await run(
    process.execPath,
    [
      join(root, 'node_modules', 'electron-builder', 'cli.js'),
      ...['--linux', target, '--prepackaged', unpacked, '--publish', 'never'],
      `-c.electronVersion=${stage.electronVersion}`,
      `-c.directories.output=${join(work, 'out')}`,
      // As the release workflow says them.
      '-c.extraMetadata.homepage=https://example.invalid/bilet',
      '-c.linux.maintainer=somebody <somebody@example.invalid>',
      `-c.extraMetadata.version=${version}`
    ],
    { cwd: root, env: { ...process.env, CUSTOM_FPM_PATH: fpm } }
  )
  const made = readdirSync(join(work, 'out')).find((name) => name.endsWith(`.${target}`))
  if (made === undefined) throw new Error(`electron-builder made no ${target}`)
  return join(work, 'out', made)
}
