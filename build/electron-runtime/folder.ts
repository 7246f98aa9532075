/** Folders that contain an Electron: the executable and a file `version`. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface ElectronRuntime {
  readonly folder: string
  readonly executable: string
  /** Content of the file `version`, without a leading `v`; empty if the file is missing. */
  readonly version: string
}

/** The downloaded file is not the published one and must not be run. */
export class WrongChecksumError extends Error {}

/** Path relative to the folder, with `/` on every platform, as Electron's installer writes it to `path.txt`. */
export const executableName =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron'

/** Null if the folder has no executable for this platform. */
export async function electronIn(folder: string): Promise<ElectronRuntime | null> {
  const executable = join(folder, executableName)
  if (!existsSync(executable)) return null
  const version = await readFile(join(folder, 'version'), 'utf8').catch(() => '')
  return { folder, executable, version: version.trim().replace(/^v/, '') }
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Creates an empty temporary folder of this process in `parent`, which the caller removes. Leftovers of killed processes are
 * removed first.
 */
export async function makeWorkFolder(parent: string, name: string): Promise<string> {
  await mkdir(parent, { recursive: true })
  const prefix = `${name}.work-`
  for (const left of await readdir(parent)) {
    const pid = left.startsWith(prefix) ? Number(left.slice(prefix.length)) : NaN
    if (Number.isInteger(pid) && (pid === process.pid || !isRunning(pid)))
      await rm(join(parent, left), { recursive: true, force: true })
  }
  const work = join(parent, `${prefix}${process.pid}`)
  await mkdir(work)
  return work
}
