/** The app on Wayland: headless sway with floating windows, as on GNOME and KDE. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPlain } from '../../support/desktop/app.ts'
import { expect, test } from '../../support/desktop/fixtures.ts'
import type { CompositorWindow } from '../../support/desktop/session.ts'
import { changeSettings, closeWindow, connect, diagnostics, rowOf } from '../../support/desktop/steps.ts'

test.use({ desktop: { display: 'wayland' } })

test('starts hidden, opens its windows from the tray and a second start, and keeps what X11 knows', async ({
  stage,
  session,
  demo,
  launch
}) => {
  const place = { x: 300, y: 140, width: 800, height: 560 }
  const settingsFile = join(session.home, 'profile', 'settings.json')
  const saved = (name: string): unknown =>
    existsSync(settingsFile)
      ? (JSON.parse(readFileSync(settingsFile, 'utf8')) as Record<string, unknown>)[name]
      : undefined
  const windows = (): Promise<readonly CompositorWindow[]> => session.compositorWindows()
  const titles = async (): Promise<readonly string[]> => (await windows()).map(({ title }) => title)
  const window = async (title: string): Promise<CompositorWindow | undefined> =>
    (await windows()).find((candidate) => candidate.title === title)

  // Bounds saved in an X11 session.
  mkdirSync(join(session.home, 'profile'))
  writeFileSync(settingsFile, JSON.stringify({ inboxBounds: place }))
  const app = await launch({ args: ['--hidden'] })

  await test.step('a hidden start shows no window, only the tray', async () => {
    await expect.poll(() => session.tray.tooltip()).toContain('No unread')
    expect(await titles()).toEqual([])
  })

  await test.step('the tray opens the inbox, with the name of the desktop file and the size of before', async () => {
    await session.tray.click(/^Inbox$/)
    await expect
      .poll(() => window('Inbox'))
      .toMatchObject({ appId: 'tr.bilet.app', focused: true, width: 800, height: 560 })
  })
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()

  await test.step('the shortcut is nobody else’s, and the settings say what to add to the system’s own', async () => {
    expect(await diagnostics(inbox)).toMatch(/drawn on wayland\n/)
    expect(await diagnostics(inbox)).toMatch(/shortcut (asked of the desktop|unavailable)/)
    expect(await changeSettings(inbox, { shortcut: 'Ctrl+Alt+M' })).toBe(true)
    await session.tray.click(/^Settings$/)
    await inbox.getByRole('button', { name: 'General' }).click()
    await expect(inbox.getByText(/your desktop assigns shortcuts/)).toBeVisible()
    await expect(inbox.getByText(/electron \S+ --new$/)).toBeVisible()
    await expect(inbox.getByText('is used by another program')).toHaveCount(0)
    await inbox.keyboard.press('Escape')
  })

  await test.step('the new-ticket window opens from the tray and by the command of the settings', async () => {
    await session.tray.click(/^New ticket$/)
    await expect.poll(() => window('New ticket')).toMatchObject({ focused: true, width: 480, height: 640 })
    await closeWindow(app.electron, 'New ticket')
    await expect.poll(titles).toEqual(['Inbox'])
    expect(await startPlain({ stage, session, args: ['--new'] }).ended).toBe(0)
    await expect.poll(() => window('New ticket')).toMatchObject({ focused: true })
    await closeWindow(app.electron, 'New ticket')
    await expect.poll(titles).toEqual(['Inbox'])
  })

  await test.step('closed, the inbox comes back from the tray, in front', async () => {
    await closeWindow(app.electron, 'Inbox')
    await expect.poll(titles).toEqual([])
    await session.tray.click(/^Inbox$/)
    await expect.poll(() => window('Inbox')).toMatchObject({ focused: true })
  })

  await test.step('the size that it is given is kept, apart from the place that X11 knows', async () => {
    await session.compositorDo('Inbox', 'resize set 900 620')
    await expect.poll(async () => (await window('Inbox'))?.width).not.toBe(800)
    const now = await window('Inbox')
    const size = { width: now?.width, height: now?.height }
    await expect.poll(() => saved('inboxSize')).toEqual(size)
    expect(saved('inboxBounds')).toEqual(place)
    await app.quit()
    expect(saved('inboxBounds')).toEqual(place)

    // As users start it: up to Electron 37 this variable selects Wayland, from 38 on the session type does.
    const again = await launch({ display: null, env: { ELECTRON_OZONE_PLATFORM_HINT: 'wayland' } })
    await expect.poll(() => window('Inbox')).toMatchObject(size)
    expect(await diagnostics(await again.window(/Inbox/))).toContain('drawn on wayland')
    await again.quit()
  })

  await test.step('and in an X11 session the inbox is where it was there', async () => {
    const x11 = await launch({
      env: { DISPLAY: await session.addDisplay('1440x900'), WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' },
      display: 'x11'
    })
    const bounds = (): Promise<unknown> =>
      x11.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((candidate) => candidate.getTitle() === 'Inbox')
          ?.getBounds()
      )
    await expect.poll(bounds).toEqual(place)
    expect(await diagnostics(await x11.window(/Inbox/))).toContain('drawn on x11')
    await x11.quit()
  })
})
