/** Two accounts: chips, menus, the panel, closing and notifications, by keyboard and mouse. */
import type { ElectronApplication, Page } from '@playwright/test'
import { startDemoServer } from '../support/demo/server.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { checkNow, connect, invoke, rowOf } from '../support/desktop/steps.ts'

/** Makes native menus choose this label at once, since tests cannot operate them, and records their items in `offered`. */
const chooseInMenus = (electron: ElectronApplication, label: string | null): Promise<void> =>
  electron.evaluate(({ Menu }, wanted) => {
    const kept = globalThis as unknown as { offered: string[] }
    kept.offered = []
    Menu.prototype.popup = function (this: Electron.Menu, options) {
      kept.offered = this.items.map((item) => item.label).filter((text) => text !== '')
      this.items.find((item) => item.label === wanted)?.click()
      options?.callback?.()
    }
  }, label)
const offered = (electron: ElectronApplication): Promise<string[]> =>
  electron.evaluate(() => (globalThis as unknown as { offered: string[] }).offered)

const opened = (electron: ElectronApplication): Promise<string[]> =>
  electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)

const numbers = async (inbox: Page): Promise<readonly string[]> =>
  (await inbox.getByRole('option').allInnerTexts()).map((text) => /#(\d+)/.exec(text)?.[1] ?? '')

test('two accounts are read, closed and opened in the panel without being mixed up', async ({
  launch,
  demo,
  session
}) => {
  test.setTimeout(120_000)
  const beta = await startDemoServer({ token: 'tok-beta-51' })
  const app = await launch()
  const { electron } = app
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  const nav = inbox.getByRole('navigation', { name: 'Accounts' })

  await test.step('with one account there are no chips', async () => {
    await expect(nav).toHaveCount(0)
  })

  const [alfa] = (await invoke(inbox, 'app.state')).accounts
  await invoke(inbox, 'accounts.rename', { accountId: alfa?.id ?? '', name: 'Ajans Alfa' })
  const second = await invoke(inbox, 'accounts.connect', {
    ...{ name: 'Ajans Beta', baseUrl: beta.origin, version: 'v1', thisRunOnly: false },
    auth: { kind: 'bearer', token: beta.token }
  })
  const all = inbox.getByRole('option')

  await test.step('each has a chip: by mouse, and by g and a digit', async () => {
    await expect(nav.getByRole('button')).toHaveCount(3)
    await nav.getByRole('button', { name: /Ajans Beta/ }).click()
    await expect(nav.getByRole('button', { name: /Ajans Beta/ })).toHaveAttribute('aria-pressed', 'true')
    await expect(all.first()).toContainText('Ajans Beta')
    expect(new Set(await numbers(inbox)).size).toBe(await all.count())
    await inbox.getByRole('listbox', { name: 'Tickets' }).focus()
    await inbox.keyboard.press('g')
    await inbox.keyboard.press('1')
    await expect(all.first()).toContainText('Ajans Alfa')
    await expect(inbox.getByRole('searchbox')).toHaveValue('')
    expect((await invoke(inbox, 'app.state')).settings.inboxAccount).toBe(alfa?.id)
    await inbox.keyboard.press('g')
    await inbox.keyboard.press('0')
    await expect(rowOf(inbox, 272298)).toHaveCount(2)
  })

  await test.step('a row has a menu, by the mouse and by the keyboard', async () => {
    await electron.evaluate(({ shell }) => {
      const kept = globalThis as unknown as { opened: string[] }
      kept.opened = []
      shell.openExternal = (url) => {
        kept.opened.push(url)
        return Promise.resolve()
      }
    })
    await chooseInMenus(electron, 'Copy number and subject')
    await rowOf(inbox, 272298).filter({ hasText: 'Ajans Beta' }).click({ button: 'right' })
    await expect
      .poll(() => electron.evaluate(({ clipboard }) => clipboard.readText()))
      .toMatch(/^#272298 – .*SSH/)
    expect(await offered(electron)).toEqual(
      expect.arrayContaining(['Open', 'Reply', 'Close ticket', 'Copy link to ticket', 'Open in panel'])
    )
    await chooseInMenus(electron, 'Open')
    await inbox.keyboard.press('Shift+F10')
    await expect(inbox.getByRole('heading', { level: 1, name: /#272298/ })).toBeVisible()
    await expect(inbox.locator('.thread .account')).toHaveText('Ajans Beta')
  })

  await test.step('without the panel’s address the settings open at its field, which says what to write', async () => {
    await inbox.getByRole('button', { name: 'More actions' }).click()
    await inbox.getByRole('menuitem', { name: 'Open in panel' }).click()
    const field = inbox.getByLabel('Address of a ticket in the panel')
    await expect(field).toBeFocused()
    await expect(inbox.getByText(/“Open in panel” needs the address/)).toBeVisible()
    await inbox.keyboard.type('https://panel.example.com/viewticket.php?id=5')
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByRole('alert')).toHaveText(/^Write \{id\} instead of the ticket number/)
    await field.fill('https://panel.example.com/viewticket.php?id={id}')
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByText('Saved', { exact: true })).toBeVisible()
    await inbox.getByRole('button', { name: 'Back to the inbox' }).click()
    await chooseInMenus(electron, 'Open in panel')
    await rowOf(inbox, 272298).filter({ hasText: 'Ajans Beta' }).click({ button: 'right' })
    const address = 'https://panel.example.com/viewticket.php?id=272298'
    await expect.poll(() => opened(electron)).toEqual([address])
    await inbox.keyboard.press('Control+k')
    await inbox.keyboard.type('open in panel')
    await inbox.keyboard.press('Enter')
    await expect.poll(() => opened(electron)).toEqual([address, address])
  })

  await test.step('selected words are quoted and searched for, a link is copied', async () => {
    await rowOf(inbox, 272298).filter({ hasText: 'Ajans Alfa' }).click()
    const first = inbox.getByRole('article').first().locator('.message-text').first()
    await first.selectText()
    await chooseInMenus(electron, 'Quote')
    await first.click({ button: 'right' })
    await expect(inbox.getByRole('textbox', { name: 'Message' })).toHaveValue(/^> /)
    expect((await offered(electron))[0]).toBe('Copy')
    await inbox.getByRole('textbox', { name: 'Message' }).fill('')
  })

  await test.step('closing names what it closes, in which account, and only there', async () => {
    await rowOf(inbox, 272298).filter({ hasText: 'Ajans Beta' }).click()
    await inbox.getByRole('button', { name: 'Close ticket' }).click()
    await expect(inbox.getByText(/^Closing #272298 .* · Ajans Beta$/)).toBeVisible()
    await inbox.keyboard.press('z')
    await expect(inbox.getByText(/^Closing #272298/)).toHaveCount(0)
    const list = inbox.getByRole('listbox', { name: 'Tickets' })
    await list.focus()
    await inbox.keyboard.press('Control+a')
    await inbox.keyboard.press('e')
    const dialog = inbox.getByRole('dialog', { name: /^Close \d+ tickets\?$/ })
    await expect(dialog.getByRole('listitem').first()).toHaveText(/^#\d+ .+ · Ajans (Alfa|Beta)$/)
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await inbox.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await inbox.keyboard.press('Escape')
    expect((await invoke(inbox, 'app.state')).outbox).toEqual([])
  })

  await test.step('a notification says which account; a muted one says nothing and is counted', async () => {
    const others = beta.tickets().filter(({ id, status }) => id !== 272298 && status !== 'closed')
    const [first, two] = others.map(({ id }) => id)
    beta.staffReply(first ?? 0, 'Çiğdem Şahin', 'Bakıyoruz.')
    await checkNow(inbox)
    await expect
      .poll(async () => (await session.notifications())[0]?.body)
      .toBe(`#${first} · Ajans Beta\nBakıyoruz.`)
    await expect.poll(() => session.tray.tooltip()).toContain('1 unread')
    expect((await session.tray.menu()).map(({ label }) => label)).toContainEqual(
      expect.stringMatching(new RegExp(`^#${first} .+ — Çiğdem Şahin · Ajans Beta$`))
    )
    const before = (await session.notifications()).length
    await invoke(inbox, 'accounts.setRules', { accountId: second.id, rules: { notify: false } })
    beta.staffReply(two ?? 0, 'Çiğdem Şahin', 'Sessizce.')
    await checkNow(inbox)
    await expect.poll(() => session.tray.tooltip()).toContain('2 unread')
    expect(await session.notifications()).toHaveLength(before)
    await invoke(inbox, 'accounts.setRules', { accountId: second.id, rules: { badge: false } })
    await expect.poll(() => session.tray.tooltip()).toContain('No unread')
    await expect(nav.getByRole('button', { name: /Ajans Beta/ })).toContainText('2')
  })

  await test.step('what the header says of a ticket takes one line, the account’s name with it', async () => {
    const [one] = beta.tickets().filter(({ id, status }) => id !== 272298 && status !== 'closed')
    await rowOf(inbox, one?.id ?? 0)
      .filter({ hasText: 'Ajans Beta' })
      .click()
    const facts = inbox.locator('.thread .facts')
    await expect(facts).toContainText(/your turn.*Ajans Beta.*first response in/s)
    const lines = await facts.evaluate(
      (box) => box.clientHeight / Number.parseFloat(getComputedStyle(box).fontSize)
    )
    expect(lines).toBeLessThan(2)
  })
  await beta.close()
})
