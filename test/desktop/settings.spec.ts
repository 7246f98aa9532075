import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { RunningApp } from '../support/desktop/app.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'

/** Sets the path that the save dialog returns; null cancels it. Each call is recorded for `askedToSave`. */
const choose = (app: RunningApp, path: string | null): Promise<void> =>
  app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = (...args: unknown[]) => {
      Object.assign(globalThis, { askedToSave: args })
      return Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' })
    }
  }, path)

/** Title of the last save dialog's parent window, and the file types that it offered. */
const askedToSave = (app: RunningApp): Promise<{ readonly title: string; readonly kinds: string[] }> =>
  app.electron.evaluate(() => {
    const [window, options] = (
      globalThis as unknown as { askedToSave: [Electron.BrowserWindow, Electron.SaveDialogOptions] }
    ).askedToSave
    return { title: window.getTitle(), kinds: options.filters?.map(({ name }) => name) ?? [] }
  })

const section = (page: Page, name: string): ReturnType<Page['getByRole']> =>
  page.getByRole('region', { name, exact: true })

/** Only one section is visible at a time. */
const show = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name, exact: true }).click()

test('settings do what they say', async ({ session, demo, launch }) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()

  await test.step('a new reply is announced to a screen reader, once', async () => {
    demo.staffReply(272298, 'Ayşe Öztürk', 'Güvenlik duvarını düzelttik.')
    await inbox.getByRole('button', { name: 'Check now' }).click()
    await expect(inbox.getByRole('log')).toHaveText(
      '#272298: Ayşe Öztürk replied. Güvenlik duvarını düzelttik.'
    )
  })

  await inbox.getByRole('button', { name: 'Settings' }).click()
  await show(inbox, 'General')
  const general = section(inbox, 'General')
  await test.step('a language applies to window, tray and the new-ticket window at once', async () => {
    await general.getByLabel('Language').selectOption({ label: 'Türkçe' })
    await expect(inbox.getByRole('heading', { name: 'Ayarlar' })).toBeVisible()
    await expect.poll(async () => (await session.tray.menu()).map(({ label }) => label)).toContain('Ayarlar')
    await section(inbox, 'Genel').getByLabel('Dil').selectOption({ label: 'English' })
    await expect(inbox.getByRole('heading', { name: 'Settings' })).toBeVisible()
  })

  await test.step('a shortcut that another program has is refused, and the old one stays', async () => {
    // Simulates a shortcut that another program has registered.
    await app.electron.evaluate(({ globalShortcut }) => {
      const real = globalShortcut.register.bind(globalShortcut)
      globalShortcut.register = (keys, run) => keys !== 'Ctrl+Alt+B' && real(keys, run)
    })
    const recorder = general.getByRole('button', { name: /^New-ticket shortcut/ })
    await recorder.click()
    await inbox.keyboard.press('Control+Alt+b')
    await expect(general.getByRole('alert')).toContainText('Ctrl+Alt+B is used by another program')
    await expect(recorder).toContainText('Ctrl+Alt+Shift+B')
    const isStill = await app.electron.evaluate(({ globalShortcut }) =>
      globalShortcut.isRegistered('Ctrl+Alt+Shift+B')
    )
    expect(isStill).toBe(true)
    await recorder.click()
    await inbox.keyboard.press('Control+Alt+m')
    await expect(recorder).toContainText('Ctrl+Alt+M')
    const now = await app.electron.evaluate(({ globalShortcut }) =>
      ['Ctrl+Alt+Shift+B', 'Ctrl+Alt+M'].map((keys) => globalShortcut.isRegistered(keys))
    )
    expect(now).toEqual([false, true])
  })

  await test.step('a test notification arrives, and its end is told', async () => {
    await show(inbox, 'Notifications')
    const notifications = section(inbox, 'Notifications')
    const before = await session.shownCount()
    await notifications.getByRole('button', { name: 'Send a test notification' }).click()
    await expect.poll(() => session.shownCount()).toBeGreaterThan(before)
    await expect(notifications.getByRole('status').last()).toHaveText('The notification was shown.')
  })

  await test.step('a pause stands in the tray too', async () => {
    const notifications = section(inbox, 'Notifications')
    await notifications.getByRole('button', { name: 'Until tomorrow' }).click()
    await expect(notifications.getByText(/^Paused until/)).toBeVisible()
    await expect.poll(() => session.tray.tooltip()).toContain('paused')
    await notifications.getByRole('button', { name: 'Turn notifications on' }).click()
    await expect.poll(() => session.tray.tooltip()).not.toContain('paused')
  })

  await show(inbox, 'Privacy and data')
  const privacy = section(inbox, 'Privacy and data')
  await test.step('every ticket goes into a file; one that cannot be written says why', async () => {
    await choose(app, join(app.userData, 'all.json'))
    await privacy.getByRole('button', { name: 'Export as JSON' }).click()
    await expect(privacy.getByText('25 tickets exported.')).toBeVisible()
    const all = JSON.parse(readFileSync(join(app.userData, 'all.json'), 'utf8')) as unknown[]
    expect(all).toHaveLength(25)
    expect(await askedToSave(app)).toEqual({
      title: expect.stringContaining('Inbox') as unknown,
      kinds: ['JSON', 'All files']
    })
    await choose(app, '/bilet-may-not-write-here.md')
    await privacy.getByRole('button', { name: 'Export as Markdown' }).click()
    await expect(inbox.getByRole('alert')).toContainText('You have no permission to write to this folder')
  })

  await test.step('diagnostics are saved as shown, without token, address or text', async () => {
    mkdirSync(app.userData, { recursive: true })
    await choose(app, join(app.userData, 'diagnostics.txt'))
    await show(inbox, 'Diagnostics')
    const diagnostics = section(inbox, 'Diagnostics')
    await diagnostics.getByRole('button', { name: 'Save to a file' }).click()
    await expect(diagnostics.getByText('Saved to the file.')).toBeVisible()
    const text = readFileSync(join(app.userData, 'diagnostics.txt'), 'utf8')
    expect(text).toContain('Electron')
    for (const secret of [demo.token, 'Güvenlik duvarını']) expect(text).not.toContain(secret)
  })

  await test.step('an account that is removed asks first, and is gone for good', async () => {
    await show(inbox, 'Accounts')
    await section(inbox, 'Accounts').getByRole('button', { name: 'Remove' }).click()
    await inbox.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(inbox.getByLabel('API token')).toBeVisible()
    await app.quit()
    expect(await session.filesWith(demo.token)).toEqual([])
  })
})
