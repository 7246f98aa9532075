/**
 * Simulates days of the core without Electron: real engine, files, HTTP to servers in another process, tray state and
 * notifications, and windows as the engine sees them. Only the clock is simulated.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ApiOptions, TicketApi } from '../../../electron/api/api.ts'
import { createTicketApi } from '../../../electron/api/client.ts'
import { notificationsFor } from '../../../electron/desktop/notifications/notification-rules.ts'
import { desktopState } from '../../../electron/desktop/tray/desktop-state.ts'
import { trayMenu, trayTooltip } from '../../../electron/desktop/tray/tray-menu.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { createVault } from '../../../electron/storage/vault.ts'
import { AccountStore } from '../../../electron/sync/accounts/account-store.ts'
import { createEngine } from '../../../electron/sync/engine.ts'
import { Turns } from '../../../electron/sync/turns.ts'
import type { Engine } from '../../../electron/sync/types.ts'
import type { AccountView } from '../../../electron/tickets/views.ts'
import { VirtualTime } from '../../support/sync/virtual-time.ts'
import { connectInputOf } from '../../support/builders.ts'
import { People, ticketsOfAccount } from './people.ts'
import { timeHeader } from './protocol.ts'
import { startServers } from './servers.ts'

export interface Sample {
  readonly day: number
  readonly polls: number
  readonly heapMb: number
  /** Memory of buffers outside of the heap. */
  readonly externalMb: number
  /** Number of active resources of Node's event loop. */
  readonly handles: number
  /** Timers that the app waits for. */
  readonly timers: number
  readonly files: number
  /** Kilobytes of all files in the profile. */
  readonly profileKb: number
  /** Entries in the history of sent messages. */
  readonly history: number
  /** Tickets in the lists now. */
  readonly tickets: number
  /** Tickets that any list had. */
  readonly everSeen: number
  /** Tickets with marks, and the number of keys in them. */
  readonly marks: number
  readonly keys: number
  /** Tickets about which the person keeps something. */
  readonly kept: number
}

export interface Week {
  readonly changes: number
  readonly openings: number
  readonly notifications: number
  readonly samples: readonly Sample[]
}

export interface WeekOptions {
  readonly days: number
  readonly accounts: number
  readonly hasTags: boolean
}

const minutesInDay = 1440
/** 2,000 and 200 in a week. */
const changesInDay = 286
const openingsInDay = 29
const warmUp = 120
const sampleEvery = 180
const token = 'a-token'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Collects twice, since what a finalizer or a weak reference held is free only then. */
async function collect(): Promise<void> {
  if (!globalThis.gc) throw new Error('Run with --expose-gc')
  for (let i = 0; i < 2; i++) {
    globalThis.gc()
    await turn()
  }
}

/** Bytes of all files below a folder. */
const sizeOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

class Simulation {
  readonly #folder = mkdtempSync(join(tmpdir(), 'bilet-soak-'))
  readonly time = new VirtualTime()
  readonly engine: Engine
  notifications = 0
  polls = 0

  constructor() {
    const { time } = this
    this.engine = createEngine({
      folder: this.#folder,
      vault: createVault({ cipher: null, folder: this.#folder, report: () => undefined, clock: time }),
      clock: time,
      random: () => 0,
      pollSeconds: () => 60,
      createApi: (options) => this.#api(options),
      events: {
        accounts: () => undefined,
        rows: () => undefined,
        outbox: () => undefined,
        notices: () => undefined,
        ticketEvents: (found) => {
          const rules = defaultSettings.notifications
          this.notifications += notificationsFor(found, {
            ...{ rules, accounts: this.engine.accounts.list(), locale: 'tr' },
            now: new Date(time.now())
          }).length
        }
      }
    })
  }

  /** Simulated time stands still while a request is on its way. */
  #api(options: Pick<ApiOptions, 'baseUrl' | 'version' | 'credentials'>): TicketApi {
    const { time } = this
    const timed: typeof fetch = (url, init) => {
      const headers = new Headers(init?.headers)
      headers.set(timeHeader, String(time.now()))
      return fetch(url, { ...init, headers })
    }
    const api = createTicketApi({ ...options, now: time.now, fetch: timed, writeFetch: timed })
    return {
      version: api.version,
      list: (...request) => {
        this.polls += 1
        return time.awaitRealWork(api.list(...request))
      },
      create: (...request) => time.awaitRealWork(api.create(...request)),
      reply: (...request) => time.awaitRealWork(api.reply(...request)),
      close: (...request) => time.awaitRealWork(api.close(...request)),
      services: (...request) => time.awaitRealWork(api.services(...request))
    }
  }

  async connect(origin: string): Promise<AccountView> {
    const input = connectInputOf({
      ...{ baseUrl: `${origin}/v2`, version: 'v2', thisRunOnly: true },
      credentials: { kind: 'bearer', token }
    })
    const connected = { yet: false }
    const connecting = this.engine.accounts.connect(input).finally(() => (connected.yet = true))
    while (!connected.yet) {
      await turn()
      await this.time.advance(0)
    }
    const account = await connecting
    if (!account.ok) throw new Error(account.error.kind)
    return account.value
  }

  /** A minute passes, after which the tray shows the state. */
  async minute(): Promise<void> {
    await this.time.advance(60_000)
    await turn()
    const state = desktopState(this.engine, defaultSettings, 'tr', this.time.now())
    trayTooltip(state)
    trayMenu(state, 'linux', () => undefined)
  }

  async sample(minutes: number): Promise<Sample> {
    await collect()
    const { heapUsed, external } = process.memoryUsage()
    const { engine, time } = this
    const folder = this.#folder
    const own = engine.ownData.exported()
    const parts = { folder, clock: time, turns: new Turns(time), report: () => undefined }
    const marks = engine.accounts
      .list()
      .flatMap(({ id }) => Object.values(new AccountStore(parts, id).readMarks()?.tickets ?? {}))
    return {
      day: minutes / minutesInDay,
      polls: this.polls,
      heapMb: heapUsed / 1e6,
      externalMb: external / 1e6,
      handles: process.getActiveResourcesInfo().length,
      timers: time.waiting,
      files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
      profileKb: sizeOf(folder) / 1000,
      history: engine.outgoing.history().length,
      tickets: engine.tickets.rows().length,
      everSeen: own.reduce((sum, { ticketIds }) => sum + ticketIds.length, 0),
      marks: marks.length,
      keys: marks.reduce(
        (sum, { seen, told = [], own: sent = [] }) => sum + seen.length + told.length + sent.length,
        0
      ),
      kept: own.reduce((sum, { tickets }) => sum + Object.keys(tickets).length, 0)
    }
  }

  async end(): Promise<void> {
    await this.engine.control.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** `onSample` is called for each sample as soon as it is taken. */
export async function simulate(options: WeekOptions, onSample: (sample: Sample) => void): Promise<Week> {
  const { days, accounts: count, hasTags } = options
  const minutes = days * minutesInDay
  const simulation = new Simulation()
  const { engine, time } = simulation
  const servers = await startServers({
    ...{ accounts: count, tickets: ticketsOfAccount, hasTags, token },
    now: time.now()
  })
  await engine.control.start()
  const accounts: AccountView[] = []
  for (const origin of servers.origins) accounts.push(await simulation.connect(origin))
  const people = new People({ engine, servers, accounts, now: time.now })
  const samples: Sample[] = []
  let [changes, openings] = [0, 0]
  for (let minute = -warmUp; minute <= minutes; minute++) {
    const passed = Math.max(0, minute) / minutesInDay
    if (changes < Math.floor(passed * changesInDay)) await people.change(changes++)
    const isOpening = openings < Math.floor(passed * openingsInDay)
    if (isOpening) await people.openWindow(openings)
    await simulation.minute()
    if (isOpening) people.closeWindow(openings++)
    if (minute < 0 || minute % sampleEvery > 0) continue
    const sample = await simulation.sample(minute)
    samples.push(sample)
    onSample(sample)
  }
  await simulation.end()
  await servers.end()
  return { changes, openings, notifications: simulation.notifications, samples }
}
