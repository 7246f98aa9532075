import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Size } from '../../../electron/desktop/windows/placement.ts'
import type { DisplayServer } from '../../../electron/desktop/linux/display-server.ts'

class FakeWindow extends EventEmitter {
  static readonly all: FakeWindow[] = []
  /** Events sent to the page. */
  readonly heard: string[] = []
  readonly webContents = Object.assign(new EventEmitter(), {
    isLoading: (): boolean => true,
    isDestroyed: () => false,
    send: (_channel: string, name: string) => void this.heard.push(name)
  })
  visible = false
  focused = false
  maximized = false
  /** Method calls, in order. */
  readonly methodCalls: string[] = []
  readonly opened: Readonly<Record<string, unknown>>
  constructor(options: Readonly<Record<string, unknown>>) {
    super()
    this.opened = options
    this.onTop = options.alwaysOnTop
    FakeWindow.all.push(this)
  }
  loadURL = () => Promise.resolve()
  isVisible = () => this.visible
  minimized = false
  isMinimized = () => this.minimized
  restore(): void {
    this.minimized = false
  }
  onTop: unknown
  setAlwaysOnTop(on: boolean): void {
    this.onTop = on
  }
  isMaximized = () => this.maximized
  isDestroyed = () => false
  isFocused = () => this.focused
  maximize(): void {
    this.methodCalls.push(`maximize ${this.visible ? 'shown' : 'hidden'}`)
    this.maximized = true
    this.emit('maximize')
  }
  isFullScreen = () => false
  bounds = { x: 0, y: 0, width: 480, height: 420 }
  getBounds = () => this.bounds
  /** Emits `resize` like the system, which does not distinguish between the app and the user. */
  setBounds(bounds: typeof this.bounds): void {
    this.bounds = bounds
    this.emit('resize')
  }
  setSize(width: number, height: number): void {
    this.setBounds({ ...this.bounds, width, height })
  }
  focus = () => undefined
  destroyed = false
  destroy(): void {
    this.destroyed = true
    this.emit('closed')
  }
  show(): void {
    this.visible = true
    this.methodCalls.push('show')
    this.emit('show')
  }
  hide(): void {
    this.visible = false
    this.methodCalls.push('hide')
  }
  close(): void {
    this.emit('close', { preventDefault: () => undefined })
  }
}
const workArea = { x: 0, y: 0, width: 1024, height: 574 }
vi.mock('electron', () => ({
  app: { isPackaged: false },
  BrowserWindow: FakeWindow,
  nativeTheme: { on: () => undefined, shouldUseDarkColors: false },
  screen: {
    on: () => undefined,
    getAllDisplays: () => [{ workArea }],
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    getDisplayNearestPoint: () => ({ workArea })
  }
}))
const { AppWindows } = await import('../../../electron/desktop/windows/windows.ts')

function setUp(tray: boolean, displayServer: DisplayServer = 'x11', kept: Record<string, unknown> = {}) {
  const closings: boolean[] = []
  const composeSizes: Size[] = []
  const windows = new AppWindows({
    preload: '',
    icon: '',
    displayServer,
    store: {
      get: (key) => (key === 'composeSize' ? composeSizes.at(-1) : kept[key]),
      set: (key, value) => {
        if (key === 'composeSize') composeSizes.push(value as Size)
        else kept[key] = value
      }
    },
    hasTray: () => tray,
    isTicketShown: () => false,
    locale: () => 'en'
  })
  windows.onClosed(() => closings.push(windows.isAnyVisible()))
  return { windows, closings, composeSizes, kept }
}
beforeEach(() => void (FakeWindow.all.length = 0))
afterEach(() => void vi.useRealTimers())

test('without a tray, closing the new-ticket window without an inbox decides whether the app keeps running', () => {
  const { windows, closings } = setUp(false)
  windows.showCompose()
  FakeWindow.all[0]?.close()
  expect(closings).toEqual([false])
})

test('with a tray that closes nothing: the inbox was never closed', () => {
  const { windows, closings } = setUp(true)
  windows.showCompose()
  FakeWindow.all[0]?.close()
  expect(closings).toEqual([])
})

test('closing the new-ticket window after the inbox closes the last window', () => {
  const { windows, closings } = setUp(true)
  windows.showInbox()
  windows.showCompose()
  for (const window of FakeWindow.all) window.close()
  expect(closings).toEqual([true, false])
})

test('the new-ticket window keeps the size that the person chose, not the one limited by a small display', () => {
  const { windows, composeSizes } = setUp(true)
  windows.showCompose()
  const window = FakeWindow.all[0]
  // The window is 640 px high by default, but the display only 574 px.
  expect(window?.bounds).toMatchObject({ width: 480, height: 574 })
  window?.close()
  expect(composeSizes).toEqual([])
  windows.showCompose()
  window?.setBounds({ x: 0, y: 0, width: 600, height: 500 })
  window?.close()
  expect(composeSizes).toEqual([{ width: 600, height: 500 }])
  windows.showCompose()
  expect(window?.bounds).toEqual({ x: 212, y: 37, width: 600, height: 500 })
})

describe('the new-ticket window', () => {
  function opened() {
    const made = setUp(true)
    made.windows.showCompose()
    const window = FakeWindow.all[0]
    if (!window) throw new Error('no window')
    return { ...made, window }
  }

  test('stays on top until another window gets the focus, and again when it is opened again', () => {
    const { windows, window } = opened()
    expect(window.onTop).toBe(true)
    window.emit('blur')
    expect(window.onTop).toBe(false)
    window.emit('focus')
    expect(window.onTop).toBe(false)
    windows.showCompose()
    expect(window.onTop).toBe(true)
  })

  test('can be minimized, which does not close it', () => {
    const { windows, window } = opened()
    expect(window.opened.minimizable).not.toBe(false)
    const before = window.bounds
    window.setBounds({ ...before, x: 7 })
    window.visible = false
    window.minimized = true
    expect(windows.isAnyVisible()).toBe(true)
    windows.showCompose()
    expect(window.bounds.x).toBe(7)
    expect(window.minimized).toBe(false)
    expect(window.heard).not.toContain('closed')
  })

  test('tells its page that it was closed, and handles a close request once', () => {
    const { windows, window, closings } = opened()
    windows.showInbox()
    FakeWindow.all[1]?.close()
    window.close()
    window.close()
    expect(window.heard.filter((name) => name === 'closed')).toHaveLength(1)
    expect(closings).toEqual([true, false])
  })
})

test('navigating in the background shows no window and takes no focus', () => {
  const { windows } = setUp(true)
  windows.showInbox()
  const window = FakeWindow.all[0]
  const focus = vi.fn()
  if (window) window.focus = focus
  window?.close()
  windows.navigateInBackground({ to: 'settings' })
  expect([window?.visible, focus.mock.calls.length]).toEqual([false, 0])
  windows.navigate({ to: 'settings' })
  expect([window?.visible, focus.mock.calls.length]).toEqual([true, 1])
})

describe('on Wayland', () => {
  const place = { x: 90, y: 60, width: 800, height: 500 }

  test('the bounds of an X11 session are not overwritten, and give the first size', () => {
    const { windows, kept } = setUp(true, 'wayland', { inboxBounds: place })
    windows.showInbox()
    const [inbox] = FakeWindow.all
    expect(inbox?.opened).toMatchObject({ width: 800, height: 500 })
    expect(inbox?.opened).not.toHaveProperty('x')
    // The bounds that `getBounds` reports on Wayland, wherever the window is.
    inbox?.setBounds({ x: 0, y: 0, width: 700, height: 450 })
    inbox?.close()
    expect(kept).toMatchObject({ inboxBounds: place, inboxSize: { width: 700, height: 450 } })
  })

  test('the last size on Wayland is used again, within the display', () => {
    setUp(true, 'wayland', {
      inboxBounds: place,
      inboxSize: { width: 700, height: 2000 }
    }).windows.showInbox()
    expect(FakeWindow.all[0]?.opened).toMatchObject({ width: 700, height: 574 })
  })

  test('and on X11 the previous position is used again', () => {
    setUp(true, 'x11', { inboxBounds: place, inboxSize: { width: 700, height: 450 } }).windows.showInbox()
    expect(FakeWindow.all[0]?.opened).toMatchObject(place)
  })

  test('a window that did not get the focus is hidden and shown again, still maximized', () => {
    vi.useFakeTimers()
    const { windows } = setUp(true, 'wayland')
    windows.showInbox()
    const [inbox] = FakeWindow.all
    if (!inbox) throw new Error('no inbox')
    inbox.maximize()
    inbox.methodCalls.length = 0
    windows.showInbox()
    vi.runAllTimers()
    expect(inbox.methodCalls).toEqual(['show', 'hide', 'show', 'maximize shown'])
  })

  test('a window that got the focus stays as it is, also when it loses it later', () => {
    vi.useFakeTimers()
    const { windows } = setUp(true, 'wayland')
    windows.showInbox()
    const [inbox] = FakeWindow.all
    if (!inbox) throw new Error('no inbox')
    inbox.emit('focus')
    vi.runAllTimers()
    expect(inbox.methodCalls).toEqual(['show'])
  })
})

test.each(['x11', 'native'] as const)('on %s a window is never hidden and shown again', (server) => {
  vi.useFakeTimers()
  const { windows } = setUp(true, server)
  windows.showInbox()
  vi.runAllTimers()
  expect(FakeWindow.all[0]?.methodCalls).toEqual(['show'])
})

describe.each(['x11', 'wayland'] as const)('a maximized inbox on %s', (server) => {
  test('is maximized again when it is first shown, not before, and keeps its normal size', () => {
    const kept = { inboxBounds: { x: 90, y: 60, width: 800, height: 500 } }
    const first = setUp(true, server, kept)
    first.windows.showInbox()
    const [inbox] = FakeWindow.all
    inbox?.maximize()
    inbox?.setBounds({ x: 0, y: 0, width: 1024, height: 574 })
    inbox?.close()
    expect(kept).toMatchObject({ inboxMaximized: true, inboxBounds: { width: 800, height: 500 } })
    expect(kept).not.toHaveProperty('inboxSize')

    FakeWindow.all.length = 0
    const next = setUp(true, server, kept)
    next.windows.navigateInBackground({ to: 'settings' })
    const [again] = FakeWindow.all
    expect(again?.methodCalls).toEqual([])
    next.windows.showInbox()
    expect(again?.methodCalls).toEqual(['show', 'maximize shown'])
    // Only once, since the user may have made the window smaller meanwhile.
    again?.close()
    next.windows.showInbox()
    expect(again?.methodCalls).toEqual(['show', 'maximize shown', 'hide', 'show'])
  })

  test('is not maximized after the person restored it', () => {
    const kept = { inboxMaximized: true }
    const { windows } = setUp(true, server, kept)
    windows.showInbox()
    FakeWindow.all[0]?.emit('unmaximize')
    expect(kept.inboxMaximized).toBe(false)
  })
})

const usedToday = (): Record<string, unknown> => ({ composeUsedAt: Date.now() })

test('the new-ticket window is created once the loading inbox was rendered', () => {
  const { windows } = setUp(true, 'x11', usedToday())
  windows.showInbox()
  windows.warmUp()
  expect(FakeWindow.all).toHaveLength(1)
  FakeWindow.all[0]?.emit('ready-to-show')
  expect(FakeWindow.all).toHaveLength(2)
})

test('without an inbox it is created at once', () => {
  setUp(true, 'x11', usedToday()).windows.warmUp()
  expect(FakeWindow.all).toHaveLength(1)
})

test.each([
  ['never', {}],
  ['more than a day ago', { composeUsedAt: Date.now() - 86_400_001 }],
  ['in a future that the clock was set back from', { composeUsedAt: Date.now() + 3_600_000 }],
  ['at a time that cannot be read', { composeUsedAt: 'yesterday' }]
])('used %s, the new-ticket window is not created ahead', (_, kept) => {
  setUp(true, 'x11', kept).windows.warmUp()
  expect(FakeWindow.all).toEqual([])
})

describe('a closed window', () => {
  const minutes = (count: number): void => void vi.advanceTimersByTime(count * 60_000)
  const turn = (): void => void vi.advanceTimersByTime(0)
  const loaded = (window: FakeWindow | undefined): FakeWindow => {
    if (!window) throw new Error('There is no window')
    window.webContents.isLoading = () => false
    return window
  }
  const callerOf = (windows: InstanceType<typeof AppWindows>, window: FakeWindow) =>
    windows.callerOf(window.webContents as never)

  /** The inbox, shown and closed. */
  function closedInbox() {
    vi.useFakeTimers()
    const { windows } = setUp(true)
    windows.showInbox()
    const inbox = loaded(FakeWindow.all[0])
    inbox.close()
    return { windows, inbox, caller: callerOf(windows, inbox) }
  }

  test('is asked after some minutes what it shows, once, and is let go', () => {
    const { windows, inbox, caller } = closedInbox()
    minutes(2)
    expect(inbox.heard).not.toContain('leave')
    minutes(60)
    expect(inbox.heard.filter((name) => name === 'leave')).toHaveLength(1)
    expect(windows.inbox()).not.toBeNull()
    caller.leave('what it showed')
    turn()
    expect(inbox.destroyed).toBe(true)
    expect(windows.inbox()).toBeNull()
  })

  test('begins its next page with what it showed, once', () => {
    const { windows, caller } = closedInbox()
    minutes(4)
    caller.leave('what it showed')
    turn()
    windows.showInbox()
    const next = loaded(FakeWindow.all[1])
    expect(callerOf(windows, next).takeView()).toBe('what it showed')
    expect(callerOf(windows, next).takeView()).toBeNull()
  })

  test('stays when its page holds something that would be lost', () => {
    const { windows, caller } = closedInbox()
    minutes(4)
    caller.leave(null)
    turn()
    expect(windows.inbox()).not.toBeNull()
  })

  test('stays when it was shown again before, or while its page answered', () => {
    const { windows, inbox, caller } = closedInbox()
    minutes(2)
    windows.showInbox()
    minutes(10)
    expect(inbox.heard).not.toContain('leave')
    inbox.close()
    minutes(4)
    expect(inbox.heard).toContain('leave')
    windows.showInbox()
    caller.leave('what it showed')
    turn()
    expect(inbox.destroyed).toBe(false)
    expect(caller.takeView()).toBeNull()
  })

  test('stays when it was told something after it was asked, which its answer may lack', () => {
    const { windows, inbox, caller } = closedInbox()
    minutes(4)
    windows.navigateInBackground({ to: 'outbox' })
    caller.leave('what it showed')
    turn()
    expect(inbox.destroyed).toBe(false)
  })

  test('is never let go without having been asked, whatever its page says', () => {
    const { inbox, caller } = closedInbox()
    caller.leave('too early')
    turn()
    expect(inbox.destroyed).toBe(false)
  })

  test('stays for a day when it is the new-ticket window, which was used', () => {
    vi.useFakeTimers()
    const { windows } = setUp(true, 'x11', {})
    windows.showCompose()
    const compose = loaded(FakeWindow.all[0])
    compose.close()
    minutes(23 * 60)
    expect(compose.heard).not.toContain('leave')
    minutes(60)
    expect(compose.heard).toContain('leave')
    callerOf(windows, compose).leave('')
    turn()
    expect(compose.destroyed).toBe(true)
    windows.showCompose()
    expect(FakeWindow.all).toHaveLength(2)
  })

  test('that was only minimized stays', () => {
    vi.useFakeTimers()
    const { windows } = setUp(true)
    windows.showInbox()
    const inbox = loaded(FakeWindow.all[0])
    inbox.visible = false
    inbox.minimized = true
    minutes(60)
    expect(inbox.heard).not.toContain('leave')
  })
})
