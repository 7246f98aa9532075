/** Builds the Linux packages with the configuration of a release, but with a replacement for fpm. */
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
  /** Executable of the unpacked app (see `packageApp`). */
  readonly released: string
  /** File in the same folder that is not packaged. */
  readonly notPackaged: string
  readonly version: string
}

/** Changes the version in the unpacked app's package.json. */
async function setVersion(unpacked: string, version: string): Promise<void> {
  const archive = join(unpacked, 'resources', 'app.asar')
  const files = join(unpacked, 'resources', 'app')
  extractAll(archive, files)
  const manifest = join(files, 'package.json')
  const read = JSON.parse(readFileSync(manifest, 'utf8')) as object
  writeFileSync(manifest, JSON.stringify({ ...read, version }))
  // Removed first, because the file is a hard link to that of the original app.
  rmSync(archive)
  await createPackage(files, archive)
  rmSync(files, { recursive: true })
}

/** Returns the package's path. Its folder is inside the stage folder, which is removed after the tests. */
export async function buildLinuxPackage(options: LinuxPackageOptions): Promise<string> {
  const { stage, target, released, notPackaged, version } = options
  const work = join(stage.folder, `${target}-${version}`)
  const unpacked = join(work, 'unpacked')
  mkdirSync(work)
  // Hard links, since the app has 250 MB. Packaging does not change existing files.
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
      // Set by the release workflow, too.
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
