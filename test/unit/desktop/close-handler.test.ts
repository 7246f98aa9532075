import { describe, expect, test } from 'vitest'
import { CloseHandler } from '../../../electron/desktop/lifecycle/close-handler.ts'
import type { DeliveryOutcome } from '../../../electron/desktop/types.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'

interface Machine {
  readonly tray?: boolean
  readonly closeToTray?: boolean
  readonly stayWithoutTray?: boolean
  readonly outcome?: DeliveryOutcome
}

function setUp({ tray = true, outcome = 'shown', ...settings }: Machine = {}) {
  const done: string[] = []
  const kept = new Map<string, unknown>()
  const joined: (() => Promise<void>)[] = []
  const handler = new CloseHandler({
    windows: { isAnyVisible: () => false },
    settings: { current: () => ({ ...defaultSettings, ...settings }) },
    store: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
    trayHost: { isThere: () => tray },
    notices: { add: ({ kind }) => void done.push(`notice ${kind}`) },
    messages: {
      notifyClosed: (what) => {
        done.push(`said ${what}`)
        return Promise.resolve(outcome)
      }
    },
    quit: { join: (_name, run) => void joined.push(run) },
    quitWhenSent: { begin: () => void done.push('quit') }
  })
  const close = async (): Promise<void> => {
    handler.closed()
    for (const run of joined) await run()
  }
  return { close, done, handler }
}

describe('closing the last window explains once what happens', () => {
  test.each([
    ['with a tray: it goes on there', {}, ['said stay']],
    [
      'without one, where the person chose it: it goes on unseen',
      { tray: false, stayWithoutTray: true },
      ['said stay-unseen']
    ],
    ['without one: it ends', { tray: false }, ['said quit-without-tray', 'quit']]
  ] as const)('%s', async (_what, machine, expected) => {
    const { close, done } = setUp(machine)
    await close()
    expect(done).toEqual(expected)
    await close()
    expect(done).toEqual([...expected, ...expected.filter((what) => what === 'quit')])
  })

  test('shows nothing if closing is set to quit', async () => {
    for (const tray of [true, false]) {
      const { close, done } = setUp({ tray, closeToTray: false })
      await close()
      expect(done).toEqual(['quit'])
    }
  })

  test('shows it once, also while the first is still being shown', () => {
    const { handler, done } = setUp()
    handler.closed()
    handler.closed()
    expect(done).toEqual(['said stay'])
  })

  test('uses a notice or tries again if the notification could not be shown', async () => {
    const inTray = setUp({ outcome: 'no-helper' })
    await inTray.close()
    await inTray.close()
    expect(inTray.done).toEqual(['said stay', 'notice still-in-tray'])
    const ends = setUp({ tray: false, outcome: 'no-helper' })
    await ends.close()
    await ends.close()
    expect(ends.done.filter((what) => what.startsWith('said'))).toHaveLength(2)
  })
})
