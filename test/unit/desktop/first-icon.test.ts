/** The tray icon of a start: asked for at `ready`, whatever else is still unknown. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { TrayHost } from '../../../electron/desktop/tray/tray-host.ts'

/** `asked`, `gone` and `offered`, in their order. */
const log: string[] = []
let isRefused = false
vi.mock('electron', () => ({
  Tray: class {
    constructor() {
      if (isRefused) throw new Error('no tray')
      log.push('asked')
    }
    on = (): void => undefined
    setToolTip = (): void => undefined
    destroy = (): void => void log.push('gone')
  },
  Menu: {},
  nativeImage: { createFromPath: () => ({ setTemplateImage: () => undefined, isEmpty: () => false }) }
}))
const { askForIcon } = await import('../../../electron/desktop/tray/first-icon.ts')

beforeEach(() => {
  log.splice(0)
  isRefused = false
})

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A start whose bus answers with `answer` and whose Electron is ready with `getReady`. */
function start() {
  let answer: (host: TrayHost) => void = () => undefined
  let getReady = (): void => undefined
  let arrive = (): void => undefined
  const host = new Promise<TrayHost>((resolve) => (answer = resolve))
  const ready = new Promise<void>((resolve) => (getReady = resolve))
  const tray = askForIcon({ platform: 'linux', iconFolder: '/tray', host, ready })
  return {
    tray,
    getReady: () => {
      getReady()
      return settled()
    },
    answer: (isThere: boolean) => {
      answer({
        backend: 'test',
        isThere: () => isThere,
        waitForPanel: () => Promise.resolve(),
        offered: () => void log.push('offered'),
        onArrival: (listener) => (arrive = listener),
        onChange: () => undefined
      })
      return settled()
    },
    arrive: () => arrive()
  }
}

describe('the icon of a start', () => {
  test('waits for Electron, and for no answer of the bus', async () => {
    const { getReady, answer } = start()
    await settled()
    expect(log).toEqual([])
    await getReady()
    expect(log).toEqual(['asked'])
    await answer(true)
    expect(log).toEqual(['asked', 'offered'])
  })

  test('is offered to a panel that was known before', async () => {
    const { getReady, answer } = start()
    await answer(true)
    expect(log).toEqual([])
    await getReady()
    expect(log).toEqual(['asked', 'offered'])
  })

  test('is not asked for where no panel has a place, and comes with the next panel', async () => {
    const { getReady, answer, arrive, tray } = start()
    await answer(false)
    await getReady()
    expect(log).toEqual([])
    arrive()
    expect(log).toEqual([])
    tray.render({ icon: '1', tooltip: 'Bilet — 1', entries: [], title: '' })
    expect(log).toEqual(['asked', 'offered'])
  })

  test('is taken back if there turns out to be no place, and asked for again when there is one', async () => {
    const { getReady, answer, arrive } = start()
    await getReady()
    await answer(false)
    expect(log).toEqual(['asked', 'gone'])
    arrive()
    expect(log).toEqual(['asked', 'gone', 'asked', 'offered'])
  })

  test('that Electron refuses does not end the start, and is told', async () => {
    isRefused = true
    const { getReady, answer, arrive, tray } = start()
    await getReady()
    await answer(true)
    arrive()
    expect(log).toEqual([])
    expect(tray.lastOutcome()).toBe('failed: no tray')
  })
})
