import { expect, test } from '../support/desktop/fixtures.ts'
import { startPlain } from '../support/desktop/app.ts'
import { connect, rowOf, visible } from '../support/desktop/steps.ts'

test('links and switches of the command line do what they say, on a cold and a running app, and send nothing', async ({
  stage,
  session,
  demo,
  launch
}) => {
  const posts = (): readonly unknown[] => demo.requests.filter(({ method }) => method === 'POST')

  await test.step('an account is connected', async () => {
    const app = await launch()
    const inbox = await app.window(/Inbox/)
    await connect(inbox, demo)
    await expect(rowOf(inbox, 272298)).toBeVisible()
    await app.quit()
  })

  await test.step('cold: a link to a ticket opens it', async () => {
    const app = await launch({ args: ['--hidden', 'bilet://ticket/272291'] })
    const inbox = await app.window(/Inbox/)
    await expect(inbox.getByRole('article').filter({ hasText: 'PHP-FPM' }).first()).toBeVisible()

    await test.step('warm: one to a ticket that only the server knows yet', async () => {
      const id = demo.addTicket({ message: 'Panelden açıldı, burada henüz yok.' })
      expect(await startPlain({ stage, session, args: [`bilet://ticket/${id}`] }).ended).toBe(0)
      await expect(inbox.getByRole('article').filter({ hasText: 'burada henüz yok' })).toBeVisible()
    })
    await test.step('warm: what is no link of ours does nothing but show the app', async () => {
      for (const link of ['bilet://ticket/1%2F..', 'bilet://delete/272291', 'bilet:new?title=x'])
        expect(await startPlain({ stage, session, args: [link] }).ended).toBe(0)
      expect(await visible(app.electron)).toEqual(['Inbox'])
    })
    await app.quit()
  })

  await test.step('cold: a link to a new ticket fills the window in', async () => {
    const link = 'bilet://new?title=Disk%20doldu&department=19&service=952157&message=%C4%B0lk%0Asat%C4%B1r'
    const app = await launch({ args: [link] })
    const compose = await app.window(/New ticket/)
    await expect(compose.getByLabel('Title')).toHaveValue('Disk doldu')
    await expect(compose.getByLabel('Message', { exact: true })).toHaveValue('İlk\nsatır')
    await expect.poll(() => visible(app.electron)).toEqual(['New ticket'])
    await app.quit()
  })

  await test.step('--hidden --check asks, and shows no window', async () => {
    demo.staffReply(272298, 'Ayşe Öztürk', 'Gizli başlangıçta geldi.')
    const app = await launch({ args: ['--hidden', '--check'] })
    await expect.poll(() => session.tray.tooltip()).toContain('1 unread')
    expect(await visible(app.electron)).toEqual([])
    expect(await startPlain({ stage, session, args: ['--new'] }).ended).toBe(0)
    await expect.poll(() => visible(app.electron)).toEqual(['New ticket'])
  })

  expect(posts()).toEqual([])
})
