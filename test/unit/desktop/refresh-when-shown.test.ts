import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { refreshWhenShown } from '../../../electron/desktop/windows/refresh-when-shown.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  let show = (): void => undefined
  let beginQuit = (): void => undefined
  const refresh = vi.fn()
  refreshWhenShown({
    windows: { onInboxShown: (listener) => (show = listener) },
    quit: { onBegin: (listener) => (beginQuit = listener) },
    refresh
  })
  return { show: () => show(), beginQuit: () => beginQuit(), refresh }
}

test('an opened inbox shows its rows before the list is requested', () => {
  const { show, refresh } = setUp()
  show()
  expect(refresh).not.toHaveBeenCalled()
  vi.runAllTimers()
  expect(refresh).toHaveBeenCalledOnce()
})

test('one that is opened again at once requests it once', () => {
  const { show, refresh } = setUp()
  show()
  show()
  vi.runAllTimers()
  expect(refresh).toHaveBeenCalledOnce()
  show()
  vi.runAllTimers()
  expect(refresh).toHaveBeenCalledTimes(2)
})

test('nothing is requested once the app quits', () => {
  const { show, beginQuit, refresh } = setUp()
  show()
  beginQuit()
  vi.runAllTimers()
  expect(refresh).not.toHaveBeenCalled()
})
