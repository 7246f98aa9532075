/** The Electron that the npm package `electron` downloads: the one that users get. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { electronIn, type ElectronRuntime } from './folder.ts'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('../../node_modules/electron', import.meta.url))

/** The download of some 100 MB may take this long; where it cannot be reached it fails at once. */
const downloadMs = 180_000

/** What was downloaded before; null when nothing was. */
export const officialAlreadyThere = (): Promise<ElectronRuntime | null> => electronIn(join(folder, 'dist'))

/** Downloads it unless it is there; null when it cannot be had. */
export async function downloadOfficial(): Promise<ElectronRuntime | null> {
  const there = await officialAlreadyThere()
  if (there) return there
  try {
    await run(process.execPath, [join(folder, 'install.js')], { timeout: downloadMs })
  } catch {
    return null
  }
  return officialAlreadyThere()
}
