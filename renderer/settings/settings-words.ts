import type { Locale } from '../../electron/tickets/locale.ts'
import { app } from '../lib/app.svelte.ts'
import { settings } from '../lib/i18n/settings.ts'

/** What the settings say, in the language of now. Loaded with them: a window that only lists tickets has none of it. */
export const settingsWords = (): (typeof settings)[Locale] => settings[app.locale]
