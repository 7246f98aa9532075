import type { KeyValueStore } from '../storage/settings.ts'
import { isRecord } from '../tickets/json.ts'
import { defaultSettings } from './defaults.ts'

/** Of versions that stored a shortcut only once it was changed. Alt+Shift also switches the input language on Windows. */
const earlierDefaultShortcut = 'Alt+Shift+N'

/** Settings as earlier versions wrote them, to the names of now. What has both names keeps the newer one's value. */
export function migrateSettings(key: string, value: unknown): unknown {
  if (key !== 'notifications' || !isRecord(value) || !('way' in value)) return value
  const { way, ...notifications } = value
  return { backend: way, ...notifications }
}

/**
 * Stores the shortcut for a new ticket where none is stored, so that another default changes nobody's keys. `isNew`: the
 * app was never used in this folder.
 */
export function storeShortcut(store: KeyValueStore, isNew: boolean): void {
  if (store.get('shortcut') === undefined)
    store.set('shortcut', isNew ? defaultSettings.shortcut : earlierDefaultShortcut)
}
