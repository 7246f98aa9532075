/** Servers that accept a request and never complete the answer, in all variants. The app must apply its own timeout. */
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
  /** Accepts the connection but reads nothing from it. */
  | { readonly name: 'reads nothing'; readonly how: null }

const ways: readonly Way[] = [
  { name: 'answers nothing', how: { kind: 'hang', commit: false } },
  { name: 'does it, then only headers', how: { kind: 'hang', commit: true, sends: 'only-headers' } },
  { name: 'never ends its headers', how: { kind: 'hang', commit: false, sends: 'headers-for-ever' } },
  { name: 'does it, then a byte a second', how: { kind: 'hang', commit: true, sends: 'byte-a-second' } },
  { name: 'reads nothing', how: null }
]

/** One account whose server hangs at one call in one way. */
interface Line {
  readonly name: string
  readonly call: Call
  readonly way: Way
  readonly demo: DemoServer
  readonly accountId: string
  readonly ticketIds: readonly number[]
}

/** Listens on the port of a stopped server. `close` also ends its connections. */
interface SilentServer {
  readonly isAsked: () => boolean
  close(): Promise<void>
}

async function startSilentServer(port: number): Promise<SilentServer> {
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

/** Makes servers hang and recover. */
class HangingServers {
  readonly #silent = new Map<Line, SilentServer>()
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
        this.#silent.set(line, await startSilentServer(demo.port))
      }
    }
  }

  /** Whether the server has received a request that hangs. */
  isAsked(line: Line): boolean {
    const silentServer = this.#silent.get(line)
    const what = this.#at(line)
    const matches = (path: string): boolean =>
      what === 'any' || path.endsWith(what === 'list' ? '/tickets' : `/${what}`)
    const asked = line.demo.requests.slice(this.#before.get(line))
    return silentServer ? silentServer.isAsked() : asked.some(({ path }) => matches(path))
  }

  async end(): Promise<void> {
    for (const [{ demo }, silentServer] of this.#silent) {
      await silentServer.close()
      await demo.reopen()
    }
    for (const { demo } of this.#before.keys()) demo.clearFaults()
    this.#silent.clear()
  }
}

/** The app's timeout in milliseconds, as main sets it. */
const silenceMs = 30_000

/** Changes the duration of all later timers that have the app's timeout. */
const setSilence = ({ electron }: RunningApp, ms: number): Promise<void> =>
  electron.evaluate(
    (_, [from, to]) => {
      const real = globalThis.setTimeout
      globalThis.setTimeout = ((run: (...args: unknown[]) => void, wanted?: number, ...args: unknown[]) =>
        real(run, wanted === from ? to : wanted, ...args)) as typeof setTimeout
    },
    [silenceMs, ms] as const
  )

/** Runs the garbage collector: Electron 25 collected an abort signal that was still needed. */
const collectGarbage = ({ electron }: RunningApp): Promise<void> =>
  electron.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
    for (let times = 0; times < 3; times++) collect()
  })

/** In milliseconds; longer than a list may lag, so that the app can tell that a write did not arrive. */
const laterMs = 7 * 60_000

async function minutesLater({ electron }: RunningApp, lines: readonly Line[], times: number): Promise<void> {
  await electron.evaluate((_, ms) => {
    const now = performance.now.bind(performance)
    performance.now = () => now() + ms
  }, laterMs)
  for (const { demo } of lines) demo.setBehaviour({ name: 'some minutes later', clockMs: laterMs * times })
}

/** Makes the account's call, for the first or second ticket. Writes resolve before they are sent. */
async function ask(inbox: Page, { call, accountId, ticketIds }: Line, round: 0 | 1): Promise<unknown> {
  const ref = { accountId, ticketId: ticketIds[round] ?? 0 }
  switch (call) {
    case 'list':
      // Has the effect of "Check now" for this account only.
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

/** Only ASCII letters, which the app does not replace when sending. */
const textOf = (round: number): string => `Yalniz bir kez, ${round}`

const isWrite = ({ call }: Line): boolean => call === 'reply' || call === 'create' || call === 'close'
const isDone = ({ way }: Line): boolean => way.how?.kind === 'hang' && way.how.commit

/** A write with an unknown outcome requests the list. */
const isListHung = (line: Line): boolean => line.call === 'list' || (isWrite(line) && line.way.how === null)

/** How often this line's write took effect on the server. */
const effects = ({ demo, call }: Line): number =>
  demo.requests.filter(({ path, committed }) => committed && path.endsWith(`/${call}`)).length

interface LineState {
  /** Kind of the connection's problem. */
  readonly list: string
  /** Items in the outbox, each with its problem. */
  readonly waits: readonly string[]
}

/** The app's state of each line. */
async function lineStates(inbox: Page, lines: readonly Line[]): Promise<Readonly<Record<string, LineState>>> {
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

const same = (
  lines: readonly Line[],
  expected: (line: Line) => LineState
): Readonly<Record<string, LineState>> => Object.fromEntries(lines.map((line) => [line.name, expected(line)]))

/** Advances until each write is known to have arrived or not, and expects it `times` times on the server. */
async function arriveOnce(inbox: Page, lines: readonly Line[], times: number): Promise<void> {
  await expect(async () => {
    await checkNow(inbox)
    expect(await lineStates(inbox, lines)).toEqual(same(lines, () => ({ list: 'none', waits: [] })))
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
  const servers = new HangingServers()
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
      await servers.begin(lines, ({ call }) => call)
      const asked = Promise.all(lines.map((line) => ask(inbox, line, 0)))
      await collectGarbage(app)
      await asked
      await expect
        .poll(() => lineStates(inbox, lines), { timeout: 30_000 })
        .toEqual(
          same(lines, (line) => ({
            list: isListHung(line) ? 'timeout' : 'none',
            // The list shows writes that took effect.
            waits: isWrite(line) && !isDone(line) ? ['uncertain, timeout'] : []
          }))
        )
      const inTime = inbox.getByRole('status').filter({ hasText: 'did not respond in time' })
      // One banner names all accounts whose list hangs, and no others.
      await expect(inTime).toHaveCount(1)
      await expect(inTime).toContainText(`and ${lines.filter(isListHung).length - 2} more accounts: `)
      await expect(inbox.getByText('Not certain yet that it arrived.').first()).toBeVisible()
    })

    await test.step('the servers answer again: all go on, and what was written is there once', async () => {
      await servers.end()
      await minutesLater(app, lines, 1)
      await arriveOnce(inbox, lines, 1)
      await expect(inbox.getByRole('status').filter({ hasText: 'in time' })).toHaveCount(0)
    })

    await test.step('without any limit of its own, the app ends while all of them hang', async () => {
      await setSilence(app, 3_600_000)
      await servers.begin(lines, ({ call }) => call)
      // Some of these are never answered.
      for (const line of lines) ask(inbox, line, 1).catch(() => undefined)
      await expect
        .poll(() => lines.filter((line) => !servers.isAsked(line)).map(({ name }) => name))
        .toEqual([])
      await collectGarbage(app)
      const main = app.electron.process()
      await app.quit()
      expect(main.exitCode).toBe(0)
      await servers.end()
    })

    await test.step('the next run ends by a signal while no list comes', async () => {
      await servers.begin(lines, () => 'any')
      app = await launch()
      // Before it has a window, main is still starting and may lose the call.
      await app.window(/Inbox/)
      await setSilence(app, 3_600_000)
      await expect
        .poll(() => lines.filter((line) => !servers.isAsked(line)).map(({ name }) => name))
        .toEqual([])
      const main = app.electron.process()
      main.kill('SIGTERM')
      await app.ended
      expect(main.exitCode).toBe(0)
      await servers.end()
    })

    await test.step('and the one after it sends what is not there yet, and nothing else', async () => {
      app = await launch()
      inbox = await app.window(/Inbox/)
      await checkNow(inbox)
      await minutesLater(app, lines, 2)
      await arriveOnce(inbox, lines, 2)
    })
  } finally {
    await servers.end()
    for (const { demo } of lines) await demo.close()
  }
})
