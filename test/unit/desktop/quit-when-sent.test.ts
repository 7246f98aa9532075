import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  createQuitWhenSent,
  countBeingSent,
  countUnsent
} from '../../../electron/desktop/lifecycle/quit-when-sent.ts'
import type { AccountView, OutboxItem, OutboxState } from '../../../electron/tickets/views.ts'
import { accountOf, connectionOf, outboxOf } from '../../support/builders.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const entry = (state: OutboxState, accountId = 'one'): OutboxItem => outboxOf({ accountId, state })
const account = (id: string, state: AccountView['connection']['state']): AccountView =>
  accountOf({ id, connection: connectionOf({ state }) })

test('queued and sending entries count as being sent; offline and refused ones do not', () => {
  const accounts = [account('one', 'ok'), account('two', 'offline')]
  const outbox = [
    ...[entry('queued'), entry('sending'), entry('uncertain'), entry('sent'), entry('refused')],
    entry('undecided'),
    entry('queued', 'two')
  ]
  expect(countBeingSent(outbox, accounts)).toBe(2)
  expect(countUnsent(outbox)).toEqual({ waiting: 3, uncertain: 1, undecided: 1, notShown: 1 })
})

function setUp(leaving: number) {
  const now = { leaving, visible: false, quits: 0 }
  const ending = createQuitWhenSent({
    countBeingSent: () => now.leaving,
    isAnyVisible: () => now.visible,
    quit: () => void (now.quits += 1)
  })
  return { now, ending }
}

test('with nothing being sent the app quits at once', () => {
  const { now, ending } = setUp(0)
  ending.begin()
  expect(now.quits).toBe(1)
})

test('it quits once, when the last entry is sent', () => {
  const { now, ending } = setUp(2)
  ending.changed()
  ending.begin()
  now.leaving = 1
  ending.changed()
  expect(now.quits).toBe(0)
  now.leaving = 0
  ending.changed()
  ending.changed()
  vi.advanceTimersByTime(60_000)
  expect(now.quits).toBe(1)
})

test('it does not wait for ever', () => {
  const { now, ending } = setUp(1)
  ending.begin()
  vi.advanceTimersByTime(30_000)
  expect(now.quits).toBe(1)
})

test('it stays if a window was opened again', () => {
  const { now, ending } = setUp(1)
  ending.begin()
  now.visible = true
  now.leaving = 0
  ending.changed()
  vi.advanceTimersByTime(60_000)
  expect(now.quits).toBe(0)
})
