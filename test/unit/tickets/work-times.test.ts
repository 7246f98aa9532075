import { describe, expect, it } from 'vitest'
import {
  dayText,
  followUpTime,
  snoozeTime,
  snoozeTimes,
  timeOfDay
} from '../../../electron/tickets/work/times.ts'

/** Istanbul is three hours ahead of UTC all year. */
const at = (text: string): number => Date.parse(`${text}+03:00`)
const shown = (ms: number): string => new Date(ms + 3 * 3600_000).toISOString().slice(0, 16)

describe('the times of a snooze', () => {
  it('are an hour from now, tomorrow at nine and Monday at nine, in Istanbul', () => {
    // 24 November 2026 is a Tuesday.
    const now = at('2026-11-24T17:30')
    expect(snoozeTimes(now).map(({ choice, at: time }) => [choice, shown(time)])).toEqual([
      ['hour', '2026-11-24T18:30'],
      ['tomorrow', '2026-11-25T09:00'],
      ['monday', '2026-11-30T09:00']
    ])
  })

  it('take the day of Istanbul when it is still yesterday in UTC', () => {
    const now = at('2026-11-24T00:30')
    expect(new Date(now).getUTCDate()).toBe(23)
    expect(shown(snoozeTime('tomorrow', now))).toBe('2026-11-25T09:00')
  })

  it('on a Monday mean the next one, also before nine', () => {
    expect(shown(snoozeTime('monday', at('2026-11-23T08:00')))).toBe('2026-11-30T09:00')
    expect(shown(snoozeTime('monday', at('2026-11-23T23:59')))).toBe('2026-11-30T09:00')
  })

  it('on a Sunday offer the same morning only once', () => {
    const now = at('2026-11-29T12:00')
    expect(snoozeTimes(now).map(({ choice }) => choice)).toEqual(['hour', 'tomorrow'])
  })

  it('on the last day of a year are in the next one', () => {
    expect(shown(snoozeTime('tomorrow', at('2026-12-31T20:00')))).toBe('2027-01-01T09:00')
  })

  it('are never before now', () => {
    for (let hour = 0; hour < 24 * 14; hour++) {
      const now = at('2026-11-22T00:00') + hour * 3600_000
      for (const { at: time } of snoozeTimes(now)) expect(time).toBeGreaterThan(now)
    }
  })
})

describe('a chosen day and time', () => {
  it('are those of Istanbul', () => {
    expect(timeOfDay('2026-12-01', '14:05')).toBe(at('2026-12-01T14:05'))
  })

  it.each([
    ['', '09:00'],
    ['2026-12-01', ''],
    ['2026-02-30', '09:00'],
    ['2026-12-01', '25:00']
  ])('of %j and %j are none', (day, time) => {
    expect(timeOfDay(day, time)).toBeNull()
  })

  it('begin with the day of Istanbul', () => {
    expect(dayText(at('2026-11-24T00:30'))).toBe('2026-11-24')
    expect(dayText(at('2026-01-02T23:30'))).toBe('2026-01-02')
  })
})

it('a follow-up comes hours after now', () => {
  expect(followUpTime(24, at('2026-11-24T10:00'))).toBe(at('2026-11-25T10:00'))
})
