import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type {
  Choice,
  LaterOutcome,
  NotificationText,
  ShowOutcome,
  BackendName
} from '../../../electron/desktop/notifications/notification.ts'

const { notify } = vi.hoisted(() => ({
  notify: vi.fn<(options: object, done: (error: null, response?: string, details?: object) => void) => void>()
}))
vi.mock('node-notifier', () => ({ default: { notify } }))
vi.mock('electron', () => ({ app: {}, Notification: vi.fn() }))
const { escapeMarkup, notifierOf, preferredBackend } =
  await import('../../../electron/desktop/notifications/notifier.ts')
const { electronOptions } =
  await import('../../../electron/desktop/notifications/backends/electron-notification-api.ts')
const { readOutcome, helperPath, nodeNotifierOptions, nodeNotifierBackend } =
  await import('../../../electron/desktop/notifications/backends/node-notifier.ts')
const { platforms, text } = await import('./make.ts')

interface Shown {
  readonly backend: BackendName
  readonly text: NotificationText
  readonly end: (how: LaterOutcome) => void
}

function notifier(
  answers: Partial<Record<BackendName, ShowOutcome>> = {},
  server: { isRunning?: boolean; markup?: boolean; doNotDisturb?: boolean } = {},
  first: BackendName = 'electron'
) {
  const shown: Shown[] = []
  const withdrawn: string[] = []
  const chosen: Choice[] = []
  const permissions: boolean[] = []
  const backend = (name: BackendName) => ({
    show: (notification: NotificationText, end: (how: LaterOutcome) => void) => {
      shown.push({ backend: name, text: notification, end })
      return Promise.resolve(answers[name] ?? 'shown')
    },
    withdraw: (group: string) => void withdrawn.push(`${name} ${group}`)
  })
  const made = notifierOf({
    backends: {
      'session-bus': backend('session-bus'),
      electron: backend('electron'),
      'node-notifier': backend('node-notifier')
    },
    first: () => first,
    server: () => Promise.resolve({ isRunning: true, markup: false, doNotDisturb: false, ...server }),
    onPermission: (allowed) => void permissions.push(allowed)
  })
  const onChoice = (choice: Choice): void => void chosen.push(choice)
  return {
    withdraw: (group: string) => made.withdraw(group),
    history: () => made.history(),
    deliver: (notification = text()) => made.deliver({ text: notification, onChoice }),
    ask: () => made.ask({ text: text(), onChoice }),
    ...{ shown, withdrawn, chosen, permissions }
  }
}
const backends = (shown: readonly Shown[]): readonly BackendName[] => shown.map(({ backend }) => backend)

describe('the first backend', () => {
  test.each([
    ['darwin', true, 'electron'],
    ['win32', true, 'electron'],
    // Portable or run from source: Electron's notifications need the Start menu entry that the installer creates.
    ['win32', false, 'node-notifier'],
    ['linux', true, 'session-bus'],
    ['linux', false, 'session-bus']
  ] as const)('on %s, installed: %s, is %s', (platform, installed, backend) => {
    expect(preferredBackend(platform, 'auto', installed)).toBe(backend)
  })

  test.each(platforms)('is the one chosen in the settings on %s', (platform) => {
    expect(preferredBackend(platform, 'electron', true)).toBe('electron')
    expect(preferredBackend(platform, 'node-notifier', true)).toBe('node-notifier')
  })

  test.each([
    ['no-helper', 'no-helper'],
    ['no-permission', 'no-permission'],
    ['failed', 'failed'],
    ['silent', 'timed-out']
  ] as const)('that ends with %s is followed by the other', async (how, noted) => {
    const rig = notifier({ electron: how })
    expect(await rig.deliver()).toBe('shown')
    expect(backends(rig.shown)).toEqual(['electron', 'node-notifier'])
    expect(rig.history()).toEqual([`electron: ${noted}`, 'node-notifier: shown'])
  })

  test.each([
    ['silent', 'no-helper', 'timed-out'],
    ['no-permission', 'no-helper', 'no-permission'],
    ['failed', 'no-permission', 'no-permission'],
    ['no-helper', 'no-helper', 'no-helper']
  ] as const)('and the other ending with %s and %s are %s', async (first, other, outcome) => {
    expect(await notifier({ electron: first, 'node-notifier': other }).deliver()).toBe(outcome)
  })

  test.each(['shown', 'timed-out'] as const)(
    'that ends with %s is the only one, so that nothing is shown twice',
    async (how) => {
      const rig = notifier({ electron: how })
      expect(await rig.deliver()).toBe(how)
      expect(backends(rig.shown)).toEqual(['electron'])
    }
  )

  test('that is refused later is followed by the other, whose outcome is reported', async () => {
    const rig = notifier()
    expect(await rig.deliver()).toBe('shown')
    rig.shown[0]?.end({ outcome: 'no-permission' })
    await vi.waitFor(() => expect(backends(rig.shown)).toEqual(['electron', 'node-notifier']))
    expect(rig.history()).toEqual(['electron: no-permission', 'node-notifier: shown'])
    expect(rig.permissions).toEqual([true, false])
  })

  test('that was silent and is refused later does not show it a third time', async () => {
    const rig = notifier({ electron: 'silent' })
    await rig.deliver()
    rig.shown[0]?.end({ outcome: 'no-permission' })
    await Promise.resolve()
    expect(backends(rig.shown)).toEqual(['electron', 'node-notifier'])
    expect(rig.permissions).toEqual([false])
  })

  test('that was silent and is shown later counts as allowed', async () => {
    const rig = notifier({ electron: 'silent', 'node-notifier': 'no-helper' })
    expect(await rig.deliver()).toBe('timed-out')
    rig.shown[0]?.end({ outcome: 'shown' })
    expect(rig.history()).toEqual(['electron: shown', 'node-notifier: no-helper'])
    expect(rig.permissions).toEqual([true])
  })

  test('alone is asked for permission', async () => {
    const rig = notifier({ electron: 'no-permission' })
    expect(await rig.ask()).toBe('no-permission')
    expect(backends(rig.shown)).toEqual(['electron'])
    expect(rig.permissions).toEqual([false])
  })

  test('alone says whether notifications are allowed', async () => {
    const rig = notifier({ 'node-notifier': 'no-permission' }, {}, 'node-notifier')
    await rig.deliver()
    expect(rig.permissions).toEqual([false])
  })

  test('and the other together report one choice, so that a reply is sent once', async () => {
    const rig = notifier({ electron: 'no-permission' })
    await rig.deliver()
    for (const { end } of rig.shown)
      end({ outcome: 'replied', choice: { kind: 'reply', text: 'Teşekkürler' } })
    expect(rig.chosen).toEqual([{ kind: 'reply', text: 'Teşekkürler' }])
    // Notifications still shown by the other backend are withdrawn.
    expect(rig.withdrawn).toEqual(
      ['session-bus', 'node-notifier'].map((backend) => `${backend} ticket-one-272298`)
    )
  })

  test('on Linux has two fallbacks', async () => {
    const rig = notifier({ 'session-bus': 'no-helper', electron: 'no-helper' }, {}, 'session-bus')
    expect(await rig.deliver()).toBe('shown')
    expect(backends(rig.shown)).toEqual(['session-bus', 'electron', 'node-notifier'])
  })

  test('can be node-notifier, with Electron’s as the other', async () => {
    const rig = notifier({ 'node-notifier': 'no-helper' }, {}, 'node-notifier')
    expect(await rig.deliver()).toBe('shown')
    expect(backends(rig.shown)).toEqual(['node-notifier', 'electron'])
  })
})

describe('a delivery', () => {
  test('ends with what the person did', async () => {
    const rig = notifier()
    await rig.deliver()
    rig.shown[0]?.end({ outcome: 'clicked', choice: { kind: 'open' } })
    expect(rig.chosen).toEqual([{ kind: 'open' }])
    expect(rig.history()).toEqual(['electron: clicked'])
  })

  test('reports one choice, whatever the system reports again', async () => {
    const rig = notifier()
    await rig.deliver()
    const end = rig.shown[0]?.end
    end?.({ outcome: 'replied', choice: { kind: 'reply', text: 'Teşekkürler' } })
    end?.({ outcome: 'replied', choice: { kind: 'reply', text: 'Teşekkürler' } })
    end?.({ outcome: 'dismissed' })
    expect(rig.chosen).toEqual([{ kind: 'reply', text: 'Teşekkürler' }])
    expect(rig.history()).toEqual(['electron: replied'])
  })

  test('can still be clicked in the system’s list after it left the screen', async () => {
    const rig = notifier()
    await rig.deliver()
    rig.shown[0]?.end({ outcome: 'timed-out' })
    expect(rig.history()).toEqual(['electron: timed-out'])
    rig.shown[0]?.end({ outcome: 'clicked', choice: { kind: 'mark-read' } })
    expect(rig.chosen).toEqual([{ kind: 'mark-read' }])
  })

  test('reports do-not-disturb, and is passed to the system all the same', async () => {
    const rig = notifier({}, { doNotDisturb: true })
    expect(await rig.deliver()).toBe('do-not-disturb')
    expect(backends(rig.shown)).toEqual(['electron'])
    expect(rig.history()).toEqual(['electron: do-not-disturb'])
  })

  test('reports it for each of several that are shown at once', async () => {
    const three = notifier({}, { doNotDisturb: true })
    await Promise.all([three.deliver(), three.deliver(), three.deliver()])
    expect(three.history()).toEqual(Array(3).fill('electron: do-not-disturb'))
  })

  test('fails at once if no server is running', async () => {
    const rig = notifier({}, { isRunning: false })
    expect(await rig.deliver()).toBe('no-helper')
    expect(rig.shown).toEqual([])
    expect(rig.history()).toEqual(['electron: no-helper'])
  })

  test('never becomes markup', async () => {
    const body = 'a < b && <a href="https://kotu.example">x</a>'
    const rig = notifier({}, { markup: true })
    await rig.deliver(text({ body }))
    expect(rig.shown[0]?.text.body).toBe(escapeMarkup(body))
    expect(escapeMarkup(body)).not.toMatch(/<|&(?!amp;|lt;|gt;)/)
    const plain = notifier({}, { markup: false })
    await plain.deliver(text({ body }))
    expect(plain.shown[0]?.text.body).toBe(body)
  })

  test('leaves no text in the history, which is bounded', async () => {
    const rig = notifier()
    for (let count = 0; count < 30; count++) await rig.deliver()
    expect(rig.history()).toHaveLength(20)
    expect(rig.history().join()).not.toContain('İlgileniyoruz')
  })

  test('is withdrawn by every backend', () => {
    const rig = notifier()
    rig.withdraw('ticket-one-1')
    expect(rig.withdrawn).toEqual(
      ['session-bus', 'electron', 'node-notifier'].map((backend) => `${backend} ticket-one-1`)
    )
  })
})

describe('Electron’s notification', () => {
  test('has reply field, buttons and a group on macOS, and no icon of its own', () => {
    const options = electronOptions(text(), 'darwin', '/icon.png', 'run-1')
    expect(options).toMatchObject({
      hasReply: true,
      replyPlaceholder: 'Yanıtınız',
      id: 'ticket-one-272298',
      groupId: 'ticket-one-272298',
      actions: [
        { type: 'button', text: 'Okundu olarak işaretle' },
        { type: 'button', text: '1 saat sonra hatırlat' }
      ]
    })
    expect(options).not.toHaveProperty('icon')
    expect(electronOptions(text({ reply: null }), 'darwin', '', '')).not.toHaveProperty('hasReply')
  })

  test('has the icon on Linux, and is a toast on Windows', () => {
    expect(electronOptions(text(), 'linux', '/icon.png', '')).toHaveProperty('icon', '/icon.png')
    expect(electronOptions(text(), 'win32', '/icon.png', 'run-1')).toMatchObject({
      id: 'ticket-one-272298',
      toastXml: expect.stringContaining('run-1') as string
    })
  })
})

describe('node-notifier', () => {
  test.each(platforms)('never gets a text that looks like an option on %s', (platform) => {
    const options = nodeNotifierOptions(text({ title: '--help', body: '-i /etc/passwd' }), platform, '', true)
    expect(options.title).toBe(' --help')
    expect(options.message).toBe(' -i /etc/passwd')
  })

  test('keeps backslashes, which notify-send reads as escapes', () => {
    expect(nodeNotifierOptions(text({ body: 'C:\\new' }), 'linux', '', true).message).toBe('C:\\\\new')
    expect(nodeNotifierOptions(text({ body: 'C:\\new' }), 'win32', '', true).message).toBe('C:\\new')
  })

  test('is silent if sound is off', () => {
    expect(nodeNotifierOptions(text({ silent: true }), 'linux', '', true).hint).toContain('suppress-sound')
    expect(nodeNotifierOptions(text({ silent: true }), 'darwin', '', true).sound).toBe(false)
    expect(nodeNotifierOptions(text({ silent: true }), 'win32', '', true).sound).toBe(false)
  })

  test('offers no reply on Windows, where the helper garbles it', () => {
    expect(nodeNotifierOptions(text(), 'win32', '', true)).not.toHaveProperty('reply')
    expect(nodeNotifierOptions(text(), 'darwin', '', true)).toHaveProperty('reply', 'Yanıtınız')
  })

  test.each([
    ['darwin', 'x64', '/v/mac.noindex/terminal-notifier.app/Contents/MacOS/terminal-notifier'],
    ['win32', 'x64', '/v/snoreToast/snoretoast-x64.exe'],
    ['win32', 'arm64', '/v/snoreToast/snoretoast-x86.exe'],
    ['linux', 'x64', null]
  ] as const)('finds its helper on %s %s', (platform, arch, path) => {
    expect(helperPath('/v', platform, arch)).toBe(path && join(path))
  })

  test.each(['darwin', 'win32'] as const)('without its helper says so on %s', async (platform) => {
    const backend = nodeNotifierBackend(platform, '', {
      vendorFolder: '/nowhere',
      installed: true,
      arch: 'x64'
    })
    expect(await backend.show(text(), () => undefined)).toBe('no-helper')
  })

  test('uses SnoreToast’s app id if no installer added ours to the Start menu', () => {
    expect(nodeNotifierOptions(text(), 'win32', '', true)).toHaveProperty('appID', 'tr.bilet.app')
    expect(nodeNotifierOptions(text(), 'win32', '', false)).not.toHaveProperty('appID')
  })

  describe('through SnoreToast', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bilet-helper-'))
    const helper = join(folder, 'snoreToast', 'snoretoast-x64.exe')
    const options = { vendorFolder: folder, installed: true, arch: 'x64' }
    beforeEach(() => {
      vi.useFakeTimers()
      mkdirSync(join(folder, 'snoreToast'), { recursive: true })
      writeFileSync(helper, '')
    })
    afterEach(() => {
      vi.useRealTimers()
      notify.mockReset()
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    /** Answers like node-notifier: never an error, and the helper's output as details. */
    const answers = (details: Readonly<Record<string, string>>, response?: string): void =>
      void notify.mockImplementation((_options, done) => done(null, response, details))

    test('an answer without an action means no toast, so the other backend is tried', async () => {
      answers({})
      expect(await nodeNotifierBackend('win32', '', options).show(text(), () => undefined)).toBe(
        'no-permission'
      )
    })

    test('a click is reported as a click', async () => {
      answers({ action: 'clicked', activationType: 'clicked' }, 'activate')
      const ends: LaterOutcome[] = []
      const backend = nodeNotifierBackend('win32', '', options)
      expect(await backend.show(text(), (how) => void ends.push(how))).toBe('shown')
      expect(ends).toEqual([{ outcome: 'clicked', choice: { kind: 'open' } }])
    })

    test('no answer for three seconds counts as shown; a later failure is still reported', async () => {
      let done: (error: null, response: undefined, details: object) => void = () => undefined
      notify.mockImplementation((_options, then) => void (done = then))
      const ends: LaterOutcome[] = []
      const outcome = nodeNotifierBackend('win32', '', options).show(text(), (how) => void ends.push(how))
      await vi.advanceTimersByTimeAsync(3000)
      expect(await outcome).toBe('shown')
      done(null, undefined, {})
      expect(ends).toEqual([{ outcome: 'no-permission' }])
    })

    test('checks for a missing helper once', async () => {
      rmSync(helper)
      const backend = nodeNotifierBackend('win32', '', options)
      expect(await backend.show(text(), () => undefined)).toBe('no-helper')
      writeFileSync(helper, '')
      expect(await backend.show(text(), () => undefined)).toBe('no-helper')
      expect(notify).not.toHaveBeenCalled()
    })
  })

  const { buttons } = text()
  test.each([
    ['activate', {}, { outcome: 'clicked', choice: { kind: 'open' } }],
    ['timeout', {}, { outcome: 'timed-out' }],
    ['dismissed', {}, { outcome: 'dismissed' }],
    [undefined, {}, { outcome: 'dismissed' }],
    // macOS
    [
      'activate',
      { activationType: 'actionClicked', activationValue: 'Okundu olarak işaretle' },
      { outcome: 'clicked', choice: { kind: 'mark-read' } }
    ],
    [
      'replied',
      { activationType: 'replied', activationValue: ' Teşekkürler ' },
      { outcome: 'replied', choice: { kind: 'reply', text: 'Teşekkürler' } }
    ],
    ['replied', { activationValue: '  ' }, { outcome: 'dismissed' }],
    // Windows, where node-notifier's buffer damages non-ASCII letters
    [
      '1 saat sonra hat\u0001rlat',
      { action: 'buttonClicked', button: '1 saat sonra hat\ufffdrlat' },
      { outcome: 'clicked', choice: { kind: 'snooze' } }
    ]
  ] as const)('answering %s %j means %j', (response, details, how) => {
    expect(readOutcome(response, details, buttons)).toEqual(how)
  })
})
