/** Electron's own notifications: what each of its events means. */
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Ended } from '../../../electron/desktop/notification.ts'

class FakeNotification extends EventEmitter {
  static supported = true
  static readonly all: FakeNotification[] = []
  static isSupported = (): boolean => FakeNotification.supported
  closed = 0
  constructor(readonly options: { readonly groupId: string }) {
    super()
    FakeNotification.all.push(this)
  }
  show = (): void => undefined
  close = (): void => void (this.closed += 1)
}
vi.mock('electron', () => ({ Notification: FakeNotification }))
const { electronWay } = await import('../../../electron/desktop/electron-notification.ts')
const { text } = await import('./make.ts')

beforeEach(() => {
  vi.useFakeTimers()
  FakeNotification.supported = true
  FakeNotification.all.splice(0)
})
afterEach(() => void vi.useRealTimers())

function shown(platform: 'darwin' | 'win32' | 'linux' = 'darwin', group = 'ticket-one-1') {
  const ends: Ended[] = []
  const way = electronWay(platform, '/icon.png')
  const outcome = way.show(text({ group }), (how) => void ends.push(how))
  return { way, outcome, ends, one: FakeNotification.all.at(-1) }
}

describe('showing', () => {
  test('is done when the system says so', async () => {
    const { one, outcome } = shown()
    one?.emit('show')
    expect(await outcome).toBe('shown')
  })

  test('was refused when the system says that', async () => {
    const { one, outcome } = shown()
    one?.emit('failed', {}, 'not allowed')
    expect(await outcome).toBe('no-permission')
  })

  test('is timed out when the system says nothing', async () => {
    const { outcome } = shown()
    await vi.advanceTimersByTimeAsync(5000)
    expect(await outcome).toBe('timed-out')
  })

  test('needs a system that can', async () => {
    FakeNotification.supported = false
    expect(await shown().outcome).toBe('no-helper')
    expect(FakeNotification.all).toEqual([])
  })
})

describe('what the person did', () => {
  test.each([
    ['click', [], { outcome: 'clicked', choice: { kind: 'open' } }],
    // Older Electrons say it in the second argument, newer ones in the event.
    ['action', [{}, 0], { outcome: 'clicked', choice: { kind: 'mark-read' } }],
    ['action', [{ actionIndex: 1 }], { outcome: 'clicked', choice: { kind: 'snooze' } }],
    ['action', [{}, 9], { outcome: 'clicked', choice: { kind: 'open' } }],
    ['reply', [{}, ' Teşekkürler '], { outcome: 'replied', choice: { kind: 'reply', text: 'Teşekkürler' } }],
    ['reply', [{ reply: 'Sağ olun' }], { outcome: 'replied', choice: { kind: 'reply', text: 'Sağ olun' } }],
    ['reply', [{}, '  '], { outcome: 'dismissed' }],
    ['close', [{}], { outcome: 'dismissed' }],
    ['close', [{ reason: 'timedOut' }], { outcome: 'timed-out' }]
  ] as const)('%s %j is told as what it means', (event, said, how) => {
    const { one, ends } = shown()
    one?.emit(event, ...said)
    expect(ends).toEqual([how])
  })

  test('takes the notification away: not every system does', () => {
    const { one } = shown()
    one?.emit('click')
    expect(one?.closed).toBe(1)
  })
})

describe('a notification on screen', () => {
  test('gives its place to a newer one of its group, and is withdrawn by it', () => {
    const way = electronWay('linux', '')
    for (const group of ['a', 'a', 'b']) void way.show(text({ group }), () => undefined)
    expect(FakeNotification.all.map(({ closed }) => closed)).toEqual([1, 0, 0])
    way.withdraw('a')
    way.withdraw('a')
    expect(FakeNotification.all.map(({ closed }) => closed)).toEqual([1, 1, 0])
  })

  test.each([
    ['linux', 0],
    ['darwin', 1],
    ['win32', 1]
  ] as const)('that left it can still be withdrawn from the list of %s: %i', (platform, closed) => {
    const { way, one } = shown(platform)
    one?.emit('close', {})
    way.withdraw('ticket-one-1')
    expect(one?.closed).toBe(closed)
  })
})
