import { afterEach, describe, expect, test, vi } from 'vitest'
import type { SessionBus } from '../../../electron/desktop/linux/session-bus.ts'
import { valuesOf } from '../../../electron/desktop/linux/dbus-writer.ts'

const switches = new Map<string, string>()
let sessionBus: Promise<SessionBus | null> = Promise.resolve(null)
vi.mock('electron', () => ({
  app: {
    isReady: () => false,
    commandLine: {
      getSwitchValue: (name: string) => switches.get(name) ?? '',
      appendSwitch: (name: string, value: string) => void switches.set(name, value)
    }
  }
}))
vi.mock('../../../electron/desktop/linux/session-bus.ts', () => ({ sessionBus: () => sessionBus }))
const { chooseKeychain, keychainOf, passwordStore, secretServiceState } =
  await import('../../../electron/desktop/security/keychain.ts')

const secrets = 'org.freedesktop.secrets'
const [wallet5, wallet6] = ['org.kde.kwalletd5', 'org.kde.kwalletd6']

interface Given {
  readonly owned?: readonly string[]
  /** Names of services that the bus can start on demand. */
  readonly activatable?: readonly string[]
}

/** `answer`: result of a method, by its name and text arguments. */
function fakeBus(
  { owned = [], activatable = [] }: Given,
  answer: (member: string, args: unknown) => readonly unknown[] | Promise<readonly unknown[]> = () => []
): SessionBus & { signal(name: string): void } {
  const listening = new Map<string, () => void>()
  return {
    hasOwner: (name) => Promise.resolve(owned.includes(name)),
    ownerOf: () => Promise.reject(new Error('nobody')),
    isReachable: (name) => Promise.resolve(owned.includes(name) || activatable.includes(name)),
    watch: () => Promise.resolve(),
    listen: (face, member, onSignal) =>
      Promise.resolve(void listening.set(`${face}.${member}`, () => onSignal([], ':1.7'))),
    emit: () => undefined,
    call: async (_to, _path, _face, member, args) => answer(member, args),
    close: () => undefined,
    signal: (name) => listening.get(name)?.()
  }
}

describe('the keychain chosen for Chromium', () => {
  const desktops = ['GNOME', 'MATE', 'LXQt', 'sway', 'i3', 'Hyprland', 'niri', 'COSMIC', 'ubuntu:GNOME', '']

  test.each(desktops)('on "%s" is the Secret Service on the bus', async (desktop) => {
    const env = { XDG_CURRENT_DESKTOP: desktop }
    expect(await passwordStore(fakeBus({ owned: [secrets] }), env)).toBe('gnome-libsecret')
    expect(await passwordStore(fakeBus({ activatable: [secrets] }), env)).toBe('gnome-libsecret')
    expect(await passwordStore(fakeBus({}), env)).toBeNull()
  })

  test.each([
    { XDG_CURRENT_DESKTOP: 'KDE' },
    { XDG_CURRENT_DESKTOP: 'neon:KDE' },
    { KDE_FULL_SESSION: 'true' },
    { DESKTOP_SESSION: 'plasma' }
  ])(
    'on KDE (%j) is left to Chromium, which knows KWallet; without KWallet it is the Secret Service',
    async (env) => {
      expect(await passwordStore(fakeBus({ owned: [secrets], activatable: [wallet6] }), env)).toBeNull()
      expect(await passwordStore(fakeBus({ owned: [secrets, wallet5] }), env)).toBeNull()
      expect(await passwordStore(fakeBus({ owned: [secrets] }), env)).toBe('gnome-libsecret')
    }
  )

  test.each([
    [wallet6, 'kwallet6'],
    [wallet5, 'kwallet5']
  ])('elsewhere may be %s, if it runs and there is no Secret Service', async (name, store) => {
    const env = { XDG_CURRENT_DESKTOP: 'LXQt' }
    expect(await passwordStore(fakeBus({ owned: [name] }), env)).toBe(store)
    expect(await passwordStore(fakeBus({ activatable: [name] }), env)).toBeNull()
    expect(await passwordStore(fakeBus({ owned: [name, secrets] }), env)).toBe('gnome-libsecret')
  })
})

describe('a keychain of the Secret Service', () => {
  const collection = '/org/freedesktop/secrets/collection/login'

  /** `unlocks`: what happens on a request to unlock. */
  function service(start: 'open' | 'locked' | 'no collection', unlocks: 'at once' | 'typed' | 'dismissed') {
    const state = { isLocked: start === 'locked', asked: [] as string[] }
    const bus = fakeBus({ owned: [secrets] }, (member, args) => {
      state.asked.push(member)
      switch (member) {
        case 'ReadAlias':
          return [start === 'no collection' ? '/' : collection]
        case 'Get':
          return [state.isLocked]
        case 'Unlock':
          expect(args).toEqual(valuesOf('ao', [[collection]]))
          if (unlocks === 'at once') state.isLocked = false
          return unlocks === 'at once' ? [[collection], '/'] : [[], '/prompt/1']
        case 'Prompt':
          setImmediate(() => {
            if (unlocks === 'typed') state.isLocked = false
            bus.signal('org.freedesktop.Secret.Prompt.Completed')
          })
          return []
        default:
          throw new Error(member)
      }
    })
    return { bus, state }
  }

  test('that is open is open', async () => {
    expect(await secretServiceState(service('open', 'dismissed').bus, false)).toBe('open')
  })

  test('that is locked says so, and asks for the password only if that is allowed', async () => {
    const { bus, state } = service('locked', 'typed')
    expect(await secretServiceState(bus, false)).toBe('locked')
    expect(state.asked).not.toContain('Unlock')
    expect(await secretServiceState(bus, true)).toBe('open')
  })

  test.each([
    ['at once', 'open'],
    ['dismissed', 'locked']
  ] as const)('whose password prompt is answered %s, is %s', async (unlocks, expected) => {
    expect(await secretServiceState(service('locked', unlocks).bus, true)).toBe(expected)
  })

  test('that does not exist yet is created with the first secret, not at a start', async () => {
    const { bus, state } = service('no collection', 'dismissed')
    expect(await secretServiceState(bus, false)).toBe('locked')
    expect(await secretServiceState(bus, true)).toBe('open')
    expect(state.asked).toEqual(['ReadAlias', 'ReadAlias'])
  })

  test('that is not installed is missing', async () => {
    expect(await secretServiceState(fakeBus({}), false)).toBe('missing')
  })
})

describe('the keychain that is queried', () => {
  const silent = fakeBus({ owned: [secrets, wallet6] }, () => Promise.reject(new Error('no answer')))

  test('is the given or chosen one', async () => {
    const open = fakeBus({ owned: [wallet6] }, (member) => [member === 'isOpen' ? true : 'kdewallet'])
    expect(await keychainOf('kwallet6', {}, open)?.(false)).toBe('open')
    expect(await keychainOf('', { XDG_CURRENT_DESKTOP: 'KDE' }, open)?.(false)).toBe('open')
    expect(await keychainOf('gnome-libsecret', {}, open)?.(false)).toBe('missing')
    expect(await keychainOf('', {}, open)?.(false)).toBe('missing')
    expect(keychainOf('basic', {}, open)).toBeNull()
  })

  test('a closed wallet is locked; Chromium opens it when prompts are allowed', async () => {
    const shut = fakeBus({ owned: [wallet6] }, (member) => [member === 'isOpen' ? false : 'kdewallet'])
    expect(await keychainOf('kwallet6', {}, shut)?.(false)).toBe('locked')
    expect(await keychainOf('kwallet6', {}, shut)?.(true)).toBe('open')
  })

  test('is locked, not missing, if it does not answer', async () => {
    expect(await keychainOf('gnome-libsecret', {}, silent)?.(false)).toBe('locked')
  })
})

describe('the choice before the start', () => {
  afterEach(() => {
    switches.clear()
    vi.useRealTimers()
    vi.unstubAllEnvs()
  })
  const onDesktop = (name: string): void => void vi.stubEnv('XDG_CURRENT_DESKTOP', name)

  test('is passed to Chromium', async () => {
    onDesktop('sway')
    sessionBus = Promise.resolve(fakeBus({ owned: [secrets] }))
    expect(await chooseKeychain()).not.toBeNull()
    expect([...switches]).toEqual([['password-store', 'gnome-libsecret']])
  })

  test('is the person’s, if they made one', async () => {
    onDesktop('sway')
    switches.set('password-store', 'basic')
    sessionBus = Promise.resolve(fakeBus({ owned: [secrets] }))
    expect(await chooseKeychain()).toBeNull()
    expect([...switches]).toEqual([['password-store', 'basic']])
  })

  test('does not wait for a bus that does not answer', async () => {
    vi.useFakeTimers()
    sessionBus = new Promise(() => undefined)
    const choosing = chooseKeychain()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await choosing).toBeNull()
    expect(switches.size).toBe(0)
  })
})
