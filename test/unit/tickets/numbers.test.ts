import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inDigits } from '../../../electron/tickets/text/numbers.ts'

it.each([
  ['tr', 'tr-TR'],
  ['en', 'en-GB']
] as const)('writes a count in %s as Intl does', (locale, tag) => {
  const intl = new Intl.NumberFormat(tag)
  for (const count of [0, 1, 999, 1000, 1001, 9999, 10_000, 999_999, 1_000_000, 123_456_789])
    expect(inDigits(count, locale)).toBe(intl.format(count))
  fc.assert(
    fc.property(fc.maxSafeNat(), (count) => {
      expect(inDigits(count, locale)).toBe(intl.format(count))
    })
  )
})
