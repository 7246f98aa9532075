/** Every command with a real engine and the demo's server over HTTP. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { containing, matching } from '../../support/cli/matchers.ts'
import { outputSchema, type Output } from '../../../electron/cli/output/schema.ts'
import type { DemoServer } from '../../support/demo/api.ts'
import { startDemoServer } from '../../support/demo/server.ts'
import { runApp, type RunningApp, type Said } from '../../support/cli/running-app.ts'

let app: RunningApp
let demo: DemoServer
beforeEach(async () => {
  demo = await startDemoServer({ token: 'tok-3f9c71' })
  app = await runApp()
})
afterEach(async () => {
  expect(app.reported).toEqual([])
  await app.close()
  await demo.close()
})

/** The printed JSON, held to its schema. */
const json = ({ out }: Said): Output => outputSchema.parse(JSON.parse(out))
const idOf = (said: Said): string => /^[0-9a-f-]{36}/m.exec(said.out)?.[0] ?? ''
/** Requests that change something, with everything that was sent. */
const written = (): DemoServer['requests'] =>
  demo.requests.filter(({ path }) => /\/(reply|create|close)$/.test(path))
const sentTexts = (): readonly string[] => written().flatMap(({ parameters }) => Object.values(parameters))

describe('list', () => {
  beforeEach(() => app.connect(demo))

  it('prints tickets with the newest first, and how many are not printed', async () => {
    const { out, code } = await app.bilet(['list', '--limit=2'])
    expect(out).toMatch(
      /^NO +NEW +TURN +STATUS +LAST ACTIVITY +SUBJECT\n#272298 .*\n#272291 .*\n… and \d+ more/
    )
    expect(code).toBe(0)
  })

  it('takes the search and the filters of the inbox', async () => {
    demo.staffReply(272298, 'Ayşe Öztürk', 'Portu açtık.')
    const unread = await app.bilet(['list', '--filter=unread', '--refresh', '--json'])
    expect(json(unread)).toMatchObject({ command: 'list', total: 1, tickets: [{ id: 272298, unread: 1 }] })
    const found = await app.bilet(['list', 'durum:kapalı', 'node.js', '--json'])
    expect(json(found)).toMatchObject({ total: 1, tickets: [{ id: 271402, status: { kind: 'closed' } }] })
    expect(json(await app.bilet(['list', 'ssh', '-portta', '--json']))).toMatchObject({ total: 0 })
  })

  it('refuses a filter that the search does not know, rather than printing too much', async () => {
    const { out, err, code } = await app.bilet(['list', 'tarih:dünden'])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('tarih:dünden')
  })

  it('prints nothing that could change what a terminal shows', async () => {
    app.core.engine.accounts.rename(app.core.engine.accounts.list()[0]?.id ?? '', 'a\u001b[2Jb\u009b3m')
    for (const args of [['status'], ['status', '--json'], ['status', '--nagios'], ['list', '--json']])
      expect((await app.bilet(args)).out).not.toMatch(/[\u001b\u009b]/) // eslint-disable-line no-control-regex -- looks for them
  })
})

describe('show', () => {
  beforeEach(() => app.connect(demo))

  it('prints the messages of a ticket and leaves it unread, unless told', async () => {
    demo.staffReply(272298, 'Ayşe Öztürk', 'Portu açtık.')
    await app.bilet(['list', '--refresh'])
    const { out } = await app.bilet(['show', '#272298'])
    expect(out).toMatch(/^#272298 Sunucuma SSH/)
    expect(out).toMatch(/^--- Ayşe Öztürk \(staff\), .*unread\nPortu açtık\./m)
    expect(json(await app.bilet(['show', '272298', '--mark-read', '--json']))).toMatchObject({
      command: 'show',
      messages: [{ author: 'customer' }, { author: 'staff', text: 'Portu açtık.' }]
    })
    expect(json(await app.bilet(['list', '--filter=unread', '--json']))).toMatchObject({ total: 0 })
  })

  it('hides what looks like a password, unless told', async () => {
    demo.staffReply(272298, 'Ayşe Öztürk', 'Şifreniz: Xk7-mavi-Deniz9')
    await app.bilet(['list', '--refresh'])
    for (const args of [
      ['show', '272298'],
      ['show', '272298', '--json'],
      ['list', '--json']
    ])
      expect((await app.bilet(args)).out).not.toContain('Xk7-mavi-Deniz9')
    expect((await app.bilet(['show', '272298', '--show-secrets'])).out).toContain('Xk7-mavi-Deniz9')
  })

  it('looks a ticket up at the server that it does not know yet', async () => {
    const id = demo.addTicket({ message: 'Panelden açıldı' })
    expect((await app.bilet(['show', String(id)])).out).toContain('Panelden açıldı')
    const missing = await app.bilet(['show', '999999'])
    expect([missing.code, missing.err]).toEqual([3, containing('999999')])
  })
})

describe('reply', () => {
  beforeEach(() => app.connect(demo))

  it('writes standard input into the outbox, prints the id and keeps what the person is writing', async () => {
    const [account] = app.core.engine.accounts.list()
    const ref = { accountId: account?.id ?? '', ticketId: 272298 }
    app.core.engine.outgoing.setReplyDraft(ref, 'yarım kalan')
    const said = await app.bilet(
      ['reply', '272298', '--wait'],
      '\ufeffIşık yeşil:\r\n\u001b[32mğüşiöç İ\u001b[0m\n\n'
    )
    expect(said).toMatchObject({
      code: 0,
      out: matching(/^[0-9a-f-]{36} {2}reply #272298: sent\n$/)
    })
    expect(sentTexts()).toContain('Işık yeşil:\nğüşiöç İ')
    expect(app.core.engine.outgoing.replyDraft(ref)).toBe('yarım kalan')
    expect((await app.bilet(['status', idOf(said)])).out).toMatch(/: sent\n$/)
  })

  it.each([
    ['an empty text', '  \n', /empty/],
    ['NUL', 'a\0b', /NUL/],
    ['Latin letters of another encoding', Buffer.from([0x67, 0xfe, 0x72]), /iconv/],
    ['more than can be sent', 'ş'.repeat(100_001), /100,000/],
    ['far more', Buffer.alloc(8_000_000, 'x'), /100,000/]
  ])('refuses %s and sends nothing', async (_name, input, reason) => {
    const { code, out, err } = await app.bilet(['reply', '272298'], input)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(reason)
    expect(written()).toEqual([])
  })

  it('sends the longest text', async () => {
    const text = 'ş'.repeat(100_000)
    expect((await app.bilet(['reply', '272298', '--wait'], text)).code).toBe(0)
    expect(sentTexts()).toContain(text)
  })

  it('tells by its code that the server refused it', async () => {
    demo.injectFault({ on: 'reply', effect: { kind: 'status', status: 422 } })
    const said = await app.bilet(['reply', '272298', 'Merhaba', '--wait', '--json'])
    expect(said.code).toBe(5)
    expect(json(said)).toMatchObject({
      command: 'reply',
      entries: [{ result: 'refused', ticket: 272298, problem: { kind: 'refused' } }]
    })
    expect((await app.bilet(['status', '--nagios'])).code).toBe(2)
  })

  it('tells by its code that time is up, and later what became of it', async () => {
    demo.injectFault({ on: 'reply', effect: { kind: 'status', status: 429 } })
    const said = await app.bilet(['reply', '272298', 'Merhaba', '--wait=1'])
    expect(said).toMatchObject({ code: 7, out: containing('queued') })
    expect((await app.bilet(['status', idOf(said)])).code).toBe(7)
    expect((await app.bilet(['status', 'nothing'])).code).toBe(3)
  })

  it('closes the ticket after the reply', async () => {
    const said = await app.bilet(['reply', '272298', 'Teşekkürler', '--close', '--wait'])
    expect(said.code).toBe(0)
    expect(written().map(({ path }) => path)).toEqual(['/v2/tickets/reply', '/v2/tickets/272298/close'])
  })
})

describe('new', () => {
  const ticket = ['new', '--title=Işık', '--department=satış', '--service=952157']

  it('opens a ticket, and waits for its number', async () => {
    await app.connect(demo)
    const said = await app.bilet([...ticket, '--wait', '--json'], 'Merhaba')
    expect(said.code).toBe(0)
    expect(json(said)).toMatchObject({
      command: 'new',
      entries: [{ action: 'new', result: 'sent', title: 'Işık', ticket: 272300 }]
    })
    expect((await app.bilet(['show', '272300'])).out).toContain('Merhaba')
  })

  it('names what is missing, with what there is', async () => {
    await app.connect(demo)
    expect(await app.bilet(['new', '--title=a', '--department=yok', 'b'])).toMatchObject({
      code: 3,
      err: containing('15 Satış / Pazarlama')
    })
    for (const [args, option] of [
      [['new', '--title=a', 'b'], '--department'],
      [['new', '--title=a', '--department=15', 'b'], '--service'],
      [['new', '--title=a', '--department=15', '--service=x/y', 'b'], '--service'],
      [[...ticket, '--server-ip=999', 'b'], '--server-ip']
    ] as const)
      expect(await app.bilet(args)).toMatchObject({ code: 2, err: containing(option) })
    expect(written()).toEqual([])
  })

  it('reads the server’s password from a file, and prints it nowhere', async () => {
    await app.connect(demo)
    const file = join(app.profile, 'password.txt')
    writeFileSync(file, 'Gizli-9x7\n')
    const said = await app.bilet([...ticket, `--server-password-file=${file}`, '--wait', '--json', 'Merhaba'])
    expect(said.code).toBe(0)
    expect(sentTexts()).toContain('Gizli-9x7')
    for (const { out, err } of [said, await app.bilet(['status', '--json'])])
      expect(out + err).not.toMatch(/Gizli-9x7|tok-3f9c71/)
    expect(await app.bilet([...ticket, '--server-password-file=/nowhere', 'a'])).toMatchObject({ code: 1 })
  })

  it('asks which account where there are several', async () => {
    const other = await startDemoServer({ token: 'tok-3f9c71' })
    try {
      await app.connect(demo, 'Ajans')
      await app.connect(other, 'Mağaza')
      expect(await app.bilet([...ticket, 'a'])).toMatchObject({
        code: 3,
        err: containing('Ajans, Mağaza')
      })
      expect(await app.bilet(['show', '272298'])).toMatchObject({ code: 3 })
      expect(await app.bilet(['show', '272298', '--account=magaza'])).toMatchObject({ code: 0 })
      expect(await app.bilet([...ticket, '--account', 'MAĞ', '--wait', 'a'])).toMatchObject({ code: 0 })
      expect(written()).toEqual([])
      expect(await app.bilet(['list', '--account=Yok'])).toMatchObject({ code: 3 })
    } finally {
      await other.close()
    }
  })

  it('tells two accounts of one name apart by their ids, and takes no blank for a name', async () => {
    const other = await startDemoServer({ token: 'tok-3f9c71' })
    try {
      await app.connect(demo, 'Ajans')
      await app.connect(other, 'ajans')
      const [first, second] = app.core.engine.accounts.list().map(({ id }) => id)
      expect(await app.bilet([...ticket, '--account=Ajans', 'a'])).toMatchObject({
        code: 3,
        err: containing(`(${first ?? ''}), ajans (${second ?? ''})`)
      })
      expect(await app.bilet([...ticket, `--account=${second ?? ''}`, '--wait', 'a'])).toMatchObject({
        code: 0
      })
      expect(await app.bilet(['close', '272298', '--account= '])).toMatchObject({ code: 3 })
      expect(written()).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('sends nothing that the server would change, unless told', async () => {
    await app.connect(demo, 'Netinternet', 'v1')
    const v1 = ['new', '--title=Merhaba', '--department=19', '--service=952157']
    const refused = await app.bilet([...v1, 'Kutlarım 🚀'])
    expect(refused).toMatchObject({ code: 2, err: containing('🚀') })
    expect(written()).toEqual([])
    expect(await app.bilet([...v1, '--allow-changes', '--wait', 'Kutlarım 🚀'])).toMatchObject({ code: 0 })
  })
})

describe('close', () => {
  it('closes all tickets or none', async () => {
    await app.connect(demo)
    expect(await app.bilet(['close', '272298', '999999'])).toMatchObject({ code: 3 })
    expect(written()).toEqual([])
    expect(await app.bilet(['close', '272298', '#272291', '--wait'])).toMatchObject({
      code: 0,
      out: matching(/#272298: sent\n.*#272291: sent\n$/)
    })
  })
})

describe('status', () => {
  it('tells of accounts, counts and the outbox', async () => {
    await app.connect(demo)
    expect(json(await app.bilet(['status', '--json']))).toMatchObject({
      command: 'status',
      unread: 0,
      yourTurn: 5,
      accounts: [{ name: 'Netinternet', connection: { state: 'ok', problem: null }, yourTurn: 5 }],
      outbox: { undecided: 0, entries: [] }
    })
  })

  it('is a monitoring plugin: fine, a warning, critical, unknown', async () => {
    expect(await app.bilet(['status', '--nagios'])).toMatchObject({
      code: 3,
      out: matching(/^BILET UNKNOWN - /)
    })
    await app.connect(demo)
    expect(await app.bilet(['status', '--nagios'])).toMatchObject({
      code: 0,
      out: matching(/^BILET OK - 0 unread, .* \| unread=0;1;;0 your_turn=5;;;0 /)
    })
    demo.staffReply(272298, 'Ayşe Öztürk', 'Portu açtık.')
    const nagios = ['status', '--nagios', '--refresh']
    expect((await app.bilet(nagios)).code).toBe(1)
    expect((await app.bilet([...nagios, '--warning=2'])).code).toBe(0)
    expect((await app.bilet([...nagios, '--warning=0'])).code).toBe(0)
    expect((await app.bilet([...nagios, '--critical=1'])).code).toBe(2)
    app.core.engine.control.setOnline(false)
    expect(await app.bilet(['status', '--nagios'])).toMatchObject({
      code: 2,
      out: matching(/^BILET CRITICAL - Netinternet: offline/)
    })
    expect(await app.bilet(['status', '--nagios', '--wrong'])).toMatchObject({ code: 3 })
  })
})

it('a message written offline waits in the outbox and says so', async () => {
  await app.connect(demo)
  app.core.engine.control.setOnline(false)
  const said = await app.bilet(['reply', '272298', 'Merhaba'])
  expect(said).toMatchObject({ code: 0, out: containing('queued') })
  expect(await app.bilet(['status', idOf(said)])).toMatchObject({ code: 7 })
  app.core.engine.control.setOnline(true)
  expect(await app.bilet(['status', idOf(said), '--wait'])).toMatchObject({ code: 0 })
})

it('without an account every command says what to do', async () => {
  for (const args of [['list'], ['show', '1'], ['reply', '1', 'a'], ['close', '1']])
    expect(await app.bilet(args)).toMatchObject({ code: 3, err: containing('connect one') })
})

it('what goes wrong is told in the form of the schema, too, with the code of the process', async () => {
  await app.connect(demo)
  const wrong: readonly (readonly [readonly string[], (string | Buffer)?])[] = [
    [['lst', '--json']],
    [['list', '--jsn', '--json']],
    [['list', '--limit=99999', '--json']],
    [['list', `--account=${'a'.repeat(600)}`, '--json']],
    [['list', 'x'.repeat(1100), '--json']],
    [['list', 'tarih:dünden', '--json']],
    [['list', '--account=yok', '--json']],
    [['show', '999999999999', '--json']],
    [['show', '9999999999999', '--json']],
    [['reply', '272298', '--json']],
    [['reply', '272298', '', '--json']],
    [['reply', '272298', '--json'], Buffer.from([0xff, 0xfe, 0x41, 0x00])],
    [['reply', '272298', '--json'], Buffer.alloc(3_000_000, 97)],
    [['reply', '272298', '--json'], 'a\0b'],
    [['new', '--title=x', '--department=yok', '--json', 'a']],
    [['new', '--title=x', '--department=3', '--service=x', '--server-ip=x', '--json', 'a']],
    [['new', '--title=x', '--server-password-file=/', '--json', 'a']],
    [['close', ...Array.from({ length: 300 }, (_, i) => String(i + 1)), '--json']],
    [['status', 'nothing', '--json']],
    [['status', '--wait=5000', '--json']]
  ]
  for (const [args, input] of wrong) {
    const said = await app.bilet(args, input)
    const printed = json(said)
    const code = 'error' in printed ? printed.error.exitCode : null
    expect([args.slice(0, 3), said.err, code]).toEqual([args.slice(0, 3), '', said.code])
    expect(said.code).toBeGreaterThan(0)
  }
  expect(written()).toEqual([])
})
