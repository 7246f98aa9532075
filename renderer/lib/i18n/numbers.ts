import { inDigits } from '../../../electron/tickets/numbers.ts'

export const numbers = {
  tr: (count: number): string => inDigits(count, 'tr'),
  en: (count: number): string => inDigits(count, 'en')
}
