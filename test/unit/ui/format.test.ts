import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inDigits } from '../../../electron/tickets/numbers.ts'
import { clock, lasting } from '../../../renderer/lib/format.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

it.each([
  [20_000, 'bir dakikadan kısa süredir', 'under a minute'],
  [3 * minute, '3 dakikadır', '3 min'],
  [2 * hour, '2 saattir', '2 h'],
  [2 * hour + 59 * minute, '2 saat 59 dakikadır', '2 h 59 min'],
  [day, '1 gündür', '1 day'],
  [40 * day + hour, '40 gündür', '40 days']
])('%d ms last as one says it', (ms, tr, en) => {
  expect(lasting(ms, 'tr')).toBe(tr)
  expect(lasting(ms, 'en')).toBe(en)
})

describe.each([
  ['tr', 'tr-TR'],
  ['en', 'en-GB']
] as const)('what is written by hand for its speed, in %s,', (locale, tag) => {
  it('is a time as Intl writes it', () => {
    const intl = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit' })
    const midnight = new Date(2026, 10, 27).getTime()
    for (let at = midnight; at < midnight + day; at += minute) expect(clock(at)).toBe(intl.format(at))
  })

  it('is a count as Intl writes it', () => {
    const intl = new Intl.NumberFormat(tag)
    for (const count of [0, 1, 999, 1000, 1001, 9999, 10_000, 999_999, 1_000_000, 123_456_789])
      expect(inDigits(count, locale)).toBe(intl.format(count))
    fc.assert(
      fc.property(fc.maxSafeNat(), (count) => {
        expect(inDigits(count, locale)).toBe(intl.format(count))
      })
    )
  })
})
