/**
 * Simulates days of the core without Electron: real engine, files, HTTP to the demo server, tray state and notifications.
 * Only the clock is simulated.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTicketApi } from '../../../electron/api/client.ts'
import type { RecordedRequest } from '../../support/demo/api.ts'
import { startDemoServer } from '../../support/demo/server.ts'
import { notificationsFor } from '../../../electron/desktop/notifications/notification-rules.ts'
import { desktopState } from '../../../electron/desktop/tray/desktop-state.ts'
import { trayMenu, trayTooltip } from '../../../electron/desktop/tray/tray-menu.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { createVault } from '../../../electron/storage/vault.ts'
import { createEngine } from '../../../electron/sync/engine.ts'
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
}

export interface Day {
  readonly polls: number
  readonly changes: number
  readonly notifications: number
  readonly samples: readonly Sample[]
}

const minutesInDay = 1440
const changesInDay = 200
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

/** Samples are taken every two hours of a day, and every half day of more days. */
export async function simulateDays(days: number): Promise<Day> {
  const minutes = days * minutesInDay
  const changes = days * changesInDay
  const sampleEvery = days === 1 ? 120 : 720
  const folder = mkdtempSync(join(tmpdir(), 'bilet-soak-'))
  const time = new VirtualTime()
  const demo = await startDemoServer({ token: 'a-token', now: time.now })
  // Requests recorded by the demo server are not part of the measurement.
  const forget = (): void => void ((demo.requests as RecordedRequest[]).length = 0)
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

  await engine.control.start()
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
  const ids = demo.tickets().map(({ id }) => id)
  const ref = (at: number): { accountId: string; ticketId: number } => ({
    accountId: account.value.id,
    ticketId: ids[at % ids.length] ?? 0
  })

  /** Alternates between a staff reply, marking as read, a status change and an own reply, over all tickets. */
  async function change(at: number): Promise<void> {
    const { ticketId } = ref(at)
    if (at % 4 === 0) demo.staffReply(ticketId, 'Ayşe Öztürk', `Yanıt ${at}: bakıyoruz.`)
    else if (at % 4 === 1) void engine.tickets.markRead([ref(at - 1)])
    else if (at % 4 === 2) demo.setStatus(ticketId, at % 8 === 2 ? 'on-hold' : 'open')
    else await engine.outgoing.reply(ref(at), `Müşteri yanıtı ${at}`)
  }

  const samples: Sample[] = []
  let changed = 0
  const end = minutes + warmUp
  for (let minute = 1; minute <= end; minute++) {
    // No changes during the warm-up.
    if (minute > warmUp && changed < Math.floor(((minute - warmUp) * changes) / minutes)) {
      await change(changed)
      changed += 1
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
      profileKb: sizeOf(folder) / 1000
    })
  }
  await engine.control.stop()
  await demo.close()
  rmSync(folder, { recursive: true, force: true })
  return { polls, changes: changed, notifications, samples }
}
