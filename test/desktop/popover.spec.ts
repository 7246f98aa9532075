import type { ElectronApplication } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import { changeSettings, checkNow, closeWindow, connect, rowOf, visible } from '../support/desktop/steps.ts'
import { violations } from '../support/desktop/violations.ts'

const title = 'Unread tickets'
const bounds = (electron: ElectronApplication): Promise<Electron.Rectangle | undefined> =>
  electron.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.getTitle() === wanted)
        ?.getBounds(),
    title
  )

test('a click on the icon opens what is unread beside the pointer, to answer, mark as read, snooze and open', async ({
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const { electron } = app
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await rowOf(inbox, 272298).waitFor()
  for (const [id, text] of [
    [272298, 'Kuralı düzelttik.'],
    [272251, 'Kodunuz gönderildi.'],
    [272291, 'Günlüğe bakıyoruz.']
  ] as const)
    demo.staffReply(id, 'Ayşe Öztürk', text)
  await checkNow(inbox)
  await rowOf(inbox, 272291).filter({ hasText: 'Günlüğe bakıyoruz.' }).waitFor()

  await test.step('as long as the person does not choose it, a click opens the inbox', async () => {
    await closeWindow(electron, 'Inbox')
    await session.tray.activate()
    await expect.poll(() => visible(electron)).toEqual(['Inbox'])
  })

  await changeSettings(inbox, { trayClick: 'popover' })
  await closeWindow(electron, 'Inbox')
  await session.tray.activate()
  const popover = await app.window(/Unread tickets/)
  const rows = popover.getByRole('listitem')

  await test.step('it is inside the display, beside the pointer, and nothing in it is hard to use', async () => {
    await expect.poll(() => visible(electron)).toEqual([title])
    const { pointer, area } = await electron.evaluate(({ screen }) => ({
      pointer: screen.getCursorScreenPoint(),
      area: screen.getPrimaryDisplay().workArea
    }))
    const { x = 0, y = 0, width = 0, height = 0 } = (await bounds(electron)) ?? {}
    expect(x + width / 2).toBeCloseTo(pointer.x, -1)
    const isBelow = pointer.y < area.y + area.height / 2
    expect(y).toBe(isBelow ? pointer.y : Math.max(area.y, pointer.y - height))
    await expect(rows.first()).toBeVisible()
    expect(await violations(popover, 'html')).toEqual([])
  })
  const count = await rows.count()

  await test.step('by key: mark as read, snooze, reply, hide', async () => {
    const [first] = await rows.getByRole('button', { name: /#27/ }).all()
    await expect(first ?? rows).toBeFocused()
    await popover.keyboard.press('m')
    await expect(rows).toHaveCount(count - 1)
    await popover.keyboard.press('h')
    await popover.getByRole('dialog', { name: 'Snooze until when?' }).waitFor()
    await expect(popover.locator('.choice').first()).toBeFocused()
    expect(await violations(popover, 'dialog[open]')).toEqual([])
    await popover.keyboard.press('1')
    await popover.locator('dialog').waitFor({ state: 'detached' })
    await expect(rows).toHaveCount(count - 2)
    await popover.keyboard.press('r')
    await expect(popover.getByRole('textbox', { name: 'Reply text' })).toBeFocused()
    await popover.keyboard.type('Simgeden yanıt')
    await popover.keyboard.press('Control+Enter')
    await expect.poll(() => demo.requests.filter(({ path }) => path.endsWith('/reply')).length).toBe(1)
    await popover.keyboard.press('Escape')
    await expect.poll(() => visible(electron)).toEqual([])
  })

  await test.step('another click hides it, and so does another window', async () => {
    demo.staffReply(272298, 'Ayşe Öztürk', 'Bir sorumuz daha var.')
    await session.tray.click(/^Check now$/)
    // A click right after the popover was hidden is taken for the one that hid it.
    await expect
      .poll(async () => {
        if ((await visible(electron)).length === 0) await session.tray.activate()
        return visible(electron)
      })
      .toEqual([title])
    await session.tray.activate()
    await expect.poll(() => visible(electron)).toEqual([])
    await expect
      .poll(async () => {
        await session.tray.activate()
        return visible(electron)
      })
      .toEqual([title])
    await session.tray.click(/^New ticket$/)
    await expect.poll(() => visible(electron)).toEqual(['New ticket'])
    await closeWindow(electron, 'New ticket')
  })

  await test.step('by mouse: a ticket and all of them open in the inbox', async () => {
    await expect
      .poll(async () => {
        if ((await visible(electron)).length === 0) await session.tray.activate()
        return visible(electron)
      })
      .toEqual([title])
    await rows.getByRole('button', { name: /#272298/ }).click()
    await expect.poll(() => visible(electron)).toEqual(['Inbox'])
    await expect(inbox.getByRole('region', { name: /^#272298/ })).toBeVisible()
    await expect
      .poll(async () => {
        if (!(await visible(electron)).includes(title)) await session.tray.activate()
        return visible(electron)
      })
      .toContain(title)
    await popover.getByRole('button', { name: 'Open all' }).click()
    await expect.poll(() => visible(electron)).toEqual(['Inbox'])
    await expect(inbox.getByRole('button', { name: /^Unread/, pressed: true })).toBeVisible()
  })
})
