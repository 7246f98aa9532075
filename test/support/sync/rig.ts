/**
 * An engine on virtual time with everything around it in memory. It can crash and come back: between any two steps,
 * which are the writes to disk, cache and keychain (before and after each), a request that leaves and an answer that comes.
 */
import type { TicketApi } from '../../../electron/api/api.ts'
import type { Disk } from '../../../electron/storage/file.ts'
import type { Vault } from '../../../electron/storage/types.ts'
import type { CachedTickets, TicketCache } from '../../../electron/storage/ticket-cache.ts'
import { createEngine } from '../../../electron/sync/engine.ts'
import type {
  ConnectInput,
  Engine,
  EngineEvents,
  EngineOptions,
  TicketEvent
} from '../../../electron/sync/types.ts'
import type { AccountId, TicketRef } from '../../../electron/tickets/ticket.ts'
import type { AccountView, Notice, OutboxChange, TicketRow } from '../../../electron/tickets/views.ts'
import { MemoryDisk, memoryCaches, memoryVault } from './memory.ts'
import { ServerModel } from './server-model.ts'
import { VirtualTime } from './virtual-time.ts'
import { connectInputOf } from '../builders.ts'

type CreateApi = (now: () => number, options: Parameters<EngineOptions['createApi']>[0]) => TicketApi

type Change = Parameters<EngineEvents['rows']>[0]

export class Rig {
  readonly time = new VirtualTime()
  readonly server = new ServerModel(this.time)
  readonly disk = new MemoryDisk()
  readonly #secrets = new Map<string, string>()
  /** Of this life. */
  vault: Vault
  isKeychainThere = true
  readonly keychainOwner = { isLocked: false, unlocksWhenAsked: false, lost: new Set<string>() }
  readonly #cached = new Map<string, CachedTickets>()
  readonly caches = memoryCaches(this.#cached)
  readonly ticketEvents: TicketEvent[] = []
  /** What windows were told, in order. */
  readonly changes: Change[] = []
  readonly outboxChanges: OutboxChange[] = []
  /** Counts what windows were told of accounts, rows and the outbox. */
  told = 0
  notices: readonly Notice[] = []
  /** What the engines wrote to the log. */
  readonly log: string[] = []
  pollSeconds = 60
  demoPollSeconds = 60
  cacheWrites = 0
  /** Caches are read when it resolves. */
  cachesRead: Promise<unknown> = Promise.resolve()
  /** A cache is written when it resolves. */
  cacheIsWritten: () => Promise<unknown> = () => Promise.resolve()
  readonly random: () => number
  engine: Engine
  accountId: AccountId = ''
  /** Counts the engines; a dead one's number is never the current one. */
  life = 0
  readonly #createApi: CreateApi | null
  #isDead = false
  #isStarted = false
  #stepsLeft = Infinity

  /** `createApi` instead of the server in memory. */
  constructor(random: () => number = () => 0.5, createApi: CreateApi | null = null) {
    this.random = random
    this.#createApi = createApi
    this.vault = this.#openVault()
    this.engine = this.#make()
  }

  /** Connects one account; what is there is the baseline. */
  async connect(input: Partial<ConnectInput> = {}): Promise<AccountView> {
    if (!this.#isStarted) await this.engine.control.start()
    this.#isStarted = true
    const connecting = this.engine.accounts.connect(connectInputOf(input))
    const answered = { yet: false }
    const over = connecting.finally(() => (answered.yet = true))
    await this.time.advance(0)
    while (!answered.yet) {
      // A real client may wait for the real event loop, which promises alone would keep from turning for ever.
      await new Promise(setImmediate)
      await this.time.advance(500)
    }
    const connected = await over
    if (!connected.ok) throw new Error(connected.error.kind)
    this.accountId = connected.value.id
    return connected.value
  }

  ref(ticketId: number): TicketRef {
    return { accountId: this.accountId, ticketId }
  }

  row(ticketId: number): TicketRow | undefined {
    return this.engine.tickets.rows().find(({ id }) => id === ticketId)
  }

  /** Names of the secrets that are kept. */
  secrets(): readonly string[] {
    return [...this.#secrets.keys()].sort()
  }

  /** The engine will die at one of its next steps. */
  dieIn(steps: number): void {
    this.#stepsLeft = steps
  }

  get isDead(): boolean {
    return this.#isDead
  }

  /** Its engine has read what is on the disk. */
  get isStarted(): boolean {
    return this.#isStarted
  }

  /** All memory dropped, storage opened again. The old engine's last answers reach nobody. */
  async crash(): Promise<void> {
    this.#isDead = false
    this.#stepsLeft = Infinity
    this.life += 1
    this.vault = this.#openVault()
    this.engine = this.#make()
    this.#isStarted = false
    await this.engine.control.start()
    this.#isStarted = true
    await this.time.settle()
  }

  /** False when the engine of this life is dead, or dies here. */
  #step(life: number): boolean {
    if (life !== this.life || this.#isDead) return false
    this.#stepsLeft -= 1
    if (this.#stepsLeft > 0) return true
    this.#isDead = true
    return false
  }

  /** The tickets' files are gone, as if somebody had deleted them. */
  forgetCaches(): void {
    this.#cached.clear()
  }

  #openVault(): Vault {
    return memoryVault(this.#secrets, () => this.isKeychainThere, this.keychainOwner)
  }

  #make(): Engine {
    const own = this.life
    const alive = (): boolean => own === this.life && !this.#isDead
    const step = (): boolean => this.#step(own)
    const hear =
      <T>(tell: (value: T) => void) =>
      (value: T): void => {
        if (alive()) tell(value)
      }
    return createEngine({
      folder: '/profile',
      vault: mortalVault(this.vault, step),
      clock: {
        now: this.time.now,
        monotonic: this.time.monotonic,
        clearTimeout: this.time.clearTimeout,
        setTimeout: (run, ms) =>
          this.time.setTimeout(() => {
            if (alive()) run()
          }, ms)
      },
      random: this.random,
      disk: mortalDisk(this.disk, step),
      cache: (path) =>
        mortalCache(
          this.caches(path),
          () => {
            this.cacheWrites += 1
            return step()
          },
          () => this.cachesRead,
          () => this.cacheIsWritten()
        ),
      createApi: (options) =>
        mortalApi(this.#createApi?.(this.time.now, options) ?? this.server.api(options.version), step),
      pollSeconds: ({ demo }) => (demo ? this.demoPollSeconds : this.pollSeconds),
      log: hear((line) => this.log.push(line)),
      events: {
        accounts: hear(() => (this.told += 1)),
        rows: hear((change) => {
          this.told += 1
          this.changes.push(change)
        }),
        outbox: hear((change) => {
          this.told += 1
          this.outboxChanges.push(change)
        }),
        ticketEvents: hear((found) => this.ticketEvents.push(...found)),
        notices: hear((notices) => {
          this.notices = notices
        })
      }
    })
  }
}

/** A rig with one account and these tickets, whose first list was taken in. */
export async function connectedRig(
  ids: readonly number[] = [1, 2],
  prepare: (rig: Rig) => void = () => undefined
): Promise<Rig> {
  const rig = new Rig()
  for (const id of ids) rig.server.add(id)
  prepare(rig)
  await rig.connect()
  await rig.time.advance(0)
  return rig
}

const never = (): Promise<never> => new Promise(() => undefined)
const dead = (): Error => new Error('dead')

/** The process may end before and after each write. */
const mortalDisk = (disk: MemoryDisk, step: () => boolean): Disk => ({
  read: (path) => disk.read(path),
  lock: (path, deadSign) => disk.lock(path, deadSign),
  list: (path) => disk.list(path),
  remove: (path) => {
    if (!step()) throw dead()
    disk.remove(path)
  },
  write: (path, text) => {
    if (!step()) throw dead()
    disk.write(path, text)
    if (!step()) throw dead()
  },
  append: (path, text) => {
    if (!step()) throw dead()
    // It may end in the middle.
    disk.append(path, text.slice(0, text.length / 2))
    if (!step()) throw dead()
    disk.append(path, text.slice(text.length / 2))
    if (!step()) throw dead()
  },
  rename: (from, to) => {
    if (!step()) throw dead()
    disk.rename(from, to)
  }
})

const mortalVault = (vault: Vault, step: () => boolean): Vault => ({
  ...vault,
  get available() {
    return vault.available
  },
  put: (...secret) => (step() ? vault.put(...secret) : 'memory'),
  erase: (key) => {
    if (step()) vault.erase(key)
  }
})

const mortalCache = (
  cache: TicketCache,
  step: () => boolean,
  isRead: () => Promise<unknown>,
  isWritten: () => Promise<unknown>
): TicketCache => ({
  read: async (report) => {
    await isRead()
    return cache.read(report)
  },
  write: async (tickets, report) => {
    if (!step()) return never()
    await isWritten()
    return cache.write(tickets, report)
  }
})

/** A request on its way arrives, also when who sent it is dead when the answer comes. */
function mortalApi(api: TicketApi, step: () => boolean): TicketApi {
  const send = async <T>(request: () => Promise<T>): Promise<T> => {
    if (!step()) return never()
    const answer = await request()
    return step() ? answer : never()
  }
  return {
    version: api.version,
    list: (...args) => send(() => api.list(...args)),
    create: (...args) => send(() => api.create(...args)),
    reply: (...args) => send(() => api.reply(...args)),
    close: (...args) => send(() => api.close(...args)),
    services: (...args) => send(() => api.services(...args))
  }
}
