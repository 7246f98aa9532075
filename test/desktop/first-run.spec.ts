import type { ElectronApplication, Page } from '@playwright/test'
import { startDemoServer } from '../support/demo/server.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { closeWindow, connect, invoke, rowOf, visible } from '../support/desktop/steps.ts'

const token = '4f8a1c9e2b7d40e5a6c3f1e8d9b07a52'

const copy = (electron: ElectronApplication, text: string): Promise<void> =>
  electron.evaluate(async ({ clipboard }, copied) => {
    await clipboard.writeText(copied)
  }, text)
const copied = (electron: ElectronApplication): Promise<string> =>
  electron.evaluate(({ clipboard }) => clipboard.readText())

/** Moves the focus to another window and back, as after a visit to the browser. */
async function comeBack(electron: ElectronApplication, inbox: Page): Promise<void> {
  for (const title of ['New ticket', 'Inbox']) {
    const hasKeyboard = (): Promise<boolean> =>
      electron.evaluate(({ BrowserWindow }, wanted) => {
        const window = BrowserWindow.getAllWindows().find((candidate) => candidate.getTitle() === wanted)
        if (window?.isFocused() !== true) {
          window?.show()
          window?.focus()
        }
        return window?.isFocused() ?? false
      }, title)
    await expect.poll(hasKeyboard).toBe(true)
  }
  // Playwright makes pages believe that they always have the focus, so the event must be dispatched.
  await inbox.evaluate(() => dispatchEvent(new Event('focus')))
}
const field = (inbox: Page): ReturnType<Page['getByLabel']> => inbox.getByLabel('API token')
const paste = (inbox: Page): ReturnType<Page['getByRole']> => inbox.getByRole('button', { name: 'Paste' })

test('the first run leads to a key, takes it from the clipboard on a click, and can be cancelled', async ({
  session,
  launch
}) => {
  const demo = await startDemoServer({ token })
  const app = await launch()
  const { electron } = app
  const inbox = await app.window(/Inbox/)
  await app.window(/New ticket/)

  await test.step('the field has the keyboard', async () => {
    await expect(field(inbox)).toBeFocused()
  })

  await test.step('the panel opens outside, by keyboard and by mouse', async () => {
    await electron.evaluate(({ shell }) => {
      const opened: string[] = []
      Object.assign(globalThis, { opened })
      shell.openExternal = (address) => {
        opened.push(address)
        return Promise.resolve()
      }
    })
    const opened = (): Promise<readonly string[]> =>
      electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
    const panel = inbox.getByRole('button', { name: 'Open the panel' })
    await panel.focus()
    await inbox.keyboard.press('Enter')
    await panel.click()
    await expect.poll(opened).toEqual(Array(2).fill('https://www.netinternet.com.tr/'))
  })

  await test.step('where there is no API page, a text for support is copied by keyboard', async () => {
    await inbox.getByText('I cannot see the API page').focus()
    await inbox.keyboard.press('Enter')
    await inbox.keyboard.press('Tab')
    await expect(inbox.getByRole('textbox', { name: 'Text for the support team' })).toBeFocused()
    await inbox.keyboard.press('Tab')
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByText('The text was copied')).toBeVisible()
    expect(await copied(electron)).toContain('Please enable API access for my account')
    await inbox.getByText('I cannot see the API page').click()
  })

  await test.step('what is no key on the clipboard is neither offered nor given to the page', async () => {
    await copy(electron, 'gizli kalmasi gereken not')
    await comeBack(electron, inbox)
    expect(await invoke(inbox, 'clipboard.look')).toBe('other')
    expect(await invoke(inbox, 'clipboard.readToken')).toBeNull()
    await expect(paste(inbox)).toHaveCount(0)
  })

  await test.step('nor is a key to a window without the keyboard', async () => {
    await copy(electron, token)
    const compose = await app.window(/New ticket/)
    // The display server may first focus the window that requested it earlier.
    await expect(async () => {
      await comeBack(electron, inbox)
      expect(await invoke(compose, 'clipboard.look')).toBe('other')
      expect(await invoke(compose, 'clipboard.readToken')).toBeNull()
    }).toPass()
  })

  await test.step('a key that was copied meanwhile is offered, and pasted on the click', async () => {
    // The display server may first focus a window that requested it earlier.
    await expect(async () => {
      await comeBack(electron, inbox)
      await expect(inbox.getByText('There seems to be a token on the clipboard.')).toBeVisible({
        timeout: 1000
      })
    }).toPass()
    await expect(field(inbox)).toHaveValue('')
    await paste(inbox).click()
    await expect(field(inbox)).toHaveValue(token)
    await expect(field(inbox)).toBeFocused()
    await closeWindow(electron, 'New ticket')
    await expect.poll(() => visible(electron)).toEqual(['Inbox'])
  })

  await test.step('connecting is cancelled by mouse and by keyboard, and nothing typed is lost', async () => {
    demo.injectFault({ on: 'list', effect: { kind: 'hang', commit: false }, times: Infinity })
    for (const way of ['mouse', 'Tab', 'Escape'] as const) {
      await connect(inbox, demo, { token })
      const cancel = inbox.getByRole('button', { name: 'Cancel' })
      await expect(cancel).toBeVisible()
      if (way === 'mouse') await cancel.click()
      else if (way === 'Escape') await inbox.keyboard.press('Escape')
      else {
        await inbox.keyboard.press('Tab')
        await expect(cancel).toBeFocused()
        await inbox.keyboard.press('Enter')
      }
      await expect(inbox.getByRole('alert')).toContainText('nothing was changed')
      await expect(field(inbox)).toHaveValue(token)
      await expect(inbox.getByRole('button', { name: 'Connect' })).toBeFocused()
    }
    demo.clearFaults()
  })

  await test.step('Enter in the field connects', async () => {
    await field(inbox).focus()
    await inbox.keyboard.press('Enter')
    await expect(rowOf(inbox, 272298)).toBeVisible()
  })

  await test.step('the settings offer the same for another account', async () => {
    await inbox.getByRole('button', { name: 'Settings' }).click()
    await inbox.getByRole('button', { name: 'Add account' }).click()
    await expect(field(inbox)).toBeFocused()
    await expect(inbox.getByRole('button', { name: 'Open the panel' })).toBeVisible()
    await expect(paste(inbox)).toBeVisible()
  })

  await app.quit()
  expect(await session.filesWith(token)).toEqual([])
  await demo.close()
})
