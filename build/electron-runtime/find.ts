/**
 * Which Electron the tests run on, in this order: `ELECTRON_OVERRIDE_DIST_PATH`; the official one where it was
 * downloaded before; the test runtime of the npm registry.
 */
import { electronIn, type ElectronRuntime } from './folder.ts'
import { installedOfficialElectron } from './official.ts'
import { preparedTestRuntime, prepareTestRuntime } from './test-runtime.ts'

/** What `ELECTRON_OVERRIDE_DIST_PATH` names; null when it is not set. Throws when it names no Electron. */
export async function overriddenElectron(): Promise<ElectronRuntime | null> {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return null
  const electron = await electronIn(folder)
  if (!electron) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH (${folder}) holds no Electron`)
  return electron
}

/** The one that the tests would run on, where nothing has to be downloaded for it; null where something has. */
export async function preparedElectron(): Promise<ElectronRuntime | null> {
  return (await overriddenElectron()) ?? (await installedOfficialElectron()) ?? preparedTestRuntime()
}

/** `tell` hears of the one download, a line at a time. Throws, with the reason, when no Electron can be had. */
export async function findElectronForTests(tell: (line: string) => void): Promise<ElectronRuntime> {
  return (
    (await overriddenElectron()) ?? (await installedOfficialElectron()) ?? (await prepareTestRuntime(tell))
  )
}
