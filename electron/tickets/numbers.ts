const formats = new Map<string, Intl.NumberFormat>()

/** How a language writes a count: `10.000` in Turkish, `10,000` in English. */
export function inDigits(count: number, locale: 'tr' | 'en'): string {
  // Most are small, and a first formatter takes its time.
  if (count < 1000) return String(count)
  const format = formats.get(locale) ?? new Intl.NumberFormat(locale === 'tr' ? 'tr-TR' : 'en-GB')
  formats.set(locale, format)
  return format.format(count)
}
