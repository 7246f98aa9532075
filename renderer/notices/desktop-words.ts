import type { Locale } from '../../electron/tickets/locale.ts'
import { app } from '../lib/app.svelte.ts'
import { desktop } from '../lib/i18n/desktop.ts'

/** What is said about this machine and new versions, in the language of now. Loaded with what says it. */
export const desktopWords = (): (typeof desktop)[Locale] => desktop[app.locale]
