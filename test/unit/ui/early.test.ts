import { expect, test } from 'vitest'
import { early } from '../../../renderer/lib/bridge/early.ts'
import { FakeBridge } from '../../support/fake-bridge.ts'
import { rowOf } from '../../support/builders.ts'

const page = { from: 0, count: 2 }
const rows = [rowOf({ id: 1 })]

test('asks before anybody does, and whoever asks the same first gets that answer', async () => {
  const main = new FakeBridge({ 'tickets.rows': () => rows })
  const bridge = early(main, [['app.state'], ['tickets.rows', page]], [])
  expect(main.invocations.map(({ name }) => name)).toEqual(['app.state', 'tickets.rows'])

  expect(await bridge.invoke('tickets.rows', { from: 0, count: 2 })).toEqual({ ok: true, value: rows })
  expect(main.invocations).toHaveLength(2)
})

test('asks anew for anything else, and the second time', async () => {
  const main = new FakeBridge({ 'tickets.rows': () => [] })
  const bridge = early(main, [['tickets.rows', page]], [])
  await bridge.invoke('tickets.rows', { from: 2, count: 2 })
  expect(main.invocations).toHaveLength(2)
  await bridge.invoke('tickets.rows', page)
  expect(main.invocations).toHaveLength(2)
  await bridge.invoke('tickets.rows', page)
  expect(main.invocations).toHaveLength(3)
})

test('keeps what is told before anybody listens, in order, for who listens first', () => {
  const main = new FakeBridge()
  const bridge = early(main, [], ['navigate'])
  main.emit('navigate', { to: 'settings' })
  main.emit('navigate', { to: 'ticket', accountId: 'a', ticketId: 1 })

  const first: unknown[] = []
  const second: unknown[] = []
  const stop = bridge.on('navigate', (to) => first.push(to))
  bridge.on('navigate', (to) => second.push(to))
  expect(first).toEqual([{ to: 'settings' }, { to: 'ticket', accountId: 'a', ticketId: 1 }])
  expect(second).toEqual([])

  main.emit('navigate', { to: 'settings' })
  expect(first).toHaveLength(3)
  expect(second).toHaveLength(1)
  stop()
  expect(main.listeners('navigate')).toBe(1)
})

test('keeps nothing of what it was not told to', () => {
  const main = new FakeBridge()
  const bridge = early(main, [], ['navigate'])
  main.emit('rows', { accountId: 'a', changed: rows, removed: [] })
  const events: unknown[] = []
  bridge.on('rows', (event) => events.push(event))
  expect(events).toEqual([])
})
