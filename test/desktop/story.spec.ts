import type { Page } from '@playwright/test'
import type { DemoServer } from '../support/demo/api.ts'
import { expect, packagedApp, test } from '../support/desktop/fixtures.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'

const parametersOf = (demo: DemoServer, path: string): readonly Readonly<Record<string, string>>[] =>
  demo.requests.filter((request) => request.path === path).map(({ parameters }) => parameters)

/** Fills all documented parameters of a new ticket. */
async function fillNewTicket(compose: Page): Promise<void> {
  await compose.getByLabel('Title').fill('Yedekleme görevi başarısız')
  await compose.getByLabel('Department').click()
  await compose.getByRole('option', { name: 'Hosting Hizmetleri' }).click()
  await compose.getByLabel('Service').fill('952157')
  await compose
    .getByLabel('Message', { exact: true })
    .fill('Gece yedeği “disk dolu” hatasıyla bitti — şifre değişti.')
  await compose.getByText('Server access').click()
  await compose.getByLabel('Server IP').fill('203.0.113.24')
  await compose.getByLabel('Server user name').fill('root')
  await compose.getByLabel('Server password').fill('gizli-şifre-81')
}

for (const kind of ['source', 'packaged'] as const) {
  test(`the whole story, from ${kind}`, async ({ session, demo, launch }) => {
    const packaged = kind === 'packaged' ? packagedApp() : undefined
    const app = await launch({ packaged })
    const inbox = await app.window(/Inbox/)

    await test.step('connecting shows the list; what was there before is not news', async () => {
      await connect(inbox, demo, { version: 'v1' })
      await expect(rowOf(inbox, 272298)).toBeVisible()
      expect(await session.notifications()).toEqual([])
    })

    const quiet = await session.tray.pixels()
    const pixels = (): Promise<string> => session.tray.pixels()
    const tooltip = (): Promise<string> => session.tray.tooltip()

    await test.step('a staff reply is notified and counted', async () => {
      expect(await tooltip()).toContain('No unread')
      demo.staffReply(
        272298,
        'Ayşe Öztürk',
        'Merhaba,\r\n\r\nGüvenlik duvarını düzelttik, şu an bağlanabilirsiniz.'
      )
      await inbox.getByRole('button', { name: 'Check now' }).click()
      await expect.poll(() => session.shownCount()).toBe(1)
      await expect.poll(tooltip).toContain('1 unread')
      expect(await pixels()).not.toBe(quiet)
      const labels = (await session.tray.menu()).map(({ label }) => label)
      expect(labels[0]).toBe('1 unread')
      expect(labels).toContainEqual(expect.stringMatching(/^#272298 .*SSH.* — Ayşe Öztürk$/))
      const [shown] = await session.notifications()
      expect(shown?.summary).toMatch(/^Ayşe Öztürk replied — .*SSH/)
      expect(shown?.body).toContain('Güvenlik duvarını düzelttik, şu an bağlanabilirsiniz.')
    })

    await test.step('a click in the tray opens the thread and it is read', async () => {
      await session.tray.click(/^#272298/)
      await expect(
        inbox.getByRole('article').filter({ hasText: 'Güvenlik duvarını düzelttik' })
      ).toBeVisible()
      await expect.poll(tooltip).toContain('No unread')
      await expect.poll(pixels).toBe(quiet)
    })

    await test.step('a reply arrives with exactly the documented parameters', async () => {
      await inbox.getByRole('textbox', { name: 'Message' }).fill('Teşekkürler, şimdi çalışıyor.')
      await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
      await expect
        .poll(() => parametersOf(demo, '/v1/tickets/reply'))
        .toEqual([{ id: '272298', reply: 'Tesekkurler, simdi calisiyor.' }])
      await expect(
        inbox.getByRole('article').filter({ hasText: 'Tesekkurler, simdi calisiyor.' })
      ).toBeVisible()
    })

    await test.step('closing can be taken back, then calls close', async () => {
      await inbox.getByRole('button', { name: 'Close ticket' }).click()
      await expect(inbox.getByText(/^Closing #272298 .*SSH/)).toBeVisible()
      expect(parametersOf(demo, '/v1/tickets/272298/close')).toEqual([])
      await expect.poll(() => parametersOf(demo, '/v1/tickets/272298/close')).toEqual([{}])
      await expect(rowOf(inbox, 272298)).toHaveAccessibleName(/Closed/)
      expect(demo.requests.find(({ path }) => path.endsWith('/close'))?.method).toBe('GET')
    })

    await test.step('a new ticket from the tray carries every documented parameter', async () => {
      await session.tray.click(/^New ticket$/)
      const compose = await app.window(/New ticket/)
      await fillNewTicket(compose)
      await compose.getByRole('button', { name: 'Send' }).click()
      await expect
        .poll(() => parametersOf(demo, '/v1/tickets/create'))
        .toEqual([
          {
            title: 'Yedekleme gorevi basarisiz',
            department: '19',
            message: 'Gece yedegi "disk dolu" hatasiyla bitti - sifre degisti.',
            service: 'S952157',
            serverip: '203.0.113.24',
            serveruser: 'root',
            serverpassword: 'gizli-şifre-81'
          }
        ])
      await expect(inbox.getByRole('option').filter({ hasText: 'Yedekleme görevi başarısız' })).toBeVisible()
    })

    await test.step('every request proves who asks', () => {
      expect(demo.requests.every(({ headers }) => headers.authorization === `Bearer ${demo.token}`)).toBe(
        true
      )
    })

    await test.step('after a restart nothing is told twice and what was read stays read', async () => {
      demo.staffReply(272291, 'Çiğdem Şahin', 'İkinci yanıt: şu an her şey yolunda.')
      await inbox.getByRole('button', { name: 'Check now' }).click()
      await expect.poll(() => session.shownCount()).toBe(1)
      const notificationCount = (await session.notifications()).length
      await app.quit()
      for (const secret of [demo.token, 'gizli-şifre-81']) expect(await session.filesWith(secret)).toEqual([])

      const again = await launch({ packaged })
      const reopened = await again.window(/Inbox/)
      await expect(rowOf(reopened, 272291)).toBeVisible()
      await reopened.getByRole('button', { name: 'Check now' }).click()
      await expect(reopened.getByText(/checked (?:just now|\d+ s ago)/)).toBeVisible()
      await expect.poll(tooltip).toContain('1 unread')
      await expect(rowOf(reopened, 272298)).not.toContainText('unread')
      expect((await session.notifications()).length).toBe(notificationCount)
      await again.quit()
    })
  })
}
