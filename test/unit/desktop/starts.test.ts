/** Starts and links as reported by macOS, and by second instances. */
import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { CommandLine } from '../../../electron/desktop/lifecycle/command-line.ts'

const app = Object.assign(new EventEmitter(), {
  openedAtLogin: false,
  getLoginItemSettings: () => ({ wasOpenedAtLogin: app.openedAtLogin })
})
vi.mock('electron', () => ({ app }))
const { collectLaunchRequests } = await import('../../../electron/desktop/lifecycle/launch-requests.ts')
const { startedAtLogin } = await import('../../../electron/desktop/lifecycle/login-item.ts')

beforeEach(() => void app.removeAllListeners())

const openUrl = (url: string): boolean => {
  let prevented = false
  app.emit('open-url', { preventDefault: () => (prevented = true) }, url)
  return prevented
}

describe('a launch request', () => {
  test('before the app is ready is queued, in order', () => {
    const starts = collectLaunchRequests(() => undefined)
    expect(openUrl('bilet://ticket/272298')).toBe(true)
    app.emit('second-instance', {}, ['/opt/bilet', '--new'])
    const obeyed: CommandLine[] = []
    starts.take((request) => void obeyed.push(request))
    expect(obeyed).toMatchObject([{ link: { kind: 'ticket', ticketId: 272298 } }, { newTicket: true }])
    openUrl('bilet://ticket/5')
    expect(obeyed.at(-1)).toMatchObject({ link: { kind: 'ticket', ticketId: 5 } })
    expect(obeyed).toHaveLength(3)
  })

  test('with an activation token alone only reports the token', () => {
    const onActivation = vi.fn()
    const obeyed: CommandLine[] = []
    collectLaunchRequests(onActivation).take((request) => void obeyed.push(request))
    app.emit('second-instance', {}, ['/opt/bilet', '--take-activation'])
    expect([onActivation.mock.calls.length, obeyed]).toEqual([1, []])
    app.emit('second-instance', {}, ['/opt/bilet'])
    expect([onActivation.mock.calls.length, obeyed.length]).toEqual([1, 1])
  })

  test('with an unknown link only shows the app', () => {
    const obeyed: CommandLine[] = []
    collectLaunchRequests(() => undefined).take((request) => void obeyed.push(request))
    expect(openUrl('bilet://delete/1')).toBe(true)
    openUrl('file:///etc/passwd')
    for (const request of obeyed)
      expect(request).toMatchObject({ link: null, newTicket: false, hidden: false })
    expect(obeyed).toHaveLength(2)
  })

  test('by a click on the dock shows the app; the first one, which the start causes, does not', () => {
    const starts = collectLaunchRequests(() => undefined)
    app.emit('activate')
    const obeyed: CommandLine[] = []
    starts.take((request) => void obeyed.push(request))
    expect(obeyed).toEqual([])
    app.emit('activate')
    expect(obeyed).toMatchObject([{ hidden: false, check: false, newTicket: false, link: null }])
  })
})

test.each([
  ['darwin', true, true],
  ['darwin', false, false],
  // These systems report it on the command line.
  ['win32', true, false],
  ['linux', true, false]
] as const)('on %s, opened at login: %s, no window is wanted: %s', (platform, opened, hidden) => {
  app.openedAtLogin = opened
  expect(startedAtLogin(platform)).toBe(hidden)
})
