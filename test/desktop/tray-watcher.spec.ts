/** A panel that supports tray icons may still ignore ours: the icon counts as shown only when the panel lists it. */
import { expect, test } from '../support/desktop/fixtures.ts'
import {
  changeSettings,
  closeWindow,
  connect,
  diagnostics,
  rowOf,
  visible
} from '../support/desktop/steps.ts'

test('a panel that refuses the icon is no tray: the window does not close into nothing', async ({
  session,
  demo,
  launch
}) => {
  session.stopTray()
  await session.startTray(true)
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  const note = inbox.getByRole('status').filter({ hasText: 'This desktop has no system tray' })
  await expect(note).toBeVisible()
  expect(session.tray.registrations).toBeGreaterThan(0)
  expect(await diagnostics(inbox)).toContain('tray missing (StatusNotifier, icon refused')

  await test.step('the next panel takes it', async () => {
    session.stopTray()
    await session.startTray()
    await expect(note).toHaveCount(0)
    expect(await session.tray.tooltip()).toBe('Bilet — No unread replies')
    await expect.poll(() => diagnostics(inbox)).toContain('tray there (StatusNotifier, icon accepted')
    await closeWindow(app.electron, 'Inbox')
    await expect.poll(() => visible(app.electron)).toEqual([])
  })

  await test.step('one that refuses it after a restart brings the window back', async () => {
    session.stopTray()
    await session.startTray(true)
    await expect.poll(() => visible(app.electron)).toEqual(['Inbox'])
  })

  await test.step('and closing that ends the app', async () => {
    await closeWindow(app.electron, 'Inbox')
    await app.ended
  })
})

test('a hidden start whose icon is refused shows its window, unless the person wants otherwise', async ({
  session,
  launch
}) => {
  session.stopTray()
  await session.startTray(true)
  const app = await launch({ args: ['--hidden'] })
  await expect.poll(() => visible(app.electron)).toEqual(['Inbox'])
  await changeSettings(await app.window(/Inbox/), { stayWithoutTray: true })
  await app.quit()
  const again = await launch({ args: ['--hidden'] })
  const compose = await again.window(/New ticket/)
  await expect.poll(() => diagnostics(compose)).toContain('icon refused')
  expect(await visible(again.electron)).toEqual([])
})

test('a panel that restarts gets the icon again, and is believed only then', async ({ session, launch }) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await expect.poll(() => diagnostics(inbox)).toContain('icon accepted')
  await closeWindow(app.electron, 'Inbox')
  for (let restarts = 0; restarts < 3; restarts++) {
    session.stopTray()
    await session.startTray()
    expect(await session.tray.tooltip()).toBe('Bilet — No unread replies')
  }
  await expect.poll(() => diagnostics(inbox)).toContain('icon accepted')
  expect(await visible(app.electron)).toEqual([])
  await session.tray.click(/^Inbox$/)
  await expect.poll(() => visible(app.electron)).toEqual(['Inbox'])
})
