import type { Locale } from '../../electron/tickets/locale.ts'
import { app } from '../lib/app.svelte.ts'
import { notices } from '../lib/i18n/notices.ts'

/** What the notices say, in the language of now. Loaded with them. */
export const noticesWords = (): (typeof notices)[Locale] => notices[app.locale]
