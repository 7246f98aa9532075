import { createServer, type Server, type Socket } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { busSocket, systemSocket } from '../../../electron/desktop/linux/bus-address.ts'
import {
  decodeMessage,
  encodeCall,
  encodeSignal,
  messageLength
} from '../../../electron/desktop/linux/dbus-message.ts'
import type { Value } from '../../../electron/desktop/linux/dbus-types.ts'
import { valuesOf } from '../../../electron/desktop/linux/dbus-writer.ts'
import { sendLauncherCount } from '../../../electron/desktop/tray/launcher-count.ts'
import { watchLinuxPower } from '../../../electron/desktop/linux/linux-power.ts'
import { notificationServer } from '../../../electron/desktop/notifications/backends/notification-server.ts'
import { connectBus, type SessionBus } from '../../../electron/desktop/linux/session-bus.ts'
import { watcherName } from '../../../electron/desktop/tray/status-notifier-watcher.ts'
import { findTrayHost } from '../../../electron/desktop/tray/tray-host.ts'

/** Messages recorded from dbus-daemon 1.14. */
const recorded = {
  hello:
    'bAIBAQkAAAABAAAAPQAAAAYBcwAEAAAAOjEuMAAAAAAFAXUAAQAAAAgBZwABcwAABwFzABQAAABvcmcuZnJlZWRlc2t0b3AuREJ1cwAAAAAEAAAAOjEuMAA=',
  owned:
    'bAIBAQQAAAAEAAAAPQAAAAYBcwAEAAAAOjEuMAAAAAAFAXUAAwAAAAgBZwABYgAABwFzABQAAABvcmcuZnJlZWRlc2t0b3AuREJ1cwAAAAABAAAA',
  features:
    'bAIBATwAAAAGAAAAPQAAAAYBcwAEAAAAOjEuMAAAAAAFAXUABQAAAAgBZwABdgAABwFzABQAAABvcmcuZnJlZWRlc2t0b3AuREJ1cwAAAAACYXMANAAAABoAAABBY3RpdmF0YWJsZVNlcnZpY2VzQ2hhbmdlZAAADwAAAEhlYWRlckZpbHRlcmluZwA=',
  credentials:
    'bAIBATgAAAAHAAAARQAAAAYBcwAEAAAAOjEuMAAAAAAFAXUABgAAAAgBZwAFYXtzdn0AAAAAAAAHAXMAFAAAAG9yZy5mcmVlZGVza3RvcC5EQnVzAAAAADAAAAAAAAAACQAAAFByb2Nlc3NJRAABdQAAAABnBwAACgAAAFVuaXhVc2VySUQAAXUAAAAAAAAA',
  unknown:
    'bAMBAT4AAAAIAAAAdQAAAAYBcwAEAAAAOjEuMAAAAAAEAXMAKAAAAG9yZy5mcmVlZGVza3RvcC5EQnVzLkVycm9yLlVua25vd25NZXRob2QAAAAAAAAAAAUBdQAHAAAACAFnAAFzAAAHAXMAFAAAAG9yZy5mcmVlZGVza3RvcC5EQnVzAAAAADkAAABvcmcuZnJlZWRlc2t0b3AuREJ1cyBkb2VzIG5vdCB1bmRlcnN0YW5kIG1lc3NhZ2UgTm9uc2Vuc2UA',
  owner:
    'bAQBAR0AAAAJAAAAiQAAAAEBbwAVAAAAL29yZy9mcmVlZGVza3RvcC9EQnVzAAAAAgFzABQAAABvcmcuZnJlZWRlc2t0b3AuREJ1cwAAAAADAXMAEAAAAE5hbWVPd25lckNoYW5nZWQAAAAAAAAAAAcBcwAUAAAAb3JnLmZyZWVkZXNrdG9wLkRCdXMAAAAACAFnAANzc3MAAAAAAAAAAAQAAAA6MS4xAAAAAAAAAAAAAAAABAAAADoxLjEA'
} as const
const bytes = (name: keyof typeof recorded): Buffer => Buffer.from(recorded[name], 'base64')

describe('a message of the bus', () => {
  test.each([
    ['hello', { kind: 'answer', serial: 1, body: [':1.0'] }],
    ['owned', { kind: 'answer', serial: 3, body: [true] }],
    ['features', { kind: 'answer', serial: 5, body: [['ActivatableServicesChanged', 'HeaderFiltering']] }],
    [
      'credentials',
      {
        kind: 'answer',
        serial: 6,
        body: [
          [
            ['ProcessID', 1895],
            ['UnixUserID', 0]
          ]
        ]
      }
    ],
    ['unknown', { kind: 'error', serial: 7 }],
    [
      'owner',
      {
        kind: 'signal',
        interfaceName: 'org.freedesktop.DBus',
        member: 'NameOwnerChanged',
        sender: 'org.freedesktop.DBus',
        body: [':1.1', '', ':1.1']
      }
    ]
  ] as const)('is read: %s', (name, message) => {
    expect(messageLength(bytes(name))).toBe(bytes(name).length)
    expect(decodeMessage(bytes(name))).toEqual(message)
  })

  test('that ends too early is refused', () => {
    expect(messageLength(bytes('hello').subarray(0, 15))).toBeNull()
    expect(() => decodeMessage(bytes('features').subarray(0, 100))).toThrow(RangeError)
  })

  test('is written as it is read', () => {
    const call = encodeCall({
      serial: 7,
      destination: 'a.b',
      path: '/a',
      interfaceName: 'a.b',
      member: 'Do',
      args: valuesOf('ss', ['şu', ''])
    })
    expect(messageLength(call)).toBe(call.length)
    // Two texts, each with length, bytes and a zero; the second is aligned to 4 bytes.
    expect(call.subarray(-13).toString('hex')).toBe('03000000c59f75000000000000')
    expect(decodeMessage(call)).toEqual({ kind: 'other' })
  })
})

describe('a signal', () => {
  test('with properties is written as it is read', () => {
    const signal = encodeSignal({
      serial: 3,
      path: '/a/b',
      interfaceName: 'a.b',
      member: 'Update',
      values: valuesOf('sa{sv}', [
        'application://ş.desktop',
        [
          ['count', { type: 'x', value: 5_000_000_000 }],
          ['count-visible', { type: 'b', value: true }]
        ]
      ])
    })
    expect(messageLength(signal)).toBe(signal.length)
    expect(decodeMessage(signal)).toEqual({
      kind: 'signal',
      interfaceName: 'a.b',
      member: 'Update',
      // The bus adds the sender to forwarded messages.
      sender: 'undefined',
      body: [
        'application://ş.desktop',
        [
          ['count', 5_000_000_000n],
          ['count-visible', true]
        ]
      ]
    })
  })

  test.each([
    ['yxbi', [7, 5_000_000_000n, true, -1]],
    [
      'a(su)ay',
      [
        [
          ['ş', 1],
          ['', 2]
        ],
        Buffer.from([1, 2, 3])
      ]
    ],
    ['aas', [[['a'], [], ['b', 'c']]]],
    [
      'a{sv}s',
      [[['x', { type: '(iiibiiay)', value: [1, 1, 4, true, 8, 4, Buffer.from([9, 8, 7, 6])] }]], 'end']
    ]
  ] as readonly (readonly [string, readonly Value[]])[])(
    'carries %s as it was given',
    (signature, values) => {
      const sent = encodeSignal({
        serial: 1,
        path: '/a',
        interfaceName: 'a.b',
        member: 'C',
        values: valuesOf(signature, values)
      })
      const read = decodeMessage(sent)
      const plain = (value: unknown): unknown =>
        Buffer.isBuffer(value)
          ? [...value]
          : Array.isArray(value)
            ? value.map(plain)
            : typeof value === 'object' && value !== null && 'value' in value
              ? plain(value.value)
              : value
      expect(read).toMatchObject({ body: plain(values) })
    }
  )

  test('refuses values that do not match its signature', () => {
    expect(() => valuesOf('s', [1])).toThrow(TypeError)
    expect(() => valuesOf('as', ['a'])).toThrow(TypeError)
    expect(() => valuesOf('v', ['a'])).toThrow(TypeError)
  })

  test.each([
    [3, true],
    [0, false]
  ])('tells launchers %i, and whether that is shown: %s', (count, visible) => {
    const sent: unknown[] = []
    sendLauncherCount({ emit: (...signal) => sent.push(signal) }, count)
    expect(sent).toEqual([
      [
        expect.stringMatching(/^\//),
        'com.canonical.Unity.LauncherEntry',
        'Update',
        valuesOf('sa{sv}', [
          'application://tr.bilet.app.desktop',
          [
            ['count', { type: 'x', value: count }],
            ['count-visible', { type: 'b', value: visible }]
          ]
        ])
      ]
    ])
  })
})

describe('battery and lock screen', () => {
  const upower = 'org.freedesktop.UPower'
  const changed = 'org.freedesktop.DBus.Properties.PropertiesChanged'

  test('are reported by the two buses', async () => {
    const system = fakeBus([], { [`Get ${upower} OnBattery`]: true })
    const session = fakeBus([])
    const reported: string[] = []
    await watchLinuxPower({ session: session.bus, system: system.bus }, (what) => reported.push(what))
    system.signal(changed, upower, [['OnBattery', false]], [])
    system.signal(changed, 'org.freedesktop.UPower.Device', [['OnBattery', true]], [])
    system.signal(changed, upower, [['LidIsClosed', true]], [])
    session.signal('org.gnome.ScreenSaver.ActiveChanged', true)
    session.signal('org.freedesktop.ScreenSaver.ActiveChanged', false)
    expect(reported).toEqual(['on-battery', 'on-ac', 'lock-screen', 'unlock-screen'])
  })

  test('are unknown, not an error, if no service reports them', async () => {
    await expect(watchLinuxPower({ session: null, system: null }, () => undefined)).resolves.toBeUndefined()
    const { bus } = fakeBus([])
    const broken: SessionBus = { ...bus, listen: () => Promise.reject(new Error('gone')) }
    await expect(
      watchLinuxPower({ session: broken, system: broken }, () => undefined)
    ).resolves.toBeUndefined()
  })
})

describe('the socket', () => {
  test('of the system bus has a fixed path, unless the environment names another', () => {
    expect(systemSocket({})).toBe('/run/dbus/system_bus_socket')
    expect(systemSocket({ DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/tmp/s' })).toBe('/tmp/s')
  })

  test.each([
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }, '/run/user/1000/bus'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/a%20b,guid=1f' }, '/tmp/a b'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=x;unix:guid=2,path=/tmp/x' }, '/tmp/x'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-1' }, '\0/tmp/dbus-1'],
    [{ DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }, null],
    [{ XDG_RUNTIME_DIR: '/run/user/1000' }, '/run/user/1000/bus'],
    [{}, null]
  ])('for %j is %j', (env, path) => {
    expect(busSocket(env)).toBe(path)
  })
})

describe('a connection', () => {
  const folders: string[] = []
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  /** A server that authenticates like dbus-daemon and then answers the calls in order. */
  async function daemon(answers: readonly (readonly Buffer[])[]): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'bilet-bus-'))
    folders.push(folder)
    // Windows has named pipes instead of sockets.
    const path = process.platform === 'win32' ? join('//./pipe', basename(folder)) : join(folder, 'bus')
    const server = createServer((socket: Socket) => {
      let calls = 0
      socket.on('data', (chunk: Buffer) => {
        if (chunk.includes('AUTH EXTERNAL')) socket.write('OK 0123456789abcdef\r\n')
        else
          for (let at = chunk.indexOf('BEGIN') === 0 ? 7 : 0; at < chunk.length;) {
            at += messageLength(chunk.subarray(at)) ?? chunk.length
            // In two parts, since a message can arrive in several chunks.
            for (const answer of answers[calls++] ?? []) {
              socket.write(answer.subarray(0, 20))
              setImmediate(() => socket.write(answer.subarray(20)))
            }
          }
      })
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(path, resolve))
    return path
  }

  test('says hello and calls', async () => {
    const renumber = (name: keyof typeof recorded, serial: number): Buffer => {
      const copy = bytes(name)
      // The reply serial is the second field of the recorded headers.
      copy.writeUInt32LE(serial, 36)
      return copy
    }
    const bus = await connectBus(await daemon([[bytes('hello')], [renumber('owned', 2)]]))
    expect(await bus?.hasOwner('org.freedesktop.DBus')).toBe(true)
    bus?.close()
    await expect(bus?.hasOwner('org.freedesktop.DBus')).rejects.toThrow('gone')
  })

  test('that fails is null, not an error', async () => {
    expect(await connectBus(null)).toBeNull()
    expect(await connectBus('/nowhere/bus')).toBeNull()
  })
})

/** A bus with these owned names and these answers to calls. */
function fakeBus(owned: readonly string[], answers: Readonly<Record<string, unknown>> = {}) {
  const watching = new Map<string, (owned: boolean) => void>()
  const listening = new Map<string, (body: readonly unknown[], sender: string) => void>()
  const bus: SessionBus = {
    hasOwner: (name) => Promise.resolve(owned.includes(name)),
    ownerOf: (name) => (owned.includes(name) ? Promise.resolve(':1.7') : Promise.reject(new Error(name))),
    isReachable: (name) => Promise.resolve(owned.includes(name)),
    watch: (name, onChange) => Promise.resolve(void watching.set(name, onChange)),
    call: (_to, _path, _face, member, args) => {
      const key = [member, ...('signature' in args ? [] : args)].join(' ')
      return key in answers ? Promise.resolve([answers[key]]) : Promise.reject(new Error(key))
    },
    listen: (interfaceName, member, onSignal) =>
      Promise.resolve(void listening.set(`${interfaceName}.${member}`, onSignal)),
    emit: () => undefined,
    close: () => undefined
  }
  return {
    bus,
    tell: (name: string, now: boolean) => watching.get(name)?.(now),
    signal: (name: string, ...body: readonly unknown[]) => listening.get(name)?.(body, ':1.7')
  }
}

describe('a place for the tray icon', () => {
  afterEach(() => void vi.useRealTimers())

  test.each(['darwin', 'win32'] as const)('is always there on %s', async (platform) => {
    const host = await findTrayHost({ platform, bus: fakeBus([]).bus })
    expect(host.isThere()).toBe(true)
  })

  test('on Linux is the StatusNotifier watcher', async () => {
    const find = (owned: readonly string[]) => findTrayHost({ platform: 'linux', bus: fakeBus(owned).bus })
    expect((await find([watcherName])).isThere()).toBe(true)
    expect((await find([])).isThere()).toBe(false)
    expect((await find([])).backend).toBe('StatusNotifier, icon none')
  })

  test('is assumed if the bus cannot be queried', async () => {
    expect((await findTrayHost({ platform: 'linux', bus: null })).isThere()).toBe(true)
    const broken: SessionBus = { ...fakeBus([]).bus, watch: () => Promise.reject(new Error('gone')) }
    expect((await findTrayHost({ platform: 'linux', bus: broken })).isThere()).toBe(true)
  })

  test('is awaited when the panel of a new session is late', async () => {
    const { bus, tell } = fakeBus([])
    const host = await findTrayHost({ platform: 'linux', bus })
    expect(host.isThere()).toBe(false)
    setImmediate(() => tell(watcherName, true))
    await host.waitForPanel(60_000)
    expect(host.isThere()).toBe(true)
    // There already: no more waiting.
    await host.waitForPanel(60_000)
  })

  async function watched(owned: readonly string[]) {
    const { bus, tell } = fakeBus(owned)
    const host = await findTrayHost({ platform: 'linux', bus, restartMs: 5_000 })
    const reported: (boolean | 'arrived')[] = []
    host.onArrival(() => reported.push('arrived'))
    host.onChange((there) => reported.push(there))
    return { host, reported, tell: (now: boolean) => tell(watcherName, now) }
  }

  test('stays through a restart of the panel, which needs a new icon', async () => {
    vi.useFakeTimers()
    const { host, reported, tell } = await watched([watcherName])
    tell(false)
    tell(false)
    vi.advanceTimersByTime(4_999)
    expect(host.isThere()).toBe(true)
    tell(true)
    vi.advanceTimersByTime(60_000)
    expect(reported).toEqual(['arrived'])
    expect(host.isThere()).toBe(true)
  })

  test('is gone when the panel does not come back, and there again when one does', async () => {
    vi.useFakeTimers()
    const { host, reported, tell } = await watched([watcherName])
    tell(false)
    vi.advanceTimersByTime(5_000)
    expect(host.isThere()).toBe(false)
    tell(true)
    expect(reported).toEqual([false, 'arrived', true])
  })
})

describe('an icon that was offered', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const property = `Get ${watcherName} RegisteredStatusNotifierItems`
  const registered = `${watcherName}.StatusNotifierItemRegistered`

  /** `items`: the items that the watcher lists; null: it does not answer. */
  async function offered(items: readonly string[] | null) {
    const answers: Record<string, unknown> = {
      'GetConnectionUnixProcessID :1.7': process.pid,
      'GetConnectionUnixProcessID org.freedesktop.StatusNotifierItem-2-1': process.pid,
      'GetConnectionUnixProcessID :1.8': process.pid + 1
    }
    if (items) answers[property] = items
    const { bus, signal, tell } = fakeBus([watcherName], answers)
    const host = await findTrayHost({ platform: 'linux', bus, acceptMs: 4_000 })
    const reported: (boolean | 'arrived')[] = []
    host.onArrival(() => reported.push('arrived'))
    host.onChange((there) => reported.push(there))
    host.offered()
    await vi.advanceTimersByTimeAsync(3_999)
    expect(host.isThere()).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    const list = async (now: readonly string[], member = registered): Promise<void> => {
      answers[property] = now
      signal(member, '')
      await vi.advanceTimersByTimeAsync(0)
    }
    return { host, reported, list, signal, tell: (now: boolean) => tell(watcherName, now) }
  }

  test.each([':1.7/StatusNotifierItem', ':1.7@/org/x', ':1.7', 'org.freedesktop.StatusNotifierItem-2-1/a'])(
    'is accepted when the watcher lists it as %s',
    async (item) => {
      const { host, reported } = await offered([':1.8/StatusNotifierItem', item])
      expect([host.isThere(), reported]).toEqual([true, []])
      expect(host.backend).toBe('StatusNotifier, icon accepted')
    }
  )

  test.each([
    ['lists none', []],
    ['lists only what belongs to others', [':1.8/StatusNotifierItem', ':1.9/gone']],
    ['answers with an error', null]
  ])('is not there if the watcher %s', async (_what, items) => {
    const { host, reported } = await offered(items)
    expect([host.isThere(), reported]).toEqual([false, [false]])
    expect(host.backend).toBe('StatusNotifier, icon refused')
  })

  test('is there once the watcher accepts it late, and gone when it drops it', async () => {
    const { host, reported, list } = await offered([])
    await list([':1.7/StatusNotifierItem'])
    expect(host.isThere()).toBe(true)
    await list([], `${watcherName}.StatusNotifierItemUnregistered`)
    expect(host.isThere()).toBe(false)
    expect(reported).toEqual([false, true, false])
  })

  test('does not count as gone while it is re-created', async () => {
    const { host, reported, list } = await offered([':1.7/StatusNotifierItem'])
    host.offered()
    await list([], `${watcherName}.StatusNotifierItemUnregistered`)
    await list([':1.7/StatusNotifierItem'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect([host.isThere(), reported]).toEqual([true, []])
  })

  test('is offered again when a host appears, and to the next watcher', async () => {
    const { reported, signal, tell } = await offered([])
    signal(`${watcherName}.StatusNotifierHostRegistered`)
    expect(reported).toEqual([false, 'arrived'])
    tell(false)
    tell(true)
    expect(reported).toEqual([false, 'arrived', 'arrived', true])
  })
})

describe('the notification server', () => {
  const server = 'org.freedesktop.Notifications'

  test('is assumed to work if it cannot be queried', async () => {
    expect(await notificationServer(null)).toEqual({ isRunning: true, markup: false, doNotDisturb: false })
  })

  test('may be missing', async () => {
    expect(await notificationServer(fakeBus([]).bus)).toMatchObject({ isRunning: false })
  })

  test('says whether the body is markup', async () => {
    const asked = (capabilities: readonly string[]) =>
      notificationServer(fakeBus([server], { GetCapabilities: capabilities }).bus)
    expect(await asked(['body', 'body-markup'])).toMatchObject({
      isRunning: true,
      markup: true,
      doNotDisturb: false
    })
    expect(await asked(['body'])).toMatchObject({ markup: false })
  })

  test.each([
    ['KDE', { [`Get ${server} Inhibited`]: true }, true],
    ['dunst', { 'Get org.dunstproject.cmd0 paused': true }, true],
    ['GNOME', { 'Read org.gnome.desktop.notifications show-banners': false }, true],
    ['none of them', { [`Get ${server} Inhibited`]: false }, false]
  ])('may have do-not-disturb on: %s', async (_who, answers, doNotDisturb) => {
    const { bus } = fakeBus([server, 'org.freedesktop.portal.Desktop'], answers)
    expect(await notificationServer(bus)).toMatchObject({ doNotDisturb })
  })
})
