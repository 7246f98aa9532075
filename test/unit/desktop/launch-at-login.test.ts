/** Launch at login: on all three systems, the system's state decides. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LaunchState, LoginItem } from '../../../electron/desktop/lifecycle/login-item.ts'

vi.mock('electron', () => ({ app: {} }))
const { autostartFile, linuxLoginItem, macLoginItem, windowsLoginItem } =
  await import('../../../electron/desktop/lifecycle/login-item.ts')
const { createLaunchAtLogin } = await import('../../../electron/desktop/lifecycle/launch-at-login.ts')

describe('the entry of a Linux desktop', () => {
  let file = ''
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'bilet-autostart-')), 'autostart', 'tr.bilet.app.desktop')
  })
  afterEach(() => rmSync(dirname(dirname(file)), { recursive: true }))
  const fresh = autostartFile('/a/$& Bilet-2.AppImage')
  const item = (): LoginItem => linuxLoginItem(file, fresh)
  const written = (): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null)
  const put = (entry: string): void => {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, entry)
  }

  test('is written and removed', () => {
    expect(item().state()).toBe('off')
    item().set(true)
    expect(written()).toBe(fresh)
    expect(item().state()).toBe('on')
    item().set(false)
    expect(written()).toBeNull()
    expect(item().state()).toBe('off')
  })

  test.each([
    ['Hidden=true', `${fresh}Hidden=true\n`],
    ['Hidden = true', `${fresh}Hidden = true\n`],
    ['GNOME', fresh.replace('enabled=true', 'enabled=false')],
    ['MATE', `${fresh}X-MATE-Autostart-enabled=false\n`],
    ['no program', '[Desktop Entry]\n']
  ])(
    'that the desktop switched off by %s is off, stays off, and is on when the person says so',
    (_how, entry) => {
      put(entry)
      expect(item().state()).toBe('off')
      item().repair()
      expect(written()).toBe(entry)
      item().set(true)
      expect(item().state()).toBe('on')
      expect(written()).toContain(fresh.trim().split('\n')[4])
    }
  )

  test('that was deleted is not restored', () => {
    item().repair()
    expect(written()).toBeNull()
  })

  test('that is on follows a moved program, and keeps what the desktop wrote', () => {
    put(`${autostartFile('/a/Bilet-1.AppImage')}X-GNOME-Autostart-Delay=20\n`)
    item().repair()
    expect(written()).toBe(`${fresh}X-GNOME-Autostart-Delay=20\n`)
  })

  test('is written only if it differs, and throws if it cannot be', () => {
    item().set(true)
    const before = statSync(file, { bigint: true }).ctimeNs
    item().set(true)
    item().repair()
    expect(statSync(file, { bigint: true }).ctimeNs).toBe(before)
    expect(() => {
      linuxLoginItem(join(file, 'autostart', 'x.desktop'), fresh).set(true)
    }).toThrow(/ENOTDIR|EEXIST|ENOENT/)
  })
})

/** Login item functions as documented by Electron: `set` records calls, `says` is the system's state. */
function electronApp(says: object) {
  const set: object[] = []
  const asked: unknown[] = []
  const electron = {
    setLoginItemSettings: (settings: object) => void set.push(settings),
    getLoginItemSettings: (options?: object) => {
      asked.push(options)
      return says
    }
  } as unknown as Parameters<typeof macLoginItem>[0]
  return { electron, set, asked }
}

test.each([
  ['enabled', 'on'],
  ['requires-approval', 'requires-approval'],
  ['not-registered', 'off'],
  ['not-found', 'off']
] as const)('macOS saying %s means %s', (status, state) => {
  const { electron, set } = electronApp({ status, openAtLogin: true })
  expect(macLoginItem(electron).state()).toBe(state)
  macLoginItem(electron).set(true)
  expect(set).toEqual([{ openAtLogin: true }])
})

test.each([
  [true, 'on'],
  [false, 'off']
] as const)('Windows that will launch it: %s, is %s, whatever its own entry says', (will, state) => {
  const { electron, set, asked } = electronApp({ openAtLogin: true, executableWillLaunchAtLogin: will })
  const item = windowsLoginItem(electron, 'C:\\b.exe')
  expect(item.state()).toBe(state)
  item.set(true)
  const entry = { path: 'C:\\b.exe', args: ['--hidden'] }
  expect(asked).toEqual([entry])
  expect(set).toEqual([{ ...entry, openAtLogin: true }])
})

describe('the switch in the settings', () => {
  /** The settings and the system, connected as in main. */
  function setUp(shown: boolean, system: LaunchState, answer: LaunchState | 'refused' = 'on') {
    let state = system
    const notices = new Set<string>()
    const asked: boolean[] = []
    const settings = { launchAtLogin: shown }
    const launch = createLaunchAtLogin({
      item: {
        state: () => state,
        set: (on) => {
          asked.push(on)
          if (answer === 'refused') throw new Error('EROFS')
          state = on ? answer : 'off'
        },
        repair: () => undefined
      },
      show: (on) => {
        change(on)
      },
      notices: { add: ({ kind }) => void notices.add(kind), remove: (kind) => void notices.delete(kind) },
      shown,
      failed: () => undefined
    })
    function change(on: boolean): void {
      settings.launchAtLogin = on
      launch.settingsChanged(on)
    }
    const become = (now: LaunchState): void => {
      state = now
      launch.refresh()
    }
    return { launch, change, become, asked, notices, shows: () => settings.launchAtLogin }
  }

  test('asks the system once for each change, and not for others', () => {
    const { change, asked, shows, launch } = setUp(false, 'off')
    change(true)
    launch.settingsChanged(true)
    change(false)
    expect(asked).toEqual([true, false])
    expect(shows()).toBe(false)
  })

  test('shows what was changed outside, and does not change it back', () => {
    const { become, asked, shows } = setUp(true, 'on')
    become('off')
    expect(shows()).toBe(false)
    become('on')
    expect(shows()).toBe(true)
    expect(asked).toEqual([])
  })

  test('is off with a notice while the system waits for a permission', () => {
    const { change, become, notices, shows } = setUp(false, 'off', 'requires-approval')
    change(true)
    expect(shows()).toBe(false)
    expect([...notices]).toEqual(['login-item-approval'])
    become('on')
    expect(shows()).toBe(true)
    expect([...notices]).toEqual([])
  })

  test('is off with a notice if the system refuses', () => {
    const { change, notices, shows } = setUp(false, 'off', 'refused')
    change(true)
    expect(shows()).toBe(false)
    expect([...notices]).toEqual(['login-item-failed'])
  })
})
