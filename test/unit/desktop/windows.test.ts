import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'

class FakeWindow extends EventEmitter {
  static readonly all: FakeWindow[] = []
  readonly webContents = Object.assign(new EventEmitter(), { isLoading: () => true, send: () => undefined })
  visible = false
  constructor() {
    super()
    FakeWindow.all.push(this)
  }
  loadURL = () => Promise.resolve()
  isVisible = () => this.visible
  isMinimized = () => false
  isMaximized = () => false
  isFullScreen = () => false
  bounds = { x: 0, y: 0, width: 480, height: 420 }
  getBounds = () => this.bounds
  /** As the system does: what it was set to is told like what the person does. */
  setBounds(bounds: typeof this.bounds): void {
    this.bounds = bounds
    this.emit('resize')
  }
  focus = () => undefined
  show(): void {
    this.visible = true
    this.emit('show')
  }
  hide(): void {
    this.visible = false
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
const { createWindows } = await import('../../../electron/desktop/windows.ts')

function setUp(tray: boolean) {
  const closings: boolean[] = []
  const composeSizes: { readonly width: number; readonly height: number }[] = []
  const windows = createWindows({
    preload: '',
    icon: '',
    savedBounds: () => null,
    saveBounds: () => undefined,
    savedComposeSize: () => composeSizes.at(-1) ?? null,
    saveComposeSize: (size) => void composeSizes.push(size),
    onClosed: () => void closings.push(windows.isAnyVisible()),
    hasTray: () => tray,
    onInboxShown: () => undefined,
    locale: () => 'en'
  })
  return { windows, closings, composeSizes }
}
beforeEach(() => void (FakeWindow.all.length = 0))

test('without a tray, closing the new-ticket window of a fresh start asks whether the app goes on', () => {
  const { windows, closings } = setUp(false)
  windows.showCompose()
  FakeWindow.all[0]?.close()
  expect(closings).toEqual([false])
})

test('with a tray it goes on there: the inbox was never closed', () => {
  const { windows, closings } = setUp(true)
  windows.showCompose()
  FakeWindow.all[0]?.close()
  expect(closings).toEqual([])
})

test('closing the new-ticket window after the inbox is the end of the last one', () => {
  const { windows, closings } = setUp(true)
  windows.showInbox()
  windows.showCompose()
  for (const window of FakeWindow.all) window.close()
  expect(closings).toEqual([true, false])
})

test('the new-ticket window keeps the size that the person gave it, not what a small display left of it', () => {
  const { windows, composeSizes } = setUp(true)
  windows.showCompose()
  const window = FakeWindow.all[0]
  // The display is 574 high, the window 640 by itself.
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

test('an answer that comes late shows no window and takes no keyboard', () => {
  const { windows } = setUp(true)
  windows.showInbox()
  const window = FakeWindow.all[0]
  const focus = vi.fn()
  if (window) window.focus = focus
  window?.close()
  windows.navigateWhereItIs({ to: 'settings' })
  expect([window?.visible, focus.mock.calls.length]).toEqual([false, 0])
  windows.navigate({ to: 'settings' })
  expect([window?.visible, focus.mock.calls.length]).toEqual([true, 1])
})
