import { describe, expect, it } from 'vitest'
import { countFilters, filters, isYourTurn, passesFilter } from '../../../electron/tickets/list/filters.ts'
import { byOrder, orders } from '../../../electron/tickets/list/order.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import type { RowWork } from '../../../electron/tickets/work/ticket-work.ts'
import { rowOf, rowWorkOf } from '../../support/builders.ts'

const tomorrow = Date.now() + 86_400_000
const closed = { kind: 'closed', text: 'Kapalı' } as const
/** Unread and waiting for the person, with this work state. */
const row = (id: number, work: Partial<RowWork> | null, change: Partial<TicketRow> = {}): TicketRow =>
  rowOf({ id, unread: 1, work: work && rowWorkOf(work), ...change })

const plain = row(1, null)
const done = row(2, { done: true })
const snoozed = row(3, { snoozedUntil: tomorrow })
const muted = row(4, { muted: true })
const pinned = row(5, { pinned: true, title: 'Web sunucusu' })
const due = row(6, { done: true, followUpAt: 1, isFollowUpDue: true })
const closedDone = row(7, { done: true }, { status: closed, waitingFor: 'nobody', unread: 0 })
const all = [plain, done, snoozed, muted, pinned, due, closedDone]

describe('the filters', () => {
  it.each([
    ['all', [1, 2, 3, 4, 5, 6, 7]],
    ['unread', [1, 4, 5]],
    ['waiting', [1, 5]],
    ['open', [1, 4, 5]],
    ['follow-up', [6]],
    ['snoozed', [3]],
    ['done', [2, 6, 7]],
    ['closed', [7]]
  ] as const)('%s shows %j', (filter, ids) => {
    expect(all.filter((one) => passesFilter(filter, one)).map(({ id }) => id)).toEqual(ids)
  })

  it('count what they show', () => {
    const counts = countFilters(all)
    for (const filter of filters)
      expect(counts[filter], filter).toBe(all.filter((one) => passesFilter(filter, one)).length)
  })

  it('of what waits for the person can be emptied', () => {
    const waiting = [row(1, null), row(2, null)]
    expect(countFilters(waiting).waiting).toBe(2)
    const aside = [row(1, { done: true }), row(2, { snoozedUntil: tomorrow })]
    expect(countFilters(aside)).toMatchObject({ waiting: 0, unread: 0, open: 0, all: 2 })
    expect(aside.some(isYourTurn)).toBe(false)
  })
})

describe('pinned tickets', () => {
  it.each(orders)('are at the top in the order %s', (order) => {
    const rows = [
      row(1, null, { lastActivityAt: 10 }),
      row(9, null, { lastActivityAt: 90 }),
      row(3, { pinned: true }, { lastActivityAt: 30, unread: 0, waitingFor: 'nobody' }),
      row(5, { pinned: true }, { lastActivityAt: 50, unread: 0, waitingFor: 'nobody' })
    ]
    const ids = rows.toSorted(byOrder(order)).map(({ id }) => id)
    expect(ids.slice(0, 2).toSorted()).toEqual([3, 5])
    expect(ids.slice(2).toSorted()).toEqual([1, 9])
  })
})

it('what is put aside does not stand among the tickets that wait for the person', () => {
  const rows = [row(1, { done: true }, { lastActivityAt: 1 }), row(2, null, { lastActivityAt: 2 })]
  expect(rows.toSorted(byOrder('waiting')).map(({ id }) => id)).toEqual([2, 1])
})
