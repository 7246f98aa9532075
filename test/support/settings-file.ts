/** An electron-store settings file in a test's folder, without Electron. */
import { vi } from 'vitest'
import { parseSettings } from '../../electron/storage/open-settings.ts'

vi.mock('electron', () => ({
  default: { app: { getPath: () => '/nowhere', getVersion: () => '0.1.0' }, ipcMain: { on: () => undefined } }
}))
const { default: Store } = await import('electron-store')

type Store = InstanceType<typeof Store>

export const settingsFile = (folder: string): Store =>
  new Store({ cwd: folder, name: 'settings', deserialize: parseSettings })
