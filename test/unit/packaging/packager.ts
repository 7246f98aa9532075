/** electron-builder's own code, as far as it goes without building anything. */
import { fileURLToPath } from 'node:url'
import { AppInfo, LinuxPackager, Packager, Platform, type Configuration } from 'app-builder-lib'

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

interface WithDesktopEntry {
  readonly desktopEntry?: { readonly value: Promise<string> }
  readonly helper: { computeDesktopEntry(options: unknown): Promise<string> }
  readonly options: unknown
}

/** What a Linux target would install as its desktop file. */
export async function desktopEntry(target: 'deb' | 'appimage'): Promise<string> {
  const packager = await readConfig()
  packager._appInfo = new AppInfo(packager, null)
  let made: WithDesktopEntry | null = null
  new LinuxPackager(packager).createTargets([target], (_name, factory) => {
    made = factory(`${root}release`) as unknown as WithDesktopEntry
  })
  const { desktopEntry: own, helper, options } = made as unknown as WithDesktopEntry
  return own ? own.value : helper.computeDesktopEntry(options)
}
