/**
 * An engine on virtual time with disk, cache, keychain and server in memory. It can crash and restart between any two steps:
 * before and after each write to disk, cache and keychain, when a request is sent and when an answer arrives.
 */
import type { TicketApi } from '../../../electron/api/api.ts'
import type { Disk } from '../../../electron/storage/files/disk.ts'
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
  /** The vault of the current engine. */
  vault: Vault
  isKeychainThere = true
  readonly keychainOwner = { isLocked: false, unlocksWhenAsked: false, lost: new Set<string>() }
  readonly #cached = new Map<string, CachedTickets>()
  readonly caches = memoryCaches(this.#cached)
  readonly ticketEvents: TicketEvent[] = []
  /** Whether the desktop holds reminders back: quiet hours or a pause. */
  holdsBack: NonNullable<EngineOptions['holdsBack']> = () => false
  /** The events that windows received, in order. */
  readonly changes: Change[] = []
  readonly outboxChanges: OutboxChange[] = []
  /** Number of events about accounts, rows and the outbox. */
  broadcastCount = 0
  notices: readonly Notice[] = []
  /** What the engines wrote to the log. */
  readonly log: string[] = []
  pollSeconds = 60
  demoPollSeconds = 60
  cacheWrites = 0
  /** Caches can be read once it resolves. */
  cachesRead: Promise<unknown> = Promise.resolve()
  /** Caches can be written once it resolves. */
  cacheIsWritten: () => Promise<unknown> = () => Promise.resolve()
  readonly random: () => number
  engine: Engine
  accountId: AccountId = ''
  /** Number of the current engine; crashed engines have lower ones. */
  generation = 0
  readonly #createApi: CreateApi | null
  #isCrashed = false
  #isStarted = false
  #stepsLeft = Infinity

  readonly #stepsInTurn: number | undefined

  /** `createApi` replaces the server in memory. A low number of steps per turn lets more happen while a list is processed. */
  constructor(random: () => number = () => 0.5, createApi: CreateApi | null = null, stepsInTurn?: number) {
    this.random = random
    this.#createApi = createApi
    this.#stepsInTurn = stepsInTurn
    this.vault = this.#openVault()
    this.engine = this.#make()
  }

  /** Connects one account; existing tickets become the baseline. */
  async connect(input: Partial<ConnectInput> = {}): Promise<AccountView> {
    if (!this.#isStarted) await this.engine.control.start()
    this.#isStarted = true
    const connecting = this.engine.accounts.connect(connectInputOf(input))
    const answered = { yet: false }
    const over = connecting.finally(() => (answered.yet = true))
    await this.time.advance(0)
    while (!answered.yet) {
      // A real client may need the real event loop, which a loop of promises would block for ever.
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

  /** Makes the engine crash at one of its next steps. */
  crashAfter(steps: number): void {
    this.#stepsLeft = steps
  }

  get isCrashed(): boolean {
    return this.#isCrashed
  }

  /** Whether the engine has read the disk. */
  get isStarted(): boolean {
    return this.#isStarted
  }

  /** Starts a new engine on the same storage. Later answers to the old engine are dropped. */
  async crash(): Promise<void> {
    this.#isCrashed = false
    this.#stepsLeft = Infinity
    this.generation += 1
    this.vault = this.#openVault()
    this.engine = this.#make()
    this.#isStarted = false
    await this.engine.control.start()
    this.#isStarted = true
    await this.time.settle()
  }

  /** False if the engine has crashed or crashes now. */
  #step(generation: number): boolean {
    if (generation !== this.generation || this.#isCrashed) return false
    this.#stepsLeft -= 1
    if (this.#stepsLeft > 0) return true
    this.#isCrashed = true
    return false
  }

  /** Deletes the ticket caches. */
  forgetCaches(): void {
    this.#cached.clear()
  }

  #openVault(): Vault {
    return memoryVault(this.#secrets, () => this.isKeychainThere, this.keychainOwner)
  }

  #make(): Engine {
    const own = this.generation
    const alive = (): boolean => own === this.generation && !this.#isCrashed
    const step = (): boolean => this.#step(own)
    const record =
      <T>(tell: (value: T) => void) =>
      (value: T): void => {
        if (alive()) tell(value)
      }
    return createEngine({
      folder: '/profile',
      vault: crashingVault(this.vault, step),
      clock: {
        now: this.time.now,
        monotonic: this.time.monotonic,
        clearTimeout: this.time.clearTimeout,
        setTimeout: (run, ms) =>
          this.time.setTimeout(() => {
            // The process may also crash when it yields to the event loop.
            if (alive() && (ms > 0 || step())) run()
          }, ms)
      },
      random: this.random,
      ...(this.#stepsInTurn === undefined ? {} : { stepsInTurn: this.#stepsInTurn }),
      disk: crashingDisk(this.disk, step),
      cache: (path) =>
        crashingCache(
          this.caches(path),
          () => {
            this.cacheWrites += 1
            return step()
          },
          () => this.cachesRead,
          () => this.cacheIsWritten()
        ),
      createApi: (options) =>
        crashingApi(this.#createApi?.(this.time.now, options) ?? this.server.api(options.version), step),
      pollSeconds: ({ demo, rules }) => rules.pollSeconds ?? (demo ? this.demoPollSeconds : this.pollSeconds),
      log: record((line) => this.log.push(line)),
      holdsBack: (reminder, rules) => this.holdsBack(reminder, rules),
      events: {
        accounts: record(() => (this.broadcastCount += 1)),
        rows: record((change) => {
          this.broadcastCount += 1
          this.changes.push(change)
        }),
        outbox: record((change) => {
          this.broadcastCount += 1
          this.outboxChanges.push(change)
        }),
        ticketEvents: record((found) => this.ticketEvents.push(...found)),
        notices: record((notices) => {
          this.notices = notices
        })
      }
    })
  }
}

/** A rig with one account and these tickets, after its first list. */
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

/** A disk on which the process may crash before and after each write. */
const crashingDisk = (disk: MemoryDisk, step: () => boolean): Disk => ({
  read: (path) => disk.read(path),
  lock: (path, expiredContent) => disk.lock(path, expiredContent),
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
    // The process may crash in the middle of an append.
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

const crashingVault = (vault: Vault, step: () => boolean): Vault => ({
  ...vault,
  get available() {
    return vault.available
  },
  get hasUnwritten() {
    return vault.hasUnwritten
  },
  put: (...secret) => (step() ? vault.put(...secret) : 'memory'),
  erase: (key) => {
    if (step()) vault.erase(key)
  }
})

const crashingCache = (
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

/** A sent request is executed even if the engine crashes before the answer. */
function crashingApi(api: TicketApi, step: () => boolean): TicketApi {
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
