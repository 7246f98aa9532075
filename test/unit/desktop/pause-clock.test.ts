/** "Pause for an hour" lasts one hour even if the machine's clock is changed meanwhile. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { NotificationRules } from '../../../electron/desktop/notifications/notification-rules.ts'
import { isPaused, pauseUntil } from '../../../electron/tickets/pause.ts'
import { createSettings } from '../../../electron/storage/settings.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { settingsSchema } from '../../../electron/ipc/settings-schema.ts'
import { createPauseClock, startPauseClock } from '../../../electron/desktop/notifications/pause-clock.ts'

const minutes = (count: number): number => count * 60_000
const hours = (count: number): number => minutes(count * 60)
const days = (count: number): number => hours(count * 24)

/** A machine with a clock that can be set, and restarts. The app checks the pause every 30 s. */
function machine(noted?: unknown) {
  let wall = new Date(2026, 10, 24, 14).getTime()
  let uptime = hours(3)
  let bootId = 'first'
  let stored = noted
  let until: NotificationRules['pausedUntil'] = null
  const look = (): void =>
    createPauseClock({
      now: () => wall,
      uptime: () => uptime,
      bootId,
      read: () => stored,
      write: (now) => void (stored = structuredClone(now)),
      paused: () => until,
      pause: (to) => (until = to)
    }).check()
  return {
    pause(length: 'hour' | 'tomorrow' | 'until-on') {
      until = pauseUntil(length, new Date(wall))
      look()
    },
    keep: (to: number) => (until = to),
    pass(ms: number) {
      for (let left = ms; left > 0; left -= 30_000) {
        wall += Math.min(left, 30_000)
        uptime += Math.min(left, 30_000)
        look()
      }
    },
    sleep(ms: number) {
      wall += ms
      uptime += ms
      look()
    },
    setClock(by: number) {
      wall += by
      look()
    },
    restart(offFor: number) {
      wall += offFor
      uptime = minutes(1)
      bootId = 'second'
      look()
    },
    isPaused: () => isPaused(until, wall),
    left: () => (typeof until === 'number' ? until - wall : until)
  }
}

describe('a pause for an hour', () => {
  test.each([
    ['back by a day', -days(1)],
    ['back by a year', -days(365)],
    ['forward by a day', days(1)],
    ['forward by a quarter of an hour', minutes(15)],
    ['not at all', 0]
  ])('lasts an hour even if the clock is set %s', (_, by) => {
    const on = machine()
    on.pause('hour')
    on.pass(minutes(20))
    on.setClock(by)
    expect(on.left(), 'shown').toBeCloseTo(minutes(40), -5)
    on.pass(minutes(39))
    expect(on.isPaused()).toBe(true)
    on.pass(minutes(2))
    expect(on.isPaused()).toBe(false)
  })

  test('is over after the machine slept longer', () => {
    const on = machine()
    on.pause('hour')
    on.sleep(hours(8))
    expect(on.isPaused()).toBe(false)
  })

  test('continues after a reboot, by what the clock says is left', () => {
    const on = machine()
    on.pause('hour')
    on.pass(minutes(10))
    on.restart(minutes(20))
    expect(on.isPaused()).toBe(true)
    on.pass(minutes(31))
    expect(on.isPaused()).toBe(false)
  })

  test('is never longer than what was left, even if the clock is earlier after a reboot', () => {
    const on = machine()
    on.pause('hour')
    on.pass(minutes(10))
    on.restart(-days(30))
    on.pass(minutes(59))
    expect(on.isPaused()).toBe(true)
    on.pass(minutes(2))
    expect(on.isPaused()).toBe(false)
  })
})

describe('a pause until tomorrow', () => {
  test('ends at midnight by the clock, and is not longer if the clock is set back', () => {
    const on = machine()
    on.pause('tomorrow')
    on.setClock(hours(10))
    expect(on.isPaused()).toBe(false)
    const back = machine()
    back.pause('tomorrow')
    back.setClock(-days(40))
    back.pass(hours(9))
    expect(back.isPaused()).toBe(true)
    back.pass(hours(2))
    expect(back.isPaused()).toBe(false)
  })
})

test.each([['nothing'], [{ until: 'soon' }], [null]])(
  'a pause without a record of its start (%s) never lasts for days',
  (noted) => {
    const on = machine(noted)
    on.keep(new Date(2026, 11, 24).getTime())
    on.pass(hours(24))
    expect(on.isPaused()).toBe(true)
    on.pass(hours(2))
    expect(on.isPaused()).toBe(false)
  }
)

test('a pause without an end is left alone', () => {
  const on = machine()
  on.pause('until-on')
  on.setClock(days(400))
  expect(on.isPaused()).toBe(true)
})

describe('the timer', () => {
  afterEach(() => void vi.useRealTimers())

  test('runs while there is a pause with an end, and at no other time', () => {
    vi.useFakeTimers()
    const store = new Map<string, unknown>()
    const settings = createSettings(new Map<string, unknown>(), settingsSchema, defaultSettings)
    startPauseClock({
      settings,
      store: { get: (key) => store.get(key), set: (key, value) => void store.set(key, value) },
      uptime: () => performance.now()
    })
    expect(vi.getTimerCount()).toBe(0)
    settings.change({ notifications: { pausedUntil: 'until-on' } })
    expect(vi.getTimerCount()).toBe(0)
    settings.change({ notifications: { pausedUntil: Date.now() + hours(1) } })
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(hours(1) + minutes(1))
    expect(settings.current().notifications.pausedUntil).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })
})
