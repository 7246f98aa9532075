import type { Locale } from '../../electron/tickets/locale.ts'
import { app } from '../lib/app.svelte.ts'
import { outbox } from '../lib/i18n/outbox.ts'

/** What the outbox and its questions say, in the language of now. */
export const outboxWords = (): (typeof outbox)[Locale] => outbox[app.locale]
