import type { KeyValueStore } from '../storage/settings.ts'
import { isRecord } from '../tickets/json.ts'
import { defaultSettings } from './defaults.ts'
import { hints } from './settings-schema.ts'

/** Of versions that stored a shortcut only once it was changed. Alt+Shift also switches the input language on Windows. */
const earlierDefaultShortcut = 'Alt+Shift+N'

/** Settings as earlier versions wrote them, to the names of now. What has both names keeps the newer one's value. */
export function migrateSettings(key: string, value: unknown): unknown {
  if (key !== 'notifications' || !isRecord(value) || !('way' in value)) return value
  const { way, ...notifications } = value
  return { backend: way, ...notifications }
}

/**
 * Stores what depends on whether somebody used the app in this folder before, where it is not stored yet. The shortcut for
 * a new ticket, so that another default changes nobody's keys; hints, which are for the first use only; and at a first
 * start the version, which brings nothing new to anybody then. `isNew`: the app was never used in this folder.
 */
export function storeFirstSettings(store: KeyValueStore, isNew: boolean, version: string): void {
  const storeOnce = (key: string, value: unknown): void => {
    if (store.get(key) === undefined) store.set(key, value)
  }
  storeOnce('shortcut', isNew ? defaultSettings.shortcut : earlierDefaultShortcut)
  storeOnce('dismissedHints', isNew ? [] : hints)
  if (isNew) storeOnce('newsShownFor', version)
}
