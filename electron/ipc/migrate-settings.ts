import type { KeyValueStore } from '../storage/settings.ts'
import { isRecord } from '../tickets/json.ts'
import { defaultSettings } from './defaults.ts'
import { hints } from './settings-schema.ts'

/** Default of versions that stored only changed shortcuts. Replaced: Alt+Shift also switches the input language on Windows. */
const earlierDefaultShortcut = 'Alt+Shift+N'

/** Renames fields that earlier versions stored under another name. If both names exist, the newer one wins. */
export function migrateSettings(key: string, value: unknown): unknown {
  if (key !== 'notifications' || !isRecord(value) || !('way' in value)) return value
  const { way, ...notifications } = value
  return { backend: way, ...notifications }
}

/**
 * Stores settings whose default depends on whether the app was used in this folder before, unless they are stored: the
 * new-ticket shortcut, so that a changed default does not change the keys of existing users; hints, which are for the first use
 * only; and at a first start the version, so that nothing counts as new. `isNew`: the app has never used this folder.
 */
export function storeFirstSettings(store: KeyValueStore, isNew: boolean, version: string): void {
  const storeOnce = (key: string, value: unknown): void => {
    if (store.get(key) === undefined) store.set(key, value)
  }
  storeOnce('shortcut', isNew ? defaultSettings.shortcut : earlierDefaultShortcut)
  storeOnce('dismissedHints', isNew ? [] : hints)
  if (isNew) storeOnce('newsShownFor', version)
}
