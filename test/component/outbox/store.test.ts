import { describe, expect, test } from 'vitest'
import { Outbox } from '../../../renderer/lib/outbox.svelte.ts'
import type { OutboxItem } from '../../../electron/tickets/views.ts'
import { newTicketOutbox, outboxOf } from '../../support/builders.ts'

const closing = (ticketId: number, change: Partial<OutboxItem> = {}): OutboxItem =>
  outboxOf({ id: `c${ticketId}`, action: { kind: 'close', ticketId }, batch: 'b', ...change })
const many = (count: number): readonly OutboxItem[] => Array.from({ length: count }, (_, i) => closing(i + 1))

describe('the outbox of a window', () => {
  test('knows what waits for a ticket, what belongs to none, and how many there are of each state', () => {
    const outbox = new Outbox()
    const foreign = outboxOf({ id: 'f', state: 'refused', problem: { kind: 'other-customer' } })
    outbox.apply({ changed: [outboxOf(), newTicketOutbox(), foreign], removed: [] })
    expect(outbox.ofTicket('a', 272298).map(({ id }) => id)).toEqual(['o1', 'f'])
    expect(outbox.apart.map(({ id }) => id)).toEqual(['o2', 'f'])
    expect(outbox.counts).toMatchObject({ queued: 2, refused: 1 })
    outbox.apply({ changed: [outboxOf({ state: 'undecided' })], removed: ['o2', 'unknown'] })
    expect(outbox.counts).toMatchObject({ queued: 0, refused: 1, undecided: 1 })
    expect(outbox.apart.map(({ id }) => id)).toEqual(['f'])
    expect(outbox.all().map(({ id }) => id)).toEqual(['o1', 'f'])
  })

  test('after everything was asked for anew holds that and nothing else', () => {
    const outbox = new Outbox()
    outbox.apply({ changed: [outboxOf(), newTicketOutbox()], removed: [] })
    outbox.reset([newTicketOutbox({ state: 'sent' })])
    expect(outbox.all().map(({ id }) => id)).toEqual(['o2'])
    expect(outbox.ofTicket('a', 272298)).toEqual([])
    expect(outbox.counts).toMatchObject({ queued: 0, sent: 1 })
  })
})

describe('a batch', () => {
  const progress = (outbox: Outbox): unknown => outbox.batches()[0]?.[1]

  test('counts what arrived, what failed and what is left, until nothing is left', () => {
    const outbox = new Outbox()
    outbox.apply({ changed: many(4), removed: [] })
    outbox.apply({ changed: [closing(1, { state: 'sent' }), closing(2, { state: 'sending' })], removed: [] })
    expect(progress(outbox)).toEqual({ size: 4, total: 4, pending: 3, failed: 0, done: 1 })
    // An entry that the list shows counts as done.
    outbox.apply({ changed: [closing(2, { state: 'refused' })], removed: ['c1'] })
    expect(progress(outbox)).toEqual({ size: 4, total: 4, pending: 2, failed: 1, done: 1 })
    outbox.apply({ changed: [closing(3, { state: 'sent' }), closing(4, { state: 'sent' })], removed: [] })
    expect(progress(outbox)).toBeUndefined()
  })

  test('does not count as done what was taken back', () => {
    const outbox = new Outbox()
    outbox.apply({ changed: many(4), removed: [] })
    outbox.takingBack(['c1', 'c2', 'c3'])
    // Another entry was sent first.
    outbox.apply({ changed: [closing(3, { state: 'sending' })], removed: ['c1', 'c2'] })
    outbox.apply({ changed: [], removed: ['c3'] })
    expect(progress(outbox)).toEqual({ size: 4, total: 2, pending: 1, failed: 0, done: 1 })
  })

  test('of which one is sent again is a batch of that one', () => {
    const outbox = new Outbox()
    outbox.apply({ changed: [closing(1), closing(2)], removed: [] })
    outbox.apply({ changed: [closing(1, { state: 'refused' }), closing(2, { state: 'sent' })], removed: [] })
    outbox.apply({ changed: [closing(1)], removed: [] })
    expect(progress(outbox)).toEqual({ size: 1, total: 1, pending: 1, failed: 0, done: 0 })
  })
})

test('a thousand entries that change one by one cost a thousand times what one costs', () => {
  let reads = 0
  /** Counts accesses to the entry's properties. */
  const watched = (item: OutboxItem): OutboxItem =>
    new Proxy(item, {
      get(target, key) {
        reads++
        return Reflect.get(target, key) as unknown
      }
    })
  const cost = (count: number): number => {
    const outbox = new Outbox()
    outbox.apply({ changed: many(count).map(watched), removed: [] })
    reads = 0
    for (const item of many(count))
      outbox.apply({ changed: [watched({ ...item, state: 'sent' })], removed: [] })
    for (const { id } of many(count)) outbox.apply({ changed: [], removed: [id] })
    return reads
  }
  expect(cost(1000)).toBeLessThanOrEqual(cost(100) * 10)
})
