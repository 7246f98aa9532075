/** The real engine with its real client and files. The network is replaced by a function, and tests advance the clock. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { createTicketApi } from '../../electron/api/client.ts'
import type { Clock } from '../../electron/storage/types.ts'
import { fileTicketCache } from '../../electron/storage/ticket-cache.ts'
import { createVault } from '../../electron/storage/vault.ts'
import { createEngine } from '../../electron/sync/engine.ts'
import type { Engine } from '../../electron/sync/types.ts'
import { startCost, type Cost } from './cost.ts'
import { connectInputOf } from '../support/builders.ts'

/** A clock whose timers fire only when `pass` is called, except those without delay. */
class BenchClock implements Clock {
  #passed = 0
  readonly #timers = new Map<number, { readonly run: () => void; readonly at: number }>()
  #next = 0

  now = (): number => Date.now() + this.#passed
  monotonic = (): number => performance.now() + this.#passed
  setTimeout = (run: () => void, ms: number): number => {
    const handle = ++this.#next
    this.#timers.set(handle, { run, at: this.monotonic() + ms })
    if (ms <= 0) globalThis.setImmediate(() => this.pass(0))
    return handle
  }
  clearTimeout = (handle: unknown): void => void this.#timers.delete(handle as number)

  pass(ms: number): void {
    this.#passed += ms
    for (const [handle, timer] of [...this.#timers])
      if (timer.at <= this.monotonic() && this.#timers.delete(handle)) timer.run()
  }
}

/** A response whose body arrives in several chunks. */
export function response(bytes: Uint8Array): Response {
  const piece = 64 * 1024
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) controller.close()
      else controller.enqueue(bytes.subarray(at, (at += piece)))
    }
  })
  return new Response(body, { headers: { 'Content-Type': 'application/json' } })
}

/** A list without tickets. */
export const emptyList = (): Uint8Array => Buffer.from('{"status":true,"message":"","error":null,"data":[]}')

export interface BenchRig {
  readonly engine: Engine
  readonly folder: string
  readonly clock: BenchClock
  /** Number of rows in events since the last call. */
  told(): number
  /** Resolves with what was used from the next request to the event that completes so many rows. */
  whenTold(rows: number): Promise<Cost>
  connect(): Promise<void>
  /** Lets the cache's timer fire and waits until the file is written. */
  store(): Promise<void>
  /** Stops the engine and deletes everything stored about tickets; the account stays. */
  forget(): Promise<void>
  end(): Promise<void>
}

/**
 * `folder`: of an earlier rig, to continue with its data. `origin`: of a server that is asked in place of the function that
 * answers with `bytes`.
 */
export function benchRig(
  bytes: () => Uint8Array,
  folder = mkdtempSync(join(tmpdir(), 'bilet-bench-')),
  origin: string | null = null
): BenchRig {
  const clock = new BenchClock()
  let rows = 0
  let costSinceRequest: (() => Cost) | null = null
  let awaited: { readonly rows: number; readonly told: (cost: Cost) => void } | null = null
  let stored: () => void = () => undefined
  const cipher = {
    state: () => Promise.resolve('open' as const),
    encrypt: (plain: string) => Promise.resolve(Buffer.from(plain).reverse()),
    decrypt: (encrypted: Uint8Array) => Promise.resolve(Buffer.from(encrypted).reverse().toString())
  }
  const answer: typeof fetch = () => {
    costSinceRequest ??= startCost()
    return Promise.resolve(response(bytes()))
  }
  const accept: typeof fetch = async () => {
    // A real answer arrives in a later turn of the event loop.
    await setImmediate()
    return response(Buffer.from('{"status":true,"message":"ok"}'))
  }
  const engine = createEngine({
    folder,
    vault: createVault({ cipher, folder, report: () => undefined, clock }),
    clock,
    cache: (path) => {
      const cache = fileTicketCache(path)
      return {
        read: (report) => cache.read(report),
        write: async (tickets, report) => {
          const isWritten = await cache.write(tickets, report)
          stored()
          return isWritten
        }
      }
    },
    random: Math.random,
    pollSeconds: () => 3600,
    createApi: (options) =>
      createTicketApi({
        ...options,
        now: clock.now,
        fetch: origin === null ? answer : fetch,
        writeFetch: accept
      }),
    events: {
      accounts: () => undefined,
      rows: ({ changed }) => {
        rows += changed.length
        if (!awaited || !costSinceRequest || rows < awaited.rows) return
        awaited.told(costSinceRequest())
        awaited = null
      },
      outbox: () => undefined,
      ticketEvents: () => undefined,
      notices: (notices) => {
        throw new Error(notices.map(({ kind }) => kind).join())
      }
    }
  })
  return {
    engine,
    folder,
    clock,
    told() {
      const count = rows
      rows = 0
      return count
    },
    whenTold(count) {
      costSinceRequest = null
      return new Promise((told) => (awaited = { rows: count, told }))
    },
    async connect() {
      await engine.control.start()
      const connected = await engine.accounts.connect(
        connectInputOf({ baseUrl: `${origin ?? 'https://api.example.com'}/v2`, version: 'v2' })
      )
      if (!connected.ok) throw new Error(connected.error.kind)
    },
    async store() {
      const written = new Promise<void>((resolve) => (stored = resolve))
      clock.pass(5000)
      await written
    },
    async forget() {
      await engine.control.stop()
      rmSync(join(folder, 'accounts'), { recursive: true })
    },
    async end() {
      await engine.control.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
