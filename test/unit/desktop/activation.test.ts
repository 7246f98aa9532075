import { EventEmitter } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'

vi.mock('electron', () => ({ app: {} }))
const { createActivation } = await import('../../../electron/desktop/lifecycle/activation.ts')

/** Passes tokens to fake second starts, whose end the test controls. */
function setUp(displayServer: 'wayland' | 'x11' = 'wayland') {
  const starts: { readonly token: string; readonly child: EventEmitter; killed: boolean }[] = []
  const activation = createActivation(displayServer, (token) => {
    const child = new EventEmitter()
    const start = { token, child, killed: false }
    starts.push(start)
    return Object.assign(child, { kill: () => (start.killed = true) })
  })
  const ended: string[] = []
  const take = (token: string): Promise<void> => activation.take(token).then(() => void ended.push(token))
  return { activation, starts, ended, take }
}
afterEach(() => void vi.useRealTimers())

test('a token counts as delivered when the second instance reports', async () => {
  const { activation, starts, ended, take } = setUp()
  const taken = take('abc')
  expect(starts.map(({ token }) => token)).toEqual(['abc'])
  await Promise.resolve()
  expect(ended).toEqual([])
  activation.arrived()
  await taken
  expect(ended).toEqual(['abc'])
})

test.each(['error', 'exit'])('a second instance that ends with %s delays nothing', async (event) => {
  const { starts, take } = setUp()
  const taken = take('abc')
  starts[0]?.child.emit(event, new Error('gone'))
  await taken
})

test('a second instance that never reports is killed after a timeout', async () => {
  vi.useFakeTimers()
  const { starts, take } = setUp()
  const taken = take('abc')
  vi.runAllTimers()
  await taken
  expect(starts[0]?.killed).toBe(true)
})

test('a second click while the first waits for its token releases the first', async () => {
  const { activation, ended, take } = setUp()
  const first = take('one')
  const second = take('two')
  await first
  expect(ended).toEqual(['one'])
  activation.arrived()
  await second
})

test('no second instance is started outside of Wayland', async () => {
  const { starts, take } = setUp('x11')
  await take('abc')
  expect(starts).toEqual([])
})
