/** The keychain is found on desktops that Chromium knows and on those that it does not know. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/desktop/fixtures.ts'
import { checkNow, connect, diagnostics, rowOf } from '../support/desktop/steps.ts'

const desktops = ['GNOME', 'MATE', 'LXQt', 'sway', 'i3', 'Hyprland', 'niri', 'COSMIC', 'KDE', '']

test('the keyring of the session is found whatever the desktop is called', async ({ demo, launch }) => {
  for (const desktop of desktops)
    await test.step(desktop || 'no name', async () => {
      const isFirst = desktop === desktops[0]
      const app = await launch({ keyring: null, env: { XDG_CURRENT_DESKTOP: desktop, DESKTOP_SESSION: '' } })
      const inbox = await app.window(/Inbox/)
      if (isFirst) await connect(inbox, demo)
      await expect(rowOf(inbox, 272298)).toBeVisible()
      // The token was stored in a session of another desktop.
      const asked = demo.requests.length
      await checkNow(inbox)
      await expect.poll(() => demo.requests.length).toBeGreaterThan(asked)
      expect(demo.requests.at(-1)?.headers.authorization).toBe(`Bearer ${demo.token}`)
      expect(await diagnostics(inbox)).toContain('keychain gnome-libsecret (last: ')
      await app.quit()
      const { data } = JSON.parse(readFileSync(join(app.userData, 'secrets.json'), 'utf8')) as {
        data: object
      }
      expect(Object.keys(data)).toHaveLength(1)
    })
})

test('a keyring that is locked at login is said to be, and read when it is unlocked', async ({
  session,
  demo,
  launch
}) => {
  const first = await launch({ keyring: null })
  await connect(await first.window(/Inbox/), demo)
  await expect(rowOf(await first.window(/Inbox/), 272298)).toBeVisible()
  await first.quit()
  const stored = (): string => readFileSync(join(first.userData, 'secrets.json'), 'utf8')
  const before = stored()
  const asked = demo.requests.length

  await session.lockKeyring()
  const app = await launch({ keyring: null })
  const inbox = await app.window(/Inbox/)
  const locked = inbox.getByText(/the keychain is locked. The stored token is still there/)

  await test.step('it is said; what was known is there, and nothing is asked', async () => {
    await expect(rowOf(inbox, 272298)).toBeVisible()
    await expect(locked).toBeVisible()
    await expect(inbox.getByText(/the keychain changed/)).toHaveCount(0)
    await checkNow(inbox)
    await expect(locked).toBeVisible()
    expect(demo.requests.length).toBe(asked)
    expect(await diagnostics(inbox)).toContain('(last: locked)')
    expect(stored()).toBe(before)
  })

  await test.step('unlocked elsewhere, the next check goes on as if nothing had been', async () => {
    await session.unlockKeyring()
    await checkNow(inbox)
    await expect(locked).toHaveCount(0)
    await expect.poll(() => demo.requests.length).toBeGreaterThan(asked)
    expect(demo.requests.at(-1)?.headers.authorization).toBe(`Bearer ${demo.token}`)
  })
  await app.quit()
  expect(stored()).toBe(before)
})
