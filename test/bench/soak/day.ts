/**
 * Simulates days of the core without Electron: real engine, files, HTTP to demo servers, tray state and notifications, and
 * windows as the engine sees them. Only the clock is simulated.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { createTicketApi } from '../../../electron/api/client.ts'
import type { RecordedRequest } from '../../support/demo/api.ts'
import { startDemoServer } from '../../support/demo/server.ts'
import { notificationsFor } from '../../../electron/desktop/notifications/notification-rules.ts'
import { desktopState } from '../../../electron/desktop/tray/desktop-state.ts'
import { trayMenu, trayTooltip } from '../../../electron/desktop/tray/tray-menu.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { createVault } from '../../../electron/storage/vault.ts'
import { createEngine } from '../../../electron/sync/engine.ts'
import type { TicketRef } from '../../../electron/tickets/ticket.ts'
import { VirtualTime } from '../../support/sync/virtual-time.ts'
import { connectInputOf } from '../../support/builders.ts'

export interface Sample {
  readonly polls: number
  readonly heapMb: number
  /** Number of active resources of Node's event loop. */
  readonly handles: number
  readonly files: number
  /** Kilobytes of all files in the profile. */
  readonly profileKb: number
  /** Entries in the history of sent messages. */
  readonly history: number
}

export interface Day {
  readonly accounts: number
  readonly polls: number
  readonly changes: number
  readonly openings: number
  readonly notifications: number
  readonly samples: readonly Sample[]
}

const minutesInDay = 1440
/** 2,000 and 200 in a week. */
const changesInDay = 286
const openingsInDay = 29
const warmUp = 120
/** Milliseconds after which idle connections are closed: Node's client closes them after 4 s, the server after 5 s. */
const connectionsMs = 7_000

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const gc = (): void => {
  if (!globalThis.gc) throw new Error('Run with --expose-gc')
  globalThis.gc()
}

/** Bytes of all files below a folder. */
const sizeOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

type Demo = Awaited<ReturnType<typeof startDemoServer>>
interface DemoAccount {
  readonly accountId: string
  readonly demo: Demo
  readonly ids: readonly number[]
}

/** Samples are taken every two hours of a day, and every half day of more days. */
export async function simulateDays(days: number, accountCount: number): Promise<Day> {
  const minutes = days * minutesInDay
  const changes = days * changesInDay
  const openings = days * openingsInDay
  const sampleEvery = days === 1 ? 120 : 720
  const folder = mkdtempSync(join(tmpdir(), 'bilet-soak-'))
  const time = new VirtualTime()
  const demos = await Promise.all(
    Array.from({ length: accountCount }, () => startDemoServer({ token: 'a-token', now: time.now }))
  )
  // Requests recorded by the demo servers are not part of the measurement.
  const forget = (): void => {
    for (const { requests } of demos) (requests as RecordedRequest[]).length = 0
  }
  let notifications = 0
  let polls = 0
  let asked = 0

  const engine = createEngine({
    folder,
    vault: createVault({ cipher: null, folder, report: () => undefined, clock: time }),
    clock: time,
    random: () => 0,
    pollSeconds: () => 60,
    createApi: (options) =>
      createTicketApi({
        ...options,
        now: time.now,
        fetch: (...request) => {
          asked += 1
          return fetch(...request)
        },
        writeFetch: fetch
      }),
    events: {
      accounts: () => undefined,
      rows: () => undefined,
      outbox: () => undefined,
      notices: () => undefined,
      ticketEvents: (found) => {
        const rules = defaultSettings.notifications
        notifications += notificationsFor(found, {
          ...{ rules, accounts: engine.accounts.list(), locale: 'tr' },
          now: new Date(time.now())
        }).length
      }
    }
  })
  const answered = async (): Promise<void> => {
    do await turn()
    while (engine.accounts.list().some(({ connection }) => connection.state === 'asking'))
  }

  async function connect(demo: Demo): Promise<DemoAccount> {
    const connected = { yet: false }
    const connecting = engine.accounts
      .connect(
        connectInputOf({
          baseUrl: demo.baseUrl('v2'),
          version: 'v2',
          credentials: { kind: 'bearer', token: demo.token },
          thisRunOnly: true
        })
      )
      .finally(() => (connected.yet = true))
    while (!connected.yet) {
      await turn()
      await time.advance(0)
    }
    const account = await connecting
    if (!account.ok) throw new Error(account.error.kind)
    return { accountId: account.value.id, demo, ids: demo.tickets().map(({ id }) => id) }
  }

  await engine.control.start()
  const accounts: DemoAccount[] = []
  for (const demo of demos) accounts.push(await connect(demo))

  const accountOf = (at: number): DemoAccount => {
    const account = accounts[at % accounts.length]
    if (!account) throw new Error('There is no account')
    return account
  }
  /** Goes through all tickets of all accounts. */
  const ref = (at: number): TicketRef => {
    const { accountId, ids } = accountOf(at)
    return { accountId, ticketId: ids[Math.floor(at / accounts.length) % ids.length] ?? 0 }
  }

  /** What the person and the staff do, one after the other. */
  const actions: readonly ((at: number, of: TicketRef) => unknown)[] = [
    (at, { ticketId }) => {
      accountOf(at).demo.staffReply(ticketId, 'Ayşe Öztürk', `Yanıt ${at}: bakıyoruz.`)
    },
    (_at, one) => engine.tickets.markRead([one]),
    (at, { ticketId }) => {
      accountOf(at).demo.setStatus(ticketId, at % 16 === 2 ? 'on-hold' : 'open')
    },
    (at, one) => engine.outgoing.reply(one, `Müşteri yanıtı ${at}`),
    (at, one) => engine.tickets.setWork([one], { snoozedUntil: time.now() + (1 + (at % 5)) * 3600_000 }),
    (at, one) => engine.tickets.setWork([one], { note: `Not ${at}`, addTags: [`etiket ${at % 8}`] }),
    (at, one) =>
      engine.tickets.setWork([one], { note: '', removeTags: [`etiket ${at % 8}`], pinned: at % 2 === 0 }),
    (_at, one) => engine.tickets.setWork([one], { done: true, followUpAt: time.now() + 7200_000 })
  ]

  /** A window opens, shows the list, threads and a search, and is closed and let go. */
  async function openWindow(at: number): Promise<void> {
    void engine.control.check('opened')
    serialize(engine.tickets.rows())
    for (let i = 0; i < 5; i++) serialize(engine.tickets.thread(ref(at + i)))
    serialize(engine.tickets.search(at % 2 === 0 ? 'gecikme' : 'is:snoozed'))
    engine.outgoing.setReplyDraft(ref(at), `Taslak ${at}`)
    await answered()
    engine.outgoing.setReplyDraft(ref(at), '')
  }

  const samples: Sample[] = []
  let changed = 0
  let opened = 0
  const end = minutes + warmUp
  for (let minute = 1; minute <= end; minute++) {
    // No changes during the warm-up.
    if (minute > warmUp && changed < Math.floor(((minute - warmUp) * changes) / minutes)) {
      await actions[Math.floor(changed / accounts.length) % actions.length]?.(changed, ref(changed))
      changed += 1
    }
    if (minute > warmUp && opened < Math.floor(((minute - warmUp) * openings) / minutes)) {
      await openWindow(opened)
      opened += 1
    }
    const before = asked
    await time.advance(60_000)
    await answered()
    if (minute > warmUp) polls += asked - before
    const state = desktopState(engine, defaultSettings, 'tr', time.now())
    trayTooltip(state)
    trayMenu(state, 'linux', () => undefined)
    if (minute < warmUp || (minute - warmUp) % sampleEvery > 0) continue
    forget()
    // Waits until idle connections are closed, for the first and last sample.
    if (minute === warmUp || minute === end)
      await new Promise((resolve) => setTimeout(resolve, connectionsMs))
    gc()
    samples.push({
      polls,
      heapMb: process.memoryUsage().heapUsed / 1e6,
      handles: process.getActiveResourcesInfo().length,
      files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
      profileKb: sizeOf(folder) / 1000,
      history: engine.outgoing.history().length
    })
  }
  await engine.control.stop()
  await Promise.all(demos.map((demo) => demo.close()))
  rmSync(folder, { recursive: true, force: true })
  return { accounts: accountCount, polls, changes: changed, openings: opened, notifications, samples }
}
