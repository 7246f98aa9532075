import type { Locale } from '../../../electron/tickets/locale.ts'
import { app } from '../../lib/app.svelte.ts'
import { rules } from '../../lib/i18n/rules.ts'

/** What the rules of an account say, in the language of now. */
export const rulesWords = (): (typeof rules)[Locale] => rules[app.locale]
