/** All main flows by keyboard only, in the real app. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import type { DemoServer } from '../support/demo/api.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { changeSettings, invoke, rowOf } from '../support/desktop/steps.ts'

const sent = (demo: DemoServer, path: RegExp): readonly unknown[] =>
  demo.requests.filter((request) => path.test(request.path)).map(({ parameters }) => parameters)

/** Name or role of the focused element; null if there is none. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const { activeElement: element } = document
    if (!element || element === document.body) return null
    return element.getAttribute('aria-label') ?? element.tagName
  })

/** Presses the key until the target has the focus. */
async function tabTo(there: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if (await there.first().evaluate((element) => element === document.activeElement)) return
    await there.page().keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${String(there)}`)
}
const field = (page: Page, name: string): Locator =>
  page.getByRole('textbox', { name, exact: true }).or(page.getByRole('combobox', { name }))

/** Fills in the first screen, starting when the window opens. */
async function signIn(inbox: Page, { origin, token }: DemoServer): Promise<void> {
  const { keyboard } = inbox
  await inbox.getByLabel('API token').waitFor()
  await tabTo(inbox.getByLabel('API token'))
  await keyboard.type('a-wrong-token')
  await tabTo(inbox.locator('summary', { hasText: 'Advanced' }))
  await keyboard.press('Enter')
  await tabTo(inbox.getByLabel('API address'))
  await keyboard.press('Control+a')
  await keyboard.type(origin)
  await keyboard.press('Enter')
  // After a refusal, the field to correct has the focus.
  await expect(inbox.getByRole('alert')).toBeVisible()
  await expect(inbox.getByLabel('API token')).toBeFocused()
  await keyboard.press('Control+a')
  await keyboard.type(token)
  await keyboard.press('Enter')
}

test('every main flow works by keyboard alone, and the focus is never lost', async ({
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await signIn(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  const list = inbox.getByRole('listbox', { name: 'Tickets' })
  const message = inbox.getByRole('textbox', { name: 'Message' })
  const conversation = inbox.getByRole('region', { name: 'Conversation' })
  const opened = (id: number) => inbox.getByRole('region', { name: new RegExp(`^#${id}`) })
  /** Asks Electron, since Playwright makes every page believe that it is visible. */
  const isShown = (title: string): Promise<boolean | undefined> =>
    app.electron.evaluate(
      ({ BrowserWindow }, name) =>
        BrowserWindow.getAllWindows()
          .find((window) => window.getTitle() === name)
          ?.isVisible(),
      title
    )
  await expect(list).toBeFocused()
  // Without a cursor, the list itself shows the focus that came from the keyboard.
  await inbox.keyboard.press('Shift+Tab')
  await expect(list).not.toBeFocused()
  await inbox.keyboard.press('Tab')
  await expect(list).toBeFocused()
  expect(await list.evaluate((box) => getComputedStyle(box, '::before').height)).toBe('2px')

  await test.step('j and k walk, Enter opens, Esc leads back', async () => {
    await inbox.keyboard.press('j')
    await inbox.keyboard.press('j')
    await inbox.keyboard.press('k')
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByRole('article').first()).toBeVisible()
    await inbox.keyboard.press('Escape')
    await expect(conversation).toHaveCount(0)
    await expect(list).toBeFocused()
  })

  await test.step('/ searches, Enter opens the best hit', async () => {
    await inbox.keyboard.press('/')
    await inbox.keyboard.type('ssh baglanamiyorum')
    await inbox.keyboard.press('Enter')
    await expect(opened(272298)).toBeVisible()
    await expect(inbox.locator('mark').first()).toBeVisible()
  })

  await test.step('r replies, Ctrl+Enter sends', async () => {
    await inbox.keyboard.press('r')
    await expect(message).toBeFocused()
    const height = (): Promise<number> => message.evaluate((box) => (box as HTMLElement).offsetHeight)
    const low = await height()
    await inbox.keyboard.type('Klavyeyle yazildi')
    for (let line = 0; line < 4; line++) await inbox.keyboard.press('Enter')
    // The box grows with its text, up to a third of the window, and shrinks when it is emptied.
    expect(await height()).toBeGreaterThan(low + 40)
    for (let line = 0; line < 30; line++) await inbox.keyboard.press('Enter')
    expect(await height()).toBeLessThanOrEqual(await inbox.evaluate(() => innerHeight / 3 + 1))
    // The line with the cursor stays visible.
    const below = (box: HTMLElement | SVGElement): number =>
      box.scrollHeight - box.scrollTop - box.clientHeight
    expect(await message.evaluate((box) => box.scrollHeight > box.clientHeight)).toBe(true)
    expect(await message.evaluate(below)).toBeLessThan(20)
    await inbox.keyboard.press('Control+Shift+Home')
    await inbox.keyboard.type('Klavyeyle yazildi')
    await inbox.keyboard.press('Control+Enter')
    await expect.poll(() => sent(demo, /\/reply$/)).toHaveLength(1)
    await expect(inbox.getByRole('article').filter({ hasText: 'Klavyeyle yazildi' })).toBeVisible()
    await expect(message).toBeFocused()
    await expect(message).toHaveValue('')
    expect(await height()).toBe(low)
  })

  await test.step('e closes without a question, z takes it back before it is sent', async () => {
    await inbox.keyboard.press('Escape')
    await expect(conversation).toBeFocused()
    await inbox.keyboard.press('e')
    await expect(inbox.getByText(/^Closing #272298 /)).toBeVisible()
    await expect(inbox.getByRole('dialog')).toHaveCount(0)
    await inbox.keyboard.press('z')
    await expect(inbox.getByText(/^Closing #272298 /)).toHaveCount(0)
    await expect(inbox.getByRole('button', { name: 'Close ticket' })).toBeEnabled()
    expect(await focused(inbox)).not.toBeNull()
    // Closes once more. When this close arrives, an undone one would have arrived too.
    await inbox.keyboard.press('e')
    await expect.poll(() => sent(demo, /\/272298\/close$|\/close$/)).toHaveLength(1)
    await expect(rowOf(inbox, 272298)).toHaveAccessibleName(/Closed/)
    await expect(inbox.getByRole('button', { name: 'Close ticket' })).toHaveCount(0)
    expect(await focused(inbox)).not.toBeNull()
  })

  await test.step('u marks as unread, m as read', async () => {
    // The first Escape leaves the search, the second one the ticket.
    await inbox.keyboard.press('Escape')
    await inbox.keyboard.press('Escape')
    await expect(list).toBeFocused()
    await inbox.keyboard.press('Control+k')
    await inbox.keyboard.type('#272291')
    await inbox.keyboard.press('Enter')
    await expect(opened(272291)).toBeVisible()
    await inbox.keyboard.press('u')
    await expect(rowOf(inbox, 272291)).toContainText('unread')
    await inbox.keyboard.press('m')
    await expect(rowOf(inbox, 272291)).not.toContainText('unread')
  })

  await test.step('the palette filters; Shift and x select; Esc lets go', async () => {
    await inbox.keyboard.press('Control+k')
    await inbox.keyboard.type('show open')
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByRole('button', { name: /^Open \d+$/ })).toHaveAttribute('aria-pressed', 'true')
    await expect(list).toBeFocused()
    await inbox.keyboard.press('Home')
    await inbox.keyboard.press('x')
    await inbox.keyboard.press('Shift+ArrowDown')
    await expect(inbox.getByText('2 selected').first()).toBeVisible()
    await inbox.keyboard.press('Escape')
    await expect(inbox.getByText('2 selected')).toHaveCount(0)
    await expect(list).toBeFocused()
  })

  await test.step('? shows every key, menus open and close, and the focus comes back', async () => {
    await inbox.keyboard.press('?')
    await expect(inbox.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible()
    await inbox.keyboard.press('Escape')
    await expect(inbox.getByRole('dialog')).toHaveCount(0)
    await expect(list).toBeFocused()
    const sort = inbox.getByRole('button', { name: /^Sort:/ })
    await inbox.keyboard.press('Shift+Tab')
    await expect(sort).toBeFocused()
    await inbox.keyboard.press('Enter')
    await inbox.keyboard.press('ArrowDown')
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByRole('button', { name: 'Sort: Oldest first' })).toBeFocused()
  })

  await test.step('n opens a new ticket, ready to type; choosers, Ctrl+Enter, and the window is gone', async () => {
    await inbox.keyboard.press('n')
    const compose = await app.window(/New ticket/)
    await expect.poll(() => isShown('New ticket')).toBe(true)
    await expect(compose.getByLabel('Title')).toBeFocused()
    await compose.keyboard.type('Klavyeyle bilet')
    await tabTo(field(compose, 'Department'))
    await compose.keyboard.type('veri islemleri')
    await compose.keyboard.press('Enter')
    await expect(compose.getByLabel('Department')).toHaveValue('Veri Merkezi İşlemleri')
    await tabTo(field(compose, 'Service'))
    await compose.keyboard.type('952157')
    await tabTo(field(compose, 'Message'))
    await compose.keyboard.type('Fareye dokunulmadi.')
    await tabTo(compose.locator('summary', { hasText: 'Server access' }))
    await compose.keyboard.press('Enter')
    await tabTo(field(compose, 'Server IP'))
    await compose.keyboard.type('192.0.2.10')
    await tabTo(compose.getByLabel('Server password'))
    await compose.keyboard.type('gizli')
    await compose.keyboard.press('Control+Enter')
    await expect
      .poll(() => sent(demo, /\/create$/))
      .toMatchObject([
        {
          title: 'Klavyeyle bilet',
          message: 'Fareye dokunulmadi.',
          department: '14',
          service: '952157',
          serverip: '192.0.2.10',
          serverpassword: 'gizli'
        }
      ])
    await expect.poll(() => isShown('New ticket')).toBe(false)
    // The window is kept hidden and reused, with empty fields.
    await inbox.bringToFront()
    await inbox.keyboard.press('n')
    await expect(compose.getByLabel('Title')).toBeFocused()
    await expect(compose.getByLabel('Title')).toHaveValue('')
    await compose.keyboard.press('Escape')
    await expect.poll(() => isShown('New ticket')).toBe(false)
  })

  await test.step('settings: a section, a saved reply, and back', async () => {
    await inbox.bringToFront()
    await inbox.keyboard.press('Control+k')
    await inbox.keyboard.type('settings')
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByRole('heading', { name: 'Settings' })).toBeFocused()
    await tabTo(inbox.getByRole('navigation').getByRole('button', { name: 'Saved replies' }))
    await inbox.keyboard.press('Enter')
    await tabTo(inbox.getByRole('button', { name: 'Add saved reply' }))
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByLabel('Name', { exact: true })).toBeFocused()
    await inbox.keyboard.type('Thanks')
    await tabTo(inbox.getByLabel('Text', { exact: true }))
    await inbox.keyboard.type('Tesekkurler {name}.')
    await tabTo(inbox.getByRole('button', { name: 'Add', exact: true }))
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByText('Thanks', { exact: true })).toBeVisible()
    expect(await focused(inbox)).not.toBeNull()
    await inbox.keyboard.press('Escape')
    await expect(inbox.getByRole('heading', { name: 'Settings' })).toHaveCount(0)
    await expect(list).toBeFocused()
  })

  await test.step('a saved reply and a quotation go into a reply', async () => {
    await inbox.keyboard.press('/')
    await inbox.keyboard.type('272291')
    await inbox.keyboard.press('Enter')
    await expect(opened(272291)).toBeVisible()
    await inbox.keyboard.press('r')
    await expect(message).toBeFocused()
    await tabTo(inbox.getByRole('button', { name: 'Saved replies' }))
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByRole('menu')).toBeVisible()
    await inbox.keyboard.press('Enter')
    await expect(message).toHaveValue('Tesekkurler Ayşe Öztürk.')
    await expect(message).toBeFocused()
    await inbox.keyboard.press('Control+k')
    await inbox.keyboard.type('quote')
    await inbox.keyboard.press('Enter')
    await expect(message).toHaveValue(/^Tesekkurler Ayşe Öztürk\.\n\n> Merhaba,\n>\n> PHP-FPM/)
    await expect(message).toBeFocused()
  })

  await test.step('a reply that was refused goes back into the box', async () => {
    demo.injectFault({ on: 'reply', effect: { kind: 'status', status: 422 } })
    await inbox.keyboard.press('Control+a')
    await inbox.keyboard.type('Kisa')
    await inbox.keyboard.press('Control+Enter')
    await expect(inbox.getByRole('article', { name: 'Not sent' })).toBeVisible()
    // The refused reply is scrolled into view.
    await expect(inbox.getByRole('article', { name: 'Not sent' })).toBeInViewport()
    await tabTo(
      inbox.getByRole('article', { name: 'Not sent' }).getByRole('button', { name: 'Edit' }),
      'Shift+Tab'
    )
    await inbox.keyboard.press('Enter')
    await expect(message).toHaveValue('Kisa')
    await expect(message).toBeFocused()
    await inbox.keyboard.press('Control+a')
    await inbox.keyboard.press('Delete')
  })

  await test.step('an export is written', async () => {
    const file = join(session.home, 'klavye.json')
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    await inbox.keyboard.press('Control+k')
    await inbox.keyboard.type('export all json')
    await inbox.keyboard.press('Enter')
    await expect(inbox.getByRole('log')).toContainText('exported')
    expect(existsSync(file)).toBe(true)
    expect(await focused(inbox)).not.toBeNull()
  })

  await test.step('several tickets are closed together', async () => {
    for (let back = 0; back < 3; back++) await inbox.keyboard.press('Escape')
    await expect(list).toBeFocused()
    const before = sent(demo, /\/close$/).length
    await inbox.keyboard.press('Home')
    await inbox.keyboard.press('x')
    await inbox.keyboard.press('Shift+ArrowDown')
    await expect(inbox.getByText('2 selected').first()).toBeVisible()
    await inbox.keyboard.press('e')
    await expect(inbox.getByRole('dialog', { name: 'Close 2 tickets?' })).toBeVisible()
    await inbox.keyboard.press('Enter')
    await expect.poll(() => sent(demo, /\/close$/).length).toBe(before + 2)
    await expect(list).toBeFocused()
    expect((await invoke(inbox, 'app.state')).outbox).toEqual([])
  })

  await test.step('a small window hides nothing', async () => {
    await app.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows())
        if (window.getTitle() === 'Inbox') window.setSize(560, 420)
    })
    await inbox.waitForFunction(() => innerWidth < 600)
    await inbox.keyboard.press('Home')
    await inbox.keyboard.press('Enter')
    await expect(conversation).toBeFocused()
    await inbox.keyboard.press('/')
    await expect(inbox.getByRole('searchbox', { name: 'Search' })).toBeFocused()
    await inbox.keyboard.press('?')
    await expect(inbox.getByRole('toolbar', { name: 'Narrow the search' })).toBeVisible()
    await inbox.keyboard.press('Escape')
    await expect(inbox.getByRole('searchbox', { name: 'Search' })).toBeFocused()
    await inbox.keyboard.press('Escape')
    await expect(list).toBeFocused()
    await inbox.keyboard.press('?')
    const shortcuts = inbox.getByRole('dialog', { name: 'Shortcuts' })
    await expect(shortcuts.getByRole('heading')).toBeInViewport()
    await inbox.keyboard.press('Escape')
    await expect(list).toBeFocused()
    await tabTo(inbox.getByRole('button', { name: /^Sort:/ }), 'Shift+Tab')
    await inbox.keyboard.press('Enter')
    await inbox.getByRole('menuitemradio').last().click({ trial: true })
    await inbox.keyboard.press('Escape')
    await changeSettings(inbox, { textSize: 'double' })
    await tabTo(list)
    await inbox.keyboard.press('Enter')
    await expect(conversation).toBeFocused()
    // At double text size the subject uses nearly the full width of the window.
    const subject = inbox.locator('.thread h1')
    expect(await subject.evaluate((heading) => heading.clientWidth / innerWidth)).toBeGreaterThan(0.75)
  })
})
