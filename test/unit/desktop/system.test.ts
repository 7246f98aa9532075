/** Login item, shortcut, power, badge: what each of the three systems gets. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'

const app = vi.hoisted(() => ({
  isPackaged: true,
  getAppPath: () => 'D:\\source',
  setAsDefaultProtocolClient: vi.fn<(...args: unknown[]) => boolean>()
}))
vi.mock('electron', () => ({ app, globalShortcut: {}, nativeImage: {}, net: {}, powerMonitor: {} }))
const { autostartFile, autostartNow, autostartPath, loginItem, startedProgram, takeLinks, writeAutostart } =
  await import('../../../electron/desktop/login-item.ts')
const { createShortcut, sameShortcut } = await import('../../../electron/desktop/shortcut.ts')
const { onPowerSignal } = await import('../../../electron/desktop/power.ts')
const { badgeOf } = await import('../../../electron/desktop/badge.ts')
const { afterClosing } = await import('../../../electron/desktop/close-rule.ts')
const { createHostNotices } = await import('../../../electron/desktop/host-notices.ts')
const { state } = await import('./make.ts')
type PowerSignal = Parameters<typeof onPowerSignal>[1]

describe('starting at login', () => {
  test('is a desktop file on Linux that starts hidden', () => {
    expect(autostartFile('/opt/Bilet/bilet')).toContain('\nExec="/opt/Bilet/bilet" --hidden\n')
    expect(autostartFile('/opt/Bilet/bilet')).toMatch(/^\[Desktop Entry\]\nType=Application\n/)
  })

  test('survives odd paths', () => {
    const exec = /^Exec=(.*)$/m.exec(autostartFile('/a "b" $c `d` 50%\\e', ['/x y']))?.[1]
    expect(exec).toBe('"/a \\\\"b\\\\" \\\\$c \\\\`d\\\\` 50%%\\\\\\\\e" "/x y" --hidden')
  })

  test('goes where XDG says, when it says a whole path', () => {
    expect(autostartPath({}, '/home/a')).toBe('/home/a/.config/autostart/tr.bilet.app.desktop')
    expect(autostartPath({ XDG_CONFIG_HOME: '/c' }, '/home/a')).toBe('/c/autostart/tr.bilet.app.desktop')
    expect(autostartPath({ XDG_CONFIG_HOME: 'c' }, '/home/a')).toBe(autostartPath({}, '/home/a'))
  })

  test('starts the file that the person has, not where it unpacked itself', () => {
    expect(startedProgram({ APPIMAGE: '/a/Bilet.AppImage' }, '/tmp/.mount/bilet')).toBe('/a/Bilet.AppImage')
    expect(startedProgram({ PORTABLE_EXECUTABLE_FILE: 'D:\\Bilet.exe' }, 'C:\\t.exe')).toBe('D:\\Bilet.exe')
    expect(startedProgram({}, '/opt/bilet')).toBe('/opt/bilet')
  })

  test('follows a program that moved, and leaves what the desktop wrote', () => {
    const old = autostartFile('/a/Bilet-1.AppImage').replace('enabled=true', 'enabled=false')
    const now = autostartNow(old, autostartFile('/a/$& Bilet-2.AppImage'))
    expect(now).toBe(autostartFile('/a/$& Bilet-2.AppImage').replace('enabled=true', 'enabled=false'))
    expect(autostartNow(null, 'fresh')).toBe('fresh')
    expect(autostartNow('', 'fresh')).toBe('fresh')
  })

  test('writes what differs only, and says where it cannot', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bilet-autostart-'))
    const file = join(folder, 'autostart', 'tr.bilet.app.desktop')
    writeAutostart(file, autostartFile('/a/one'))
    const before = statSync(file, { bigint: true }).ctimeNs
    writeAutostart(file, autostartFile('/a/one'))
    expect(statSync(file, { bigint: true }).ctimeNs).toBe(before)
    writeAutostart(file, autostartFile('/a/two'))
    expect(readFileSync(file, 'utf8')).toBe(autostartFile('/a/two'))
    expect(() => writeAutostart(join(file, 'autostart', 'x.desktop'), '')).toThrow(/ENOTDIR|EEXIST|ENOENT/)
    rmSync(folder, { recursive: true })
  })

  test('opens links with what the person has, and from source with the app, not with Electron alone', () => {
    const told = (): unknown => app.setAsDefaultProtocolClient.mock.calls.splice(0)
    takeLinks('linux')
    takeLinks('darwin')
    expect(told()).toEqual([['bilet'], ['bilet']])
    vi.stubEnv('PORTABLE_EXECUTABLE_FILE', 'D:\\Bilet.exe')
    takeLinks('win32')
    expect(told()).toEqual([['bilet', 'D:\\Bilet.exe', []]])
    vi.unstubAllEnvs()
    app.isPackaged = false
    takeLinks('win32')
    expect(told()).toEqual([['bilet', process.execPath, ['D:\\source']]])
  })

  test('is hidden on macOS and Windows too', () => {
    expect(loginItem(true, 'darwin', '/A')).toEqual({ openAtLogin: true, openAsHidden: true })
    expect(loginItem(true, 'win32', 'C:\\b.exe')).toEqual({
      openAtLogin: true,
      path: 'C:\\b.exe',
      args: ['--hidden']
    })
    expect(loginItem(false, 'win32', 'C:\\b.exe').openAtLogin).toBe(false)
  })
})

describe('the global shortcut', () => {
  function keys(taken: readonly string[]) {
    const registered = new Set<string>()
    return {
      registered,
      register: (accelerator: string) => {
        if (accelerator === 'nonsense') throw new TypeError('Not an accelerator')
        if (taken.includes(accelerator) || registered.has(accelerator)) return false
        registered.add(accelerator)
        return true
      },
      unregister: (accelerator: string) => void registered.delete(accelerator)
    }
  }

  test('changes to another', () => {
    const system = keys([])
    const shortcut = createShortcut(() => undefined, system)
    expect(shortcut.use('Alt+Shift+N')).toBe(true)
    expect(shortcut.use('Alt+Shift+B')).toBe(true)
    expect([...system.registered]).toEqual(['Alt+Shift+B'])
  })

  test.each(['Alt+Space', 'nonsense'])('stays as it was when %s cannot be had', (wanted) => {
    const system = keys(['Alt+Space'])
    const shortcut = createShortcut(() => undefined, system)
    shortcut.use('Alt+Shift+N')
    expect(shortcut.use(wanted)).toBe(false)
    expect([...system.registered]).toEqual(['Alt+Shift+N'])
  })

  test('in another spelling is the same, not a conflict with itself', () => {
    const system = keys([])
    const shortcut = createShortcut(() => undefined, system)
    shortcut.use('Alt+Shift+N')
    expect(shortcut.use('Shift+Option+n')).toBe(true)
    expect([...system.registered]).toEqual(['Alt+Shift+N'])
    expect(sameShortcut('CmdOrCtrl+K')).toBe(sameShortcut('CommandOrControl+k'))
    expect(sameShortcut('Alt+N')).not.toBe(sameShortcut('Alt+Shift+N'))
  })

  test('is given up when emptied or released', () => {
    const system = keys([])
    const shortcut = createShortcut(() => undefined, system)
    shortcut.use('Alt+N')
    expect(shortcut.use('')).toBe(true)
    expect(system.registered.size).toBe(0)
    shortcut.use('Alt+N')
    shortcut.release()
    expect(system.registered.size).toBe(0)
  })
})

describe('after the last window was closed', () => {
  const usual = {
    anyVisible: false,
    tray: true,
    closeToTray: true,
    stayWithoutTray: false,
    toldStillInTray: false
  }

  test.each([
    ['the app goes on in the tray, and says so', {}, 'tell'],
    ['the second time it says nothing', { toldStillInTray: true }, 'nothing'],
    ['it ends where the person wants that', { closeToTray: false }, 'quit'],
    ['it ends where there is no tray', { tray: false, closeToTray: true }, 'quit'],
    [
      'without a tray it goes on unseen when the person chose so',
      { tray: false, stayWithoutTray: true },
      'nothing'
    ],
    ['nothing follows while another window is open', { anyVisible: true, tray: false }, 'nothing']
  ] as const)('%s', (_what, change, expected) => {
    expect(afterClosing({ ...usual, ...change })).toBe(expected)
  })
})

describe('what the desktop has to say', () => {
  test('is one of a kind, and what is said once stays away once dismissed', () => {
    let dismissed: readonly string[] = []
    let told = 0
    const open = () =>
      createHostNotices({
        dismissed: () => dismissed,
        setDismissed: (kinds) => void (dismissed = kinds),
        onChange: () => void (told += 1)
      })
    const notices = open()
    notices.add({ kind: 'no-tray' })
    notices.add({ kind: 'shortcut-taken', detail: 'Ctrl+K' })
    notices.add({ kind: 'shortcut-taken', detail: 'Ctrl+J' })
    expect(notices.all()).toEqual([{ kind: 'no-tray' }, { kind: 'shortcut-taken', detail: 'Ctrl+J' }])
    notices.dismiss('no-tray')
    notices.dismiss('shortcut-taken')
    expect(notices.all()).toEqual([])
    expect(told).toBe(3)
    const next = open()
    next.add({ kind: 'no-tray' })
    next.add({ kind: 'shortcut-taken', detail: 'Ctrl+K' })
    expect(next.all()).toEqual([{ kind: 'shortcut-taken', detail: 'Ctrl+K' }])
  })

  test('of its files goes by itself once a write worked', () => {
    let told = 0
    const notices = createHostNotices({
      dismissed: () => [],
      setDismissed: () => undefined,
      onChange: () => void (told += 1)
    })
    const full = { kind: 'storage-full', detail: 'secrets.json' } as const
    notices.report(full, 'secrets.json')
    notices.report(null, 'settings.json')
    expect(notices.all()).toEqual([full])
    notices.report(null, 'secrets.json')
    expect(notices.all()).toEqual([])
    expect(told).toBe(2)
    notices.report(full, 'secrets.json')
    notices.dismiss('storage-full')
    expect(notices.all()).toEqual([])
  })
})

describe('power and network', () => {
  const awake = { onBattery: false, locked: false, asleep: false, online: true }
  const told = (...signals: readonly PowerSignal[]): readonly string[] => {
    let status = awake
    return signals.flatMap((signal) => {
      const next = onPowerSignal(status, signal)
      status = next.status
      return next.tell
    })
  }

  test('a night of signals wakes once', () => {
    expect(
      told('suspend', 'lock-screen', 'suspend', 'offline', 'online', 'resume', 'resume', 'online')
    ).toEqual(['suspend', 'state', 'wake'])
  })

  test('without network at waking, that is told first, and its return after', () => {
    expect(told('suspend', 'resume-offline', 'offline', 'online', 'online')).toEqual([
      'suspend',
      'online',
      'wake',
      'online'
    ])
  })

  test('what is known already is not told again', () => {
    expect(told('on-battery', 'on-battery', 'on-ac', 'on-ac', 'unlock-screen', 'online')).toEqual([
      'state',
      'state'
    ])
  })
})

describe('the badge', () => {
  test.each(['darwin', 'linux'] as const)('is the count on %s, and nothing when all is read', (platform) => {
    expect(badgeOf(state({ unread: 12 }), platform)).toEqual({ kind: 'count', count: 12 })
    expect(badgeOf(state(), platform)).toEqual({ kind: 'count', count: 0 })
  })

  test.each([
    [1, '1-overlay.png', '1 unread'],
    [12, '9+-overlay.png', '12 unread'],
    [150, '99+-overlay.png', '150 unread'],
    [0, null, '']
  ])('for %i is an icon on the taskbar’s button on Windows', (unread, file, description) => {
    expect(badgeOf(state({ unread }), 'win32')).toEqual({ kind: 'overlay', file, description })
  })
})
