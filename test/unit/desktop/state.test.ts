/** What the desktop shows of an account and its outbox. */
import { expect, test } from 'vitest'
import { desktopState } from '../../../electron/desktop/tray/desktop-state.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import type { DesktopState } from '../../../electron/desktop/types.ts'
import { Rig } from '../../support/sync/rig.ts'

test('each outbox state is counted separately, and sent entries are not counted', async () => {
  const rig = new Rig()
  for (const id of [1, 2, 3]) rig.server.add(id)
  await rig.connect()
  // Avoids a reply within the second in which the ticket was created.
  await rig.time.advance(2_000)
  const shown = (): Pick<DesktopState, 'sending' | 'uncertain' | 'refused'> => {
    const { sending, uncertain, refused } = desktopState(rig.engine, defaultSettings, 'tr', rig.time.now())
    return { sending, uncertain, refused }
  }
  rig.server.fates = ['refused', 'error-before']
  await rig.engine.outgoing.reply(rig.ref(1), 'Bir')
  await rig.engine.outgoing.reply(rig.ref(2), 'İki')
  await rig.engine.outgoing.reply(rig.ref(3), 'Üç')
  expect(shown()).toEqual({ sending: 3, uncertain: 0, refused: 0 })
  rig.server.failingList = { kind: 'server-error' }
  await rig.time.advance(0)
  expect(shown()).toEqual({ sending: 1, uncertain: 1, refused: 1 })
  rig.server.failingList = null
  await rig.time.advance(600_000)
  expect(shown()).toEqual({ sending: 0, uncertain: 0, refused: 1 })
})

test('while the ticket cache is being read the unread count is marked as incomplete', async () => {
  const rig = new Rig()
  rig.server.add(1)
  await rig.connect()
  await rig.time.advance(60_000)
  const isOpening = (): boolean => desktopState(rig.engine, defaultSettings, 'tr', rig.time.now()).isOpening
  expect(isOpening()).toBe(false)
  let read = (): void => undefined
  rig.cachesRead = new Promise<void>((resolve) => (read = resolve))
  await rig.crash()
  expect(isOpening()).toBe(true)
  read()
  await rig.engine.control.opened()
  expect(isOpening()).toBe(false)
})

test('an account without badge is in no count and no menu line, until its badge is turned on', async () => {
  const rig = new Rig()
  rig.server.add(1)
  await rig.connect({ name: 'Alfa' })
  await rig.time.advance(2_000)
  rig.server.addReply(1, 'staff', 'Bir')
  await rig.time.advance(120_000)
  const shown = (): Pick<DesktopState, 'unread' | 'newest'> => {
    const { unread, newest } = desktopState(rig.engine, defaultSettings, 'tr', rig.time.now())
    return { unread, newest }
  }
  expect(shown()).toMatchObject({ unread: 1, newest: [{ ref: rig.ref(1), account: '' }] })
  rig.engine.accounts.setRules(rig.accountId, { badge: false })
  expect(shown()).toEqual({ unread: 0, newest: [] })
  expect(rig.row(1)?.unread, 'the inbox still shows it').toBe(1)
  await rig.crash()
  await rig.time.advance(2_000)
  expect(shown()).toEqual({ unread: 0, newest: [] })
  rig.engine.accounts.setRules(rig.accountId, { badge: true })
  expect(shown().unread).toBe(1)
})
