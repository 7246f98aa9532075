/** Runs once before all desktop tests: installs packages, builds the app, chooses an Electron and packages the app. */
import { fileURLToPath } from 'node:url'
import { rmSync } from 'node:fs'
import { buildApp } from '../../build/build.ts'
import { chooseElectron, ensurePackages, packageApp, prepareStage } from '../support/desktop/machine.ts'

export default async function setup(): Promise<() => void> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  ensurePackages()
  const electron = await chooseElectron(root)
  await buildApp()
  const stage = prepareStage(root, electron)
  process.env.BILET_TEST_STAGE = JSON.stringify(stage)
  const { released, testable } = await packageApp(root, stage)
  process.env.BILET_TEST_RELEASED = released
  process.env.BILET_TEST_PACKAGED = testable
  return () => {
    rmSync(stage.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
