import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createSnoozes } from '../../../electron/desktop/notifications/snooze.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const minutes = (count: number): number => count * 60_000
const setUp = () => {
  const reminded: string[] = []
  const snoozes = createSnoozes<string>({ now: Date.now, remind: (what) => void reminded.push(what) })
  return { snoozes, reminded }
}

describe('a reminder', () => {
  test('comes once, when it is due', () => {
    const { snoozes, reminded } = setUp()
    snoozes.add('a', 60, 'A')
    vi.advanceTimersByTime(minutes(60) - 1)
    expect(reminded).toEqual([])
    vi.advanceTimersByTime(1)
    expect(reminded).toEqual(['A'])
    vi.advanceTimersByTime(minutes(600))
    expect(reminded).toEqual(['A'])
  })

  test('that was put off again comes at the later time', () => {
    const { snoozes, reminded } = setUp()
    snoozes.add('a', 60, 'A')
    vi.advanceTimersByTime(minutes(30))
    snoozes.add('a', 60, 'again')
    vi.advanceTimersByTime(minutes(31))
    expect(reminded).toEqual([])
    vi.advanceTimersByTime(minutes(30))
    expect(reminded).toEqual(['again'])
  })

  test('is cancelled when the ticket was read', () => {
    const { snoozes, reminded } = setUp()
    snoozes.add('a', 60, 'A')
    snoozes.add('b', 60, 'B')
    snoozes.cancel('a')
    vi.advanceTimersByTime(minutes(61))
    expect(reminded).toEqual(['B'])
  })

  test('comes soon after waking if it was due during sleep', () => {
    const { snoozes, reminded } = setUp()
    snoozes.add('a', 60, 'A')
    vi.advanceTimersByTime(minutes(1))
    vi.setSystemTime(Date.now() + minutes(600))
    vi.advanceTimersByTime(minutes(1))
    expect(reminded).toEqual(['A'])
  })

  test('leaves no timer behind once it is cancelled', () => {
    const { snoozes } = setUp()
    snoozes.add('a', 60, 'A')
    snoozes.cancel('a')
    expect(vi.getTimerCount()).toBe(0)
  })
})
