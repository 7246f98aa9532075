/** A web firewall in front of the API blocks one text or one list. The account itself stays valid. */
import type { Page } from '@playwright/test'
import type { DemoServer } from '../support/demo/api.ts'
import { serverBehaviourNamed } from '../support/demo/server-behaviours.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { checkNow, closeWindow, connect, rowOf, visible } from '../support/desktop/steps.ts'

const page = {
  kind: 'status',
  status: 403,
  headers: { 'Content-Type': 'text/html' },
  body: '<html><head><title>403 Forbidden</title></head><body>Request blocked.</body></html>'
} as const
/** A refusal by the API itself, as when its auth service restarts. */
const apiRefusal = {
  kind: 'status',
  status: 403,
  body: JSON.stringify({ status: false, message: 'Yetkiniz yok.', error: 'Yetkiniz yok.', data: null })
} as const

const refusedText = 'Sunucuda ../../etc/passwd okunabiliyor mu?'
const posts = ({ requests }: DemoServer): readonly string[] =>
  requests.filter(({ path }) => path.endsWith('/reply')).map(({ parameters }) => parameters.reply ?? '')
const statusMessage = (inbox: Page, words: RegExp): ReturnType<Page['getByRole']> =>
  inbox.getByRole('status').filter({ hasText: words })

test('a text that a firewall stops is refused alone: news is told, other texts go, and this one can be changed', async ({
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  const box = inbox.getByRole('textbox', { name: 'Message' })
  const reply = inbox.getByRole('button', { name: 'Reply', exact: true })

  await test.step('the staff answer elsewhere while it is refused', async () => {
    demo.setBehaviour(serverBehaviourNamed('firewall'))
    await box.fill(refusedText)
    demo.staffReply(272291, 'Ayşe Öztürk', 'Bu yanıt duyulmalı.')
    await reply.click()
    await expect(statusMessage(inbox, /Not sent: a firewall/)).toBeVisible()
    await expect(rowOf(inbox, 272291)).toContainText('Bu yanıt duyulmalı.')
    await expect.poll(() => session.shownCount()).toBe(1)
    expect(await session.notifications()).toMatchObject([{ body: '#272291\nBu yanıt duyulmalı.' }])
    await expect.poll(() => session.tray.tooltip()).toContain('1 unread')
  })

  await test.step('nothing asks to sign in, and it is not sent again by itself', async () => {
    await expect(inbox.getByRole('button', { name: 'Sign in' })).toHaveCount(0)
    await expect(inbox.getByRole('button', { name: /waiting to be sent/ })).toHaveCount(0)
    await checkNow(inbox)
    await checkNow(inbox)
    expect(posts(demo)).toHaveLength(1)
  })

  await test.step('another ticket is answered meanwhile', async () => {
    await rowOf(inbox, 272291).click()
    await box.fill('Tesekkurler, duydum.')
    await reply.click()
    await expect.poll(() => posts(demo).at(-1)).toBe('Tesekkurler, duydum.')
    await expect(rowOf(inbox, 272291)).toContainText('Tesekkurler, duydum.')
  })

  await test.step('changed, the text arrives once', async () => {
    await rowOf(inbox, 272298).click()
    await inbox.getByRole('button', { name: 'Edit' }).click()
    await expect(box).toHaveValue(refusedText)
    await box.fill('Sunucuda parola dosyasi okunabiliyor mu?')
    await reply.click()
    await expect(rowOf(inbox, 272298)).toContainText('parola dosyasi')
    await expect(statusMessage(inbox, /Not sent/)).toHaveCount(0)
    expect(posts(demo).filter((text) => text.includes('parola dosyasi'))).toHaveLength(1)
    expect(posts(demo)).toHaveLength(3)
  })

  await test.step('with no window open, what comes after it is still told', async () => {
    await closeWindow(app.electron, 'Inbox')
    await expect.poll(() => visible(app.electron)).toEqual([])
    await session.notifications()
    demo.staffReply(272298, 'Ayşe Öztürk', 'Hayır, okunamıyor.')
    await session.tray.click(/^Check now$/)
    await expect
      .poll(async () => (await session.notifications())[0]?.body)
      .toBe('#272298\nHayır, okunamıyor.')
  })
})

for (const [what, effect, words] of [
  ['a page of a firewall', page, /A firewall or a verification page in front of the API/],
  ['the API’s own word', apiRefusal, /has no permission to read tickets/]
] as const)
  test(`one list that ${what} refuses is said, and the next one ends it`, async ({
    session,
    demo,
    launch
  }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await connect(inbox, demo)
    await rowOf(inbox, 272298).click()
    const box = inbox.getByRole('textbox', { name: 'Message' })
    demo.injectFault({ on: 'list', effect })
    demo.staffReply(272291, 'Ayşe Öztürk', 'Geç kalan yanıt.')
    await checkNow(inbox)
    await expect(statusMessage(inbox, words)).toBeVisible()
    await expect(statusMessage(inbox, words)).toContainText('Retrying at')
    await expect(rowOf(inbox, 272298)).toBeVisible()
    // A new reply waits for the next successful list and is then sent automatically.
    await box.fill('Bu arada yazilan.')
    await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
    await expect.poll(() => posts(demo)).toEqual(['Bu arada yazilan.'])
    await expect(statusMessage(inbox, words)).toHaveCount(0)
    await expect(rowOf(inbox, 272291)).toContainText('Geç kalan yanıt.')
    await expect
      .poll(async () => (await session.notifications()).map(({ body }) => body))
      .toEqual(['#272291\nGeç kalan yanıt.'])
    await expect(inbox.getByRole('button', { name: 'Sign in' })).toHaveCount(0)
  })
