import { describe, expect, test, vi } from 'vitest'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import type { TrayContent } from '../../../electron/desktop/tray/tray-content.ts'
import type { TrayOwner } from '../../../electron/desktop/tray/tray.ts'
import type { Engine } from '../../../electron/sync/types.ts'

vi.mock('electron', () => ({ app: { setBadgeCount: () => true } }))
const { TrayPresenter } = await import('../../../electron/desktop/tray/tray-presenter.ts')

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

/** A start with one account, which the engine has not read yet. */
function setUp(hasPanel = true) {
  const accounts: object[] = []
  const engine = {
    accounts: { list: () => accounts },
    tickets: { rows: () => [] },
    outgoing: { items: () => [] }
  }
  const shown: TrayContent[] = []
  const owners: TrayOwner[] = []
  const done: unknown[] = []
  const presenter = new TrayPresenter({
    platform: 'darwin',
    iconFolder: '/tray',
    engine: engine as unknown as Engine,
    settings: {
      current: () => defaultSettings,
      change: () => ({ ok: true, value: defaultSettings }),
      onChange: () => undefined
    },
    locale: () => 'en',
    windows: { inbox: () => null },
    tray: {
      render: (content) => void shown.push(content),
      connect: (owner) => void owners.push(owner),
      renew: () => undefined,
      lastOutcome: () => '',
      destroy: () => undefined
    },
    trayHost: {
      backend: 'test',
      isThere: () => hasPanel,
      waitForPanel: () => Promise.resolve(),
      offered: () => undefined,
      onArrival: () => undefined,
      onChange: () => undefined
    },
    act: (action) => void done.push(action)
  })
  const readAccounts = (): void =>
    void accounts.push({ id: 'one', connection: { state: 'ok' }, rules: { badge: true } })
  return { presenter, readAccounts, shown, owners, done }
}

describe('the tray of a start', () => {
  test('tells no count before the accounts were read, and takes no click', async () => {
    const { presenter, readAccounts, shown, owners } = setUp()
    presenter.update()
    await settled()
    expect(shown.map(({ tooltip }) => tooltip)).toEqual(['Bilet — opening the tickets…'])
    expect(owners).toEqual([])
    readAccounts()
    presenter.start()
    await settled()
    expect(shown.at(-1)?.tooltip).toBe('Bilet — No unread replies')
    expect(owners).toHaveLength(1)
  })

  test('can be ended from its menu', async () => {
    const { shown, done } = setUp()
    await settled()
    shown[0]?.entries.find(({ label }) => label === 'Quit')?.click?.()
    expect(done).toEqual([{ kind: 'quit' }])
  })

  test('shows nothing where no panel has a place', async () => {
    const { presenter, shown } = setUp(false)
    presenter.start()
    await settled()
    expect(shown).toEqual([])
  })
})
