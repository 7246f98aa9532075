import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { QuitService } from '../../../electron/desktop/lifecycle/quit.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Electron's `app`, which tells of quitting and ends unless it is held back. */
function setUp() {
  const done: string[] = []
  let tell: (event: { preventDefault(): void }) => void = () => undefined
  const app = {
    on: (_event: 'before-quit', listener: typeof tell) => void (tell = listener),
    quit: () => {
      const preventDefault = vi.fn()
      tell({ preventDefault })
      done.push(preventDefault.mock.calls.length > 0 ? 'held' : 'ended')
    }
  }
  const quit = new QuitService(app, (task, error) => done.push(`${task}: ${String(error)}`))
  return { quit, done }
}

test('the app ends once everything that joined is over, and what asks for its end meanwhile waits, too', async () => {
  const { quit, done } = setUp()
  let finish: () => void = () => undefined
  quit.join('core', () => new Promise((resolve) => (finish = resolve)))
  quit.quit()
  quit.quit()
  await vi.advanceTimersByTimeAsync(1000)
  expect(done).toEqual(['held', 'held'])
  finish()
  await vi.advanceTimersByTimeAsync(1)
  expect(done).toEqual(['held', 'held', 'ended'])
})

test('what hangs does not keep the app for longer than a second and a half', async () => {
  const { quit, done } = setUp()
  quit.join('core', () => new Promise(() => undefined))
  quit.quit()
  await vi.advanceTimersByTimeAsync(1499)
  expect(done).toEqual(['held'])
  await vi.advanceTimersByTimeAsync(2)
  expect(done).toEqual(['held', 'ended'])
})

test('a task that fails is named, and the others are waited for all the same', async () => {
  const { quit, done } = setUp()
  quit.join('unsent', () => Promise.reject(new Error('no bus')))
  quit.join('core', async () => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    done.push('written')
  })
  quit.quit()
  await vi.advanceTimersByTimeAsync(501)
  expect(done).toEqual(['held', 'unsent: Error: no bus', 'written', 'ended'])
})

test('windows let go before anything is waited for', () => {
  const { quit, done } = setUp()
  quit.onBegin(() => done.push('windows'))
  quit.join('core', () => {
    done.push('core')
    return Promise.resolve()
  })
  quit.quit()
  expect(done).toEqual(['windows', 'core', 'held'])
})
