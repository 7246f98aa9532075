/** An engine on virtual time with everything around it in memory. It can crash and come back. */
import { createEngine } from '../../../electron/sync/engine.ts'
import type { TicketApi } from '../../../electron/api/api.ts'
import type { Engine, Finding } from '../../../electron/sync/port.ts'
import type { AccountId, TicketRef } from '../../../electron/tickets/ticket.ts'
import type { Notice } from '../../../electron/tickets/views.ts'
import { MemoryDisk, memoryCaches, memoryVault } from './memory.ts'
import { ServerModel } from './server-model.ts'
import { settle, VirtualTime } from './virtual-time.ts'

export class Rig {
  readonly time = new VirtualTime()
  readonly server = new ServerModel(this.time)
  readonly disk = new MemoryDisk()
  readonly findings: Finding[] = []
  notices: readonly Notice[] = []
  pollSeconds = 60
  readonly random: () => number
  readonly #cache = memoryCaches()
  readonly vault = memoryVault()
  engine: Engine
  accountId: AccountId = ''

  readonly #createApi: ((now: () => number) => TicketApi) | null

  /** `createApi` instead of the server in memory. */
  constructor(random: () => number = () => 0.5, createApi: ((now: () => number) => TicketApi) | null = null) {
    this.random = random
    this.#createApi = createApi
    this.engine = this.#make()
  }

  /** Connects one account; what is there is the baseline. */
  async connect(): Promise<void> {
    await this.engine.start()
    const connecting = this.engine.connect({
      name: 'Test',
      baseUrl: 'https://api.example.com',
      version: 'v1',
      credentials: { kind: 'bearer', token: 'token' },
      thisRunOnly: false
    })
    await this.time.advance(0)
    const connected = await connecting
    if (!connected.ok) throw new Error(connected.error.kind)
    this.accountId = connected.value.id
  }

  ref(ticketId: number): TicketRef {
    return { accountId: this.accountId, ticketId }
  }

  /** All memory dropped, storage opened again. The old engine's last answers reach nobody. */
  async crash(): Promise<void> {
    this.#alive += 1
    this.engine = this.#make()
    await this.engine.start()
    await settle()
  }

  #alive = 0

  #make(): Engine {
    const own = this.#alive
    const alive = (): boolean => own === this.#alive
    const disk = this.disk
    return createEngine({
      folder: '/profile',
      vault: this.vault,
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
      // What died writes nothing any more.
      disk: {
        read: (path) => disk.read(path),
        write: (path, text) => {
          if (alive()) disk.write(path, text)
        },
        rename: (from, to) => {
          if (alive()) disk.rename(from, to)
        }
      },
      cache: this.#cache,
      createApi: () => this.#createApi?.(this.time.now) ?? this.server.api(alive),
      pollSeconds: () => this.pollSeconds,
      events: {
        accounts: () => undefined,
        rows: () => undefined,
        outbox: () => undefined,
        findings: (found) => {
          if (alive()) this.findings.push(...found)
        },
        notices: (notices) => {
          if (alive()) this.notices = notices
        }
      }
    })
  }
}
