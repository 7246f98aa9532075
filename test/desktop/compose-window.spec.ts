import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import { closeWindow, connect, rowOf, visible } from '../support/desktop/steps.ts'

interface Look {
  readonly onTop: boolean
  readonly focused: boolean
  readonly minimizable: boolean
}

const look = (electron: ElectronApplication): Promise<Look | null> =>
  electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((candidate) => candidate.getTitle() === 'New ticket')
    if (!window) return null
    return {
      onTop: window.isAlwaysOnTop(),
      focused: window.isFocused(),
      minimizable: window.isMinimizable()
    }
  })
/** Focuses the window. Repeated until the display server has done it. */
const giveKeyboard = (electron: ElectronApplication, title: string): Promise<void> =>
  expect
    .poll(() =>
      electron.evaluate(({ BrowserWindow }, wanted) => {
        const window = BrowserWindow.getAllWindows().find((candidate) => candidate.getTitle() === wanted)
        if (window?.isFocused() !== true) window?.focus()
        return window?.isFocused() ?? false
      }, title)
    )
    .toBe(true)
/** Electron checks the network interfaces, which a test cannot remove. */
async function pretendOnline(electron: ElectronApplication, online: boolean): Promise<void> {
  await electron.evaluate(({ net }, now) => {
    Object.defineProperty(net, 'isOnline', { value: () => now, configurable: true })
  }, online)
  await electron.context().setOffline(!online)
}

const service = (compose: Page): ReturnType<Page['getByRole']> =>
  compose.getByRole('combobox', { name: 'Service' })

async function fill(compose: Page, title: string): Promise<void> {
  await compose.getByLabel('Title').fill(title)
  await compose.getByRole('combobox', { name: 'Department' }).fill('Sunucu İşlemleri')
  await compose.getByLabel('Message', { exact: true }).fill('Disk doldu.')
}

test('a new ticket is written beside other windows, and its window says what became of it', async ({
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const { electron } = app
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo, { version: 'v2' })
  await expect(rowOf(inbox, 272298)).toBeVisible()
  await session.tray.click(/^New ticket$/)
  const compose = await app.window(/New ticket/)
  await giveKeyboard(electron, 'New ticket')

  await test.step('it floats until another window gets the keyboard, and can be minimized', async () => {
    expect(await look(electron)).toEqual({ onTop: true, focused: true, minimizable: true })
    await giveKeyboard(electron, 'Inbox')
    await expect.poll(() => look(electron)).toMatchObject({ onTop: false, focused: false })
    await giveKeyboard(electron, 'New ticket')
    expect(await look(electron)).toMatchObject({ onTop: false })
    await session.tray.click(/^New ticket$/)
    await expect.poll(() => look(electron)).toMatchObject({ onTop: true })
  })

  await test.step('a service is chosen by keyboard, stands as its product, and is edited by Backspace', async () => {
    await service(compose).focus()
    await expect(service(compose)).toHaveAttribute('placeholder', 'Choose a service or type its number')
    await compose.keyboard.type('vds')
    await expect(compose.getByRole('option', { name: /VDS/ }).first()).toBeVisible()
    await compose.keyboard.press('ArrowDown')
    await compose.keyboard.press('Enter')
    const number = await service(compose).inputValue()
    expect(number).toMatch(/^\d+$/)
    const product = compose.locator('#service-tag')
    await expect(product).toContainText('VDS')
    await compose.keyboard.press('End')
    await compose.keyboard.press('Backspace')
    await expect(service(compose)).toHaveValue(number.slice(0, -1))
    await expect(product).toHaveCount(0)
    await compose.keyboard.type(number.slice(-1))
    await expect(product).toBeVisible()
    await service(compose).blur()
    await product.click()
    await expect(service(compose)).toBeFocused()
    await compose.keyboard.press('Escape')
  })

  await test.step('after Send it says that the server took the ticket, and goes by itself', async () => {
    await fill(compose, 'Yedekleme durdu')
    await compose.clock.install()
    await compose.keyboard.press('Control+Enter')
    await expect(compose.getByRole('status').filter({ hasText: /^Sent/ })).toBeVisible()
    expect(demo.requests.filter(({ path }) => path.endsWith('/create'))).toHaveLength(1)
    expect(await visible(electron)).toContain('New ticket')
    await compose.clock.fastForward(2000)
    await expect.poll(() => visible(electron)).not.toContain('New ticket')
    await compose.clock.resume()
  })

  await test.step('offline it says where the ticket waits; Esc closes it; when it has gone, a notification says so', async () => {
    await closeWindow(electron, 'Inbox')
    await session.tray.click(/^New ticket$/)
    await expect.poll(() => visible(electron)).toEqual(['New ticket'])
    await expect(compose.getByLabel('Title')).toHaveValue('')
    await pretendOnline(electron, false)
    await fill(compose, 'Yolda gönderildi')
    await service(compose).fill('952157')
    await compose.getByRole('button', { name: 'Send' }).click()
    await expect(
      compose.getByRole('status').filter({ hasText: 'In the outbox; it is sent when you are back online' })
    ).toBeVisible()
    await expect(compose.getByText(/^Sent/)).toHaveCount(0)
    await compose.keyboard.press('Escape')
    await expect.poll(() => visible(electron)).toEqual([])
    const shownTitles = async (): Promise<readonly string[]> =>
      (await session.notifications())
        .filter(({ summary }) => summary === 'Your ticket was sent')
        .map(({ body }) => body)
    expect(await shownTitles()).toEqual([])
    await pretendOnline(electron, true)
    await expect.poll(shownTitles).toEqual(['Yolda gönderildi'])
    expect(demo.requests.filter(({ path }) => path.endsWith('/create'))).toHaveLength(2)
  })

  await test.step('what the server refuses stays in view, and is edited from there though another one is written', async () => {
    const body = JSON.stringify({ status: false, message: 'Departman kapalı', error: null, data: null })
    demo.injectFault({ on: 'create', effect: { kind: 'status', status: 422, body } })
    await session.tray.click(/^New ticket$/)
    await expect.poll(() => visible(electron)).toEqual(['New ticket'])
    await fill(compose, 'Kabul edilmeyen')
    await service(compose).fill('952157')
    await compose.getByRole('button', { name: 'Send' }).click()
    await expect(compose.getByRole('status').filter({ hasText: 'Not sent' })).toBeVisible()
    await expect(compose.getByRole('alert')).toContainText('Departman kapalı')
    await compose.keyboard.press('Escape')
    await session.tray.click(/^New ticket$/)
    await fill(compose, 'Başka bir konu')
    await session.tray.click(/^Inbox$/)
    await inbox.getByRole('article', { name: 'Not sent' }).getByRole('button', { name: 'Edit' }).click()
    await expect(compose.getByLabel('Title')).toHaveValue('Kabul edilmeyen')
    await compose.getByRole('button', { name: 'Next draft (1)' }).click()
    await expect(compose.getByLabel('Title')).toHaveValue('Başka bir konu')
  })
})
