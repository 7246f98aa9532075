import type { Locale } from '../locale.ts'

const thousandsSeparator: Readonly<Record<Locale, string>> = { tr: '.', en: ',' }

/**
 * How a language writes a count, a whole number from 0 on: `10.000` in Turkish, `10,000` in English. As `Intl` does, whose
 * first formatter takes tens of milliseconds of a window that shows as many tickets.
 */
export const inDigits = (count: number, locale: Locale): string =>
  String(count).replace(/\B(?=(?:\d{3})+$)/g, thousandsSeparator[locale])
