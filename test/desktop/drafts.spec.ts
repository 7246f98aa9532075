import { expect, test } from '../support/desktop/fixtures.ts'
import { closeWindow, connect, rowOf } from '../support/desktop/steps.ts'
import { violations } from '../support/desktop/violations.ts'

test('several new tickets are written side by side, found in the list of drafts, and survive a restart', async ({
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  await inbox.getByRole('textbox', { name: 'Message' }).fill('Yarım kalan yanıt')
  await session.tray.click(/^New ticket$/)
  const compose = await app.window(/New ticket/)
  await compose.getByLabel('Title').fill('Birinci')
  await compose.getByRole('button', { name: 'New draft' }).click()
  await expect(compose.getByLabel('Title')).toHaveValue('')
  await expect(compose.getByLabel('Title')).toBeFocused()
  await compose.keyboard.type('İkinci')

  const list = inbox.getByRole('region', { name: 'Drafts' })
  await test.step('by key: g o, and a draft is opened and discarded', async () => {
    await inbox.keyboard.press('Escape')
    await inbox.keyboard.press('g')
    await inbox.keyboard.press('o')
    await expect(list.getByRole('listitem')).toHaveCount(3)
    expect(await violations(inbox, 'html')).toEqual([])
    await list.getByRole('button', { name: 'Continue writing: Birinci' }).focus()
    await inbox.keyboard.press('Enter')
    await expect(compose.getByLabel('Title')).toHaveValue('Birinci')
    await list.getByRole('button', { name: 'Delete draft: Birinci' }).focus()
    await inbox.keyboard.press('Enter')
    await expect(compose.getByLabel('Title')).not.toHaveValue('Birinci')
    await expect(list.getByRole('listitem')).toHaveCount(2)
    await list.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect(list.getByRole('listitem')).toHaveCount(3)
  })

  await test.step('by mouse: a reply is written on in its ticket', async () => {
    await list.getByRole('button', { name: 'Continue writing: #272298' }).click()
    await expect(inbox.getByRole('textbox', { name: 'Message' })).toHaveValue('Yarım kalan yanıt')
  })
  await closeWindow(app.electron, 'New ticket')
  await app.quit()

  const again = await (await launch()).window(/Inbox/)
  await rowOf(again, 272298).waitFor()
  await again.keyboard.press('g')
  await again.keyboard.press('o')
  await expect(again.getByRole('region', { name: 'Drafts' }).getByRole('listitem')).toHaveCount(3)
})
