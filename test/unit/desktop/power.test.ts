/** The network state is tracked without a separate timer. */
import { beforeEach, expect, test, vi } from 'vitest'
import { createPower, type Power } from '../../../electron/desktop/lifecycle/power.ts'

const machine = vi.hoisted(() => ({ online: true, signals: new Map<string, () => void>() }))
vi.mock('electron', () => ({
  net: { isOnline: () => machine.online },
  powerMonitor: {
    on: (name: string, run: () => void) => machine.signals.set(name, run),
    isOnBatteryPower: () => false
  }
}))

let received: string[]
let power: Power

beforeEach(() => {
  vi.useFakeTimers()
  machine.online = true
  received = []
  power = createPower()
  power.start({
    suspend: () => received.push('suspend'),
    wake: () => received.push('wake'),
    state: () => received.push('state'),
    online: (online) => received.push(online ? 'online' : 'offline')
  })
  return () => vi.useRealTimers()
})

test('the network is not polled: a window reports its changes', () => {
  expect(vi.getTimerCount()).toBe(0)
  machine.online = false
  power.checkNetwork()
  power.checkNetwork()
  machine.online = true
  power.checkNetwork()
  expect(received).toEqual(['offline', 'online'])
})

test('a network lost before sleep and back after it is reported once, after waking', () => {
  machine.online = false
  power.checkNetwork()
  machine.signals.get('suspend')?.()
  machine.online = true
  power.checkNetwork()
  machine.signals.get('resume')?.()
  expect(received).toEqual(['offline', 'suspend', 'wake', 'online'])
})

test('a network lost during sleep is reported before waking, which then sends no request', () => {
  machine.signals.get('suspend')?.()
  machine.online = false
  machine.signals.get('resume')?.()
  expect(received).toEqual(['suspend', 'offline', 'wake'])
})
