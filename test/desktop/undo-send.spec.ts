import type { Page } from '@playwright/test'
import type { DemoServer } from '../support/demo/api.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { changeSettings, closeWindow, connect, invoke, rowOf } from '../support/desktop/steps.ts'

const sentReplies = (demo: DemoServer): number =>
  demo.requests.filter(({ path }) => path.endsWith('/reply')).length
const created = (demo: DemoServer): number =>
  demo.requests.filter(({ path }) => path.endsWith('/create')).length
const replyBox = (inbox: Page): ReturnType<Page['getByRole']> =>
  inbox.getByRole('textbox', { name: 'Message' })
const isOutboxEmpty = async (inbox: Page): Promise<boolean> =>
  (await invoke(inbox, 'app.state')).outbox.length === 0

test('a reply and a new ticket are taken back by key and by mouse, and are sent when they are not', async ({
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()

  await test.step('the time to undo is a setting', async () => {
    await inbox.getByRole('button', { name: 'Settings' }).click()
    await inbox.getByRole('button', { name: 'General' }).click()
    await inbox.getByLabel('Time to undo sending').selectOption('10 seconds')
    await inbox.getByRole('button', { name: 'Back to the inbox' }).click()
  })

  await test.step('by key: Ctrl+Z in the box that has the focus', async () => {
    await replyBox(inbox).fill('Geri alınacak')
    await inbox.keyboard.press('Control+Enter')
    await expect(inbox.getByText('Sending your reply to #272298')).toBeVisible()
    await inbox.keyboard.press('Control+z')
    await expect(replyBox(inbox)).toHaveValue('Geri alınacak')
    await expect(replyBox(inbox)).toBeFocused()
  })

  await test.step('by mouse, from another ticket', async () => {
    await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
    await expect(inbox.getByText('Sending your reply to #272298')).toBeVisible()
    await inbox.getByRole('option').nth(2).click()
    await inbox.getByRole('button', { name: 'Undo' }).click()
    await expect(inbox.getByRole('region', { name: /^#272298/ })).toBeVisible()
    await expect(replyBox(inbox)).toHaveValue('Geri alınacak')
  })

  await test.step('a new ticket by its window, with the password that belongs to it', async () => {
    await session.tray.click(/^New ticket$/)
    const compose = await app.window(/New ticket/)
    await compose.getByLabel('Title').fill('Disk')
    await compose.getByLabel('Department').fill('Veri Merkezi İşlemleri')
    await compose.getByLabel('Service').fill('952157')
    await compose.getByLabel('Message').fill('Disk dolu')
    await compose.getByText('Server access').click()
    await compose.getByLabel('Server IP').fill('203.0.113.24')
    await compose.getByLabel('Server user name').fill('root')
    await compose.getByLabel('Server password').fill('gizli')
    await compose.keyboard.press('Control+Enter')
    await expect(compose.getByText('Will be sent in a few seconds')).toBeVisible()
    await compose.keyboard.press('z')
    await expect(compose.getByLabel('Message')).toHaveValue('Disk dolu')
    await expect(compose.getByLabel('Server user name')).toHaveValue('root')
    await expect(compose.getByLabel('Server password')).toHaveValue('gizli')

    await compose.getByRole('button', { name: 'Send' }).click()
    await expect(compose.getByText('Will be sent in a few seconds')).toBeVisible()
    await closeWindow(app.electron, 'New ticket')
    await inbox.getByRole('button', { name: 'Undo' }).click()
    await expect(compose.getByLabel('Message')).toHaveValue('Disk dolu')
    await expect(compose.getByLabel('Server password')).toHaveValue('gizli')
    expect(await session.filesWith('gizli')).toEqual([])
    await closeWindow(app.electron, 'New ticket')
  })

  expect(sentReplies(demo)).toBe(0)
  expect(created(demo)).toBe(0)
  await test.step('what nobody takes back is sent once', async () => {
    await changeSettings(inbox, { undoSendSeconds: 5 })
    await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
    await expect(inbox.getByText('Will be sent in a few seconds')).toBeVisible()
    await expect.poll(() => isOutboxEmpty(inbox), { timeout: 30_000 }).toBe(true)
    expect(sentReplies(demo)).toBe(1)
  })
})

test('a reply held back when the app quits is sent once after the next start', async ({ demo, launch }) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await changeSettings(inbox, { undoSendSeconds: 10 })
  await rowOf(inbox, 272298).click()
  await replyBox(inbox).fill('Çıkarken')
  await replyBox(inbox).press('Control+Enter')
  await expect(inbox.getByText('Sending your reply to #272298')).toBeVisible()
  await app.quit()
  expect(sentReplies(demo)).toBe(0)

  const again = await (await launch()).window(/Inbox/)
  await expect.poll(() => sentReplies(demo)).toBe(1)
  await expect.poll(() => isOutboxEmpty(again)).toBe(true)
  expect(sentReplies(demo)).toBe(1)
})
