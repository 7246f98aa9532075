import type { Locale } from '../../../electron/tickets/locale.ts'
import { app } from '../app.svelte.ts'
import { accounts } from './accounts.ts'
import { inbox } from './inbox.ts'
import { problems, problemsOn, type System } from './problems.ts'
import { work } from './work/work.ts'

const wordsFor = (locale: Locale) => ({
  accounts: accounts[locale],
  problems: problems[locale],
  inbox: inbox[locale],
  work: work[locale]
})

type Words = ReturnType<typeof wordsFor>

const isSystem = (platform: string): platform is System => ['linux', 'darwin', 'win32'].includes(platform)
const made = new Map<string, Words>()

/** Everything the windows say, in the language of now and for this system. */
export function words(): Words {
  const { platform } = app.info
  const system = isSystem(platform) ? platform : 'linux'
  const key = `${app.locale} ${system}`
  const known = made.get(key) ?? { ...wordsFor(app.locale), problems: problemsOn(app.locale, system) }
  made.set(key, known)
  return known
}
