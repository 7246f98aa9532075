/** Reads the configuration with electron-builder. */
import { fileURLToPath } from 'node:url'
import { Packager, Platform, type Configuration } from 'electron-builder'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The configuration as electron-builder reads it. Rejects if it does not match the schema. */
export async function readConfig(over: Configuration = {}): Promise<Packager> {
  const packager = new Packager({
    projectDir: root,
    targets: Platform.LINUX.createTarget(['dir']),
    config: { extends: 'electron-builder.yml', ...over }
  })
  await packager.validateConfig()
  return packager
}
