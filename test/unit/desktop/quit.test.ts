import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { QuitService } from '../../../electron/desktop/lifecycle/quit.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A fake Electron `app`, which emits quit events and ends unless they are prevented. */
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

test('the app quits once all tasks are done, and further requests to quit wait, too', async () => {
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

test('a task that hangs delays quitting by at most a second and a half', async () => {
  const { quit, done } = setUp()
  quit.join('core', () => new Promise(() => undefined))
  quit.quit()
  await vi.advanceTimersByTimeAsync(1499)
  expect(done).toEqual(['held'])
  await vi.advanceTimersByTimeAsync(2)
  expect(done).toEqual(['held', 'ended'])
})

test('a task that fails is reported by name, and the others are still awaited', async () => {
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

test('listeners are called before any task is awaited', () => {
  const { quit, done } = setUp()
  quit.onBegin(() => done.push('windows'))
  quit.join('core', () => {
    done.push('core')
    return Promise.resolve()
  })
  quit.quit()
  expect(done).toEqual(['windows', 'core', 'held'])
})
