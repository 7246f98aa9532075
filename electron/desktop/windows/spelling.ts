/**
 * Downloads spelling dictionaries (Windows and Linux; macOS has its own). Chromium downloads missing ones from Google's
 * servers through the session that needs them, into one folder for all sessions. The pages' session has no network, so
 * after the person agreed another session downloads the dictionary, and then the pages' session loads it. No other
 * session has a spelling checker (security.ts).
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
  /** Call it when the setting, the accounts or the focus may have changed. */
  changed(): void
}

/** Call it after the pages' session was cut off from the network. */
export function createSpelling(parts: {
  readonly settings: Pick<SettingsStore<Settings>, 'current' | 'change'>
  readonly accounts: { list(): readonly { readonly demo: boolean }[] }
  /** Resolves with null if the question could not be asked now. */
  readonly ask: () => Promise<boolean | null>
  /** The pages' session; tests replace it. */
  readonly pages?: SpellingSession
  /** Opens the session that downloads dictionaries. */
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
    // Chromium looks for dictionaries only when the languages change.
    pages.setSpellCheckerLanguages([])
    pages.setSpellCheckerLanguages(languages)
  }
  /** Asks once per run, and only if a real account is connected: with the demo account alone nothing is asked. */
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
    // The dictionary was downloaded by a version that did not ask: it stays in use.
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
