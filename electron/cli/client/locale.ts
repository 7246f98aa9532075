import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord, parseJson } from '../../tickets/json.ts'
import { localeOf, locales, type Locale } from '../../tickets/locale.ts'

/** The language chosen in the settings of this profile; null if it is that of the system, or cannot be read. */
function chosenLocale(profile: string): Locale | null {
  try {
    const settings = parseJson(readFileSync(join(profile, 'settings.json'), 'utf8'))
    return isRecord(settings) ? (locales.find((locale) => locale === settings.language) ?? null) : null
  } catch {
    return null
  }
}

/** The language of what is printed while the app has not told its own. */
export const localeWithoutApp = (profile: string): Locale =>
  chosenLocale(profile) ?? localeOf(Intl.DateTimeFormat().resolvedOptions().locale)
