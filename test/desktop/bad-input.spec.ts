import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { InjectedFault } from '../support/demo/api.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { connect, rowOf } from '../support/desktop/steps.ts'

const statusMessage = (page: Page, words: RegExp): ReturnType<Page['getByRole']> =>
  page.getByRole('status').filter({ hasText: words })

test.describe('connecting with', () => {
  test('a wrong token says so at the token, and keeps what was typed', async ({ demo, launch }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await connect(inbox, demo, { token: 'not-the-token' })
    await expect(inbox.getByText('The server did not accept this token.')).toBeVisible()
    await expect(inbox.getByLabel('API token')).toHaveValue('not-the-token')
    await expect(inbox.getByLabel('API address')).toHaveValue(demo.origin)
  })

  test('a wrong address says so at the address', async ({ demo, launch }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await connect(inbox, demo, { address: `${demo.origin}/elsewhere` })
    await expect(inbox.getByText('There is no ticket API at this address.')).toBeVisible()
    await connect(inbox, demo, { address: 'http://api.example.com' })
    await expect(inbox.getByText('This address is not encrypted (http).')).toBeVisible()
    await connect(inbox, demo, { address: 'https://' })
    await expect(inbox.getByText('Enter a valid address.')).toBeVisible()
    await connect(inbox, demo)
    await expect(rowOf(inbox, 272298)).toBeVisible()
  })

  test('a server that is down says that it cannot be reached', async ({ demo, launch }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await demo.close()
    await connect(inbox, demo)
    await expect(inbox.getByText('The server cannot be reached.')).toBeVisible()
    await demo.reopen()
    await inbox.getByRole('button', { name: 'Connect' }).click()
    await expect(rowOf(inbox, 272298)).toBeVisible()
  })

  test('an empty account shows that there is nothing yet, not an error', async ({ demo, launch }) => {
    const inbox = await (await launch()).window(/Inbox/)
    demo.injectFault({ effect: { kind: 'empty-list' }, times: Infinity })
    await connect(inbox, demo)
    await expect(inbox.getByText('No tickets yet')).toBeVisible()
  })
})

interface Case {
  readonly name: string
  readonly effect: InjectedFault['effect']
  readonly words: RegExp
}

const cases: readonly Case[] = [
  {
    name: 'an HTML page instead of JSON',
    effect: { kind: 'html' },
    words: /A web page arrived instead of the ticket list/
  },
  {
    name: 'a body that ends too early',
    effect: { kind: 'truncated', cut: false },
    words: /The response was cut off/
  },
  { name: 'fewer bytes than announced', effect: { kind: 'truncated', cut: true }, words: /was cut off/ },
  { name: 'JSON of another shape', effect: { kind: 'wrong-shape' }, words: /not what the API documents/ },
  { name: 'a server error', effect: { kind: 'status', status: 500 }, words: /The server reported an error/ },
  {
    name: 'an empty list where there were tickets',
    effect: { kind: 'empty-list' },
    words: /sent an empty list/
  },
  { name: 'a cut connection', effect: { kind: 'cut-before' }, words: /The connection was lost/ }
]

test.describe('while connected,', () => {
  test('every bad answer has its own words, and list and typed text stay', async ({ demo, launch }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await connect(inbox, demo, { version: 'v2' })
    await rowOf(inbox, 272298).click()
    const box = inbox.getByRole('textbox', { name: 'Message' })
    await box.fill('Yazdıklarım kaybolmamalı')

    for (const { name, effect, words } of cases) {
      await test.step(name, async () => {
        demo.injectFault({ on: 'list', effect, times: Infinity })
        await inbox.getByRole('button', { name: 'Check now' }).click()
        await expect(statusMessage(inbox, words)).toBeVisible()
        await expect(rowOf(inbox, 272298)).toBeVisible()
        await expect(box).toHaveValue('Yazdıklarım kaybolmamalı')
        demo.clearFaults()
        await inbox.getByRole('button', { name: 'Check now' }).click()
        await expect(statusMessage(inbox, words)).toHaveCount(0)
      })
    }

    await test.step('a server that went away', async () => {
      await demo.close()
      await inbox.getByRole('button', { name: 'Check now' }).click()
      await expect(statusMessage(inbox, /The server cannot be reached/)).toBeVisible()
      await expect(rowOf(inbox, 272298)).toBeVisible()
      await demo.reopen()
      await inbox.getByRole('button', { name: 'Check now' }).click()
      await expect(statusMessage(inbox, /cannot be reached/)).toHaveCount(0)
    })
  })

  test('a malformed ticket among good ones loses only itself', async ({ demo, launch }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await connect(inbox, demo)
    await expect(rowOf(inbox, 272298)).toBeVisible()
    demo.injectFault({ on: 'list', effect: { kind: 'broken-ticket' }, times: 1 })
    demo.staffReply(272291, 'Ayşe Öztürk', 'Bu yanıt yine de görünmeli.')
    await inbox.getByRole('button', { name: 'Check now' }).click()
    await expect(statusMessage(inbox, /1 ticket could not be read/)).toBeVisible()
    await expect(rowOf(inbox, 272291)).toContainText('Bu yanıt yine de görünmeli.')
    await expect(rowOf(inbox, 272298)).toBeVisible()
  })

  test('429 is waited out for as long as the server says', async ({ demo, launch }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await connect(inbox, demo)
    await expect(rowOf(inbox, 272298)).toBeVisible()
    demo.injectFault({
      on: 'list',
      effect: { kind: 'status', status: 429, headers: { 'Retry-After': '3600' } },
      times: 1
    })
    await inbox.getByRole('button', { name: 'Check now' }).click()
    await expect(
      statusMessage(inbox, /The server received too many requests and asked us to wait/)
    ).toBeVisible()
    const asked = demo.requests.length
    await inbox.getByRole('button', { name: 'Check now' }).click()
    await inbox.getByRole('button', { name: 'Check now' }).click()
    await expect(rowOf(inbox, 272298)).toBeVisible()
    expect(demo.requests.length).toBe(asked)
  })

  test('a token that is revoked is said, with what to do, and a new one goes on', async ({
    demo,
    launch
  }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await connect(inbox, demo)
    await expect(rowOf(inbox, 272298)).toBeVisible()
    demo.requireToken('another-token')
    await inbox.getByRole('button', { name: 'Check now' }).click()
    await expect(statusMessage(inbox, /did not accept this token/)).toBeVisible()
    await expect(rowOf(inbox, 272298)).toBeVisible()
    await inbox.getByRole('button', { name: 'Sign in', exact: true }).click()
    await inbox.getByLabel('API token').fill('another-token')
    await inbox.getByRole('button', { name: 'Connect' }).click()
    await expect(inbox.getByLabel('API token')).toHaveCount(0)
    await inbox.getByRole('button', { name: 'Back to the inbox' }).click()
    await expect(rowOf(inbox, 272298)).toBeVisible()
  })

  test('a refused reply stays, with the server’s own words, and can be edited', async ({ demo, launch }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await connect(inbox, demo)
    await rowOf(inbox, 272298).click()
    const body = JSON.stringify({
      status: false,
      message: 'Yanıt çok kısa.',
      error: 'Yanıt çok kısa.',
      data: null
    })
    demo.injectFault({ on: 'reply', effect: { kind: 'status', status: 422, body } })
    const box = inbox.getByRole('textbox', { name: 'Message' })
    await box.fill('Olur')
    await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
    await expect(statusMessage(inbox, /Yanıt çok kısa/)).toBeVisible()
    await inbox.getByRole('button', { name: 'Edit' }).click()
    await expect(box).toHaveValue('Olur')
  })

  test('a disk that takes nothing is said, keeps the words where they were typed, and is over when it is over', async ({
    demo,
    session,
    launch
  }) => {
    const inbox = await (await launch()).window(/Inbox/)
    await connect(inbox, demo)
    await rowOf(inbox, 272298).click()
    const box = inbox.getByRole('textbox', { name: 'Message' })
    const profile = join(session.home, 'profile')
    await expect.poll(() => existsSync(join(profile, 'accounts.json'))).toBe(true)
    chmodSync(profile, 0o500)
    await box.fill('Diske yazılamayan yanıt')
    await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
    await expect(inbox.getByText('The folder is not writable. Check its permissions')).toBeVisible()
    await expect(statusMessage(inbox, /Bilet cannot write to its folder/)).toBeVisible()
    await expect(box).toHaveValue('Diske yazılamayan yanıt')
    expect(demo.requests.filter(({ path }) => path.endsWith('/reply'))).toEqual([])
    chmodSync(profile, 0o700)
    await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
    await expect(box).toHaveValue('')
    await expect(statusMessage(inbox, /Bilet cannot write to its folder/)).toHaveCount(0)
    await expect.poll(() => demo.requests.filter(({ path }) => path.endsWith('/reply')).length).toBe(1)
  })
})
