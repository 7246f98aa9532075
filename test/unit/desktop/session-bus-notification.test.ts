/** Notifications sent to the notification server over D-Bus, with answers as servers on Linux give them. */
import { describe, expect, test } from 'vitest'
import { NoAnswer } from '../../../electron/desktop/linux/bus-connection.ts'
import { decodeMessage, encodeSignal } from '../../../electron/desktop/linux/dbus-message.ts'
import type { Values } from '../../../electron/desktop/linux/dbus-types.ts'
import type { LaterOutcome } from '../../../electron/desktop/notifications/notification.ts'
import { sessionBusBackend } from '../../../electron/desktop/notifications/backends/session-bus-notification.ts'
import type { SessionBus } from '../../../electron/desktop/linux/session-bus.ts'
import { text } from './make.ts'

const interfaceName = 'org.freedesktop.Notifications'

/** The decoded arguments of a call. */
function bodyOf(args: readonly string[] | Values): readonly unknown[] {
  if (!('signature' in args)) return args
  const read = decodeMessage(
    encodeSignal({ serial: 1, path: '/a', interfaceName: 'a.b', member: 'C', values: args })
  )
  return read.kind === 'signal' ? read.body : []
}

const everything = ['body', 'body-markup', 'actions', 'inline-reply']

function server(capabilities: readonly string[] = everything) {
  const listeners = new Map<string, (body: readonly unknown[], sender: string) => void>()
  const calls: { readonly member: string; readonly body: readonly unknown[] }[] = []
  let owner: string | null = ':1.7'
  let ids = 40
  let fails: Error | null = null
  const bus: SessionBus = {
    hasOwner: () => Promise.resolve(true),
    ownerOf: () => (owner === null ? Promise.reject(new Error('nobody')) : Promise.resolve(owner)),
    isReachable: () => Promise.resolve(true),
    watch: () => Promise.resolve(),
    listen: (interfaceOfSignal, member, onSignal) =>
      Promise.resolve(void listeners.set(`${interfaceOfSignal}.${member}`, onSignal)),
    emit: () => undefined,
    close: () => undefined,
    call: (_to, _path, _face, member, args) => {
      calls.push({ member, body: bodyOf(args) })
      if (member === 'GetCapabilities') {
        owner ??= ':1.8'
        return Promise.resolve([capabilities])
      }
      if (fails) return Promise.reject(fails)
      return Promise.resolve(member === 'Notify' ? [Number(bodyOf(args)[1]) || ++ids] : [])
    }
  }
  const backend = sessionBusBackend({
    bus: () => Promise.resolve(bus),
    icon: () => ({ width: 1, height: 1, rgba: Buffer.from([1, 2, 3, 255]) })
  })
  const ends: LaterOutcome[] = []
  return {
    backend,
    ends,
    calls,
    show: (notification = text()) => backend.show(notification, (how) => void ends.push(how)),
    of: (member: string) => calls.filter((call) => call.member === member).map(({ body }) => body),
    /** Emits a signal of the server, or of another sender. */
    say: async (member: string, body: readonly unknown[], sender = ':1.7') => {
      listeners.get(`${interfaceName}.${member}`)?.(body, sender)
      await new Promise((resolve) => setImmediate(resolve))
    },
    restart: (now: string | null) => void (owner = now),
    fail: (error: Error) => void (fails = error)
  }
}

describe('a notification over the session bus', () => {
  test('carries text, buttons, a field for the answer and the icon', async () => {
    const rig = server()
    expect(await rig.show()).toBe('shown')
    const [app, replaces, icon, title, body, actions, hints, expires] = rig.of('Notify')[0] ?? []
    expect([app, replaces, icon, title, body, expires]).toEqual([
      ...['Bilet', 0, '', 'Ayşe Öztürk replied — SSH ile bağlanamıyorum'],
      '#272298 · Ajans Beta\nİlgileniyoruz.',
      -1
    ])
    expect(actions).toEqual([
      ...['default', '', 'inline-reply', 'Yanıtla'],
      ...['mark-read', 'Okundu olarak işaretle', 'snooze', '1 saat sonra hatırlat']
    ])
    expect(hints).toEqual([
      ['desktop-entry', 'tr.bilet.app'],
      ['sound-name', 'message-new-instant'],
      ['image-data', [1, 1, 4, true, 8, 4, [1, 2, 3, 255]]],
      ['x-kde-reply-placeholder-text', 'Yanıtınız']
    ])
  })

  test('offers only what the server supports, and is silent when asked', async () => {
    const plain = server(['body'])
    await plain.show(text({ silent: true }))
    expect(plain.of('Notify')[0]?.[5]).toEqual([])
    expect(plain.of('Notify')[0]?.[6]).toContainEqual(['suppress-sound', true])
    const buttons = server(['actions'])
    await buttons.show()
    expect(buttons.of('Notify')[0]?.[5]).not.toContain('inline-reply')
    const noReply = server()
    await noReply.show(text({ reply: null }))
    expect(noReply.of('Notify')[0]?.[5]).not.toContain('inline-reply')
  })

  test.each([
    ['ActionInvoked', 'default', { outcome: 'clicked', choice: { kind: 'open' } }],
    ['ActionInvoked', 'mark-read', { outcome: 'clicked', choice: { kind: 'mark-read' } }],
    ['ActionInvoked', 'snooze', { outcome: 'clicked', choice: { kind: 'snooze' } }],
    [
      'NotificationReplied',
      ' Teşekkürler ',
      { outcome: 'replied', choice: { kind: 'reply', text: 'Teşekkürler' } }
    ],
    ['NotificationClosed', 1, { outcome: 'timed-out' }],
    ['NotificationClosed', 2, { outcome: 'dismissed' }]
  ] as const)('ends with the outcome for %s %s', async (member, argument, how) => {
    const rig = server()
    await rig.show()
    await rig.say(member, [41, argument])
    expect(rig.ends).toEqual([how])
  })

  test('passes on the activation token of its click, if it is valid', async () => {
    const clickWith = async (token: unknown, sender?: string): Promise<unknown> => {
      const rig = server()
      await rig.show()
      await rig.say('ActivationToken', [41, token], sender)
      await rig.say('ActionInvoked', [41, 'default'])
      return rig.ends
    }
    const open = (more: object): unknown => [{ outcome: 'clicked', choice: { kind: 'open', ...more } }]
    expect(await clickWith('kde-1_TIME0')).toEqual(open({ activationToken: 'kde-1_TIME0' }))
    for (const bad of ['', 'a\0b', 'a\nb', 'x'.repeat(513), 7]) expect(await clickWith(bad)).toEqual(open({}))
    expect(await clickWith('stolen', ':1.66')).toEqual(open({}))
  })

  test('is closed once something was chosen, and reports one choice', async () => {
    const rig = server()
    await rig.show()
    await rig.say('NotificationReplied', [41, 'Bir kez'])
    await rig.say('NotificationReplied', [41, 'Bir kez'])
    expect(rig.ends).toHaveLength(1)
    expect(rig.of('CloseNotification')).toEqual([[41]])
  })

  test('can be clicked in the server’s list after it left the screen', async () => {
    const rig = server()
    await rig.show()
    await rig.say('NotificationClosed', [41, 1])
    await rig.say('ActionInvoked', [41, 'default'])
    expect(rig.ends.map(({ outcome }) => outcome)).toEqual(['timed-out', 'clicked'])
  })

  test('ignores signals of other senders, and actions that it did not offer', async () => {
    const rig = server()
    await rig.show()
    await rig.say('NotificationReplied', [41, 'Bunu ben yazmadım'], ':1.66')
    await rig.say('ActionInvoked', [42, 'default'])
    await rig.say('ActionInvoked', [41, 'rm'])
    await rig.say('NotificationReplied', [41, '   '])
    expect(rig.ends).toEqual([])
  })

  test('replaces the previous one of its group while that is on screen', async () => {
    const rig = server()
    await rig.show()
    await rig.show(text({ body: 'İkinci' }))
    await rig.show(text({ group: 'ticket-one-1' }))
    await rig.say('NotificationClosed', [41, 2])
    await rig.show(text({ body: 'Üçüncü' }))
    expect(rig.of('Notify').map((body) => body[1])).toEqual([0, 41, 0, 0])
  })

  test('is withdrawn by its group', async () => {
    const rig = server()
    await rig.show()
    rig.backend.withdraw('ticket-one-272298')
    rig.backend.withdraw('ticket-one-1')
    expect(rig.of('CloseNotification')).toEqual([[41]])
  })

  test('queries each server’s capabilities once, also those of a new one', async () => {
    const rig = server()
    await rig.show()
    await rig.show(text({ group: 'a' }))
    expect(rig.of('GetCapabilities')).toHaveLength(1)
    rig.restart(':1.9')
    await rig.show()
    expect(rig.of('GetCapabilities')).toHaveLength(2)
    // A new server has its own ids, so ids of the old one are not replaced.
    expect(rig.of('Notify').map((body) => body[1])).toEqual([0, 0, 0])
    rig.restart(null)
    expect(await rig.show()).toBe('shown')
  })

  test('that cannot be shown is left to another backend; one without an answer is not', async () => {
    const refused = server()
    refused.fail(new Error('refused'))
    expect(await refused.show()).toBe('no-helper')
    const silent = server()
    silent.fail(new NoAnswer('late'))
    expect(await silent.show()).toBe('timed-out')
    const none = sessionBusBackend({ bus: () => Promise.resolve(null), icon: () => null })
    expect(await none.show(text(), () => undefined)).toBe('no-helper')
  })
})
