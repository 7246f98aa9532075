/** The languages of the app. Every table of texts is a Record by Locale. */
export const locales = ['tr', 'en'] as const
export type Locale = (typeof locales)[number]

/** Used if the system's language is not supported. */
const defaultLocale: Locale = 'tr'

/** The app's language for a language tag as systems give it, e.g. `en` for `en-GB`. */
export const localeOf = (languageTag: string): Locale => {
  const language = languageTag.toLowerCase().split(/[-_]/)[0]
  return locales.find((locale) => locale === language) ?? defaultLocale
}

/** Language tags for `Intl`, with the region that determines the date format. */
export const intlTags: Readonly<Record<Locale, string>> = { tr: 'tr-TR', en: 'en-GB' }
