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
  const shown = (): Pick<DesktopState, 'counted' | 'newest'> => {
    const { counted, newest } = desktopState(rig.engine, defaultSettings, 'tr', rig.time.now())
    return { counted, newest }
  }
  expect(shown()).toMatchObject({ counted: 1, newest: [{ ref: rig.ref(1), account: '' }] })
  rig.engine.accounts.setRules(rig.accountId, { badge: false })
  expect(shown()).toEqual({ counted: 0, newest: [] })
  expect(rig.row(1)?.unread, 'the inbox still shows it').toBe(1)
  await rig.crash()
  await rig.time.advance(2_000)
  expect(shown()).toEqual({ counted: 0, newest: [] })
  rig.engine.accounts.setRules(rig.accountId, { badge: true })
  expect(shown().counted).toBe(1)
})

test('tickets that are done, snoozed or muted are not counted, and return with something new', async () => {
  const rig = new Rig()
  for (const id of [1, 2, 3]) rig.server.add(id)
  await rig.connect()
  await rig.time.advance(2_000)
  for (const id of [1, 2, 3]) rig.server.addReply(id, 'staff', 'Bir')
  await rig.time.advance(120_000)
  const counted = (): number => desktopState(rig.engine, defaultSettings, 'tr', rig.time.now()).counted
  expect(counted()).toBe(3)
  await rig.engine.tickets.setWork([rig.ref(1)], { done: true })
  await rig.engine.tickets.setWork([rig.ref(2)], { snoozedUntil: rig.time.now() + 7_200_000 })
  await rig.engine.tickets.setWork([rig.ref(3)], { muted: true })
  expect(counted()).toBe(0)
  expect(rig.engine.accounts.list()[0]?.unread, 'a muted ticket is unread in the inbox').toBe(1)
  for (const id of [1, 2, 3]) rig.server.addReply(id, 'staff', 'İki')
  await rig.time.advance(120_000)
  expect(counted()).toBe(2)
})

test('with “your turn” it counts the tickets that wait for the person, under their own titles', async () => {
  const rig = new Rig()
  for (const id of [1, 2]) rig.server.add(id)
  await rig.connect()
  await rig.time.advance(2_000)
  rig.server.addReply(1, 'staff', 'Bir')
  await rig.time.advance(120_000)
  await rig.engine.tickets.markRead([rig.ref(1)])
  await rig.engine.tickets.setWork([rig.ref(1)], { title: 'Taşıma' })
  const shown = (trayCounts: 'unread' | 'your-turn') =>
    desktopState(rig.engine, { ...defaultSettings, trayCounts }, 'tr', rig.time.now())
  expect(shown('unread')).toMatchObject({ counted: 0, newest: [] })
  expect(shown('your-turn')).toMatchObject({ counted: 1, newest: [{ subject: 'Taşıma' }] })
  await rig.engine.tickets.setWork([rig.ref(1), rig.ref(2)], { pinned: true })
  expect(shown('your-turn').pinned).toMatchObject([{ ref: rig.ref(2) }])
  await rig.engine.tickets.setWork([rig.ref(1)], { done: true })
  expect(shown('your-turn')).toMatchObject({
    counted: 0,
    pinned: [{ subject: 'Taşıma' }, { ref: rig.ref(2) }]
  })
})
