import type { Locale } from '../../electron/tickets/locale.ts'
import { app } from '../lib/app.svelte.ts'
import { help } from '../lib/i18n/help.ts'

/** What the help says, in the language of now. Loaded with it. */
export const helpWords = (): (typeof help)[Locale] => help[app.locale]
