/** Opens the person's data on this machine: settings, secrets, log, and notices about their files. */
import Store from 'electron-store'
import { app, safeStorage } from 'electron'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../ipc/contract.ts'
import { defaultSettings } from '../ipc/defaults.ts'
import { migrateSettings, storeFirstSettings } from '../ipc/migrate-settings.ts'
import type { NoticeBoard } from '../ipc/notice-board.ts'
import { settingsSchema } from '../ipc/settings-schema.ts'
import { systemClock } from '../storage/clock.ts'
import type { StorageReport } from '../storage/files/file.ts'
import { openSettings, parseSettings } from '../storage/open-settings.ts'
import { safeStorageCipher } from '../storage/safe-storage-cipher.ts'
import { setAsideFiles, type SetAsideFiles } from '../storage/files/set-aside.ts'
import { createSettings, textsOf, type KeyValueStore, type SettingsStore } from '../storage/settings.ts'
import { createVault } from '../storage/vault.ts'
import { Notices } from '../sync/profile/notices.ts'
import { createHostNotices, type HostNotices } from './host-notices.ts'
import { createLog, type Log } from './lifecycle/log.ts'
import type { AskKeychain } from './security/keychain.ts'
import { redactions } from './security/redact.ts'
import { watchVault, type WatchedVault } from './security/secret-registry.ts'
import type { Platform } from './types.ts'

export interface Profile {
  readonly folder: string
  readonly log: Log
  /** All secrets of this run, including refused ones, for redaction. */
  readonly secrets: Set<string>
  readonly vault: WatchedVault
  /** The settings file, which also stores other values. */
  readonly store: KeyValueStore
  readonly settings: SettingsStore<Settings>
  readonly notices: HostNotices
  /** Damaged files that belong to no account. */
  readonly setAside: SetAsideFiles
}

/** `keychain`: query function of the keychain, on Linux. File problems become notices on `board`. */
export function openProfile(platform: Platform, keychain: AskKeychain | null, board: NoticeBoard): Profile {
  const folder = app.getPath('userData')
  const secrets = new Set<string>()
  const log = createLog(join(folder, 'logs'), () => redactions(secrets))
  const setAside = setAsideFiles(
    ['settings.json', 'secrets.json'].map((name) => ({ name, folders: () => [folder] }))
  )
  const storage = new Notices(board.changed)
  const report: StorageReport = (trouble, file) => {
    if (trouble) log.info(`${file}: ${trouble.kind}`)
    storage.report(trouble, file)
  }
  const settingsFile = join(folder, 'settings.json')
  const isNew = ![settingsFile, join(folder, 'accounts.json')].some((file) => existsSync(file))
  const store = openSettings({
    path: settingsFile,
    open: () => new Store({ name: 'settings', configFileMode: 0o600, deserialize: parseSettings }),
    report,
    now: Date.now
  })
  storeFirstSettings(store, isNew, app.getVersion())
  const notices = createHostNotices({
    storage,
    setAside,
    onChange: board.changed
  })
  board.addSource(notices)
  board.rememberIn({
    current: () => textsOf(store.get('dismissedNotices')),
    set: (dismissed) => {
      store.set('dismissedNotices', dismissed)
    }
  })
  const vault = createVault({
    cipher: safeStorageCipher({ safeStorage, isLinux: platform === 'linux', keychain }),
    folder,
    report,
    clock: systemClock
  })
  return {
    folder,
    log,
    secrets,
    vault: watchVault(vault, secrets),
    store,
    settings: createSettings<Settings>(store, settingsSchema, defaultSettings, migrateSettings),
    notices,
    setAside
  }
}
