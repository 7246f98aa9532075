/** Hints, what is new, the guide and the report of a problem: each by keyboard and by mouse, and over restarts. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import packageJson from '../../package.json' with { type: 'json' }
import { expect, test } from '../support/desktop/fixtures.ts'
import { changeSettings, connect, rowOf } from '../support/desktop/steps.ts'

const hint = (inbox: Page): Locator => inbox.getByRole('complementary', { name: 'Tip' })
const news = (inbox: Page): Locator => inbox.getByRole('status').filter({ hasText: 'Bilet was updated' })

/** Chooses an entry of the application menu, which the system draws. */
const chooseInMenuBar = (electron: ElectronApplication, label: string): Promise<void> =>
  electron.evaluate(({ Menu }, wanted) => {
    for (const menu of Menu.getApplicationMenu()?.items ?? [])
      menu.submenu?.items.find((item) => item.label === wanted)?.click()
  }, label)

async function runCommand(inbox: Page, name: string): Promise<void> {
  await inbox.keyboard.press('Control+k')
  await expect(inbox.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await inbox.keyboard.type(name)
  await inbox.keyboard.press('Enter')
}

test('hints come once each, and what is new once after an update, also over restarts', async ({
  demo,
  launch
}) => {
  test.setTimeout(120_000)
  const start = { profile: 'first-use', withHints: true } as const
  let app = await launch(start)
  let inbox = await app.window(/Inbox/)
  const restart = async (): Promise<void> => {
    await app.quit()
    app = await launch(start)
    inbox = await app.window(/Inbox/)
    await expect(rowOf(inbox, 272298)).toBeVisible()
  }
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()

  await test.step('the first one explains the filters, and is dismissed by mouse', async () => {
    await expect(hint(inbox)).toContainText('tickets where it is your turn')
    await expect(news(inbox)).toHaveCount(0)
    await hint(inbox).getByRole('button', { name: 'Got it' }).click()
    await expect(hint(inbox)).toHaveCount(0)
  })

  await test.step('after a restart the next one comes with the first ticket, and leads to the keys by keyboard', async () => {
    await restart()
    await expect(hint(inbox)).toHaveCount(0)
    await rowOf(inbox, 272298).click()
    await expect(hint(inbox)).toContainText('No mouse needed')
    await hint(inbox).getByRole('button', { name: 'Show keys' }).focus()
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible()
    await inbox.keyboard.press('Escape')
    await expect(inbox.getByRole('dialog')).toHaveCount(0)
  })

  await test.step('one that was not dismissed comes again, and none after the last', async () => {
    await expect(hint(inbox)).toContainText('keeps running in the tray')
    await restart()
    // A narrow window, in which the ticket covers the list, shows it as well.
    await app.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows())
        if (window.getTitle() === 'Inbox') window.setSize(560, 420)
    })
    await inbox.waitForFunction(() => innerWidth < 600)
    await rowOf(inbox, 272298).click()
    await expect(hint(inbox)).toContainText('keeps running in the tray')
    await expect(hint(inbox)).toBeInViewport()
    await hint(inbox).getByRole('button', { name: 'Got it' }).focus()
    await inbox.keyboard.press('Enter')
    await expect(hint(inbox)).toHaveCount(0)
    await restart()
    await rowOf(inbox, 272298).click()
    await expect(inbox.getByRole('article').first()).toBeVisible()
    await expect(hint(inbox)).toHaveCount(0)
  })

  /** What an update leaves: the settings of an earlier version. */
  const update = async (): Promise<void> => {
    await app.quit()
    const file = join(app.userData, 'settings.json')
    const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    expect(settings.newsShownFor).toBe(packageJson.version)
    writeFileSync(file, JSON.stringify({ ...settings, newsShownFor: '0.0.1' }))
    app = await launch(start)
    inbox = await app.window(/Inbox/)
    await expect(rowOf(inbox, 272298)).toBeVisible()
  }
  const dialog = (): Locator =>
    inbox.getByRole('dialog', { name: `What is new in version ${packageJson.version}` })

  for (const way of ['keyboard', 'mouse'] as const)
    await test.step(`after an update what is new is read once, by ${way}`, async () => {
      await update()
      const show = news(inbox).getByRole('button', { name: 'What’s new' })
      if (way === 'mouse') await show.click()
      else {
        await show.focus()
        await inbox.keyboard.press('Enter')
      }
      await expect(dialog().getByRole('listitem').first()).toBeVisible()
      if (way === 'mouse') await dialog().getByRole('button', { name: 'Close' }).click()
      else await inbox.keyboard.press('Escape')
      await expect(dialog()).toHaveCount(0)
      await expect(news(inbox)).toHaveCount(0)
      await restart()
      await expect(news(inbox)).toHaveCount(0)
    })
})

test('the guide stands in the person’s language, and a report holds no secret; both by keyboard and by mouse', async ({
  demo,
  launch
}) => {
  const app = await launch()
  const { electron } = app
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  const copied = (): Promise<string> => electron.evaluate(({ clipboard }) => clipboard.readText())

  await test.step('the guide opens from the palette, is searched, and is left with Esc', async () => {
    await runCommand(inbox, 'user guide')
    const guide = inbox.getByRole('article', { name: 'User guide' })
    await expect(guide.getByRole('heading', { name: 'Several accounts' })).toBeVisible()
    await inbox.keyboard.press('Control+f')
    await inbox.keyboard.type('quiet hours')
    await expect(guide.locator('mark[data-current]')).toBeInViewport()
    await inbox.keyboard.press('Escape')
    await inbox.keyboard.press('Escape')
    await expect(rowOf(inbox, 272298)).toBeVisible()
  })

  await test.step('in Turkish it opens from the menu bar, and its contents lead to its parts', async () => {
    await changeSettings(inbox, { language: 'tr' })
    await expect.poll(() => inbox.title()).toBe('Gelen kutusu')
    await chooseInMenuBar(electron, 'Kullanım kılavuzu')
    const contents = inbox.getByRole('navigation', { name: 'Konular' })
    await contents.getByRole('button', { name: 'Birkaç hesap' }).click()
    await expect(inbox.getByRole('heading', { name: 'Birkaç hesap' })).toBeInViewport()
    await inbox.getByRole('button', { name: 'Gelen kutusuna dön' }).click()
    await changeSettings(inbox, { language: 'en' })
    await expect.poll(() => inbox.title()).toBe('Inbox')
  })

  await test.step('a report is written and copied by keyboard', async () => {
    await runCommand(inbox, 'report a problem')
    const report = inbox.getByRole('dialog', { name: 'Report a problem' })
    await expect(report.getByLabel('What happened?')).toBeFocused()
    await inbox.keyboard.type('It stopped.')
    await expect(report.locator('pre')).toContainText('Electron')
    const copy = report.getByRole('button', { name: 'Copy', exact: true })
    for (let i = 0; i < 5; i++)
      if (!(await copy.evaluate((it) => it === document.activeElement))) await inbox.keyboard.press('Tab')
    await inbox.keyboard.press('Enter')
    await expect.poll(copied).toMatch(/^It stopped\.[^]*Electron/)
    expect(await copied()).not.toContain(demo.token)
    await inbox.keyboard.press('Escape')
    await expect(report).toHaveCount(0)
  })

  await test.step('one page of help follows another at once', async () => {
    await chooseInMenuBar(electron, 'What is new')
    await expect(inbox.getByRole('dialog', { name: /^What is new/ })).toBeVisible()
    await inbox.keyboard.press('Escape')
    await chooseInMenuBar(electron, 'Report a problem…')
    await expect(inbox.getByRole('dialog', { name: 'Report a problem' })).toBeVisible()
  })

  await test.step('a report is saved by mouse', async () => {
    const file = join(app.userData, 'report.txt')
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    const report = inbox.getByRole('dialog', { name: 'Report a problem' })
    await report.getByRole('button', { name: 'Save to a file' }).click()
    await expect(report.getByRole('status')).toHaveText('Saved to the file.')
    expect(readFileSync(file, 'utf8')).toContain('Electron')
    expect(readFileSync(file, 'utf8')).not.toContain(demo.token)
    await report.getByRole('button', { name: 'Close' }).click()
    await expect(report).toHaveCount(0)
  })
})
