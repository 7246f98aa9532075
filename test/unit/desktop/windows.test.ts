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
  getBounds = () => ({ x: 0, y: 0, width: 480, height: 420 })
  setBounds = () => undefined
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
  const windows = createWindows({
    preload: '',
    icon: '',
    savedBounds: () => null,
    saveBounds: () => undefined,
    onClosed: () => void closings.push(windows.isAnyVisible()),
    hasTray: () => tray,
    onInboxShown: () => undefined,
    locale: () => 'en'
  })
  return { windows, closings }
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
