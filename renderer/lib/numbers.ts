import type { Locale } from '../../electron/tickets/locale.ts'
import { inDigits } from '../../electron/tickets/text/numbers.ts'

export const numbers: Readonly<Record<Locale, (count: number) => string>> = {
  tr: (count) => inDigits(count, 'tr'),
  en: (count) => inDigits(count, 'en')
}
