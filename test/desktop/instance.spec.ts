import type { ElectronApplication } from '@playwright/test'
import { startPlain } from '../support/desktop/app.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'

/** Titles of the visible windows. */
const visible = (electron: ElectronApplication): Promise<string[]> =>
  electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => window.getTitle())
  )

test('a second start hands over to the first and ends', async ({ stage, session, demo, launch }) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()

  expect(await startPlain({ stage, session, args: ['--new'] }).ended).toBe(0)
  await expect.poll(() => visible(app.electron)).toContain('New ticket')

  expect(await startPlain({ stage, session, args: ['bilet://ticket/272291'] }).ended).toBe(0)
  await expect(inbox.getByRole('article').filter({ hasText: 'PHP-FPM' }).first()).toBeVisible()

  expect(await startPlain({ stage, session, args: ['bilet://new?title=Linkten&department=19'] }).ended).toBe(
    0
  )
  const compose = await app.window(/New ticket/)
  await expect(compose.getByLabel('Title')).toHaveValue('Linkten')
  expect(demo.requests.filter(({ method }) => method === 'POST')).toEqual([])
})

test('closing the inbox keeps the app in the tray, which brings it back', async ({ session, launch }) => {
  const app = await launch()
  await app.window(/Inbox/)
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close()
  })
  await expect.poll(() => visible(app.electron)).toEqual([])
  await session.tray.click(/^Inbox$/)
  await expect.poll(() => visible(app.electron)).toEqual(['Inbox'])
})

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  test(`the app ends by itself when the session, or a terminal, sends ${signal}`, async ({ launch }) => {
    const app = await launch({ args: ['--demo'] })
    await expect(rowOf(await app.window(/Inbox/), 272298)).toBeVisible()
    const code = new Promise((resolve) => app.electron.process().once('exit', resolve))
    app.electron.process().kill(signal)
    expect(await code).toBe(0)
  })

test('a hidden start shows no window, only the tray', async ({ session, launch }) => {
  const app = await launch({ args: ['--hidden'] })
  await expect.poll(() => session.tray.tooltip()).toContain('No unread')
  expect(await visible(app.electron)).toEqual([])
})

test('the tray speaks Turkish where the system does', async ({ session, launch }) => {
  const app = await launch({ lang: 'tr' })
  await app.window(/Gelen kutusu/)
  const labels = (await session.tray.menu()).map(({ label }) => label)
  expect(labels).toEqual(
    expect.arrayContaining(['Yeni bilet', 'Şimdi yenile', 'Gelen kutusu', 'Ayarlar', 'Çık'])
  )
})
