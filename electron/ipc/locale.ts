import type { SettingsStore } from '../storage/settings.ts'
import { localeOf, type Locale } from '../tickets/locale.ts'
import type { Settings } from './contract.ts'

/** The current locale: from the settings, else from the system. `systemLocale` is a BCP 47 tag, e.g. `tr-TR`. */
export const currentLocale =
  (settings: Pick<SettingsStore<Settings>, 'current'>, systemLocale: string) => (): Locale => {
    const { language } = settings.current()
    return language === 'system' ? localeOf(systemLocale) : language
  }
