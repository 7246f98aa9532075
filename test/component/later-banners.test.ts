/** Banners that are seldom needed are loaded when they are. English UI. */
import { render, screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { Later } from '../../renderer/inbox/banners/later.svelte.ts'
import { loadNeeded } from '../../renderer/inbox/banners/seldom.ts'
import { Tickets } from '../../renderer/inbox/list/tickets.svelte.ts'
import { app } from '../../renderer/lib/app.svelte.ts'
import { setBridge } from '../../renderer/lib/bridge/bridge.ts'
import App from '../../renderer/main-window/App.svelte'
import { ShownScreen } from '../../renderer/main-window/shown-screen.svelte.ts'
import { fakeInbox } from '../support/fake-inbox.ts'
import { refuse } from '../support/fake-bridge.ts'
import { rowOf, stateOf } from '../support/builders.ts'
import { button, openInbox } from '../support/inbox.ts'

describe('what is needed later', () => {
  test('is loaded once it is needed, and then stays', async () => {
    let isNeeded = false
    let loads = 0
    const later = new Later(
      () => isNeeded,
      () => {
        loads++
        return Promise.resolve({ default: 'component' })
      }
    )
    await later.ready()
    expect([later.component, loads]).toEqual([null, 0])
    isNeeded = true
    await Promise.all([later.ready(), later.ready()])
    expect([later.component, loads]).toEqual(['component', 1])
    isNeeded = false
    expect([later.component, loads]).toEqual(['component', 1])
  })

  test('is tried again when it could not be loaded', async () => {
    let loads = 0
    const later = new Later(
      () => true,
      () => (++loads === 1 ? Promise.reject(new Error('no file')) : Promise.resolve({ default: 'component' }))
    )
    await later.ready()
    expect(later.component).toBeNull()
    await later.ready()
    expect([later.component, loads]).toEqual(['component', 2])
  })
})

test('a notice and an update that are there from the start keep their order, the notice first', async () => {
  const update = { kind: 'available', version: '0.2.0', notes: '' } as const
  setBridge(fakeInbox({ state: stateOf({ notices: [{ kind: 'still-in-tray' }], update }) }).bridge)
  // As the window does when main answers soon.
  await app.start()
  await loadNeeded()
  render(App, { tickets: new Tickets(), screen: new ShownScreen() })
  expect(screen.getByText(/keeps running in the tray/)).toBeVisible()
  expect(button('1/2 Next message')).toBeVisible()
})

test('what is wrong with the last notice is still said when the notice is gone', async () => {
  const notice = { kind: 'file-set-aside', detail: 'drafts.json' } as const
  const { user, bridge } = await openInbox({ rows: [rowOf()], state: stateOf({ notices: [notice] }) })
  bridge.answer('notices.dismiss', () => refuse('internal'))
  await user.click(button('Got it'))
  expect(await screen.findByText(/Something unexpected happened/)).toBeVisible()
  bridge.emit('notices', [])
  await waitFor(() => expect(screen.queryByText(/drafts\.json/)).toBeNull())
  expect(screen.getByText(/Something unexpected happened/)).toBeVisible()
})
