import type { Locale } from '../locale.ts'

const thousandsSeparator: Readonly<Record<Locale, string>> = { tr: '.', en: ',' }

/**
 * Formats a non-negative integer: `10.000` in Turkish, `10,000` in English. Same result as `Intl`, whose first formatter takes
 * tens of milliseconds and would delay the window.
 */
export const inDigits = (count: number, locale: Locale): string =>
  String(count).replace(/\B(?=(?:\d{3})+$)/g, thousandsSeparator[locale])
