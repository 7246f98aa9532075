/**
 * The dictionary of the spelling checker (Windows and Linux; macOS has its own). Chromium fetches what is missing when
 * a session is made, through that session's network, into one folder for all. The pages' session has no network, so
 * a dictionary comes through another one, and the pages' session looks again once it is there.
 */
import type { Session } from 'electron'

type Spelling = Pick<Session, 'getSpellCheckerLanguages' | 'setSpellCheckerLanguages'> & {
  on(
    event: 'spellcheck-dictionary-download-failure' | 'spellcheck-dictionary-download-success',
    listener: (event: unknown, language: string) => void
  ): unknown
}

export function fetchSpellingDictionaries(pages: Spelling, online: Spelling): void {
  const missing = new Set<string>()
  const fetched = new Set<string>()
  const reloadLanguage = (language: string): void => {
    if (!missing.has(language) || !fetched.has(language)) return
    missing.delete(language)
    fetched.delete(language)
    const languages = pages.getSpellCheckerLanguages()
    // Only a change makes it look.
    pages.setSpellCheckerLanguages([])
    pages.setSpellCheckerLanguages(languages)
  }
  pages.on('spellcheck-dictionary-download-failure', (_event, language) => {
    missing.add(language)
    online.setSpellCheckerLanguages(pages.getSpellCheckerLanguages())
    reloadLanguage(language)
  })
  online.on('spellcheck-dictionary-download-success', (_event, language) => {
    fetched.add(language)
    reloadLanguage(language)
  })
}
