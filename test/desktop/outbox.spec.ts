/** The outbox's screens, with servers that rewrite, hide and lose messages. English UI. */
import type { Page } from '@playwright/test'
import type { DemoServer } from '../support/demo/api.ts'
import { serverBehaviourNamed, type ServerBehaviour } from '../support/demo/server-behaviours.ts'
import type { RunningApp } from '../support/desktop/app.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { checkNow, connect, rowOf } from '../support/desktop/steps.ts'

/** Stores a text that cannot be matched with certainty, and cuts the answer. */
const rewritesAndCuts: ServerBehaviour = {
  name: 'other words, and the answer is cut',
  rewrite: (text) => `[Musteri yaniti] ${text.split(' ').slice(0, 2).join(' ')} ... (icerik filtrelendi)`,
  writes: 'cut'
}
const words = 'Sunucuya yeniden baglandim, simdi her sey calisiyor gibi gorunuyor.'

const replies = ({ requests }: DemoServer): number =>
  requests.filter(({ path }) => path.endsWith('/reply')).length
const closings = ({ requests }: DemoServer): number =>
  requests.filter(({ path }) => path.endsWith('/close')).length

async function reply(inbox: Page, text: string): Promise<void> {
  await rowOf(inbox, 272298).click()
  await inbox.getByRole('textbox', { name: 'Message' }).fill(text)
  await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
}

/** In milliseconds; longer than a list may lag. Both clocks are advanced by it. */
const laterMs = 7 * 60_000

/** Advances the clocks until the list is conclusive and the user is asked. */
async function question({ electron }: RunningApp, inbox: Page, demo: DemoServer): Promise<void> {
  await expect(rowOf(inbox, 272298)).toContainText('Checking whether it arrived')
  await electron.evaluate((_, ms) => {
    const now = performance.now.bind(performance)
    performance.now = () => now() + ms
  }, laterMs)
  demo.setBehaviour({ name: 'some minutes later', clockMs: laterMs })
  await expect(async () => {
    await checkNow(inbox)
    await expect(inbox.getByRole('heading', { name: 'Is this your reply?' })).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 20_000 })
}
const openOutbox = async (inbox: Page): Promise<void> => {
  await inbox.keyboard.press('Control+k')
  await inbox.keyboard.type('outbox')
  await inbox.keyboard.press('Enter')
  await expect(inbox.getByRole('heading', { name: 'Outbox', level: 1 })).toBeVisible()
}

test('a reply that comes back in other words is asked about side by side, and one press ends it', async ({
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  demo.setBehaviour(rewritesAndCuts)
  await reply(inbox, words)
  await question(app, inbox, demo)
  await expect(inbox.getByRole('group', { name: 'What you wrote' })).toContainText(words)
  await expect(inbox.getByRole('group', { name: 'On the server' })).toContainText('icerik filtrelendi')
  await expect(inbox.getByRole('button', { name: '1 message waiting for your decision' })).toBeVisible()
  await expect(rowOf(inbox, 272298)).toContainText('Waiting for your decision')
  await inbox.getByRole('button', { name: 'Yes, it arrived' }).click()
  await expect(inbox.getByRole('heading', { name: 'Is this your reply?' })).toHaveCount(0)
  await expect(inbox.getByRole('button', { name: /decision/ })).toHaveCount(0)
  await checkNow(inbox)
  expect(replies(demo)).toBe(1)

  await openOutbox(inbox)
  const entry = inbox.getByRole('region', { name: 'History' }).getByRole('listitem').first()
  await expect(entry).toContainText('Arrived; you confirmed it')
  await expect(entry).toContainText(words)
  await entry.getByRole('button', { name: /#272298/ }).press('Enter')
  await expect(inbox.getByRole('region', { name: 'Conversation' })).toBeFocused()
})

test('by the keyboard alone it is sent again, and that is the only second post', async ({ demo, launch }) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  demo.setBehaviour(rewritesAndCuts)
  await reply(inbox, words)
  await question(app, inbox, demo)
  expect(replies(demo)).toBe(1)
  await inbox.getByRole('region', { name: 'Conversation' }).focus()
  const again = inbox.getByRole('button', { name: 'No, send again' })
  await expect(async () => {
    await inbox.keyboard.press('Tab')
    await expect(again).toBeFocused({ timeout: 100 })
  }).toPass({ timeout: 20_000 })
  await inbox.keyboard.press('Enter')
  await expect(inbox.getByRole('heading', { name: 'Is this your reply?' })).toHaveCount(0)
  await expect(inbox.getByRole('region', { name: 'Conversation' })).toBeFocused()
  await expect.poll(() => replies(demo)).toBe(2)
  await expect(inbox.getByRole('article').filter({ hasText: words })).toHaveCount(1)
})

test('where the server hides replies, the own one stays in the thread, also after a restart', async ({
  demo,
  launch
}) => {
  demo.setBehaviour(serverBehaviourNamed('hides replies'))
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo, { version: 'v1' })
  await reply(inbox, words)
  const own = inbox.getByRole('article').filter({ hasText: words })
  await expect(own).toBeVisible()
  await expect(async () => {
    await checkNow(inbox)
    await expect(own).toContainText('sent from this computer', { timeout: 1000 })
  }).toPass({ timeout: 20_000 })
  await app.quit()
  const again = await (await launch()).window(/Inbox/)
  await rowOf(again, 272298).click()
  await expect(again.getByRole('article').filter({ hasText: words })).toContainText('sent from this computer')
  expect(replies(demo)).toBe(1)
})

test('the key of another customer is asked about, and nothing of the one before goes there', async ({
  demo,
  launch
}) => {
  const inbox = await (await launch()).window(/Inbox/)
  await connect(inbox, demo)
  demo.injectFault({ on: 'reply', effect: { kind: 'status', status: 503 }, times: Infinity })
  await reply(inbox, words)
  await expect(inbox.getByRole('button', { name: /waiting to be sent/ })).toBeVisible()
  demo.fill(12, 1)
  demo.requireToken('their-token')
  demo.clearFaults()
  await checkNow(inbox)
  await inbox.getByRole('button', { name: 'Sign in' }).click()
  await inbox.getByLabel('API token').fill('their-token')
  await inbox.getByRole('button', { name: 'Connect' }).click()
  const asked = inbox.getByRole('group', { name: 'This token belongs to another customer.' })
  await expect(asked).toContainText('1 message written for this account is waiting')
  const before = replies(demo)
  await asked.getByRole('button', { name: 'Replace this account' }).click()
  await expect(inbox.getByLabel('API token')).toHaveCount(0)
  await inbox.keyboard.press('Escape')
  await expect(inbox.getByRole('option')).toHaveCount(12)
  const left = inbox.getByRole('article').filter({ hasText: words })
  await expect(left).toContainText('it will not be sent to this one')
  await expect(left.getByRole('button', { name: 'Send again' })).toHaveCount(0)
  await checkNow(inbox)
  expect(replies(demo)).toBe(before)
})

test('closing three hundred tickets shows how far it is, and stops where one says so', async ({
  demo,
  launch
}) => {
  // A third of them are closed.
  demo.fill(450, 1)
  const inbox = await (await launch()).window(/Inbox/)
  await connect(inbox, demo)
  const open = inbox.getByRole('button', { name: /^Open/ })
  await open.click()
  await inbox.getByRole('listbox', { name: 'Tickets' }).focus()
  await inbox.keyboard.press('Control+a')
  demo.injectFault({ on: 'close', effect: { kind: 'delay' }, delayMs: 40, times: Infinity })
  await inbox.keyboard.press('e')
  await expect(inbox.getByRole('dialog', { name: /^Close \d+ tickets\?$/ })).toBeVisible()
  // For many tickets, Enter alone must not confirm: Tab moves to the button first.
  await inbox.keyboard.press('Tab')
  await inbox.keyboard.press('Enter')
  await expect(inbox.getByRole('button', { name: /Undo/ })).toBeVisible()
  const bar = inbox.getByRole('progressbar', { name: 'Close' })
  await expect(bar).toBeVisible({ timeout: 20_000 })
  await expect(inbox.getByText(/^Closing: \d+ of \d+$/)).toBeVisible()
  // Closing continues while another view is open.
  await openOutbox(inbox)
  await expect(bar).toBeVisible()
  await inbox.keyboard.press('Escape')
  await bar.waitFor()
  await inbox.getByRole('button', { name: 'Stop' }).click()
  await expect(inbox.getByRole('log')).toContainText(/tickets stay open/)
  await expect(bar).toHaveCount(0)
  const sent = closings(demo)
  expect(sent).toBeGreaterThan(0)
  expect(demo.tickets().filter(({ status }) => status !== 'closed').length).toBeGreaterThan(0)
  await checkNow(inbox)
  await expect(inbox.getByRole('button', { name: /waiting to be sent/ })).toHaveCount(0)
  expect(closings(demo)).toBe(sent)
})

test('a ticket that leaves the list stays open as long as one writes in it', async ({ demo, launch }) => {
  const inbox = await (await launch()).window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  const box = inbox.getByRole('textbox', { name: 'Message' })
  await box.fill('Yarım kalan yanıt')
  demo.fill(12, 1)
  await checkNow(inbox)
  await expect(rowOf(inbox, 272298)).toContainText('No longer in the list')
  await expect(inbox.getByRole('region', { name: /^#272298/ })).toContainText('No longer in the list')
  await expect(box).toHaveValue('Yarım kalan yanıt')
  await box.fill('')
  await checkNow(inbox)
  await expect(rowOf(inbox, 272298)).toHaveCount(0)
})
