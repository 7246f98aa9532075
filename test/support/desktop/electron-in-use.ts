/** The Electron version of the desktop tests, and whether it is the released one. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface Versions {
  readonly electron: string
  readonly chrome: string
  readonly node: string
}

/** The versions that the program reports. Throws with its output if it does not start. */
export async function versionsOf(executable: string): Promise<Versions> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' }
  const { stdout } = await promisify(execFile)(executable, ['-p', 'JSON.stringify(process.versions)'], {
    env
  })
  return JSON.parse(stdout) as Versions
}

/** The version that is packaged, from the npm package `electron`. */
export async function releasedVersion(root: string): Promise<string> {
  const text = await readFile(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

/** `line`: the versions, for printing. `mayRun`: false if the released version is required and this is another one. */
export function judgeElectron(
  { electron, chrome, node }: Versions,
  released: string,
  isReleasedRequired: boolean
): { readonly line: string; readonly mayRun: boolean } {
  const isReleased = electron === released
  const whose = isReleased ? 'as users do' : `users get ${released}`
  return {
    line: `Running on Electron ${electron} (Chromium ${chrome}, Node ${node}), ${whose}`,
    mayRun: isReleased || !isReleasedRequired
  }
}
