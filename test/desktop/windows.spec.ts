import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from '../support/desktop/fixtures.ts'
import {
  changeSettings,
  checkNow,
  closeWindow,
  connect,
  diagnostics,
  invoke,
  rowOf,
  visible
} from '../support/desktop/steps.ts'

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const place = (electron: ElectronApplication, title: string): Promise<Place | null> =>
  electron.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.getTitle() === wanted)
        ?.getBounds() ?? null,
    title
  )
const put = (electron: ElectronApplication, bounds: Place): Promise<void> =>
  electron.evaluate(({ BrowserWindow }, to) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === 'Inbox')
      ?.setBounds(to)
  }, bounds)
const launchesAtLogin = async (page: Page): Promise<boolean> =>
  (await invoke(page, 'app.state')).settings.launchAtLogin
const workArea = (electron: ElectronApplication): Promise<Place> =>
  electron.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea)
const isInside = (inner: Place | null, outer: Place): boolean =>
  inner !== null &&
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

test('windows stay where they were put, within reach, and out of the way', async ({
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const { electron } = app
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  const wanted = { x: 380, y: 170, width: 1000, height: 700 }

  /** The value in the settings file, or {} while there is no file. */
  const saved = (name: 'inboxBounds' | 'composeSize') => (): unknown => {
    const file = join(app.userData, 'settings.json')
    if (!existsSync(file)) return {}
    return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)[name]
  }

  await test.step('the system knows it from source by the name, version and desktop file of its package', async () => {
    const manifest = JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')
    ) as Readonly<Record<'productName' | 'version' | 'desktopName', string>>
    const known = await electron.evaluate(({ app: it }) => ({
      productName: it.getName(),
      version: it.getVersion(),
      // Set by `app.setDesktopName`, for Chromium.
      desktopName: process.env.CHROME_DESKTOP
    }))
    const { productName, version, desktopName } = manifest
    expect(known).toEqual({ productName, version, desktopName })
  })

  await test.step('displays that shrink or move pull the window in', async () => {
    await put(electron, wanted)
    await expect.poll(() => place(electron, 'Inbox')).toEqual(wanted)
    await expect.poll(saved('inboxBounds')).toEqual(expect.objectContaining(wanted))
    // Xvfb cannot change its size, so the test replaces the displays that Electron reports.
    const small = { x: 0, y: 0, width: 1024, height: 768 }
    const setWorkArea = (area: Place | null, event: string): Promise<void> =>
      electron.evaluate(
        ({ screen }, [workArea, eventName]) => {
          const kept = globalThis as { displays?: ReturnType<typeof screen.getAllDisplays> }
          const displays = (kept.displays ??= screen.getAllDisplays())
          screen.getAllDisplays = () =>
            workArea ? displays.map((display) => ({ ...display, workArea })) : displays
          screen.emit(eventName, {}, displays[0])
        },
        [area, event] as const
      )
    await setWorkArea(small, 'display-removed')
    await expect.poll(async () => isInside(await place(electron, 'Inbox'), small)).toBe(true)
    await setWorkArea(null, 'display-added')
    await expect.poll(() => place(electron, 'Inbox')).toEqual(wanted)
    // Changes the resolution and restores it.
    await setWorkArea(small, 'display-metrics-changed')
    await expect.poll(async () => isInside(await place(electron, 'Inbox'), small)).toBe(true)
    await setWorkArea(null, 'display-metrics-changed')
    await expect.poll(() => place(electron, 'Inbox')).toEqual(wanted)
  })

  await test.step('the new-ticket window opens in the middle of the display with the pointer', async () => {
    await session.tray.click(/^New ticket$/)
    await expect.poll(() => visible(electron)).toContain('New ticket')
    const [compose, area] = [await place(electron, 'New ticket'), await workArea(electron)]
    expect((compose?.x ?? 0) + (compose?.width ?? 0) / 2).toBeCloseTo(area.x + area.width / 2, -1)
    await closeWindow(electron, 'New ticket')
  })

  await test.step('it keeps the size that it was given, and stays in the middle', async () => {
    const middle = async (): Promise<number> => {
      const compose = await place(electron, 'New ticket')
      return (compose?.x ?? 0) + (compose?.width ?? 0) / 2
    }
    await session.tray.click(/^New ticket$/)
    await expect.poll(() => visible(electron)).toContain('New ticket')
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.getTitle() === 'New ticket')
        ?.setSize(620, 700)
    )
    await closeWindow(electron, 'New ticket')
    await expect.poll(() => visible(electron)).not.toContain('New ticket')
    await session.tray.click(/^New ticket$/)
    await expect
      .poll(() => place(electron, 'New ticket'))
      .toEqual(expect.objectContaining({ width: 620, height: 700 }))
    const area = await workArea(electron)
    expect(await middle()).toBeCloseTo(area.x + area.width / 2, -1)
    await closeWindow(electron, 'New ticket')
    await expect.poll(saved('composeSize')).toEqual({ width: 620, height: 700 })
  })

  await test.step('the keys of the platform work, and texts have their menu', async () => {
    const press = async (keyCode: string): Promise<void> => {
      // Keys need the focus, which the display server restores late after another window was closed.
      const hasKeyboard = (): Promise<boolean> =>
        electron.evaluate(({ BrowserWindow }) => {
          const window = BrowserWindow.getAllWindows().find((candidate) => candidate.getTitle() === 'Inbox')
          const has = window?.isFocused() ?? false
          if (!has) window?.focus()
          return has
        })
      await expect.poll(hasKeyboard).toBe(true)
      await electron.evaluate(({ BrowserWindow }, key) => {
        const contents = BrowserWindow.getAllWindows().find(
          (window) => window.getTitle() === 'Inbox'
        )?.webContents
        for (const type of ['keyDown', 'keyUp'] as const)
          contents?.sendInputEvent({ type, keyCode: key, modifiers: ['control'] })
      }, keyCode)
    }
    await press('N')
    await expect.poll(() => visible(electron)).toContain('New ticket')
    await closeWindow(electron, 'New ticket')
    await electron.evaluate(({ Menu }) => {
      const world = globalThis as { popped?: string[] }
      Menu.prototype.popup = function () {
        world.popped = this.items.filter(({ enabled }) => enabled).map(({ label }) => label)
      }
    })
    const popped = (): Promise<readonly string[]> =>
      electron.evaluate(() => (globalThis as { popped?: string[] }).popped ?? [])
    await rowOf(inbox, 272298).click()
    await inbox.getByRole('textbox', { name: 'Message' }).fill('Merhaba')
    await inbox.getByRole('textbox', { name: 'Message' }).selectText()
    await inbox.getByRole('textbox', { name: 'Message' }).click({ button: 'right' })
    await expect.poll(popped).toEqual(expect.arrayContaining(['Cut', 'Copy', 'Select all']))
    await inbox.getByRole('textbox', { name: 'Message' }).fill('')
    // Playwright makes pages believe that they are visible, so an open ticket would be marked as read in the next step.
    await inbox.keyboard.press('Escape')
    await inbox.keyboard.press('Escape')
    await expect(inbox.getByRole('region', { name: 'Conversation' })).toHaveCount(0)
    await press('W')
    await expect.poll(() => visible(electron)).toEqual([])
    await session.tray.click(/^Inbox$/)
    await expect.poll(() => visible(electron)).toEqual(['Inbox'])
  })

  await test.step('news takes neither the keyboard nor the screen', async () => {
    await closeWindow(electron, 'Inbox')
    await expect.poll(() => visible(electron)).toEqual([])
    const shows = (): Promise<number> =>
      electron.evaluate(() => (globalThis as { shows?: number }).shows ?? 0)
    await electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows())
        for (const event of ['show', 'focus'] as const)
          window.on(event as 'show', () => {
            // Events arrive late and may concern a window that is hidden by now.
            if (!window.isVisible()) return
            const seen = globalThis as { shows?: number }
            seen.shows = (seen.shows ?? 0) + 1
          })
    })
    demo.staffReply(272298, 'Ayşe Öztürk', 'Sessizce gelir.')
    await session.tray.click(/^Check now$/)
    await expect.poll(() => session.tray.tooltip()).toContain('1 unread')
    expect(await shows()).toBe(0)
  })

  await test.step('closing is explained once', async () => {
    const notificationCount = async (): Promise<number> =>
      (await session.notifications()).filter(({ summary }) =>
        summary.includes('is still running in the tray')
      ).length
    await expect.poll(notificationCount).toBe(1)
    await session.tray.click(/^Inbox$/)
    await expect.poll(() => visible(electron)).toEqual(['Inbox'])
    await closeWindow(electron, 'Inbox')
    await expect.poll(() => visible(electron)).toEqual([])
    await session.tray.click(/^Inbox$/)
    expect(await notificationCount()).toBe(1)
  })

  await test.step('launch at login writes a start without a window, and takes it back', async () => {
    const file = join(session.env.XDG_CONFIG_HOME ?? '', 'autostart', 'tr.bilet.app.desktop')
    await changeSettings(inbox, { launchAtLogin: true })
    expect(readFileSync(file, 'utf8')).toMatch(/^Exec=.* --hidden$/m)
    await changeSettings(inbox, { launchAtLogin: false })
    expect(existsSync(file)).toBe(false)

    // The folder is a file, so writing fails as in a read-only home. The switch must show the system's state.
    rmSync(dirname(file), { recursive: true })
    writeFileSync(dirname(file), '')
    await changeSettings(inbox, { launchAtLogin: true })
    const refused = inbox.getByRole('status').filter({ hasText: 'Launch at login could not be changed' })
    await expect(refused).toBeVisible()
    expect(await launchesAtLogin(inbox)).toBe(false)
    rmSync(dirname(file))
    await changeSettings(inbox, { launchAtLogin: true })
    await expect(refused).toHaveCount(0)
    expect(existsSync(file)).toBe(true)
    // Entry of an older release in another place.
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^Exec=.*$/m, 'Exec="/old/Bilet" --hidden'))
  })

  await test.step('a second profile finds the shortcut taken, says so, and takes it when it is free', async () => {
    expect(await diagnostics(inbox)).toContain('shortcut registered')
    const other = await launch({ profile: 'other', args: ['--demo'] })
    const second = await other.window(/Inbox/)
    await expect(second.getByRole('status').filter({ hasText: 'Ctrl+Alt+Shift+B' })).toBeVisible()
    expect(await diagnostics(second)).toContain('shortcut taken')
    await changeSettings(inbox, { shortcut: 'Alt+Shift+B' })
    await changeSettings(second, { shortcut: 'Ctrl+Alt+Shift+B' })
    await changeSettings(second, { theme: 'dark' })
    await expect.poll(() => diagnostics(second)).toContain('shortcut registered')
    await expect(second.getByRole('status').filter({ hasText: 'Ctrl+Alt+Shift+B' })).toHaveCount(0)
    await other.quit()
  })

  await test.step('after a restart the window is where it was; off the displays it is brought back', async () => {
    await put(electron, wanted)
    await expect.poll(() => place(electron, 'Inbox')).toEqual(wanted)
    await checkNow(inbox)
    await changeSettings(inbox, { closeToTray: false })
    await app.quit()
    // As started through a link in another AppImage.
    const foreign = { APPIMAGE: '/home/a/Obsidian.AppImage', APPDIR: '/tmp/.mount_Obsidian' }
    const again = await launch({ env: foreign })
    await expect.poll(() => place(again.electron, 'Inbox')).toEqual(wanted)
    const start = join(session.env.XDG_CONFIG_HOME ?? '', 'autostart', 'tr.bilet.app.desktop')
    await expect.poll(() => readFileSync(start, 'utf8')).not.toContain('/old/Bilet')
    expect(readFileSync(start, 'utf8')).not.toContain('Obsidian')
    await put(again.electron, { ...wanted, x: 430, y: 190 })
    await again.quit()
    // As switched off in the desktop's own settings.
    const switchedOff = `${readFileSync(start, 'utf8').replace(/^Exec=.*$/m, 'Exec="/old/Bilet"')}Hidden=true\n`
    writeFileSync(start, switchedOff)

    const small = await launch({ env: { DISPLAY: await session.addDisplay('800x600') } })
    expect((await workArea(small.electron)).width).toBe(800)
    const page = await small.window(/Inbox/)
    await expect.poll(() => launchesAtLogin(page)).toBe(false)
    expect(readFileSync(start, 'utf8')).toBe(switchedOff)
    await expect
      .poll(async () => isInside(await place(small.electron, 'Inbox'), await workArea(small.electron)))
      .toBe(true)
    await closeWindow(small.electron, 'Inbox')
    // Closing the window quits the app.
    await small.ended
  })
})
