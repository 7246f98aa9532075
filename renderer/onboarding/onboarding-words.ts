import type { Locale } from '../../electron/tickets/locale.ts'
import { app } from '../lib/app.svelte.ts'
import { onboarding } from '../lib/i18n/onboarding.ts'

/** What the connection form says, in the language of now. Loaded with it. */
export const onboardingWords = (): (typeof onboarding)[Locale] => onboarding[app.locale]
