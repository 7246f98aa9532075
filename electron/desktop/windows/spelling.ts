/**
 * The dictionary of the spelling checker (Windows and Linux; macOS has its own). Chromium fetches what is missing from
 * Google's servers, through the network of the session that misses it, into one folder for all. The pages' session has no
 * network, so a dictionary comes through another one, once the person agreed, and the pages' session looks again when it is
 * there. No other session has a spelling checker (security.ts).
 */
import { BrowserWindow, session, type Session } from 'electron'
import type { Settings } from '../../ipc/contract.ts'
import type { SettingsStore } from '../../storage/settings.ts'
import { readingSession } from '../security/network.ts'

type SpellingChoice = Settings['spelling']

export type SpellingSession = Pick<
  Session,
  'getSpellCheckerLanguages' | 'setSpellCheckerLanguages' | 'setSpellCheckerEnabled'
> & {
  on(
    event:
      | 'spellcheck-dictionary-download-failure'
      | 'spellcheck-dictionary-download-success'
      | 'spellcheck-dictionary-initialized',
    listener: (event: unknown, language: string) => void
  ): unknown
}

export interface Spelling {
  /** Something may have changed: the choice, the accounts, whether somebody looks. */
  changed(): void
}

/** The pages' session has no network by now. */
export function createSpelling(parts: {
  readonly settings: Pick<SettingsStore<Settings>, 'current' | 'change'>
  readonly accounts: { list(): readonly { readonly demo: boolean }[] }
  /** Null: could not be asked now. */
  readonly ask: () => Promise<boolean | null>
  /** By default the app's own sessions and windows. */
  readonly pages?: SpellingSession
  /** Used when a dictionary is to be fetched. */
  readonly openOnline?: () => SpellingSession
  readonly isSomebodyThere?: () => boolean
}): Spelling {
  const { settings, accounts, ask, pages = session.defaultSession, openOnline = readingSession } = parts
  const { isSomebodyThere = () => BrowserWindow.getFocusedWindow() !== null } = parts
  const missing = new Set<string>()
  let online: SpellingSession | null = null
  let applied: SpellingChoice | null = null
  let wasAsked = false
  const choice = (): SpellingChoice => settings.current().spelling

  function fetchMissing(): void {
    if (!online) {
      online = openOnline()
      online.on('spellcheck-dictionary-download-success', (_event, language) => reloadLanguage(language))
    }
    online.setSpellCheckerEnabled(true)
    online.setSpellCheckerLanguages(pages.getSpellCheckerLanguages())
  }
  function reloadLanguage(language: string): void {
    if (!missing.delete(language)) return
    const languages = pages.getSpellCheckerLanguages()
    // Only a change makes it look.
    pages.setSpellCheckerLanguages([])
    pages.setSpellCheckerLanguages(languages)
  }
  /** Once per run, and only somebody who has connected an account: who tries the sample is not asked for anything. */
  function askWhenNeeded(): void {
    if (wasAsked || choice() !== 'ask' || missing.size === 0 || !isSomebodyThere()) return
    if (accounts.list().every(({ demo }) => demo)) return
    wasAsked = true
    ask().then(
      (isWanted) => {
        if (isWanted === null) wasAsked = false
        else settings.change({ spelling: isWanted ? 'on' : 'off' })
      },
      () => undefined
    )
  }
  function apply(): void {
    if (applied === choice()) return
    applied = choice()
    pages.setSpellCheckerEnabled(applied !== 'off')
    if (applied === 'on' && missing.size > 0) fetchMissing()
    if (applied === 'off') online?.setSpellCheckerEnabled(false)
  }

  pages.on('spellcheck-dictionary-download-failure', (_event, language) => {
    missing.add(language)
    if (choice() === 'on') fetchMissing()
    else askWhenNeeded()
  })
  pages.on('spellcheck-dictionary-initialized', () => {
    // Fetched by a version that did not ask: it goes on as it was.
    if (choice() === 'ask') settings.change({ spelling: 'on' })
  })
  apply()
  return {
    changed() {
      apply()
      askWhenNeeded()
    }
  }
}
