import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import { closeWindow, connect, visible } from '../support/desktop/steps.ts'

/** Lets the minutes after which a closed window is let go pass at once; all other times stay. */
const hurryLettingGo = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(() => {
    const original = globalThis.setTimeout
    const hurried = (run: () => void, ms?: number): NodeJS.Timeout => original(run, ms === 180_000 ? 50 : ms)
    globalThis.setTimeout = hurried as typeof globalThis.setTimeout
  })

const titles = (electron: ElectronApplication): Promise<readonly string[]> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()))

/** What a person left in the inbox and finds again. */
const shown = (inbox: Page): Promise<unknown> =>
  inbox.evaluate(() => {
    const box = document.querySelector<HTMLTextAreaElement>('.reply textarea')
    return {
      list: document.querySelector('[role="listbox"]')?.scrollTop,
      thread: document.querySelector('.messages')?.scrollTop,
      draft: box?.value,
      cursor: [box?.selectionStart, box?.selectionEnd],
      hasFocus: document.activeElement === box,
      heading: document.querySelector('.thread h1')?.textContent
    }
  })

test('a closed inbox is let go, with its process, and comes back as it was', async ({
  session,
  demo,
  launch
}) => {
  demo.fill(300, 12)
  const app = await launch()
  const { electron } = app
  await hurryLettingGo(electron)
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo, { version: 'v2' })
  await inbox.getByRole('option').first().waitFor()
  await inbox.getByRole('listbox').evaluate((list) => (list.scrollTop = 3210))
  await inbox.getByRole('option').nth(6).click()
  const reply = inbox.getByRole('textbox', { name: 'Message' })
  await reply.fill('Yarım kalan yanıt')
  await inbox.locator('.messages').evaluate((messages) => (messages.scrollTop = 120))
  await reply.focus()
  await reply.evaluate((box) => (box as HTMLTextAreaElement).setSelectionRange(3, 9))
  const before = await shown(inbox)
  const pid = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === 'Inbox')
      ?.webContents.getOSProcessId()
  )

  await closeWindow(electron, 'Inbox')
  await expect.poll(() => titles(electron)).not.toContain('Inbox')
  await expect
    .poll(() => electron.evaluate(({ app: main }) => main.getAppMetrics().map((one) => one.pid)))
    .not.toContain(pid)

  await session.tray.click(/^Inbox$/)
  const again = await app.window(/Inbox/)
  await expect.poll(() => visible(electron)).toContain('Inbox')
  await expect.poll(() => shown(again)).toEqual(before)

  await again.getByRole('button', { name: 'Settings', exact: true }).click()
  await again.getByRole('button', { name: 'General', exact: true }).click()
  const section = { level: 2, name: 'General' } as const
  await again.getByRole('heading', section).waitFor()
  await closeWindow(electron, 'Inbox')
  await expect.poll(() => titles(electron)).not.toContain('Inbox')
  await session.tray.click(/^Settings$/)
  const settings = await app.window(/Inbox/)
  await settings.getByRole('heading', section).waitFor()
})
