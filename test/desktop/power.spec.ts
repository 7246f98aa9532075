import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPlain } from '../support/desktop/app.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { connect, diagnostics, rowOf } from '../support/desktop/steps.ts'

test('sleep, battery and lock screen reach the poller: one request after waking', async ({
  stage,
  session,
  demo,
  launch
}) => {
  await session.startMachine()
  const log = join(session.home, 'profile', 'logs', 'main.log')
  const tooltip = (): Promise<string> => session.tray.tooltip()

  await test.step('battery and lock screen', async () => {
    const app = await launch()
    const inbox = await app.window(/Inbox/)
    await connect(inbox, demo, { version: 'v2' })
    await expect(rowOf(inbox, 272298)).toBeVisible()
    const says = (words: string): Promise<void> => expect.poll(() => diagnostics(inbox)).toContain(words)
    await says('power: mains, screen open')
    session.battery(true)
    await says('power: battery, screen open')
    const lock = (locked: boolean): void => {
      session.emit('/org/gnome/ScreenSaver', 'org.gnome.ScreenSaver', 'ActiveChanged', 'b', [locked])
    }
    lock(true)
    await says('power: battery, screen locked')
    lock(false)
    session.battery(false)
    await says('power: mains, screen open')
    await app.quit()
  })

  await test.step('asleep nothing is asked; awake once, however often the system says so', async () => {
    // Without a debugger: suspending closes all of Chromium's connections, including the debugger's.
    demo.staffReply(272298, 'Ayşe Öztürk', 'Uyumadan önce.')
    const atStart = demo.requests.length
    const { ended } = startPlain({ stage, session, args: ['--hidden'] })
    await expect.poll(tooltip).toContain('1 unread')
    // The hidden new-ticket window requests its services once.
    await expect
      .poll(() => demo.requests.slice(atStart).map(({ path }) => path))
      .toEqual(expect.arrayContaining(['/v2/tickets', '/v2/services']))
    const before = demo.requests.length
    session.sleep(true)
    await expect.poll(() => readFileSync(log, 'utf8')).toContain('info asleep')
    demo.staffReply(272291, 'Ayşe Öztürk', 'Siz uyurken.')
    await session.tray.click(/^Check now$/)
    // Waits for an answer on the same connection, so that the click was processed.
    await tooltip()
    expect(demo.requests.length).toBe(before)
    session.sleep(false)
    session.sleep(false)
    await expect.poll(tooltip).toContain('2 unread')
    expect(demo.requests.slice(before)).toHaveLength(1)
    await session.tray.click(/^Quit$/)
    expect(await ended).toBe(0)
  })
})
