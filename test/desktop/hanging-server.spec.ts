/** Servers that take a request and never end their answer, in every way there is: the limit is the app's own. */
import { createServer, type Server, type Socket } from 'node:net'
import type { Page } from '@playwright/test'
import type { DemoServer, InjectedFault } from '../support/demo/api.ts'
import { startDemoServer } from '../support/demo/server.ts'
import type { RunningApp } from '../support/desktop/app.ts'
import { expect, test } from '../support/desktop/fixtures.ts'
import { checkNow, invoke } from '../support/desktop/steps.ts'
import { newTicketOf } from '../support/builders.ts'

const calls = ['list', 'reply', 'create', 'close', 'services'] as const
type Call = (typeof calls)[number]

type Way =
  | { readonly name: string; readonly how: InjectedFault['effect'] }
  /** The connection is accepted, and nothing is read from it. */
  | { readonly name: 'reads nothing'; readonly how: null }

const ways: readonly Way[] = [
  { name: 'answers nothing', how: { kind: 'hang', commit: false } },
  { name: 'does it, then only headers', how: { kind: 'hang', commit: true, sends: 'only-headers' } },
  { name: 'never ends its headers', how: { kind: 'hang', commit: false, sends: 'headers-for-ever' } },
  { name: 'does it, then a byte a second', how: { kind: 'hang', commit: true, sends: 'byte-a-second' } },
  { name: 'reads nothing', how: null }
]

/** One account, whose server hangs at one call in one way. */
interface Line {
  readonly name: string
  readonly call: Call
  readonly way: Way
  readonly demo: DemoServer
  readonly accountId: string
  readonly ticketIds: readonly number[]
}

/** Listens on the port of a server that is closed; ends what it holds when it is told to. */
interface Deaf {
  readonly isAsked: () => boolean
  close(): Promise<void>
}

async function deafServer(port: number): Promise<Deaf> {
  const sockets = new Set<Socket>()
  const server: Server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    isAsked: () => sockets.size > 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      })
  }
}

/** Makes servers hang, and behave again. */
class Trouble {
  readonly #deaf = new Map<Line, Deaf>()
  readonly #before = new Map<Line, number>()
  #at: (line: Line) => InjectedFault['on'] = () => 'any'

  async begin(lines: readonly Line[], at: (line: Line) => InjectedFault['on']): Promise<void> {
    this.#at = at
    for (const line of lines) {
      const { demo, way } = line
      this.#before.set(line, demo.requests.length)
      if (way.how) demo.injectFault({ on: at(line), effect: way.how, times: Infinity })
      else {
        await demo.close()
        this.#deaf.set(line, await deafServer(demo.port))
      }
    }
  }

  /** Something hangs there now. */
  isAsked(line: Line): boolean {
    const deaf = this.#deaf.get(line)
    const what = this.#at(line)
    const isIt = (path: string): boolean =>
      what === 'any' || path.endsWith(what === 'list' ? '/tickets' : `/${what}`)
    const asked = line.demo.requests.slice(this.#before.get(line))
    return deaf ? deaf.isAsked() : asked.some(({ path }) => isIt(path))
  }

  async end(): Promise<void> {
    for (const [{ demo }, deaf] of this.#deaf) {
      await deaf.close()
      await demo.reopen()
    }
    for (const { demo } of this.#before.keys()) demo.clearFaults()
    this.#deaf.clear()
  }
}

/** The limit of the app on silence, as main sets it. */
const silenceMs = 30_000

/** Timers of that length are of another one from now on. */
const setSilence = ({ electron }: RunningApp, ms: number): Promise<void> =>
  electron.evaluate(
    (_, [from, to]) => {
      const real = globalThis.setTimeout
      globalThis.setTimeout = ((run: (...args: unknown[]) => void, wanted?: number, ...args: unknown[]) =>
        real(run, wanted === from ? to : wanted, ...args)) as typeof setTimeout
    },
    [silenceMs, ms] as const
  )

/** What nobody holds on to any more is forgotten: seen on Electron 25, an abort signal among it. */
const collectGarbage = ({ electron }: RunningApp): Promise<void> =>
  electron.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
    for (let times = 0; times < 3; times++) collect()
  })

/** Longer than a list may lag, after which one can prove that something did not arrive. */
const laterMs = 7 * 60_000

async function minutesLater({ electron }: RunningApp, lines: readonly Line[], times: number): Promise<void> {
  await electron.evaluate((_, ms) => {
    const now = performance.now.bind(performance)
    performance.now = () => now() + ms
  }, laterMs)
  for (const { demo } of lines) demo.setBehaviour({ name: 'some minutes later', clockMs: laterMs * times })
}

/** What a person asks of this account, the first or the second time; what is written resolves before it is sent. */
async function ask(inbox: Page, { call, accountId, ticketIds }: Line, round: 0 | 1): Promise<unknown> {
  const ref = { accountId, ticketId: ticketIds[round] ?? 0 }
  switch (call) {
    case 'list':
      // As "Check now" does, of this one alone.
      await invoke(inbox, 'accounts.pause', { accountId, paused: true })
      return invoke(inbox, 'accounts.pause', { accountId, paused: false })
    case 'reply':
      return invoke(inbox, 'tickets.reply', { ref, text: textOf(round) })
    case 'create': {
      const draft = newTicketOf({
        title: `Başlık ${round}`,
        departmentId: (await invoke(inbox, 'app.state')).accounts[0]?.departments[0]?.id ?? 0,
        service: 'S952157',
        message: textOf(round)
      })
      return invoke(inbox, 'tickets.create', { accountId, draft, password: '' })
    }
    case 'close':
      return invoke(inbox, 'tickets.close', { refs: [ref] })
    case 'services':
      return invoke(inbox, 'services.list', { accountId })
  }
}

/** Without letters that are changed on the way. */
const textOf = (round: number): string => `Yalniz bir kez, ${round}`

const isWrite = ({ call }: Line): boolean => call === 'reply' || call === 'create' || call === 'close'
const isDone = ({ way }: Line): boolean => way.how?.kind === 'hang' && way.how.commit

/** After a write of an unknown outcome the list is asked for. */
const isListHung = (line: Line): boolean => line.call === 'list' || (isWrite(line) && line.way.how === null)

/** How often this line's write took effect at the server. */
const effects = ({ demo, call }: Line): number =>
  demo.requests.filter(({ path, committed }) => committed && path.endsWith(`/${call}`)).length

interface Told {
  /** The problem of the connection. */
  readonly list: string
  /** What waits in the outbox, with its problem. */
  readonly waits: readonly string[]
}

/** What the app says of every line. */
async function told(inbox: Page, lines: readonly Line[]): Promise<Readonly<Record<string, Told>>> {
  const { accounts, outbox } = await invoke(inbox, 'app.state')
  return Object.fromEntries(
    lines.map(({ name, accountId }) => [
      name,
      {
        list: accounts.find(({ id }) => id === accountId)?.connection.problem?.kind ?? 'none',
        waits: outbox
          .filter((entry) => entry.accountId === accountId)
          .map(({ state, problem }) => `${state}, ${problem?.kind ?? 'no problem'}`)
      }
    ])
  )
}

const same = (lines: readonly Line[], expected: (line: Line) => Told): Readonly<Record<string, Told>> =>
  Object.fromEntries(lines.map((line) => [line.name, expected(line)]))

/** After a while in which each can be proven to have arrived or not. */
async function arriveOnce(inbox: Page, lines: readonly Line[], times: number): Promise<void> {
  await expect(async () => {
    await checkNow(inbox)
    expect(await told(inbox, lines)).toEqual(same(lines, () => ({ list: 'none', waits: [] })))
  }).toPass({ timeout: 30_000 })
  const writes = lines.filter(isWrite)
  expect(writes.map((line) => `${line.name}: ${effects(line)}`)).toEqual(
    writes.map(({ name }) => `${name}: ${times}`)
  )
}

test('whatever hangs, and however: it is told in time, goes on, is sent once, and never holds up the end', async ({
  launch
}) => {
  let app = await launch()
  let inbox = await app.window(/Inbox/)
  const lines: Line[] = []
  const trouble = new Trouble()
  try {
    await test.step('25 accounts, of servers that hang at one call in one way', async () => {
      for (const call of calls)
        for (const way of ways) {
          const demo = await startDemoServer({ sample: false })
          const replies = [{ admin: 'Uğur Şen', message: 'Bakıyoruz.' }]
          const ticketIds = [1, 2].map((n) => demo.addTicket({ message: `Soru ${n}`, replies }))
          const name = `${call}: ${way.name}`
          const { id: accountId } = await invoke(inbox, 'accounts.connect', {
            name,
            baseUrl: demo.origin,
            version: 'v2',
            auth: { kind: 'bearer', token: demo.token },
            thisRunOnly: false
          })
          lines.push({ name, call, way, demo, accountId, ticketIds })
        }
    })

    await test.step('every one of them ends by the limit of the app, and is told', async () => {
      await setSilence(app, 2_000)
      await trouble.begin(lines, ({ call }) => call)
      const asked = Promise.all(lines.map((line) => ask(inbox, line, 0)))
      await collectGarbage(app)
      await asked
      await expect
        .poll(() => told(inbox, lines), { timeout: 30_000 })
        .toEqual(
          same(lines, (line) => ({
            list: isListHung(line) ? 'timeout' : 'none',
            // The list shows what was done all the same.
            waits: isWrite(line) && !isDone(line) ? ['uncertain, timeout'] : []
          }))
        )
      const inTime = inbox.getByRole('status').filter({ hasText: 'did not respond in time' })
      // All accounts whose list hangs in one line, and none whose list comes.
      await expect(inTime).toHaveCount(1)
      await expect(inTime).toContainText(`and ${lines.filter(isListHung).length - 2} more accounts: `)
      await expect(inbox.getByText('Not certain yet that it arrived.').first()).toBeVisible()
    })

    await test.step('the servers answer again: all go on, and what was written is there once', async () => {
      await trouble.end()
      await minutesLater(app, lines, 1)
      await arriveOnce(inbox, lines, 1)
      await expect(inbox.getByRole('status').filter({ hasText: 'in time' })).toHaveCount(0)
    })

    await test.step('without any limit of its own, the app ends while all of them hang', async () => {
      await setSilence(app, 3_600_000)
      await trouble.begin(lines, ({ call }) => call)
      // The answer to some of them stays away.
      for (const line of lines) ask(inbox, line, 1).catch(() => undefined)
      await expect
        .poll(() => lines.filter((line) => !trouble.isAsked(line)).map(({ name }) => name))
        .toEqual([])
      await collectGarbage(app)
      const main = app.electron.process()
      await app.quit()
      expect(main.exitCode).toBe(0)
      await trouble.end()
    })

    await test.step('the next run ends by a signal while no list comes', async () => {
      await trouble.begin(lines, () => 'any')
      app = await launch()
      // Before there is a window main is still starting, and what is asked of it may get lost.
      await app.window(/Inbox/)
      await setSilence(app, 3_600_000)
      await expect
        .poll(() => lines.filter((line) => !trouble.isAsked(line)).map(({ name }) => name))
        .toEqual([])
      const main = app.electron.process()
      main.kill('SIGTERM')
      await app.ended
      expect(main.exitCode).toBe(0)
      await trouble.end()
    })

    await test.step('and the one after it sends what is not there yet, and nothing else', async () => {
      app = await launch()
      inbox = await app.window(/Inbox/)
      await checkNow(inbox)
      await minutesLater(app, lines, 2)
      await arriveOnce(inbox, lines, 2)
    })
  } finally {
    await trouble.end()
    for (const { demo } of lines) await demo.close()
  }
})
