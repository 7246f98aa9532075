/** Login item, shortcut, power and badge on each of the three systems. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Notices } from '../../../electron/sync/profile/notices.ts'
import { appId } from '../../../electron/desktop/app-id.ts'

const app = vi.hoisted(() => ({
  isPackaged: true,
  getAppPath: () => 'D:\\source',
  setAsDefaultProtocolClient: vi.fn<(...args: unknown[]) => boolean>()
}))
vi.mock('electron', () => ({ app, globalShortcut: {}, nativeImage: {}, net: {}, powerMonitor: {} }))
const { autostartFile, autostartPath, startedProgram, registerProtocol } =
  await import('../../../electron/desktop/lifecycle/login-item.ts')
const { createShortcut, normalizedShortcut } = await import('../../../electron/desktop/windows/shortcut.ts')
const { displayServer } = await import('../../../electron/desktop/linux/display-server.ts')
const { newTicketCommand } = await import('../../../electron/desktop/new-ticket-command.ts')
const { onPowerSignal } = await import('../../../electron/desktop/lifecycle/power.ts')
const { badgeOf } = await import('../../../electron/desktop/tray/badge.ts')
const { afterClosing } = await import('../../../electron/desktop/windows/close-rule.ts')
const { createHostNotices } = await import('../../../electron/desktop/host-notices.ts')
const { state } = await import('./make.ts')
type PowerSignal = Parameters<typeof onPowerSignal>[1]

describe('starting at login', () => {
  test('is a desktop file on Linux that starts hidden', () => {
    expect(autostartFile('/opt/Bilet/bilet')).toContain('\nExec="/opt/Bilet/bilet" --hidden\n')
    expect(autostartFile('/opt/Bilet/bilet')).toMatch(/^\[Desktop Entry\]\nType=Application\n/)
  })

  test('escapes unusual paths', () => {
    const exec = /^Exec=(.*)$/m.exec(autostartFile('/a "b" $c `d` 50%\\e', ['/x y']))?.[1]
    expect(exec).toBe('"/a \\\\"b\\\\" \\\\$c \\\\`d\\\\` 50%%\\\\\\\\e" "/x y" --hidden')
  })

  test('is in XDG_CONFIG_HOME, if that is absolute', () => {
    expect(autostartPath({}, '/home/a')).toBe('/home/a/.config/autostart/tr.bilet.app.desktop')
    expect(autostartPath({ XDG_CONFIG_HOME: '/c' }, '/home/a')).toBe('/c/autostart/tr.bilet.app.desktop')
    expect(autostartPath({ XDG_CONFIG_HOME: 'c' }, '/home/a')).toBe(autostartPath({}, '/home/a'))
  })

  test('starts the AppImage or portable file, not its temporary folder', () => {
    expect(startedProgram({ APPIMAGE: '/a/Bilet.AppImage' }, '/tmp/.mount/bilet')).toBe('/a/Bilet.AppImage')
    expect(startedProgram({ PORTABLE_EXECUTABLE_FILE: 'D:\\Bilet.exe' }, 'C:\\t.exe')).toBe('D:\\Bilet.exe')
    expect(startedProgram({}, '/opt/bilet')).toBe('/opt/bilet')
  })

  test('opens links with the portable file, and from source with Electron and the app’s folder', () => {
    const registeredWith = (): unknown => app.setAsDefaultProtocolClient.mock.calls.splice(0)
    registerProtocol('darwin')
    expect(registeredWith()).toEqual([['bilet']])
    vi.stubEnv('PORTABLE_EXECUTABLE_FILE', 'D:\\Bilet.exe')
    registerProtocol('win32')
    expect(registeredWith()).toEqual([['bilet', 'D:\\Bilet.exe', []]])
    vi.unstubAllEnvs()
    app.isPackaged = false
    registerProtocol('win32')
    expect(registeredWith()).toEqual([['bilet', process.execPath, ['D:\\source']]])
  })
})

test('links are registered on Linux beside the start, which would wait for Electron’s own call', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bilet-xdg-'))
  const program = join(folder, 'xdg-settings')
  writeFileSync(program, '#!/bin/sh\necho "$@" > "$0.asked.new"\nmv "$0.asked.new" "$0.asked"\n', {
    mode: 0o755
  })
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
  vi.stubEnv('CHROME_DESKTOP', 'tr.bilet.app.desktop')
  registerProtocol('linux')
  expect(app.setAsDefaultProtocolClient).not.toHaveBeenCalled()
  await vi.waitFor(() =>
    expect(readFileSync(`${program}.asked`, 'utf8')).toBe(
      'set default-url-scheme-handler bilet tr.bilet.app.desktop\n'
    )
  )
  vi.stubEnv('PATH', '')
  expect(() => registerProtocol('linux')).not.toThrow()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

describe('the global shortcut', () => {
  /** `portal`: as on Wayland in Electron 45: calls always succeed, keys stay registered. `refuses`: as there in Electron 33. */
  function keys(options: { readonly taken?: readonly string[]; readonly kind?: 'portal' | 'refuses' } = {}) {
    const { taken = [], kind } = options
    const registered = new Map<string, () => void>()
    return {
      registered: () => [...registered.keys()],
      press: (accelerator: string) => registered.get(accelerator)?.(),
      register: (accelerator: string, run: () => void) => {
        if (accelerator === 'nonsense') throw new TypeError('Not an accelerator')
        if (kind === 'refuses') return false
        if (kind !== 'portal' && (taken.includes(accelerator) || registered.has(accelerator))) return false
        registered.set(accelerator, run)
        return true
      },
      unregister: (accelerator: string) => {
        if (kind !== 'portal') registered.delete(accelerator)
      },
      isRegistered: (accelerator: string) => registered.has(accelerator)
    }
  }
  const x11 = (system: ReturnType<typeof keys>, run = (): void => undefined) =>
    createShortcut(run, { displayServer: 'x11', keys: system })
  const wayland = (system: ReturnType<typeof keys>, run = (): void => undefined) =>
    createShortcut(run, { displayServer: 'wayland', keys: system })

  test('changes to another', () => {
    const system = keys()
    const shortcut = x11(system)
    expect(shortcut.use('Alt+Shift+N')).toBe('registered')
    expect(shortcut.use('Alt+Shift+B')).toBe('registered')
    expect(system.registered()).toEqual(['Alt+Shift+B'])
  })

  test.each([
    ['Alt+Space', 'taken'],
    ['nonsense', 'invalid']
  ])('stays as it was when %s is %s', (wanted, state) => {
    const system = keys({ taken: ['Alt+Space'] })
    const shortcut = x11(system)
    shortcut.use('Alt+Shift+N')
    expect(shortcut.use(wanted)).toBe(state)
    expect(system.registered()).toEqual(['Alt+Shift+N'])
    expect(shortcut.state()).toBe('registered')
  })

  test.each([
    'A',
    'Shift+A',
    'AltGr+Q',
    'AltGr+Shift+Q',
    'Space',
    'Enter',
    'F5',
    'Shift+F5',
    'MediaPlayPause',
    'Control',
    '+'
  ])('%s, which other programs need, is not taken from them', (wanted) => {
    for (const make of [x11, wayland]) {
      const system = keys()
      const shortcut = make(system)
      shortcut.use('Alt+Shift+N')
      expect(shortcut.use(wanted)).toBe('invalid')
      expect(system.registered()).toEqual(['Alt+Shift+N'])
    }
  })

  test.each(['Ctrl+B', 'Super+N', 'Meta+N', 'Option+Shift+N', 'CmdOrCtrl+K', 'Ctrl+F5', ' ctrl + alt + b '])(
    '%s has a modifier, and is taken',
    (wanted) => {
      expect(x11(keys()).use(wanted)).toBe('registered')
    }
  )

  test('reports why it failed, and works once the key is free', () => {
    const taken = ['Alt+Space']
    const shortcut = x11(keys({ taken }))
    expect(shortcut.use('Alt+Space')).toBe('taken')
    expect(shortcut.state()).toBe('taken')
    taken.pop()
    expect(shortcut.use('Alt+Space')).toBe('registered')
    expect(shortcut.state()).toBe('registered')
  })

  test('in another spelling does not conflict with itself', () => {
    const system = keys()
    const shortcut = x11(system)
    shortcut.use('Alt+Shift+N')
    expect(shortcut.use('Shift+Option+n')).toBe('registered')
    expect(system.registered()).toEqual(['Alt+Shift+N'])
    expect(normalizedShortcut('CmdOrCtrl+K')).toBe(normalizedShortcut('CommandOrControl+k'))
    expect(normalizedShortcut('Alt+N')).not.toBe(normalizedShortcut('Alt+Shift+N'))
  })

  test('is released when emptied or released', () => {
    const system = keys()
    const shortcut = x11(system)
    shortcut.use('Alt+N')
    expect(shortcut.use('')).toBe('none')
    expect(system.registered()).toEqual([])
    shortcut.use('Alt+N')
    shortcut.release()
    expect(system.registered()).toEqual([])
  })

  test('on Wayland is requested from the desktop, which never says that it is taken', () => {
    const shortcut = wayland(keys({ taken: ['Alt+Space'], kind: 'portal' }))
    expect(shortcut.use('Alt+Space')).toBe('asked')
    expect(shortcut.state()).toBe('asked')
    expect(shortcut.use('nonsense')).toBe('invalid')
    expect(shortcut.state()).toBe('asked')
  })

  test('on Wayland without a portal is unavailable, not taken', () => {
    const shortcut = wayland(keys({ kind: 'refuses' }))
    expect(shortcut.use('Alt+Shift+N')).toBe('unavailable')
    expect(shortcut.state()).toBe('unavailable')
    expect(shortcut.use('')).toBe('none')
  })

  test('ignores released keys that the system still reports', () => {
    const system = keys({ kind: 'portal' })
    const run = vi.fn()
    const shortcut = wayland(system, run)
    shortcut.use('Alt+Shift+N')
    shortcut.use('Alt+Shift+B')
    expect(system.registered()).toContain('Alt+Shift+N')
    system.press('Alt+Shift+N')
    expect(run).not.toHaveBeenCalled()
    system.press('Alt+Shift+B')
    expect(run).toHaveBeenCalledTimes(1)
    shortcut.use('')
    system.press('Alt+Shift+B')
    expect(run).toHaveBeenCalledTimes(1)
  })

  test('reuses released keys that the system never unregistered', () => {
    const system = { ...keys(), unregister: () => undefined }
    const run = vi.fn()
    const shortcut = x11(system, run)
    shortcut.use('Alt+N')
    shortcut.use('Alt+B')
    // The system still has them registered, by this app.
    expect(shortcut.use('Alt+N')).toBe('registered')
    system.press('Alt+N')
    expect(run).toHaveBeenCalledTimes(1)
    system.press('Alt+B')
    expect(run).toHaveBeenCalledTimes(1)
  })
})

describe('the display server', () => {
  test.each([
    ['linux', 'wayland', 'wayland'],
    ['linux', 'x11', 'x11'],
    // Up to Electron 37 the switch is missing unless Wayland was requested.
    ['linux', '', 'x11'],
    ['darwin', '', 'native'],
    ['win32', 'wayland', 'native']
  ] as const)('on %s with "%s" on Chromium’s command line is %s', (platform, chosen, expected) => {
    expect(displayServer(platform, chosen)).toBe(expected)
  })
})

describe('the command for the desktop’s own shortcut', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'bilet-command-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  test('is the bare name if the shell finds this program by it', () => {
    writeFileSync(join(folder, 'program'), '')
    mkdirSync(join(folder, 'bin'))
    symlinkSync(join(folder, 'program'), join(folder, 'bin', 'program'))
    const env = { PATH: `/nowhere:${folder}/bin` }
    expect(newTicketCommand(env, join(folder, 'program'), [])).toBe('program --new')
  })

  test('is the whole path if the program is not in PATH, or another one has the name', () => {
    mkdirSync(join(folder, 'bin'))
    writeFileSync(join(folder, 'bin', 'bilet'), '')
    writeFileSync(join(folder, 'bilet'), '')
    const env = { PATH: `${folder}/bin` }
    expect(newTicketCommand(env, join(folder, 'bilet'), [])).toBe(`${folder}/bilet --new`)
  })

  test('is the AppImage itself, quoted for a shell', () => {
    const env = { APPIMAGE: "/home/a/It's mine/Bilet.AppImage", PATH: '' }
    expect(newTicketCommand(env, '/tmp/.mount_Bilet/bilet', [])).toBe(
      "'/home/a/It'\\''s mine/Bilet.AppImage' --new"
    )
  })
})

describe('the app’s name among programs', () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url))
  const read = (file: string): string => readFileSync(join(root, file), 'utf8')

  test('is in reverse DNS form, and the same in all places', () => {
    expect(appId).toMatch(/^[a-z]+(\.[a-z]+){2,}$/)
    expect(JSON.parse(read('package.json'))).toMatchObject({ desktopName: `${appId}.desktop` })
    expect(read('electron-builder.yml')).toContain(`appId: ${appId}\n`)
    const metadata = read(`build/linux/${appId}.metainfo.xml`)
    expect(metadata).toContain(`<id>${appId}</id>`)
    expect(metadata).toContain(`<launchable type="desktop-id">${appId}.desktop</launchable>`)
    expect(autostartPath({}, '/home/a')).toContain(`/${appId}.desktop`)
  })
})

describe('after the last window was closed', () => {
  const usual = {
    anyVisible: false,
    tray: true,
    closeToTray: true,
    stayWithoutTray: false
  }

  test.each([
    ['the app goes on in the tray', {}, 'stay'],
    ['it ends where the person wants that', { closeToTray: false }, 'quit'],
    ['it ends where there is no tray', { tray: false, closeToTray: true }, 'quit-without-tray'],
    [
      'where the person wants closing to end it, a tray is not missed',
      { tray: false, closeToTray: false },
      'quit'
    ],
    [
      'without a tray it goes on unseen when the person chose so',
      { tray: false, stayWithoutTray: true },
      'stay-unseen'
    ],
    ['nothing follows while another window is open', { anyVisible: true, tray: false }, 'nothing']
  ] as const)('%s', (_what, change, expected) => {
    expect(afterClosing({ ...usual, ...change })).toBe(expected)
  })
})

describe('a host notice', () => {
  test('is one per kind', () => {
    let events = 0
    const notices = createHostNotices({
      storage: new Notices(() => void (events += 1)),
      onChange: () => void (events += 1)
    })
    notices.add({ kind: 'no-tray' })
    notices.add({ kind: 'shortcut-taken', detail: 'Ctrl+K' })
    notices.add({ kind: 'shortcut-taken', detail: 'Ctrl+J' })
    expect(notices.all()).toEqual([{ kind: 'no-tray' }, { kind: 'shortcut-taken', detail: 'Ctrl+J' }])
    notices.dismiss('no-tray')
    notices.dismiss('shortcut-taken')
    expect(notices.all()).toEqual([])
    expect(events).toBe(3)
  })

  test('about a file disappears once a write succeeded', () => {
    let events = 0
    const storage = new Notices(() => void (events += 1))
    const notices = createHostNotices({
      storage,
      onChange: () => void (events += 1)
    })
    const full = { kind: 'storage-full', detail: 'secrets.json' } as const
    storage.report(full, 'secrets.json')
    storage.report(null, 'settings.json')
    expect(notices.all()).toEqual([full])
    storage.report(null, 'secrets.json')
    expect(notices.all()).toEqual([])
    expect(events).toBe(2)
    storage.report(full, 'secrets.json')
    notices.dismiss('storage-full')
    expect(notices.all()).toEqual([])
  })
})

describe('power and network', () => {
  const awake = { onBattery: false, locked: false, asleep: false, online: true }
  const tasksOf = (...signals: readonly PowerSignal[]): readonly string[] => {
    let status = awake
    return signals.flatMap((signal) => {
      const next = onPowerSignal(status, signal)
      status = next.status
      return next.tell
    })
  }

  test('many signals of one sleep wake once', () => {
    expect(
      tasksOf('suspend', 'lock-screen', 'suspend', 'offline', 'online', 'resume', 'resume', 'online')
    ).toEqual(['suspend', 'state', 'wake'])
  })

  test('without network at waking, that is reported first, and its return later', () => {
    expect(tasksOf('suspend', 'resume-offline', 'offline', 'online', 'online')).toEqual([
      'suspend',
      'online',
      'wake',
      'online'
    ])
  })

  test('a known state is not reported again', () => {
    expect(tasksOf('on-battery', 'on-battery', 'on-ac', 'on-ac', 'unlock-screen', 'online')).toEqual([
      'state',
      'state'
    ])
  })
})

describe('the badge', () => {
  test.each(['darwin', 'linux'] as const)('is the count on %s, and removed when all is read', (platform) => {
    expect(badgeOf(state({ counted: 12 }), platform)).toEqual({ kind: 'count', count: 12 })
    expect(badgeOf(state(), platform)).toEqual({ kind: 'count', count: 0 })
  })

  test.each([
    [1, '1-overlay.png', '1 unread'],
    [12, '9+-overlay.png', '12 unread'],
    [150, '99+-overlay.png', '150 unread'],
    [0, null, '']
  ])('for %i is an icon on the taskbar’s button on Windows', (unread, file, description) => {
    expect(badgeOf(state({ counted: unread }), 'win32')).toEqual({ kind: 'overlay', file, description })
  })
})
