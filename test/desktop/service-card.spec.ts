import { expect, test } from '../support/desktop/fixtures.ts'
import { closeWindow, connect, rowOf } from '../support/desktop/steps.ts'
import { violations } from '../support/desktop/violations.ts'

test('a ticket shows its service, also without the server, and a renewal is told once if the person wants it', async ({
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).waitFor()
  await session.tray.click(/^New ticket$/)
  const compose = await app.window(/New ticket/)
  await compose.getByLabel('Title').fill('Ek disk')
  await compose.getByLabel('Department').fill('Veri Merkezi İşlemleri')
  await compose.getByLabel('Service').fill('952157')
  await compose.getByLabel('Message').fill('Disk eklenmesini rica ederiz.')
  await compose.keyboard.press('Control+Enter')
  const created = inbox.getByRole('option').filter({ hasText: 'Ek disk' })
  await expect(created).toBeVisible()
  await closeWindow(app.electron, 'New ticket')

  await test.step('by key: product, state, price and renewal under the subject', async () => {
    await created.click()
    const card = inbox.getByRole('paragraph').filter({ hasText: 'SSD VDS II' })
    await expect(card).toContainText('Active')
    await expect(card).toContainText('17.50$')
    await expect(card).toContainText(/renews .*20\d\d/)
    expect(await violations(inbox, 'html')).toEqual([])
  })

  await test.step('by mouse: a notice, once', async () => {
    const told = async (): Promise<readonly string[]> =>
      (await session.notifications())
        .map(({ summary }) => summary)
        .filter((text) => text.startsWith('Renews'))
    expect(await told()).toEqual([])
    await inbox.getByRole('button', { name: 'Settings' }).click()
    await inbox.getByRole('button', { name: 'Notifications' }).click()
    await inbox.getByLabel('Notify before a service renews').selectOption('14 days before')
    await expect.poll(told).toEqual(['Renews soon: SSD VDS IV'])
    await inbox.getByLabel('Notify before a service renews').selectOption('7 days before')
    await inbox.getByLabel('Notify before a service renews').selectOption('14 days before')
    await inbox.getByRole('button', { name: 'Back to the inbox' }).click()
    expect(await told()).toHaveLength(1)
  })

  await app.quit()
  await demo.close()
  const again = await (await launch()).window(/Inbox/)
  await again.getByRole('option').filter({ hasText: 'Ek disk' }).click()
  await expect(again.getByRole('paragraph').filter({ hasText: 'SSD VDS II' })).toContainText('17.50$')
})
