import type { Page } from '@playwright/test'
import type { Bridge } from '../../electron/ipc/contract.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { changeSettings, checkNow, connect, diagnostics, rowOf, visible } from '../support/desktop/steps.ts'

/** Sends a test notification from main and returns its result. */
const tryOne = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const { bilet } = window as unknown as { bilet: Bridge }
    const answer = await bilet.invoke('notifications.test')
    return answer.ok ? answer.value : answer.error.kind
  })

const wall = (minutesFromNow: number): string => {
  const at = new Date(Date.now() + minutesFromNow * 60_000)
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Istanbul' }).format(at)
}

test('notifications follow every rule, open what they are about, and say how they ended', async ({
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo, { version: 'v2' })
  await expect(rowOf(inbox, 272298)).toBeVisible()
  const ids = demo
    .tickets()
    .filter(({ status }) => status !== 'closed')
    .map(({ id }) => id)
  // This ticket is opened only in its own step: an open thread counts as read, since the test's window has the focus.
  const other = ids[6] ?? 0
  const article = (text: string): ReturnType<Page['getByRole']> =>
    inbox.getByRole('article').filter({ hasText: text })
  const closeAll = async (): Promise<void> => {
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.close())
    )
    await expect.poll(() => visible(app.electron)).toEqual([])
  }
  const titles = async (): Promise<readonly string[]> =>
    (await session.notifications()).map(({ summary }) => summary)

  await test.step('two replies to one ticket at once are one; markup stays text', async () => {
    demo.staffReply(272298, 'Ayşe Öztürk', 'İlk yanıt.')
    demo.staffReply(272298, 'Ayşe Öztürk', 'Dosya <b>kalın</b> & <a href="x">bağ</a> içeriyor.')
    await checkNow(inbox)
    await expect.poll(() => session.shownCount()).toBe(1)
    await session.clickNotification()
    await expect(article('Dosya <b>kalın</b> & <a href="x">bağ</a>')).toBeVisible()
    const markup: unknown = expect.stringContaining('&lt;b&gt;kalın')
    expect(await session.notifications()).toMatchObject([
      { summary: expect.stringMatching(/^Ayşe Öztürk replied — .*SSH/) as unknown, body: markup }
    ])
  })

  await test.step('a click opens the ticket that it tells of', async () => {
    await closeAll()
    await expect.poll(() => session.shownCount()).toBe(1)
    expect((await titles())[0]).toBe('Bilet is still running in the tray')
    demo.staffReply(272291, 'Çiğdem Şahin', 'Tıklanınca açılmalı.')
    await session.tray.click(/^Check now$/)
    await expect.poll(() => session.shownCount()).toBe(1)
    expect(await visible(app.electron)).toEqual([])
    await session.clickNotification()
    await expect.poll(() => visible(app.electron)).toEqual(['Inbox'])
    await expect(article('Tıklanınca açılmalı.')).toBeVisible()
    await expect.poll(() => session.tray.tooltip()).toContain('No unread')
  })

  await test.step('a button marks as read without a window, another puts off', async () => {
    await closeAll()
    demo.staffReply(other, 'Çiğdem Şahin', 'Düğmeyle okunur.')
    await session.tray.click(/^Check now$/)
    await expect.poll(() => session.tray.tooltip()).toContain('1 unread')
    await expect.poll(() => session.shownCount()).toBe(1)
    await session.pressNotification('Mark as read')
    await expect.poll(() => session.tray.tooltip()).toContain('No unread')
    await expect.poll(() => session.shownCount()).toBe(0)

    demo.staffReply(other, 'Çiğdem Şahin', 'Bir saat sonra.')
    await session.tray.click(/^Check now$/)
    await expect.poll(() => session.shownCount()).toBe(1)
    await session.pressNotification('Remind me in 1 hour')
    await expect.poll(() => session.shownCount()).toBe(0)
    await expect.poll(() => session.tray.tooltip(), 'a snoozed ticket is not counted').toContain('No unread')
    expect(await visible(app.electron)).toEqual([])
  })

  await test.step('an answer typed into the notification is sent, once', async () => {
    const actions = await session.replyInNotification('Bildirimden yanıt.', async () => {
      demo.staffReply(other, 'Çiğdem Şahin', 'Buradan yanıtlayın.')
      await session.tray.click(/^Check now$/)
    })
    expect(actions).toEqual([
      ...['default', '', 'inline-reply', 'Reply'],
      ...['mark-read', 'Mark as read', 'snooze', 'Remind me in 1 hour']
    ])
    // The app replaces the "ı" when sending, so only the part before it is compared.
    const sent = (): number =>
      demo.requests.filter(({ parameters }) => JSON.stringify(parameters).includes('Bildirimden yan')).length
    await expect.poll(sent).toBe(1)
    await expect.poll(() => session.tray.tooltip()).not.toContain('waiting')
    expect(sent()).toBe(1)
    expect(await visible(app.electron)).toEqual([])
  })

  await test.step('Electron’s own opens the ticket too, where the person wants it so', async () => {
    await changeSettings(inbox, { notifications: { backend: 'electron' } })
    demo.staffReply(other, 'Çiğdem Şahin', 'Electron ile.')
    await session.tray.click(/^Check now$/)
    await expect.poll(() => session.shownCount()).toBe(1)
    await session.clickNotification()
    await expect.poll(() => visible(app.electron)).toEqual(['Inbox'])
    await expect(article('Electron ile.')).toBeVisible()
    await expect.poll(() => session.tray.tooltip()).toContain('No unread')
    await changeSettings(inbox, { notifications: { backend: 'auto' } })
  })

  await test.step('where Electron’s throws, the next way tells it', async () => {
    await changeSettings(inbox, { notifications: { backend: 'electron' } })
    await app.electron.evaluate(({ Notification }) => {
      const { prototype } = Notification as unknown as { prototype: { show: () => void } }
      const own = prototype.show
      prototype.show = () => {
        prototype.show = own
        throw new Error('The notification platform is unavailable')
      }
    })
    expect(await tryOne(inbox)).toBe('shown')
    await expect.poll(() => session.shownCount()).toBe(1)
    expect((await titles())[0]).toBe('Test notification')
    expect(
      (await diagnostics(inbox))
        .split('\n')
        .filter((line) => /notification by/.test(line))
        .slice(-2)
    ).toEqual([expect.stringContaining('electron: failed'), expect.stringContaining('node-notifier: shown')])
    await session.notifications()
    await changeSettings(inbox, { notifications: { backend: 'auto' } })
  })

  await test.step('more than three tickets at once are one summary', async () => {
    const before = (await titles()).length
    for (const id of ids.slice(2, 6)) demo.staffReply(id, 'Ayşe Öztürk', 'Bakıyoruz.')
    await checkNow(inbox)
    await expect.poll(() => session.shownCount()).toBe(1)
    const shown = await session.notifications()
    expect(shown.length - before).toBe(1)
    expect(shown[0]?.summary).toBe('4 updates')
    await expect.poll(() => session.tray.tooltip()).toContain('4 unread')
  })

  await test.step('status changes and closing have their own words', async () => {
    // A ticket that is open in the focused window gets no notification.
    await inbox.keyboard.press('Escape')
    await expect(inbox.locator('section.thread')).toHaveCount(0)
    demo.setStatus(ids[6] ?? 0, 'on-hold')
    demo.setStatus(ids[7] ?? 0, 'closed')
    await checkNow(inbox)
    await expect.poll(() => session.shownCount()).toBe(2)
    const shownTexts = (await session.notifications())
      .slice(0, 2)
      .map(({ summary, body }) => `${summary} ${body}`)
    expect(shownTexts.sort()).toEqual([
      expect.stringMatching(new RegExp(`^Closed — .+ #${ids[7]}$`)),
      expect.stringMatching(new RegExp(`^Status: On hold — .+ #${ids[6]}$`))
    ])
  })

  await test.step('in quiet hours and while paused nothing is shown, but counted', async () => {
    const before = (await titles()).length
    const rules = [
      { quiet: { enabled: true, from: wall(-60), to: wall(60) } },
      { pausedUntil: 'until-on' },
      { pausedUntil: Date.now() + 3_600_000 },
      { enabled: false },
      { reply: false }
    ] as const
    for (const [i, rule] of rules.entries()) {
      await changeSettings(inbox, { notifications: rule })
      demo.staffReply(ids[8] ?? 0, 'Ayşe Öztürk', `Sessizce ${i}`)
      await checkNow(inbox)
      await expect(rowOf(inbox, ids[8] ?? 0)).toContainText(`Sessizce ${i}`)
      await changeSettings(inbox, {
        notifications: {
          enabled: true,
          reply: true,
          pausedUntil: null,
          quiet: { enabled: true, from: wall(60), to: wall(120) }
        }
      })
    }
    await expect.poll(() => session.tray.tooltip()).toContain('5 unread')
    expect((await titles()).length).toBe(before)
    demo.staffReply(ids[8] ?? 0, 'Ayşe Öztürk', 'Yine duyulur.')
    await checkNow(inbox)
    await expect.poll(() => session.shownCount()).toBe(1)
  })

  await test.step('the system’s own do-not-disturb is honoured, and said', async () => {
    await session.notifications()
    await session.pauseNotifications(true)
    expect(await tryOne(inbox)).toBe('do-not-disturb')
    await session.pauseNotifications(false)
    expect(await tryOne(inbox)).toBe('shown')
  })

  await test.step('node-notifier shows them where the person wants that', async () => {
    await session.notifications()
    await changeSettings(inbox, { notifications: { backend: 'node-notifier' } })
    expect(await tryOne(inbox)).toBe('shown')
    await expect.poll(() => session.shownCount()).toBe(1)
    expect((await session.notifications())[0]).toMatchObject({ app: 'Bilet', summary: 'Test notification' })
    await changeSettings(inbox, { notifications: { backend: 'auto' } })
  })

  await test.step('the report says how each ended, and nothing of what they said', async () => {
    const report = await diagnostics(inbox)
    for (const outcome of [
      ...['session-bus: clicked', 'session-bus: replied', 'session-bus: do-not-disturb'],
      ...['node-notifier: shown', 'electron: clicked']
    ])
      expect(report).toContain(`notification by ${outcome}`)
    expect(report).toMatch(/account 1 \(\w+\): v2, bearer, secret stored, ok/)
    expect(report).toMatch(
      /tray there \(StatusNotifier, icon accepted, last: shown [\w+-]+(@\S+)?\), keychain \S+ \(last: (stored|secret|none)\), shortcut registered/
    )
    for (const hidden of [demo.token, demo.origin, 'Ayşe', 'duyulur', session.home])
      expect(report).not.toContain(hidden)
  })

  await test.step('without a notification service the test says so', async () => {
    await session.stopNotifications()
    expect(await tryOne(inbox)).toBe('no-helper')
  })

  await test.step('what came without one is summed up when there is one again', async () => {
    for (const id of ids.slice(2, 5)) demo.staffReply(id, 'Ayşe Öztürk', 'Kimse göstermedi.')
    await checkNow(inbox)
    await expect(rowOf(inbox, ids[4] ?? 0)).toContainText('Kimse göstermedi.')
    await session.startNotifications()
    const summary: unknown = expect.stringMatching(/^\d updates while notifications could not be shown$/)
    await expect.poll(titles).toEqual([summary])
  })

  await test.step('after a restart nothing is told again', async () => {
    await app.quit()
    const before = await titles()
    const again = await launch()
    const reopened = await again.window(/Inbox/)
    await checkNow(reopened)
    demo.staffReply(272274, 'Ayşe Öztürk', 'Yeni olan yalnızca bu.')
    await checkNow(reopened)
    await expect.poll(() => session.shownCount()).toBe(1)
    const expectedTitle: unknown = expect.stringMatching(/^Ayşe Öztürk replied — /)
    expect(await titles()).toEqual([expectedTitle, ...before])
    expect((await session.notifications())[0]?.body).toMatch(/^#272274\n/)
  })
})
