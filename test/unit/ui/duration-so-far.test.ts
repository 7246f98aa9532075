import { expect, it } from 'vitest'
import { durationSoFar } from '../../../renderer/lib/format.ts'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

it.each([
  [20_000, '1 dakikadır', '1 min'],
  [3 * minute, '3 dakikadır', '3 min'],
  [2 * hour, '2 saattir', '2 h'],
  [2 * hour + 59 * minute, '2 saat 59 dakikadır', '2 h 59 min'],
  [day, '1 gündür', '1 day'],
  [40 * day + hour, '40 gündür', '40 days']
])('%d ms last as one says it', (ms, tr, en) => {
  expect(durationSoFar(ms, 'tr')).toBe(tr)
  expect(durationSoFar(ms, 'en')).toBe(en)
})
