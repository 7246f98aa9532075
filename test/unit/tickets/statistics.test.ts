import { describe, expect, it, test } from 'vitest'
import { StatisticsCounter } from '../../../electron/tickets/list/statistics-counter.ts'
import type { StatisticsPeriod } from '../../../electron/tickets/list/statistics.ts'
import type { Ticket } from '../../../electron/tickets/ticket.ts'
import { makeTicket, minute, ownReply, staffReply } from './make.ts'

/** 12:00 on Thursday, 1 October 2026 in Istanbul. */
const now = Date.UTC(2026, 9, 1, 9)
const hours = (count: number): number => count * 3600_000

function count(
  period: StatisticsPeriod,
  tickets: readonly (Ticket | readonly [Ticket, account: string, department: string | null])[],
  at = now
): ReturnType<StatisticsCounter['result']> {
  const counter = new StatisticsCounter(period, at)
  for (const item of tickets) {
    const [ticket, account, department] = 'id' in item ? [item, 'a', null] : item
    counter.add(ticket, account, department)
  }
  return counter.result()
}
const openedAt = (createdAt: number | null, id = 1): Ticket => makeTicket({ id, createdAt })

describe('a period', () => {
  test.each<[StatisticsPeriod, first: number]>([
    // Midnight in Istanbul is 21:00 UTC of the day before.
    ['7d', Date.UTC(2026, 8, 24, 21)],
    ['30d', Date.UTC(2026, 8, 1, 21)],
    ['90d', Date.UTC(2026, 6, 3, 21)],
    ['12m', Date.UTC(2025, 9, 31, 21)]
  ])('of %s begins at midnight in Istanbul', (period, first) => {
    expect(count(period, [openedAt(first)]).tickets).toBe(1)
    expect(count(period, [openedAt(first - 1)]).tickets).toBe(0)
  })

  it('of everything has also what has no date', () => {
    expect(count('all', [openedAt(null), openedAt(Date.UTC(2009, 1, 1))]).tickets).toBe(2)
    expect(count('12m', [openedAt(null)]).tickets).toBe(0)
  })

  it('counts a reply by its own date, not by that of its ticket', () => {
    const old = makeTicket({
      createdAt: now - hours(24 * 60),
      replies: [
        { ...staffReply(1, 0), sentAt: now - hours(24 * 59) },
        { ...staffReply(2, 0), sentAt: now - hours(1) }
      ]
    })
    expect(count('7d', [old])).toMatchObject({ tickets: 0, replies: 1 })
  })
})

describe('the timeline', () => {
  const names = (period: StatisticsPeriod, tickets: readonly Ticket[], at = now): readonly string[] =>
    count(period, tickets, at).timeline.map(({ from }) => from)

  it('has every day of days, and every month of months, also empty ones', () => {
    expect(names('7d', [])).toEqual(
      [25, 26, 27, 28, 29, 30].map((day) => `2026-09-${day}`).concat('2026-10-01')
    )
    expect(names('30d', [])).toHaveLength(30)
    expect(names('90d', [])).toEqual(['2026-07', '2026-08', '2026-09', '2026-10'])
    expect(names('12m', [])).toHaveLength(12)
    expect(names('12m', [])[0]).toBe('2025-11')
  })

  it('of everything goes from the first ticket to now, by years where months would be too many', () => {
    expect(names('all', [openedAt(Date.UTC(2026, 6, 15))])).toEqual([
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-10'
    ])
    expect(names('all', [openedAt(Date.UTC(2023, 6, 15))])).toEqual(['2023', '2024', '2025', '2026'])
  })

  it('puts a ticket into its day in Istanbul', () => {
    const { timeline } = count('7d', [
      openedAt(Date.UTC(2026, 8, 29, 20, 59)),
      openedAt(Date.UTC(2026, 8, 29, 21))
    ])
    expect(timeline.filter(({ tickets }) => tickets > 0)).toEqual([
      { from: '2026-09-29', tickets: 1 },
      { from: '2026-09-30', tickets: 1 }
    ])
  })

  it('leaves out a ticket of tomorrow, which a wrong clock makes', () => {
    expect(count('7d', [openedAt(now + hours(24))]).timeline.at(-1)?.tickets).toBe(0)
  })
})

describe('response times', () => {
  const answered = (id: number, after: number): Ticket =>
    makeTicket({ id, replies: [staffReply(id, after)], lastReplyAt: minute(after) })

  it('are medians by account, most tickets first, and by department only where it is known', () => {
    const result = count('all', [
      [answered(1, 10), 'b', null],
      [answered(2, 20), 'a', 'Hosting'],
      [answered(3, 60), 'a', 'Hosting'],
      [answered(4, 30), 'a', null],
      [makeTicket({ id: 5 }), 'c', null]
    ])
    expect(result.accounts).toEqual([
      { accountId: 'a', tickets: 3, medianFirstMs: 1_800_000, medianLastMs: 1_800_000 },
      { accountId: 'b', tickets: 1, medianFirstMs: 600_000, medianLastMs: 600_000 },
      { accountId: 'c', tickets: 1, medianFirstMs: null, medianLastMs: null }
    ])
    expect(result.departments).toEqual([
      { department: 'Hosting', tickets: 2, medianFirstMs: 2_400_000, medianLastMs: 2_400_000 }
    ])
  })

  it('of a person begin at the customer’s message right before the reply', () => {
    const by = (name: string, at: number): Ticket['replies'][number] => ({ ...staffReply(at, at), name })
    const ticket = makeTicket({
      replies: [by('Ayşe', 10), by('Mert', 15), ownReply(3, 20), by('Ayşe', 50), by(' ', 60)]
    })
    expect(count('all', [ticket], minute(100)).people).toEqual([
      { name: 'Ayşe', replies: 2, medianResponseMs: 1_200_000 },
      { name: 'Mert', replies: 1, medianResponseMs: null },
      { name: null, replies: 1, medianResponseMs: null }
    ])
  })
})

describe('days of the week and hours', () => {
  it('are those of Istanbul, Monday first', () => {
    // Sunday 23:30 UTC is Monday 2:30 in Istanbul.
    const sunday = Date.UTC(2026, 8, 27, 23, 30)
    const ticket = makeTicket({
      createdAt: sunday,
      replies: [{ ...staffReply(1, 0), sentAt: sunday + hours(24) }]
    })
    const { weekdays, hours: byHour } = count('7d', [ticket])
    expect(weekdays.slice(0, 2)).toEqual([
      { tickets: 1, replies: 0 },
      { tickets: 0, replies: 1 }
    ])
    expect(byHour[2]).toEqual({ tickets: 1, replies: 1 })
    expect(byHour.reduce((sum, { tickets }) => sum + tickets, 0)).toBe(1)
  })

  it('have no hour for a date without a time', () => {
    const midnight = Date.UTC(2026, 8, 27, 21)
    const { weekdays, hours: byHour } = count('7d', [openedAt(midnight)])
    expect(weekdays[0]?.tickets).toBe(1)
    expect(byHour.every(({ tickets }) => tickets === 0)).toBe(true)
  })
})
