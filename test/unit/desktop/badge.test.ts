/** The count on dock, taskbar and launcher, as passed to Electron. */
import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'

const dock: number[] = []
vi.mock('electron', () => ({
  app: { setBadgeCount: (count: number) => void dock.push(count) },
  nativeImage: { createFromPath: (file: string) => file }
}))
const { createBadge } = await import('../../../electron/desktop/tray/badge.ts')
const { state } = await import('./make.ts')

class Taskbar extends EventEmitter {
  readonly calls: string[] = []
  focused = false
  isFocused = (): boolean => this.focused
  setOverlayIcon = (image: string | null, text: string): void =>
    void this.calls.push(`${image ?? 'none'} ${text}`)
  flashFrame = (on: boolean): void => void this.calls.push(on ? 'flash' : 'still')
}

function setUp(platform: 'darwin' | 'win32' | 'linux') {
  const launcher: number[] = []
  const windows: { now: Taskbar | null } = { now: new Taskbar() }
  const badge = createBadge({
    platform,
    iconFolder: '/tray',
    inbox: () => windows.now as unknown as BrowserWindow | null,
    sendLauncherCount: (count) => void launcher.push(count)
  })
  const show = (unread: number): void => badge(state({ counted: unread }))
  const calls = (): readonly string[] => windows.now?.calls.splice(0) ?? []
  return { show, launcher, windows, calls }
}
beforeEach(() => void dock.splice(0))

describe('the badge', () => {
  test('on the dock of macOS is set when the count changes, and to zero when all is read', () => {
    const { show, launcher } = setUp('darwin')
    for (const unread of [0, 3, 3, 0]) show(unread)
    expect([dock, launcher]).toEqual([[3, 0], []])
  })

  test('on Linux is sent to the launchers', () => {
    const { show, launcher } = setUp('linux')
    for (const unread of [2, 2, 0]) show(unread)
    expect([dock, launcher]).toEqual([[], [2, 0]])
  })

  test('on Windows is an overlay with the number, and flashes when it rises while another program is in front', () => {
    const { show, calls } = setUp('win32')
    show(2)
    expect(calls()).toEqual(['/tray/2-overlay.png 2 unread', 'flash'])
    show(1)
    expect(calls()).toEqual(['/tray/1-overlay.png 1 unread'])
    show(0)
    expect(calls()).toEqual(['none ', 'still'])
  })

  test('does not flash while the window has the focus, and stops when it gets it', () => {
    const { show, calls, windows } = setUp('win32')
    if (windows.now) windows.now.focused = true
    show(1)
    expect(calls()).toEqual(['/tray/1-overlay.png 1 unread'])
    windows.now?.emit('focus')
    expect(calls()).toEqual(['still'])
  })

  test('is drawn again when the window is shown again, and on a new window', () => {
    const { show, calls, windows } = setUp('win32')
    show(4)
    calls()
    windows.now?.emit('show')
    expect(calls()).toEqual(['/tray/4-overlay.png 4 unread'])
    windows.now = null
    show(5)
    windows.now = new Taskbar()
    show(5)
    expect(calls()).toEqual(['/tray/5-overlay.png 5 unread'])
  })
})
