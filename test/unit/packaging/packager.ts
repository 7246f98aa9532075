/** electron-builder's own reading of the configuration. */
import { fileURLToPath } from 'node:url'
import { Packager, Platform, type Configuration } from 'electron-builder'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The configuration as electron-builder reads it; rejects when its schema does. */
export async function readConfig(over: Configuration = {}): Promise<Packager> {
  const packager = new Packager({
    projectDir: root,
    targets: Platform.LINUX.createTarget(['dir']),
    config: { extends: 'electron-builder.yml', ...over }
  })
  await packager.validateConfig()
  return packager
}
