import { app } from '../app.svelte.ts'
import { compose } from './compose.ts'
import { desktop } from './desktop.ts'
import { inbox } from './inbox.ts'
import { notices } from './notices.ts'
import { onboarding } from './onboarding.ts'
import { problems } from './problems.ts'
import { settings } from './settings.ts'

const rooms = (locale: 'tr' | 'en') => ({
  desktop: desktop[locale],
  notices: notices[locale],
  problems: problems[locale],
  inbox: inbox[locale],
  compose: compose[locale],
  onboarding: onboarding[locale],
  settings: settings[locale]
})

const all = { tr: rooms('tr'), en: rooms('en') }

/** Everything the windows say, in the language of now. */
export const words = (): (typeof all)['tr'] => all[app.locale]
