import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Platform } from './port.ts'
import { createUpdater, whyNoUpdates, type Updater, type UpdateState } from './updater.ts'

/** electron-builder writes it for packages that a package manager installs. */
function packageType(): string | null {
  try {
    return readFileSync(join(process.resourcesPath, 'package-type'), 'utf8').trim() || null
  } catch {
    return null
  }
}

/**
 * This package's updater, or why it has none. electron-updater is loaded only where it is used: it looks for
 * its configuration beside the app.
 */
export async function selfUpdate(
  platform: Platform,
  options: {
    readonly putOff: () => string | null
    readonly setPutOff: (version: string) => void
    readonly onChange: (state: UpdateState) => void
  }
): Promise<{ readonly updater: Updater } | { readonly updater: null; readonly why: string }> {
  const why = whyNoUpdates({
    platform,
    isPackaged: app.isPackaged,
    env: process.env,
    packageType: packageType(),
    fromStore: process.windowsStore || process.mas
  })
  if (why !== null) return { updater: null, why }
  const { autoUpdater } = await import('electron-updater')
  autoUpdater.logger = null
  return { updater: createUpdater(autoUpdater, options) }
}
