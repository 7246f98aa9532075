import type { Locale } from '../../../electron/tickets/locale.ts'
import { app } from '../app.svelte.ts'
import { compose } from './compose.ts'
import { desktop } from './desktop.ts'
import { inbox } from './inbox.ts'
import { notices } from './notices.ts'
import { onboarding } from './onboarding.ts'
import { problems } from './problems.ts'
import { settings } from './settings.ts'

const wordsFor = (locale: Locale) => ({
  desktop: desktop[locale],
  notices: notices[locale],
  problems: problems[locale],
  inbox: inbox[locale],
  compose: compose[locale],
  onboarding: onboarding[locale],
  settings: settings[locale]
})

type Words = ReturnType<typeof wordsFor>

const all: Readonly<Record<Locale, Words>> = { tr: wordsFor('tr'), en: wordsFor('en') }

/** Everything the windows say, in the language of now. */
export const words = (): Words => all[app.locale]
