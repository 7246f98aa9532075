import { inDigits } from '../../../electron/tickets/text/numbers.ts'

export const numbers = {
  tr: (count: number): string => inDigits(count, 'tr'),
  en: (count: number): string => inDigits(count, 'en')
}
