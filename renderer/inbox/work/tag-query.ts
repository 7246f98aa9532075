import type { Locale } from '../../../electron/tickets/locale.ts'

const operator: Readonly<Record<Locale, string>> = { tr: 'etiket', en: 'tag' }

/** The search for the tickets with this tag. A quoted value cannot contain quotes; the search ignores them. */
export const tagQuery = (name: string, locale: Locale): string =>
  `${operator[locale]}:"${name.replaceAll('"', '')}"`
