/** A folder with an Electron in it: the executable, and a file `version`. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface ElectronRuntime {
  readonly folder: string
  readonly executable: string
  /** As its file `version` says, without a leading `v`; empty where that file is missing. */
  readonly version: string
}

const executableName =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron'

/** Null when the folder holds no executable for this platform. */
export async function electronIn(folder: string): Promise<ElectronRuntime | null> {
  const executable = join(folder, executableName)
  if (!existsSync(executable)) return null
  const version = await readFile(join(folder, 'version'), 'utf8').catch(() => '')
  return { folder, executable, version: version.trim().replace(/^v/, '') }
}
