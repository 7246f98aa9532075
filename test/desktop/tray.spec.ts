import { join } from 'node:path'
import type { TrayIconName } from '../../electron/desktop/tray/tray-icon.ts'
import type { Bridge } from '../../electron/ipc/contract.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import {
  changeSettings,
  checkNow,
  closeWindow,
  connect,
  invoke,
  rowOf,
  visible
} from '../support/desktop/steps.ts'

test('the tray shows every state, by icon and in words, and each entry does what it says', async ({
  stage,
  session,
  demo,
  launch
}) => {
  const folder = join(stage.folder, 'app', 'dist', 'tray')
  const many = Array.from({ length: 110 }, (_, i) => demo.addTicket({ message: `Bilet ${i}` }))
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  const answered = many.at(-1) ?? 0
  await expect(rowOf(inbox, answered)).toBeVisible()

  const labels = async (): Promise<readonly string[]> => (await session.tray.menu()).map(({ label }) => label)
  /** Expects the icon, the tooltip and the menu's first lines, in both languages. */
  async function shows(
    picture: TrayIconName,
    english: string,
    turkish: string,
    lines: readonly string[] = []
  ): Promise<void> {
    await expect.poll(() => session.tray.picture(folder)).toBe(picture)
    await expect.poll(() => session.tray.tooltip()).toBe(`Bilet — ${english}`)
    expect((await labels()).slice(0, lines.length)).toEqual(lines)
    await changeSettings(inbox, { language: 'tr' })
    await expect.poll(() => session.tray.tooltip()).toBe(`Bilet — ${turkish}`)
    expect(await labels()).toEqual(
      expect.arrayContaining(['Yeni bilet', 'Şimdi yenile', 'Bildirimleri duraklat', 'Gelen kutusu', 'Çık'])
    )
    await changeSettings(inbox, { language: 'en' })
    await expect.poll(() => session.tray.tooltip()).toBe(`Bilet — ${english}`)
  }

  await test.step('all read', async () => {
    await shows('read', 'No unread replies', 'Okunmamış yanıt yok', ['No unread replies'])
    expect(await labels()).toEqual([
      'No unread replies',
      '',
      'New ticket',
      'Check now',
      'Pause notifications',
      '',
      'Inbox',
      'Settings',
      'Quit'
    ])
  })

  await test.step('paused', async () => {
    await session.tray.click(/^Until I turn it on$/)
    await shows(
      'paused',
      'No unread replies, notifications paused',
      'Okunmamış yanıt yok, bildirimler duraklatıldı'
    )
    await session.tray.click(/^Turn notifications on$/)
    await expect.poll(() => session.tray.picture(folder)).toBe('read')
    for (const entry of [/^1 hour$/, /^Until tomorrow$/]) {
      await session.tray.click(entry)
      await expect.poll(() => session.tray.picture(folder)).toBe('paused')
      await session.tray.click(/^Turn notifications on$/)
      await expect.poll(() => session.tray.picture(folder)).toBe('read')
    }
  })

  await test.step('offline', async () => {
    // Electron checks the network interfaces, which a test cannot remove.
    const setOnline = async (online: boolean): Promise<void> => {
      await app.electron.evaluate(({ net }, now) => {
        Object.defineProperty(net, 'isOnline', { value: () => now, configurable: true })
      }, online)
      await app.electron.context().setOffline(!online)
    }
    await setOnline(false)
    await shows('offline', 'No unread replies, offline', 'Okunmamış yanıt yok, çevrimdışı', [
      'No unread replies',
      'offline'
    ])
    await setOnline(true)
    await expect.poll(() => session.tray.picture(folder)).toBe('read')
  })

  await test.step('not sent: it needs the person, whom the entry leads there', async () => {
    await rowOf(inbox, answered).click()
    const body = JSON.stringify({ status: false, message: 'Bakım var', error: null, data: null })
    demo.injectFault({ on: 'reply', effect: { kind: 'status', status: 422, body } })
    await inbox.getByRole('textbox', { name: 'Message' }).fill('Geri çevrilen yanıt')
    await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
    await shows(
      'attention',
      'No unread replies, 1 message not sent',
      'Okunmamış yanıt yok, 1 ileti gönderilemedi',
      ['No unread replies', '1 message not sent']
    )
    await session.tray.click(/^1 message not sent$/)
    const card = inbox.getByRole('article', { name: 'Not sent' })
    await card.getByRole('button', { name: 'Edit' }).click()
    await inbox.getByRole('textbox', { name: 'Message' }).fill('')
    await expect.poll(() => session.tray.picture(folder)).toBe('read')
  })

  await test.step('sending', async () => {
    demo.injectFault({ on: 'reply', effect: { kind: 'status', status: 503 }, times: Infinity })
    await inbox.getByRole('textbox', { name: 'Message' }).fill('Bekleyen yanıt')
    await inbox.getByRole('button', { name: 'Reply', exact: true }).click()
    await shows(
      'sending',
      'No unread replies, Checking whether 1 message arrived',
      'Okunmamış yanıt yok, 1 iletinin ulaşıp ulaşmadığı kontrol ediliyor',
      ['No unread replies', 'Checking whether 1 message arrived']
    )
    demo.clearFaults()
  })

  await test.step('unread, up to very many, with the newest in the menu', async () => {
    await changeSettings(inbox, { notifications: { enabled: false } })
    demo.staffReply(272298, 'Ayşe Öztürk', 'Merhaba,\n\nGüvenlik duvarını düzelttik.')
    await session.tray.click(/^Check now$/)
    await expect.poll(() => session.tray.picture(folder)).toBe('1')
    expect(await session.tray.tooltip()).toContain('1 unread')
    expect(await labels()).toContainEqual(expect.stringMatching(/^#272298 .*SSH.* — Ayşe Öztürk$/))
    for (const id of many.slice(0, 8)) demo.staffReply(id, 'Çiğdem Şahin', 'Bakıyoruz.')
    await checkNow(inbox)
    await expect.poll(() => session.tray.picture(folder)).toBe('9')
    expect((await labels()).filter((label) => label.startsWith('#'))).toHaveLength(5)
    demo.staffReply(many[8] ?? 0, 'Çiğdem Şahin', 'Bakıyoruz.')
    await checkNow(inbox)
    await expect.poll(() => session.tray.picture(folder)).toBe('9+')
    for (const id of many.slice(9)) demo.staffReply(id, 'Çiğdem Şahin', 'Bakıyoruz.')
    await checkNow(inbox)
    await expect.poll(() => session.tray.picture(folder)).toBe('99+')
    await expect.poll(() => session.tray.tooltip()).toMatch(/^Bilet — 110 unread/)
    expect(session.launcherCounts.filter((count) => [1, 9, 10, 110].includes(count))).toEqual([1, 9, 10, 110])
  })

  await test.step('a restart of the panel brings the same icon back', async () => {
    session.stopTray()
    await session.startTray()
    await expect.poll(() => session.tray.picture(folder)).toBe('99+')
    expect(await session.tray.tooltip()).toMatch(/^Bilet — 110 unread/)
    await session.tray.click(/^#\d+ .+ — Çiğdem Şahin$/)
    await expect(inbox.getByRole('article').filter({ hasText: 'Bakıyoruz.' })).toBeVisible()
    await expect.poll(() => session.tray.tooltip()).toMatch(/^Bilet — 109 unread/)
    expect(session.launcherCounts.at(-1)).toBe(109)
  })

  await test.step('every entry and the icon itself', async () => {
    await closeWindow(app.electron, 'Inbox')
    await expect.poll(() => visible(app.electron)).toEqual([])
    await session.tray.click(/^Inbox$/)
    await expect.poll(() => visible(app.electron)).toEqual(['Inbox'])
    await closeWindow(app.electron, 'Inbox')
    await session.tray.activate()
    await expect.poll(() => visible(app.electron)).toEqual(['Inbox'])
    await session.tray.click(/^New ticket$/)
    await expect.poll(() => visible(app.electron)).toContain('New ticket')
    await session.tray.click(/^Settings$/)
    await expect(inbox.getByRole('heading', { name: 'Settings' })).toBeVisible()
    const asked = demo.requests.length
    await session.tray.click(/^Check now$/)
    await expect.poll(() => demo.requests.length).toBeGreaterThan(asked)
  })

  await test.step('credentials refused', async () => {
    demo.requireToken('another-token')
    const asked = demo.requests.length
    await session.tray.click(/^Check now$/)
    await expect.poll(() => demo.requests.length).toBeGreaterThan(asked)
    // A refusal is shown only after it has lasted for some time.
    await app.electron.evaluate((_, ms) => {
      const now = performance.now.bind(performance)
      performance.now = () => now() + ms
    }, 11 * 60_000)
    await expect(async () => {
      await session.tray.click(/^Check now$/)
      expect(await session.tray.picture(folder)).toBe('attention')
    }).toPass({ timeout: 20_000 })
    await expect.poll(() => session.tray.tooltip()).toContain('sign in again')
  })

  await test.step('and Quit ends it', async () => {
    await session.tray.click(/^Quit$/)
    await app.ended
  })
})

test('without a tray the app says so once, and ends with its window unless the person wants otherwise', async ({
  session,
  demo,
  launch
}) => {
  session.stopTray()
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  const note = inbox.getByRole('status').filter({ hasText: 'This desktop has no system tray' })

  await test.step('a panel that comes later gets the icon, and closing hides', async () => {
    await expect(note).toBeVisible()
    await session.startTray()
    await expect(note).toHaveCount(0)
    expect(await session.tray.tooltip()).toBe('Bilet — No unread replies')
    await closeWindow(app.electron, 'Inbox')
    await expect.poll(() => visible(app.electron)).toEqual([])
    await expect.poll(() => session.shownCount()).toBe(1)
    expect((await session.notifications())[0]?.summary).toBe('Bilet is still running in the tray')
  })

  await test.step('a panel that goes and stays away leaves the window as the way in', async () => {
    session.stopTray()
    await expect.poll(() => visible(app.electron)).toEqual(['Inbox'])
    await expect(note).toBeVisible()
  })

  const notificationCount = async (summary: string): Promise<number> =>
    (await session.notifications()).filter((shown) => shown.summary === summary).length

  await test.step('it goes on unseen where the person chose that in the banner, and says so once', async () => {
    await note.getByRole('button', { name: 'Keep running in the background' }).click()
    await expect(note).toHaveCount(0)
    expect((await invoke(inbox, 'app.state')).settings.stayWithoutTray).toBe(true)
    await closeWindow(app.electron, 'Inbox')
    await expect.poll(() => visible(app.electron)).toEqual([])
    await expect.poll(() => notificationCount('Bilet is still running in the background')).toBe(1)
    await app.quit()
    const hidden = await launch({ args: ['--hidden'] })
    const warmed = await hidden.window(/New ticket/)
    await changeSettings(warmed, { stayWithoutTray: false })
    expect(await visible(hidden.electron)).toEqual([])
    await hidden.quit()
  })

  await test.step('the next start says nothing more, and closing its window ends it', async () => {
    const again = await launch()
    const reopened = await again.window(/Inbox/)
    await expect(rowOf(reopened, 272298)).toBeVisible()
    await expect(reopened.getByText('This desktop has no system tray')).toHaveCount(0)

    await test.step('but not before what can still be taken back is on its way', async () => {
      const closes = (): number => demo.requests.filter(({ path }) => path.endsWith('/272298/close')).length
      const queued = await reopened.evaluate(async () => {
        const { bilet } = window as unknown as { bilet: Bridge }
        const state = await bilet.invoke('app.state')
        const accountId = state.ok ? (state.value.accounts[0]?.id ?? '') : ''
        return (await bilet.invoke('tickets.close', { refs: [{ accountId, ticketId: 272298 }] })).ok
      })
      expect([queued, closes()]).toEqual([true, 0])
      await closeWindow(again.electron, 'Inbox')
      await again.ended
      expect(closes()).toBe(1)
    })

    await test.step('and says so once', async () => {
      expect(await notificationCount('Bilet was closed')).toBe(1)
    })
  })
})
