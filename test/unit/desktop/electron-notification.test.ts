/** Electron's notifications with the documented results on each system: shown, silent, refused, throwing. */
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ElectronNotifications } from '../../../electron/desktop/notifications/backends/electron-notification-api.ts'
import type { Choice, LaterOutcome } from '../../../electron/desktop/notifications/notification.ts'
import { text } from './make.ts'

vi.mock('electron', () => ({ Notification: vi.fn() }))
const { electronBackend } =
  await import('../../../electron/desktop/notifications/backends/electron-notification.ts')

class FakeNotification extends EventEmitter {
  shows = 0
  closed = 0
  constructor(
    readonly options: { readonly id?: string; readonly toastXml?: string },
    private readonly onShow: (notification: FakeNotification) => void
  ) {
    super()
  }
  get id(): string {
    return this.options.id ?? ''
  }
  show = (): void => {
    this.shows += 1
    this.onShow(this)
  }
  close = (): void => void (this.closed += 1)
}

type Activate = Parameters<NonNullable<ElectronNotifications['handleActivation']>>[0]

/** `onShow`: what the system does when a notification is to be shown; default: nothing. */
function setUp(
  platform: 'darwin' | 'win32' | 'linux' = 'darwin',
  system: {
    supported?: () => boolean
    onShow?: (notification: FakeNotification) => void
    construct?: () => void
    earlier?: readonly string[]
  } = {}
) {
  const all: FakeNotification[] = []
  const history = (system.earlier ?? []).map((id) => new FakeNotification({ id }, () => undefined))
  let activate: Activate = () => undefined
  const api: ElectronNotifications = {
    isSupported: system.supported ?? (() => true),
    create: (options) => {
      system.construct?.()
      const notification = new FakeNotification(options, system.onShow ?? (() => undefined))
      all.push(notification)
      return notification
    },
    ...(platform === 'win32' ? { handleActivation: (callback: Activate) => void (activate = callback) } : {}),
    ...(platform === 'darwin' ? { getHistory: () => Promise.resolve(history) } : {})
  }
  const backend = electronBackend(platform, '/icon.png', api)
  const show = (group = 'ticket-one-1') => {
    const ends: LaterOutcome[] = []
    const outcome = backend.show(text({ group }), (how) => void ends.push(how))
    return { outcome, ends, notification: all.at(-1) }
  }
  const click: Activate = (details) => {
    activate(details)
  }
  return { backend, show, all, history, activate: click }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('showing', () => {
  test('resolves when the system reports it', async () => {
    const { notification, outcome } = setUp().show()
    notification?.emit('show')
    expect(await outcome).toBe('shown')
  })

  test('is refused when the system reports that', async () => {
    const { notification, outcome } = setUp().show()
    notification?.emit('failed', {}, 'not allowed')
    expect(await outcome).toBe('no-permission')
  })

  test('reports a failure that follows an apparent success', async () => {
    const { notification, outcome, ends } = setUp('win32').show()
    notification?.emit('show')
    expect(await outcome).toBe('shown')
    notification?.emit('failed', {}, 'dropped')
    expect(ends).toEqual([{ outcome: 'no-permission' }])
  })

  test('is silent when the system reports nothing', async () => {
    const { outcome } = setUp().show()
    await vi.advanceTimersByTimeAsync(5000)
    expect(await outcome).toBe('silent')
  })

  test('needs a system that supports it', async () => {
    const { show, all } = setUp('darwin', { supported: () => false })
    expect(await show().outcome).toBe('no-helper')
    expect(all).toEqual([])
  })

  const broken = (): never => {
    throw new Error('The notification platform is unavailable')
  }
  test.each([
    ['asked whether it can', { supported: broken }],
    ['making one', { construct: broken }],
    ['showing it', { onShow: broken }]
  ])('fails if it throws at %s, and leaves nothing behind', async (_when, system) => {
    const { backend, show, all } = setUp('darwin', system)
    expect(await show().outcome).toBe('failed')
    backend.withdraw('ticket-one-1')
    await vi.advanceTimersByTimeAsync(600_000)
    expect(all.map(({ closed, shows }) => [closed, shows > 1])).toEqual(all.map(() => [0, false]))
  })
})

describe('a notification that macOS neither shows nor refuses', () => {
  test('is shown again while the person answers the permission question, and reported once shown', async () => {
    const { notification, outcome, ends } = setUp().show()
    await vi.advanceTimersByTimeAsync(5000)
    expect(await outcome).toBe('silent')
    await vi.advanceTimersByTimeAsync(15_000)
    expect(notification?.shows).toBe(2)
    // The `close` event of the first attempt does not mean that the user dismissed it.
    notification?.emit('close', {})
    notification?.emit('show')
    expect(ends).toEqual([{ outcome: 'shown' }])
    await vi.advanceTimersByTimeAsync(600_000)
    expect(notification?.shows).toBe(2)
  })

  test('is reported as refused when nobody answered the question', async () => {
    const { notification, ends } = setUp().show()
    await vi.advanceTimersByTimeAsync(5000 + 15_000 + 60_000)
    notification?.emit('failed', {}, 'Notifications are not allowed for this application')
    expect(ends).toEqual([{ outcome: 'no-permission' }])
    await vi.advanceTimersByTimeAsync(600_000)
    expect(notification?.shows).toBe(3)
  })

  test('is shown again at once when another was shown', async () => {
    const { show } = setUp()
    const first = show('ticket-one-1')
    await vi.advanceTimersByTimeAsync(5000)
    const second = show('ticket-one-2')
    second.notification?.emit('show')
    expect(first.notification?.shows).toBe(2)
    first.notification?.emit('show')
    expect(first.ends).toEqual([{ outcome: 'shown' }])
    expect(second.notification?.shows).toBe(1)
  })

  test('is not shown any more once its ticket was read', async () => {
    const { backend, show } = setUp()
    const { notification } = show()
    await vi.advanceTimersByTimeAsync(5000)
    backend.withdraw('ticket-one-1')
    await vi.advanceTimersByTimeAsync(600_000)
    expect([notification?.closed, notification?.shows]).toEqual([1, 1])
  })

  test('is not shown again for ever', async () => {
    const { notification } = setUp().show()
    await vi.advanceTimersByTimeAsync(86_400_000)
    expect(notification?.shows).toBe(4)
  })
})

describe('what the person did', () => {
  test.each([
    ['click', {}, { outcome: 'clicked', choice: { kind: 'open' } }],
    ['action', { actionIndex: 0 }, { outcome: 'clicked', choice: { kind: 'mark-read' } }],
    ['action', { actionIndex: 1 }, { outcome: 'clicked', choice: { kind: 'snooze' } }],
    ['action', { actionIndex: 9 }, { outcome: 'clicked', choice: { kind: 'open' } }],
    ['reply', { reply: ' Sağ olun ' }, { outcome: 'replied', choice: { kind: 'reply', text: 'Sağ olun' } }],
    ['reply', { reply: '  ' }, { outcome: 'dismissed' }],
    ['close', {}, { outcome: 'dismissed' }],
    ['close', { reason: 'timedOut' }, { outcome: 'timed-out' }]
  ] as const)('%s %j is reported as the right choice', (event, details, how) => {
    const { notification, ends } = setUp().show()
    notification?.emit('show')
    notification?.emit(event, details)
    expect(ends).toEqual([how])
  })

  test('closes the notification, which not every system does', () => {
    const { notification } = setUp().show()
    notification?.emit('click')
    expect(notification?.closed).toBe(1)
  })
})

describe('a click on Windows', () => {
  /** Arguments of all click targets in the toast, in order: the toast, reply, mark as read, remind. */
  const argumentsIn = (notification?: FakeNotification): readonly string[] =>
    [...(notification?.options.toastXml ?? '').matchAll(/(?:launch|arguments)="([^"]*)"/g)].map(
      ([, found = '']) => found.replaceAll('&amp;', '&')
    )

  test.each([
    [0, {}, { outcome: 'clicked', choice: { kind: 'open' } }],
    [
      1,
      { reply: 'Tamam, çalıştı' },
      { outcome: 'replied', choice: { kind: 'reply', text: 'Tamam, çalıştı' } }
    ],
    [2, {}, { outcome: 'clicked', choice: { kind: 'mark-read' } }],
    [3, {}, { outcome: 'clicked', choice: { kind: 'snooze' } }]
  ] as const)(
    'in the Action Center (%i) is reported once, even if several events report it',
    (index, more, how) => {
      const { backend, show, activate } = setUp('win32')
      const earlier: unknown[] = []
      backend.onEarlierChoice?.((...reported) => void earlier.push(reported))
      const { notification, ends } = show()
      const click = { type: '', arguments: argumentsIn(notification)[index] ?? '', ...more }
      activate(click)
      activate(click)
      expect(ends).toEqual([how])
      expect(earlier).toEqual([])
    }
  )

  test('that Electron reported already is not reported again', () => {
    const { backend, show, activate } = setUp('win32')
    const earlier: unknown[] = []
    backend.onEarlierChoice?.((...reported) => void earlier.push(reported))
    const { notification, ends } = show()
    notification?.emit('click')
    activate({ type: 'click', arguments: argumentsIn(notification)[0] ?? '' })
    expect(ends).toHaveLength(1)
    expect(earlier).toEqual([])
  })

  test('on a toast of an earlier run is reported with the ticket’s group, a reply with its text', () => {
    const before = setUp('win32')
    const { notification } = before.show('ticket-a-b&c-272298')
    const { backend, activate } = setUp('win32')
    const earlier: [string, Choice][] = []
    backend.onEarlierChoice?.((...reported) => void earlier.push(reported))
    for (const toastArguments of argumentsIn(notification))
      activate({ type: '', arguments: toastArguments, userInputs: { reply: 'Geç' } })
    // Only the first action on a toast counts.
    expect(earlier).toEqual([['ticket-a-b&c-272298', { kind: 'open' }]])
    const other = before.show('ticket-one-7')
    activate({ type: '', arguments: argumentsIn(other.notification)[1] ?? '', userInputs: { reply: 'Geç' } })
    expect(earlier[1]).toEqual(['ticket-one-7', { kind: 'reply', text: 'Geç' }])
  })

  test('is remembered as answered as long as it may be reported again, not for ever', () => {
    const { backend, activate } = setUp('win32')
    const earlier: string[] = []
    backend.onEarlierChoice?.((group) => void earlier.push(group))
    const click = (at: number): void =>
      activate({ type: '', arguments: `type=click&group=ticket-one-${at}&toast=run-${at}` })
    for (let at = 1; at <= 101; at++) click(at)
    click(101)
    expect(earlier).toHaveLength(101)
    click(1)
    expect(earlier.at(-1)).toBe('ticket-one-1')
  })

  test.each([
    '',
    'action=clicked;notificationId=7;pipe=x',
    'type=click&tag=123',
    'type=reply&group=ticket-one-1&toast=x'
  ])('with the arguments %j is ignored', (toastArguments) => {
    const { backend, activate } = setUp('win32')
    const earlier: unknown[] = []
    backend.onEarlierChoice?.((...what) => void earlier.push(what))
    activate({ type: 'click', arguments: toastArguments })
    expect(earlier).toEqual([])
  })
})

test('on macOS notifications of an earlier run report choices, and are withdrawn with their ticket', async () => {
  const { backend, history } = setUp('darwin', { earlier: ['ticket-one-1', 'ticket-one-2', 'ticket-one-3'] })
  const earlier: unknown[] = []
  backend.onEarlierChoice?.((...reported) => void earlier.push(reported))
  await vi.advanceTimersByTimeAsync(0)
  history[0]?.emit('click')
  history[1]?.emit('reply', { reply: 'Geç' })
  history[1]?.emit('reply', { reply: ' ' })
  expect(earlier).toEqual([
    ['ticket-one-1', { kind: 'open' }],
    ['ticket-one-2', { kind: 'reply', text: 'Geç' }]
  ])
  backend.withdraw('ticket-one-3')
  expect(history[2]?.closed).toBe(1)
})

test('an error about earlier notifications is ignored', () => {
  const { backend } = setUp('darwin', {
    supported: () => {
      throw new Error('no')
    }
  })
  expect(() => backend.onEarlierChoice?.(() => undefined)).not.toThrow()
})

describe('a notification on screen', () => {
  test('is replaced by a newer one of its group, and withdrawn by group', () => {
    const { backend, show, all } = setUp('linux')
    for (const group of ['a', 'a', 'b']) show(group)
    expect(all.map(({ closed }) => closed)).toEqual([1, 0, 0])
    backend.withdraw('a')
    backend.withdraw('a')
    expect(all.map(({ closed }) => closed)).toEqual([1, 1, 0])
  })

  test.each([
    ['linux', 0],
    ['darwin', 1],
    ['win32', 1]
  ] as const)('that left it can still be withdrawn from the list of %s: %i', (platform, closed) => {
    const { backend, show } = setUp(platform)
    const { notification } = show()
    notification?.emit('show')
    notification?.emit('close', {})
    backend.withdraw('ticket-one-1')
    expect(notification?.closed).toBe(closed)
  })
})
