/** A click on a notification under a compositor that gives the focus only to programs with an activation token. */
import { expect, packagedApp, test } from '../../support/desktop/fixtures.ts'
import { connect, rowOf } from '../../support/desktop/steps.ts'

test.use({ desktop: { display: 'wayland', compositor: ['focus_on_window_activation focus'] } })

test('a click on a notification brings the inbox before another program, with a token or without', async ({
  session,
  demo,
  launch
}) => {
  // Wayland's log of the app's requests to the compositor.
  const app = await launch({ packaged: packagedApp(), env: { WAYLAND_DEBUG: '1' } })
  let asked = ''
  app.electron.process().stderr?.on('data', (chunk: Buffer) => (asked += chunk.toString()))
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  const inFront = async (): Promise<string | undefined> =>
    (await session.compositorWindows()).find(({ focused }) => focused)?.title
  await session.openOtherProgram('Other program')

  await test.step('the token that the notification server tells is used', async () => {
    const { token, close } = await session.activationToken()
    await session.clickWithToken(token, async () => {
      demo.staffReply(272298, 'Ayşe Öztürk', 'Simgeyle öne gelir.')
      await session.tray.click(/^Check now$/)
    })
    await expect.poll(inFront).toBe('Inbox')
    await expect(inbox.getByRole('article').filter({ hasText: 'Simgeyle öne gelir.' })).toBeVisible()
    expect(asked).toContain(`.activate("${token}"`)
    close()
  })

  await test.step('without one, on a desktop that only lets windows blink, the window is mapped anew', async () => {
    await session.compositor('focus_on_window_activation urgent')
    await session.compositorDo('Other program', 'focus')
    await expect.poll(inFront).toBe('Other program')
    await session.clickWithToken(null, async () => {
      demo.staffReply(272291, 'Çiğdem Şahin', 'Simgesiz de gelir.')
      await session.tray.click(/^Check now$/)
    })
    await expect.poll(inFront).toBe('Inbox')
    await expect(inbox.getByRole('article').filter({ hasText: 'Simgesiz de gelir.' })).toBeVisible()
  })

  await test.step('a hidden inbox comes up in front', async () => {
    await app.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close()
    })
    await expect.poll(inFront).toBe('Other program')
    await session.clickWithToken(null, async () => {
      demo.staffReply(272298, 'Ayşe Öztürk', 'Gizliyken de.')
      await session.tray.click(/^Check now$/)
    })
    await expect.poll(inFront).toBe('Inbox')
  })

  await test.step('news alone takes the keyboard from nobody', async () => {
    await session.compositorDo('Other program', 'focus')
    await expect.poll(inFront).toBe('Other program')
    // Uses another ticket than the open one, whose news are marked as read and withdrawn.
    demo.staffReply(272291, 'Çiğdem Şahin', 'Sessizce gelir.')
    await session.tray.click(/^Check now$/)
    await expect.poll(() => session.shownCount()).toBeGreaterThan(0)
    expect(await inFront()).toBe('Other program')
  })
})
