import type { Locale } from '../../electron/tickets/locale.ts'
import { app } from '../lib/app.svelte.ts'
import { popover } from '../lib/i18n/popover.ts'

/** What the popover says, in the language of now. */
export const popoverWords = (): (typeof popover)[Locale] => popover[app.locale]
