import { EventEmitter } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'

vi.mock('electron', () => ({ app: {} }))
const { createActivation } = await import('../../../electron/desktop/lifecycle/activation.ts')

/** Hands over tokens to second starts that the test ends as it likes. */
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

test('a token is there once the second start has told of itself', async () => {
  const { activation, starts, ended, take } = setUp()
  const taken = take('abc')
  expect(starts.map(({ token }) => token)).toEqual(['abc'])
  await Promise.resolve()
  expect(ended).toEqual([])
  activation.arrived()
  await taken
  expect(ended).toEqual(['abc'])
})

test.each(['error', 'exit'])('a second start that ends with %s keeps nobody', async (event) => {
  const { starts, take } = setUp()
  const taken = take('abc')
  starts[0]?.child.emit(event, new Error('gone'))
  await taken
})

test('one that never comes is ended after a while, and keeps nobody', async () => {
  vi.useFakeTimers()
  const { starts, take } = setUp()
  const taken = take('abc')
  vi.runAllTimers()
  await taken
  expect(starts[0]?.killed).toBe(true)
})

test('a click while another is on its way lets the first go on', async () => {
  const { activation, ended, take } = setUp()
  const first = take('one')
  const second = take('two')
  await first
  expect(ended).toEqual(['one'])
  activation.arrived()
  await second
})

test('nothing is started where no compositor asks for tokens', async () => {
  const { starts, take } = setUp('x11')
  await take('abc')
  expect(starts).toEqual([])
})
