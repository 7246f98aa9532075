/** What the person keeps about tickets, by keyboard and by mouse, across a restart. Nothing of it reaches the server. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import { checkNow, connect, invoke, rowOf } from '../support/desktop/steps.ts'

const filter = (inbox: Page, name: string): Locator =>
  inbox.getByRole('navigation', { name: 'Filters' }).getByRole('button', { name: new RegExp(`^${name} \\d`) })
const list = (inbox: Page): Locator => inbox.getByRole('listbox', { name: 'Tickets' })
const opened = (inbox: Page, id: number): Locator =>
  inbox.getByRole('region', { name: new RegExp(`^#${id}`) })
const countOf = async (button: Locator): Promise<number> =>
  Number(/\d+$/.exec((await button.textContent())?.trim() ?? '')?.[0])
/** Goes to a ticket by its number, in the list of all tickets. */
async function goTo(inbox: Page, id: number): Promise<void> {
  await inbox.keyboard.press('Control+k')
  await inbox.keyboard.type(`#${id}`)
  await inbox.keyboard.press('Enter')
  await expect(opened(inbox, id)).toBeVisible()
}

test('states, title, note and tags by keyboard, found by search, and there again after a restart', async ({
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  const { keyboard } = inbox

  await test.step('d empties the filter of what waits, z brings the last one back', async () => {
    await filter(inbox, 'Waiting for you').click()
    const waiting = await countOf(filter(inbox, 'Waiting for you'))
    expect(waiting).toBeGreaterThan(1)
    await list(inbox).focus()
    await keyboard.press('Home')
    for (let left = waiting - 1; left >= 0; left--) {
      await keyboard.press('d')
      await expect(filter(inbox, 'Waiting for you')).toHaveText(new RegExp(`${left}$`))
    }
    await expect(inbox.getByText('No tickets here')).toBeVisible()
    await keyboard.press('z')
    await expect(filter(inbox, 'Waiting for you')).toHaveText(/1$/)
    await expect(filter(inbox, 'Done')).toHaveText(new RegExp(`${waiting - 1}$`))
    await filter(inbox, 'All').click()
  })

  await test.step('h snoozes, f follows up, p pins, Shift+M mutes', async () => {
    await goTo(inbox, 272291)
    await keyboard.press('h')
    await expect(inbox.getByRole('dialog', { name: 'Snooze until when?' })).toBeVisible()
    await keyboard.press('2')
    await expect(
      opened(inbox, 272291).getByText(/^snoozed until .* 09:00$|^snoozed until .*06:00/)
    ).toBeVisible()
    await expect(filter(inbox, 'Snoozed')).toHaveText(/1$/)
    await goTo(inbox, 272298)
    await keyboard.press('f')
    await inbox.getByRole('dialog').waitFor()
    await keyboard.press('1')
    await expect(rowOf(inbox, 272298)).toContainText('reminder')
    await keyboard.press('p')
    await expect(rowOf(inbox, 272298).getByRole('img', { name: 'Pinned to the top' })).toBeVisible()
    await expect(inbox.getByRole('option').first()).toContainText('#272298')
    await keyboard.press('Shift+M')
    await expect(opened(inbox, 272298).getByText('Muted: no notifications')).toBeVisible()
  })

  await test.step('F2 gives a title, Shift+N a note, t tags', async () => {
    await keyboard.press('F2')
    await expect(inbox.getByRole('textbox', { name: 'Your own title' })).toBeFocused()
    await keyboard.type('Web sunucusu')
    await keyboard.press('Enter')
    await expect(rowOf(inbox, 272298)).toContainText('Web sunucusu')
    await keyboard.press('Shift+N')
    await expect(inbox.getByRole('textbox', { name: 'Note' })).toBeFocused()
    await keyboard.type('Sözleşme yenilenecek')
    await keyboard.press('Control+Enter')
    await expect(opened(inbox, 272298).getByText('Sözleşme yenilenecek')).toBeVisible()
    await keyboard.press('t')
    await expect(inbox.getByRole('textbox', { name: 'Find a tag or type a new name' })).toBeFocused()
    await keyboard.type('Ajans')
    await keyboard.press('Enter')
    await expect(inbox.getByRole('checkbox', { name: 'Ajans' })).toBeChecked()
    await keyboard.press('Enter')
    await expect(rowOf(inbox, 272298)).toContainText('Ajans')
  })

  const found = async (query: string, ids: readonly number[]): Promise<void> => {
    await keyboard.press('/')
    await keyboard.press('Control+a')
    await keyboard.type(query)
    await expect(inbox.getByRole('option')).toHaveCount(ids.length)
    for (const id of ids) await expect(rowOf(inbox, id)).toBeVisible()
  }
  await test.step('a search finds all of it, and becomes a filter', async () => {
    await found('tag:ajans', [272298])
    await found('note:sozlesme', [272298])
    await found('web sunucusu', [272298])
    await found('is:snoozed', [272291])
    await found('durum:sabit', [272298])
    await inbox.getByRole('button', { name: 'Save this search as a filter' }).click()
    await keyboard.type('Sabitler')
    await keyboard.press('Enter')
    await expect(filter(inbox, 'Sabitler')).toHaveAttribute('aria-pressed', 'true')
    await filter(inbox, 'Sabitler').click()
    await expect(rowOf(inbox, 272291)).toBeVisible()
  })
  await app.quit()

  const again = await launch()
  const reopened = await again.window(/Inbox/)
  await expect(rowOf(reopened, 272298)).toContainText('Web sunucusu')
  await expect(reopened.getByRole('option').first()).toContainText('#272298')
  await expect(filter(reopened, 'Snoozed')).toHaveText(/1$/)
  await expect(filter(reopened, 'Sabitler')).toHaveText(/1$/)
  await rowOf(reopened, 272298).click()
  await expect(opened(reopened, 272298).getByText('Sözleşme yenilenecek')).toBeVisible()
  await expect(opened(reopened, 272298).getByText('Ajans', { exact: true })).toBeVisible()
  const asked = JSON.stringify(demo.requests)
  expect(asked).not.toMatch(/reply|create|close/)
  for (const word of ['Web sunucusu', 'yenilenecek', 'Ajans', 'Sabitler']) expect(asked).not.toContain(word)
})

test('done, snooze, pin, title, note and tags by mouse; a new reply ends done and snooze', async ({
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  const thread = opened(inbox, 272298)
  const more = async (name: string): Promise<void> => {
    await thread.getByRole('button', { name: 'More actions' }).click()
    await inbox.getByRole('menuitem', { name, exact: true }).click()
  }

  await thread.getByRole('button', { name: 'Mark as done' }).click()
  await expect(rowOf(inbox, 272298)).toContainText('Done')
  await thread.getByRole('button', { name: 'Snooze…' }).click()
  const dialog = inbox.getByRole('dialog')
  await dialog.getByLabel('Date').fill('2000-01-01')
  await dialog.getByRole('button', { name: 'Choose this time' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('This time has passed; choose a later one.')
  await dialog.getByRole('button', { name: /^Tomorrow/ }).click()
  await expect(filter(inbox, 'Snoozed')).toHaveText(/1$/)
  // What comes back by itself is not done.
  await expect(filter(inbox, 'Done')).toHaveCount(0)

  await more('Pin to the top')
  await expect(inbox.getByRole('option').first()).toContainText('#272298')
  await more('Give it your own title…')
  await dialog.getByRole('textbox').fill('Web sunucusu')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(thread.getByRole('heading', { level: 1 })).toContainText('Web sunucusu')
  await more('Write a note…')
  await dialog.getByRole('textbox').fill('Müşteriyi ara')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(thread.getByText('Müşteriyi ara')).toBeVisible()
  await more('Tags…')
  await dialog.getByRole('textbox').fill('Acil')
  await dialog.getByRole('button', { name: 'New tag: Acil' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(rowOf(inbox, 272298)).toContainText('Acil')

  await test.step('undo by its button', async () => {
    await inbox.getByRole('button', { name: 'Undo' }).click()
    await expect(rowOf(inbox, 272298)).not.toContainText('Acil')
  })

  await test.step('several at once from the bar of the selection', async () => {
    await rowOf(inbox, 272291).click({ modifiers: ['Control'] })
    await rowOf(inbox, 272240).click({ modifiers: ['Control'] })
    await expect(inbox.getByText('2 selected').first()).toBeVisible()
    await inbox.getByRole('toolbar').getByRole('button', { name: 'Done' }).click()
    await expect(filter(inbox, 'Done')).toHaveText(/2$/)
    await expect(inbox.getByText('2 tickets: done')).toBeVisible()
  })

  demo.staffReply(272298, 'Ayşe Öztürk', 'Düzelttik.')
  demo.staffReply(272240, 'Ayşe Öztürk', 'Düzelttik.')
  await checkNow(inbox)
  await expect(filter(inbox, 'Done')).toHaveText(/1$/)
  await expect(filter(inbox, 'Snoozed')).toHaveCount(0)
  // What does not end by a reply stays.
  await expect(rowOf(inbox, 272298)).toContainText('Web sunucusu')
  await expect(inbox.getByRole('option').first()).toContainText('#272298')
  expect((await invoke(inbox, 'app.state')).settings.tags.map(({ name }) => name)).toEqual(['Acil'])
})
