/**
 * Finds the Electron for tests, in this order: `ELECTRON_OVERRIDE_DIST_PATH`; the official one if it is downloaded; the
 * test runtime from the npm registry.
 */
import { electronIn, type ElectronRuntime } from './folder.ts'
import { installedOfficialElectron } from './official.ts'
import { preparedTestRuntime, prepareTestRuntime } from './test-runtime.ts'

/** The Electron at `ELECTRON_OVERRIDE_DIST_PATH`; null if it is not set. Throws if there is no Electron. */
export async function overriddenElectron(): Promise<ElectronRuntime | null> {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return null
  const electron = await electronIn(folder)
  if (!electron) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH (${folder}) holds no Electron`)
  return electron
}

/** The Electron for tests; null if it would have to be downloaded. */
export async function preparedElectron(): Promise<ElectronRuntime | null> {
  return (await overriddenElectron()) ?? (await installedOfficialElectron()) ?? preparedTestRuntime()
}

/** Downloads the test runtime if necessary. `tell` is called with lines of progress. Throws if no Electron is available. */
export async function findElectronForTests(tell: (line: string) => void): Promise<ElectronRuntime> {
  return (
    (await overriddenElectron()) ?? (await installedOfficialElectron()) ?? (await prepareTestRuntime(tell))
  )
}
