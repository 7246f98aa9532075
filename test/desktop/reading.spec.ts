/** Text as it is sent, text of machines, panes and statistics: each by keyboard and by mouse. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import { checkNow, connect, invoke, rowOf } from '../support/desktop/steps.ts'
import type { DemoServer } from '../support/demo/api.ts'
import { startDemoServer } from '../support/demo/server.ts'
import { serverBehaviourNamed } from '../support/demo/server-behaviours.ts'

async function tabTo(there: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if (await there.evaluate((element) => element === document.activeElement)) return
    await there.page().keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${String(there)}`)
}

const log = [
  'Nov 24 10:00:01 vps17 sshd[812]: Failed password for root from 198.51.100.17 port 50422 ssh2',
  'Nov 24 10:00:03 vps17 sshd[812]: Connection closed by authenticating user root 198.51.100.17 port 50422'
].join('\n')
const password = 'Kx9!mQ72zz'

test('a log is read and copied as a log, and a password is hidden until it is asked for', async ({
  demo,
  launch
}) => {
  demo.staffReply(272298, 'Ayşe Öztürk', `Günlükte şu satırlar var:\n\n${log}\n\nŞifre: ${password}`)
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  const copied = (): Promise<string> => app.electron.evaluate(({ clipboard }) => clipboard.readText())
  const forget = (): Promise<void> =>
    app.electron.evaluate(({ clipboard }) => {
      clipboard.clear()
    })
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  const message = inbox.getByRole('article').last()
  const lines = message.locator('pre')

  await test.step('its lines are not wrapped, and the box scrolls', async () => {
    await expect(lines).toHaveText(log)
    expect(await lines.evaluate((box) => getComputedStyle(box).whiteSpace)).toBe('pre')
    expect(await lines.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true)
    expect(await lines.evaluate((box) => getComputedStyle(box).fontFamily)).toMatch(/mono/i)
  })

  await test.step('it is copied by mouse and by keyboard', async () => {
    const copy = message.getByRole('button', { name: 'Copy', exact: true })
    await message.hover()
    await copy.click()
    await expect.poll(copied).toBe(log)
    await forget()
    await inbox.getByRole('region', { name: 'Conversation' }).focus()
    await tabTo(copy)
    await inbox.keyboard.press('Enter')
    await expect.poll(copied).toBe(log)
  })

  await test.step('the password is not to be seen, is shown by mouse, hidden and copied by keyboard', async () => {
    const shown = message.locator('.secret .value')
    const height = (): Promise<string> => shown.evaluate((it) => getComputedStyle(it).fontSize)
    await expect(shown).toHaveText(password)
    expect(await height()).toBe('0px')
    expect(await rowOf(inbox, 272298).innerText()).not.toContain(password)
    await message.getByRole('button', { name: 'Show', exact: true }).click()
    await expect.poll(height).not.toBe('0px')
    await inbox.keyboard.press('Enter')
    await expect.poll(height).toBe('0px')
    await forget()
    await tabTo(message.getByRole('button', { name: 'Copy password' }))
    await inbox.keyboard.press('Enter')
    await expect.poll(copied).toBe(password)
  })

  await test.step('the whole message is copied by mouse and by keyboard, with the password in it', async () => {
    for (const way of ['mouse', 'keyboard'] as const) {
      await forget()
      if (way === 'mouse') {
        await message.hover()
        await message.getByRole('button', { name: 'Copy message' }).click()
      } else {
        await inbox.getByRole('region', { name: 'Conversation' }).focus()
        await inbox.keyboard.press('c')
      }
      await expect.poll(copied).toContain(`Şifre: ${password}`)
    }
  })
})

test('letters are replaced only where it is asked for, seen before and warned of where it may do harm', async ({
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo, { version: 'v1' })
  await rowOf(inbox, 272298).click()
  const box = inbox.getByRole('textbox', { name: 'Message' })
  const sentTo = ({ requests }: DemoServer): readonly string[] =>
    requests.filter(({ path }) => path.endsWith('/reply')).map(({ parameters }) => parameters.reply ?? '')
  const sent = (): readonly string[] => sentTo(demo)

  await test.step('v1: one line says it, and the text is previewed by mouse and by keyboard', async () => {
    await box.fill('Teşekkürler, çalışıyor')
    await expect(inbox.getByText('Turkish letters will be replaced: 6 letters')).toBeVisible()
    await inbox.getByRole('button', { name: 'Preview' }).click()
    await expect(inbox.getByLabel('Text as it will be sent')).toHaveText('Tesekkurler, calisiyor')
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByLabel('Text as it will be sent')).toHaveCount(0)
  })

  await test.step('a changed password is held back once; the person reads their own letters', async () => {
    await box.fill('ŞİFRE=ğü$ oldu')
    await inbox.keyboard.press('Control+Enter')
    await expect(inbox.getByRole('alert')).toContainText('ŞİFRE=ğü$ → SIFRE=gu$')
    expect(sent()).toEqual([])
    await inbox.getByRole('button', { name: 'Send anyway' }).click()
    await expect.poll(sent).toEqual(['SIFRE=gu$ oldu'])
    await expect(inbox.getByRole('article').last()).toContainText('ŞİFRE=ğü$ oldu')
  })

  await test.step('“always as written” is chosen by keyboard in the account’s rules', async () => {
    await inbox.getByRole('button', { name: 'Settings' }).click()
    await inbox.getByRole('button', { name: 'Account rules' }).click()
    const form = inbox.getByLabel('Turkish letters')
    await form.focus()
    await inbox.keyboard.press('End')
    await expect(form).toHaveValue('as-written')
    await inbox.getByRole('button', { name: 'Back to the inbox' }).click()
    await box.fill('Şimdi olduğu gibi')
    await expect(inbox.getByText(/letters will be replaced/)).toHaveCount(0)
    await inbox.keyboard.press('Control+Enter')
    await expect.poll(sent).toEqual(['SIFRE=gu$ oldu', 'Şimdi olduğu gibi'])
  })

  await test.step('automatic: a message that comes back damaged switches the account, and says so once', async () => {
    const other = await startDemoServer({ token: 'tok-other-77' })
    await invoke(inbox, 'accounts.connect', {
      ...{ name: 'Ajans Beta', baseUrl: other.origin, version: 'v2', thisRunOnly: false },
      auth: { kind: 'bearer', token: other.token }
    })
    await rowOf(inbox, 272298).filter({ hasText: 'Ajans Beta' }).click()
    other.setBehaviour(serverBehaviourNamed('letters as ?'))
    await box.fill('Güncelleme şöyle bitti: başarılı')
    await inbox.keyboard.press('Control+Enter')
    await expect.poll(() => sentTo(other).at(-1)).toBe('Güncelleme şöyle bitti: başarılı')
    await checkNow(inbox)
    const told = inbox.getByText(/the server damaged the Turkish letters/)
    await expect(told).toBeVisible()
    await inbox.getByRole('button', { name: 'Got it' }).click()
    await expect(told).toHaveCount(0)
    await box.fill('Bir daha şöyle')
    await inbox.keyboard.press('Control+Enter')
    await expect.poll(() => sentTo(other).at(-1)).toBe('Bir daha soyle')
    await checkNow(inbox)
    await expect(inbox.getByRole('article').last()).toContainText('Bir daha şöyle')
    await expect(told).toHaveCount(0)
    await other.close()
  })
})

test('panes are dragged and moved by keys, remembered over a restart; statistics have their period', async ({
  demo,
  launch
}) => {
  let app = await launch()
  let inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).click()
  const divider = (): Locator => inbox.getByRole('separator', { name: 'Width of the list' })
  const width = async (): Promise<number> => (await divider().boundingBox())?.x ?? 0

  await test.step('by mouse', async () => {
    const { x, y, height } = (await divider().boundingBox()) ?? { x: 0, y: 0, height: 0 }
    await inbox.mouse.move(x + 4, y + height / 2)
    await inbox.mouse.down()
    await inbox.mouse.move(x + 104, y + height / 2, { steps: 4 })
    await inbox.mouse.up()
    expect(Math.abs((await width()) - x - 100)).toBeLessThan(6)
  })

  await test.step('by keyboard, and after a restart', async () => {
    const before = await width()
    await divider().focus()
    await inbox.keyboard.press('ArrowLeft')
    await inbox.keyboard.press('ArrowLeft')
    await expect.poll(width).toBeLessThan(before - 20)
    const kept = await width()
    await app.quit()
    app = await launch()
    inbox = await app.window(/Inbox/)
    await expect(rowOf(inbox, 272298)).toBeVisible()
    expect(Math.abs((await width()) - kept)).toBeLessThan(3)
  })

  await test.step('the box to select a row comes with the pointer, wherever on the row it is', async () => {
    const tick = rowOf(inbox, 272298).locator('.tick')
    const box = (): Promise<string> =>
      tick.evaluate((element) => getComputedStyle(element, '::after').display)
    await inbox.mouse.move(0, 0)
    await expect.poll(box).toBe('none')
    await rowOf(inbox, 272298).getByText('#272298').hover()
    await expect.poll(box).toBe('block')
  })

  await test.step('the longest menu is whole in a window of usual size', async () => {
    await rowOf(inbox, 272298).click()
    await inbox.getByRole('button', { name: 'More actions' }).click()
    const menu = inbox.getByRole('menu')
    expect(await menu.evaluate((it) => it.scrollHeight - it.clientHeight)).toBe(0)
    await inbox.keyboard.press('Escape')
  })

  await test.step('what can be undone stays over the list, however narrow it is, and off the reply', async () => {
    const before = await width()
    await divider().focus()
    for (let i = 0; i < 12; i++) await inbox.keyboard.press('ArrowLeft')
    await expect.poll(width).toBeLessThan(before - 40)
    await rowOf(inbox, 272298).click()
    await inbox.keyboard.press('p')
    const bar = inbox.locator('.undo')
    await expect(bar).toBeVisible()
    const { x, width: barWidth } = (await bar.boundingBox()) ?? { x: 0, width: Infinity }
    expect(x + barWidth).toBeLessThanOrEqual(await width())
    await inbox.keyboard.press('z')
  })

  const statistics = (page: Page): Locator => page.getByRole('heading', { level: 1, name: 'Statistics' })
  const period = (name: string): Locator => inbox.getByRole('button', { name, exact: true })

  await test.step('statistics open by keys and by mouse, and count the chosen period', async () => {
    await inbox.getByRole('listbox', { name: 'Tickets' }).focus()
    await inbox.keyboard.press('g')
    await inbox.keyboard.press('s')
    await expect(statistics(inbox)).toBeVisible()
    await tabTo(period('Last 7 days'))
    await inbox.keyboard.press('Enter')
    await expect(period('Last 7 days')).toHaveAttribute('aria-pressed', 'true')
    await expect(inbox.getByRole('table', { name: /Response times by account/ })).toBeAttached()
    await inbox.keyboard.press('Escape')
    await inbox.getByRole('button', { name: 'Statistics' }).click()
    await expect(period('Last 7 days')).toHaveAttribute('aria-pressed', 'true')
    await period('All').click()
    await expect(inbox.getByRole('table', { name: /By who replied/ })).toContainText('Ayşe Öztürk')
    await inbox.getByRole('button', { name: 'Back to the inbox' }).click()
    await expect(statistics(inbox)).toHaveCount(0)
  })
})
