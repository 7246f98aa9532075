/** `bilet COMMAND` as a process beside the real app. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  endApp,
  endOf,
  outputOf,
  runCommand,
  startCommand,
  type CommandOptions,
  type Ended
} from '../support/desktop/command-line.ts'
import { expect, releasedApp, test } from '../support/desktop/fixtures.ts'
import { startPlain } from '../support/desktop/app.ts'
import { closeWindow, connect, rowOf, visible } from '../support/desktop/steps.ts'

type Given = Omit<CommandOptions, 'stage' | 'session' | 'args'>

test('a command without a running app starts it hidden, is answered, and leaves it in the tray', async ({
  stage,
  session
}) => {
  const bilet = (args: readonly string[], given: Given = {}): Promise<Ended> =>
    runCommand({ stage, session, args, ...given })

  await test.step('unless it may not be started, or cannot be', async () => {
    expect(await bilet(['status', '--no-start'])).toMatchObject({ code: 4, out: '' })
    const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...withoutDisplay } = session.env
    const said = await bilet(['status', '--json', '--lang=en'], { env: withoutDisplay })
    expect(said.code).toBe(4)
    expect(outputOf(said)).toMatchObject({ error: { kind: 'no-display', exitCode: 4 } })
  })

  await test.step('the first command starts it; further ones at the same time use that one', async () => {
    const all = await Promise.all([bilet(['status', '--json']), bilet(['status', '--json'])])
    for (const said of all) {
      expect(said).toMatchObject({ code: 0, err: '' })
      expect(outputOf(said)).toMatchObject({ command: 'status', accounts: [] })
    }
    expect(await session.tray.tooltip()).toContain('No unread')
  })

  await test.step('after a crash the leftover socket is no app, and the next command starts it again', async () => {
    await endApp(session, 'SIGKILL')
    expect((await bilet(['status', '--no-start'])).code).toBe(4)
    expect((await bilet(['status'])).code).toBe(0)
  })

  await test.step('it quits as always, and takes the socket along', async () => {
    await endApp(session, 'SIGTERM')
    expect(await session.filesWith('"secret":')).toEqual([])
  })

  await test.step('a command that is ended by Ctrl+C meanwhile leaves the app that it starts to the next one', async () => {
    const lock = join(session.home, 'profile', 'command-start.lock')
    const first = startCommand({ stage, session, args: ['status'] })
    const ended = endOf(first)
    await expect.poll(() => existsSync(lock), { intervals: [10] }).toBe(true)
    first.kill('SIGINT')
    expect((await ended).code).not.toBe(0)
    expect((await bilet(['status'])).code).toBe(0)
    expect(existsSync(lock)).toBe(false)
    await endApp(session, 'SIGTERM')
  })
})

test('commands read and write tickets through the running app, and show no window', async ({
  stage,
  session,
  demo,
  launch
}) => {
  const app = await launch()
  const inbox = await app.window(/Inbox/)
  await connect(inbox, demo)
  await expect(rowOf(inbox, 272298)).toBeVisible()
  await closeWindow(app.electron, 'Inbox')
  await expect.poll(() => visible(app.electron)).toEqual([])
  const bilet = (args: readonly string[], given: Given = {}): Promise<Ended> =>
    runCommand({ stage, session, args, ...given })

  await test.step('a list, for people and for programs', async () => {
    expect((await bilet(['list', '--limit=1', '--lang=tr'])).out).toMatch(/^NO .*KONU\n#272298 .*\n…/)
    const said = await bilet(['list', 'durum:kapalı', '--json'])
    expect(said).toMatchObject({ code: 0, err: '' })
    expect(outputOf(said)).toMatchObject({ command: 'list', total: expect.any(Number) })
  })

  await test.step('a reply from a pipe, with Turkish letters, until it is sent', async () => {
    const said = await bilet(['reply', '272298', '--wait', '--json'], { input: 'Işık yeşil: ğüşiöç İ\n' })
    expect(said.code).toBe(0)
    expect(outputOf(said)).toMatchObject({ command: 'reply', entries: [{ result: 'sent', ticket: 272298 }] })
    expect((await bilet(['show', '272298'])).out).toContain('Işık yeşil: ğüşiöç İ')
  })

  await test.step('a text that is none, or is too long, is told and not sent', async () => {
    const posted = (): number => demo.requests.filter(({ method }) => method === 'POST').length
    const before = posted()
    for (const input of ['', 'a\0b', Buffer.from([0xfe, 0x67]), 'x'.repeat(20_000_000)])
      expect(await bilet(['reply', '272298'], { input })).toMatchObject({ code: 2, out: '' })
    expect(posted()).toBe(before)
  })

  await test.step('wrong arguments are said in a line each, with the way to the help, and end with 2', async () => {
    for (const args of [['list', '--jsn'], ['lsit'], ['--hiden'], ['show', 'x']]) {
      const said = await bilet([...args, '--lang=en'])
      expect(said).toMatchObject({ code: 2, out: '' })
      expect(said.err).toMatch(/^bilet: .*\n.*bilet --help.*\n$/)
    }
  })

  await test.step('a reader that goes away is no error', async () => {
    const child = startCommand({ stage, session, args: ['list', '--json'] })
    child.stdout?.destroy()
    expect(await endOf(child)).toMatchObject({ code: 0, err: '' })
  })

  await test.step('a file in place of standard output', async () => {
    const file = join(session.home, 'tmp', 'status.json')
    expect(await bilet(['status', '--json', `--output=${file}`])).toMatchObject({ code: 0, out: '' })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ command: 'status', yourTurn: 5 })
    expect(await bilet(['status', '--output=/proc/none'])).toMatchObject({ code: 1, out: '' })
  })

  await test.step('another user is refused', async () => {
    if (stage.user === null) {
      console.log('not tried as another user: only root can become one')
      return
    }
    const said = await bilet(['status', '--lang=en'], { user: 'daemon' })
    expect(said).toMatchObject({ code: 4, out: '' })
    expect(said.err).toContain('sudo -H -u')
  })

  await test.step('a link runs no command, whatever follows it', async () => {
    const before = demo.requests.filter(({ method }) => method === 'POST').length
    const link = 'bilet://ticket/272291'
    expect(await startPlain({ stage, session, args: [link, 'reply', '272298', 'x'] }).ended).toBe(0)
    await expect(inbox.getByRole('article').filter({ hasText: 'PHP-FPM' }).first()).toBeVisible()
    expect(demo.requests.filter(({ method }) => method === 'POST').length).toBe(before)
  })

  await test.step('without the server a message waits in the outbox, and monitoring tells it', async () => {
    await demo.close()
    const said = await bilet(['reply', '272298', 'Yolda', '--wait=1', '--lang=en'])
    expect(said).toMatchObject({
      code: 7,
      out: expect.stringMatching(/^[0-9a-f-]{36} {2}reply #272298: /)
    })
    expect(await bilet(['status', '--nagios', '--refresh'])).toMatchObject({
      code: 2,
      out: expect.stringMatching(/^BILET CRITICAL - .* \| unread=0;1;;0 /)
    })
  })
})

test('the package answers with its released fuses, also without a display', async ({ stage, session }) => {
  const { HOME = '', PATH = '' } = session.env
  const bilet = (args: readonly string[]): Promise<Ended> =>
    runCommand({ stage, session, args, packaged: releasedApp(), env: { HOME, PATH, LANG: 'tr_TR.UTF-8' } })
  expect((await bilet(['--version'])).out).toMatch(/^Bilet \d+\.\d+\.\d+\n$/)
  expect((await bilet(['--help'])).out).toMatch(/^Kullanım: bilet /)
  expect(await bilet(['list', '--no-start'])).toMatchObject({ code: 4, out: '' })
  expect(JSON.parse((await bilet(['--json-schema'])).out)).toHaveProperty('anyOf')
})
