import type { Locale } from '../../electron/tickets/locale.ts'
import { app } from '../lib/app.svelte.ts'
import { statistics } from '../lib/i18n/statistics.ts'

/** What the statistics say, in the language of now. Loaded with them. */
export const statisticsWords = (): (typeof statistics)[Locale] => statistics[app.locale]
