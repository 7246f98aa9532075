import type { KeyValueStore } from '../storage/settings.ts'
import { isRecord } from '../tickets/json.ts'
import { defaultSettings } from './defaults.ts'

/** Default of versions that stored only changed shortcuts. Replaced: Alt+Shift also switches the input language on Windows. */
const earlierDefaultShortcut = 'Alt+Shift+N'

/** Renames fields that earlier versions stored under another name. If both names exist, the newer one wins. */
export function migrateSettings(key: string, value: unknown): unknown {
  if (key !== 'notifications' || !isRecord(value) || !('way' in value)) return value
  const { way, ...notifications } = value
  return { backend: way, ...notifications }
}

/**
 * Stores the new-ticket shortcut if none is stored, so that a changed default does not change the shortcut of existing users.
 * `isNew`: the app has never used this folder.
 */
export function storeShortcut(store: KeyValueStore, isNew: boolean): void {
  if (store.get('shortcut') === undefined)
    store.set('shortcut', isNew ? defaultSettings.shortcut : earlierDefaultShortcut)
}
