import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { istanbulTime, parseDate } from '../../../electron/tickets/text/dates.ts'

const iso = (text: string): string | null => {
  const at = parseDate(text)
  return at === null ? null : new Date(at).toISOString()
}

describe('parseDate', () => {
  it.each([
    ['30-11-18 10:30:09', '2018-11-30T07:30:09.000Z'],
    ['05-12-2018', '2018-12-04T21:00:00.000Z'],
    ['2024-04-24 16:21:13', '2024-04-24T13:21:13.000Z'],
    ['24.11.2026', '2026-11-23T21:00:00.000Z'],
    [' 2024-04-24 16:21 ', '2024-04-24T13:21:00.000Z'],
    ['29-02-24 00:00:00', '2024-02-28T21:00:00.000Z']
  ])('reads %s as Istanbul time', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it.each([
    ['winter before 2016', '15-01-15 12:00:00', '2015-01-15T10:00:00.000Z'],
    ['summer before 2016', '15-07-15 12:00:00', '2015-07-15T09:00:00.000Z'],
    ['the last summer time, which never ended', '06-09-16 23:30:00', '2016-09-06T20:30:00.000Z'],
    ['the first winter without a change', '15-01-17 12:00:00', '2017-01-15T09:00:00.000Z'],
    ['the day summer time began in 2015', '29-03-15 04:00:00', '2015-03-29T01:00:00.000Z'],
    ['just before it', '29-03-15 02:59:59', '2015-03-29T00:59:59.000Z']
  ])('knows the history of the zone: %s', (_, text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it.each([
    '30 KASIM 2026 13:05',
    '30 Kas 26 13:05',
    '30 Kasım 2026 Pazartesi 13:05',
    '13:05 - 30 Kasım 2026',
    '13:05 30.11.2026',
    '30.11.2026 ÖS 01:05',
    '30.11.2026 01:05 ÖS',
    '01:05 ÖS 30.11.2026',
    '30.11.2026 PM 1:05',
    '30.11.2026 13:05 (2 saat önce)',
    '2026‑11‑30\u00a013:05',
    '2026-11-30 13:05:00 Europe/Istanbul',
    '2026-11-30 13:05:00 TRT',
    '2026-11-30 13:05:00 GMT+3',
    'Mon Nov 30 2026 13:05:00 GMT+0300 (GMT+03:00)',
    'Mon Nov 30 13:05:00 2026',
    'Monday, 30-Nov-26 10:05:00 GMT',
    '20261130T130500+0300'
  ])('reads %j, as programs print it', (text) => {
    expect(iso(text)).toBe('2026-11-30T10:05:00.000Z')
  })

  it.each(
    [
      'Ocak',
      'Şubat',
      'Mart',
      'Nisan',
      'Mayıs',
      'Haziran',
      'Temmuz',
      'Ağustos',
      'Eylül',
      'Ekim',
      'Kasım',
      'Aralık'
    ].map((name, month) => [name, month] as const)
  )('knows %s, short and in capital letters, too', (name, month) => {
    const expected = Date.UTC(2026, month, 4, 21)
    for (const written of [name, name.toLocaleUpperCase('tr'), name.slice(0, 3), name.toUpperCase()]) {
      expect(parseDate(`5 ${written} 2026`), written).toBe(expected)
      expect(parseDate(`${written} 5, 2026`), written).toBe(expected)
    }
  })

  it('believes a zone that is written behind the time', () => {
    expect(iso('2024-04-24T16:21:13Z')).toBe('2024-04-24T16:21:13.000Z')
    expect(iso('2024-04-24T16:21:13.123456+03:00')).toBe('2024-04-24T13:21:13.000Z')
    expect(iso('2024-04-24T16:21:13-0230')).toBe('2024-04-24T18:51:13.000Z')
  })

  it.each([
    '',
    '30-11--0001',
    '0001-01-01 00:00:00',
    '0000-00-00 00:00:00',
    '31-11-18 10:30:09',
    '29-02-2023',
    '01-13-18',
    '00-01-18',
    '30-11-18 24:00:00',
    '30-11-18 10:60:00',
    '30-11-18 10:30:61',
    '1969-12-31 00:00:00',
    'yesterday',
    '11/30/2026 1:05 PM',
    '30 Nov 13:05',
    '5 Foo 2026',
    '2024-04-24 16:21:13 and more',
    '1e9',
    'NaN'
  ])('takes %j for no date', (text) => {
    expect(parseDate(text)).toBeNull()
  })

  it('gives null or a moment for any text, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0123456789-:. TZ+')) }), (text) => {
        const at = parseDate(text)
        expect(at === null || Number.isSafeInteger(at)).toBe(true)
      })
    )
  })
})

describe('istanbulTime', () => {
  it('is three hours ahead since 2016, and follows the earlier rules before', () => {
    expect(istanbulTime(Date.UTC(2026, 9, 31, 20, 59))).toMatchObject({ month: 10, day: 31, hour: 23 })
    expect(istanbulTime(Date.UTC(2026, 9, 31, 21))).toEqual({
      year: 2026,
      month: 11,
      day: 1,
      weekday: 6,
      hour: 0
    })
    expect(istanbulTime(Date.UTC(2014, 0, 31, 22))).toMatchObject({ month: 2, day: 1, hour: 0 })
  })
})
