/** Every language the app speaks. Each table of words is a Record by Locale. */
export const locales = ['tr', 'en'] as const
export type Locale = (typeof locales)[number]

/** Of a person whose system speaks none of them. */
const defaultLocale: Locale = 'tr'

/** The app's language for a language tag as systems give it, e.g. `en` for `en-GB`. */
export const localeOf = (languageTag: string): Locale => {
  const language = languageTag.toLowerCase().split(/[-_]/)[0]
  return locales.find((locale) => locale === language) ?? defaultLocale
}

/** The tag for `Intl`: a language with the region whose dates are written. */
export const intlTags: Readonly<Record<Locale, string>> = { tr: 'tr-TR', en: 'en-GB' }
