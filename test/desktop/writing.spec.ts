import { expect, test } from '../support/desktop/fixtures.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'

test('a reply whose connection is cut after it arrived is posted once, and found in the list', async ({
  demo,
  launch
}) => {
  const inbox = await (await launch()).window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  demo.injectFault({ on: 'reply', effect: { kind: 'cut-after' } })
  await inbox.getByRole('textbox', { name: 'Message' }).fill('Yalnızca bir kez')
  await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
  await expect(inbox.getByRole('article').filter({ hasText: 'Yalnızca bir kez' })).toBeVisible()
  await expect(inbox.getByText('waiting to be sent')).toHaveCount(0)
  // Chromium itself would have repeated it on a reused connection.
  expect(demo.requests.filter(({ path }) => path.endsWith('/reply')).length).toBe(1)
})

test('what was typed survives closing and starting again; a server password is in no file', async ({
  demo,
  session,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  await inbox.getByRole('textbox', { name: 'Message' }).fill('Yarım kalan yanıt')
  await session.tray.click(/^New ticket$/)
  const compose = await app.window(/New ticket/)
  await compose.getByLabel('Title').fill('Yarım kalan bilet')
  await compose.getByText('Server access').click()
  await compose.getByLabel('Server password').fill('hic-yazilmamali')
  await compose.getByLabel('Title').focus()
  await app.quit()

  const again = await launch()
  const reopened = await again.window(/Inbox/)
  await rowOf(reopened, 272298).click()
  await expect(reopened.getByRole('textbox', { name: 'Message' })).toHaveValue('Yarım kalan yanıt')
  await session.tray.click(/^New ticket$/)
  const fresh = await again.window(/New ticket/)
  await expect(fresh.getByLabel('Title')).toHaveValue('Yarım kalan bilet')
  await fresh.getByText('Server access').click()
  await expect(fresh.getByLabel('Server password')).toHaveValue('')
  await again.quit()
  expect(await session.filesWith('hic-yazilmamali')).toEqual([])
  expect(await session.filesWith(demo.token)).toEqual([])
})

test('without a keychain the person is told, and the token lives for this run only', async ({
  demo,
  session,
  launch
}) => {
  const app = await launch({ keyring: false })
  const inbox = await app.window(/Inbox/)
  await expect(inbox.getByText('This computer has no keychain.')).toBeVisible()
  await connect(inbox, demo)
  await expect(inbox.getByRole('alert')).toBeVisible()
  await expect(inbox.getByLabel('Keep it for this session only')).toBeFocused()
  expect(demo.requests).toEqual([])
  await inbox.getByLabel('Keep it for this session only').check()
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  await app.quit()
  expect(await session.filesWith(demo.token)).toEqual([])

  const again = await (await launch({ keyring: false })).window(/Inbox/)
  await expect(again.getByText('The token isn’t available in this session.')).toBeVisible()
  await expect(rowOf(again, 272298)).toBeVisible()
})

test('the demo starts from the first screen, without an account', async ({ launch }) => {
  const inbox = await (await launch()).window(/Inbox/)
  await inbox.getByRole('button', { name: 'Try the demo' }).click()
  await expect(rowOf(inbox, 272298)).toBeVisible()
  await expect(inbox.getByRole('option').first()).toBeVisible()
})

test('a click on a notification opens its ticket', async ({ demo, session, launch }) => {
  const inbox = await (await launch()).window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272291)).toBeVisible()
  demo.staffReply(272291, 'Çiğdem Şahin', 'Bildirimden açılmalı.')
  await inbox.getByRole('button', { name: 'Check now' }).click()
  await expect.poll(() => session.shownCount()).toBe(1)
  await session.clickNotification()
  await expect(inbox.getByRole('article').filter({ hasText: 'Bildirimden açılmalı.' })).toBeVisible()
})
