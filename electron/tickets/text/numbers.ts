const separator = { tr: '.', en: ',' } as const

/**
 * How a language writes a count, a whole number from 0 on: `10.000` in Turkish, `10,000` in English. As `Intl` does, whose
 * first formatter takes tens of milliseconds of a window that shows as many tickets.
 */
export const inDigits = (count: number, locale: 'tr' | 'en'): string =>
  String(count).replace(/\B(?=(?:\d{3})+$)/g, separator[locale])
