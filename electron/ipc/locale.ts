import type { SettingsStore } from '../storage/settings.ts'
import { localeOf, type Locale } from '../tickets/locale.ts'
import type { Settings } from './contract.ts'

/** The language of now: what the settings say, or the system's. `systemLocale` is BCP 47, e.g. `tr-TR`. */
export const currentLocale =
  (settings: Pick<SettingsStore<Settings>, 'current'>, systemLocale: string) => (): Locale => {
    const { language } = settings.current()
    return language === 'system' ? localeOf(systemLocale) : language
  }
