/** The real core on a folder of its own, as the app starts it: only the network is a function, and windows are a copy of what they are told. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serialize } from 'node:v8'
import type { WholeListReader } from '../../electron/api/api.ts'
import { createCore, type Core } from '../../electron/core.ts'
import { defaultSettings } from '../../electron/ipc/defaults.ts'
import { NoticeBoard } from '../../electron/ipc/notice-board.ts'
import { settingsSchema } from '../../electron/ipc/settings-schema.ts'
import { systemClock } from '../../electron/storage/clock.ts'
import { createSettings } from '../../electron/storage/settings.ts'
import { createVault } from '../../electron/storage/vault.ts'
import { connectInputOf } from '../support/builders.ts'
import { response } from './rig.ts'

export interface AppRig {
  readonly core: Core
  /** Null: there is no network. */
  answer: Uint8Array | null
  /** Rows that windows were told of. */
  readonly told: number
  readonly tellings: number
  connect(): Promise<void>
  /** Nothing was told or asked for this long. */
  settled(): Promise<void>
  end(): Promise<void>
}

/** In milliseconds; longer than the pause before what a search needs is prepared. */
const quietMs = 600

export function appRig(folder: string, readWhole: WholeListReader): AppRig {
  const values = new Map<string, unknown>([['pollSeconds', 3600]])
  const notices = new NoticeBoard()
  let lastAt = performance.now()
  let told = 0
  let tellings = 0
  const fetchList: typeof fetch = () => {
    lastAt = performance.now()
    return rig.answer ? Promise.resolve(response(rig.answer)) : Promise.reject(new TypeError('no network'))
  }
  const cipher = {
    state: () => Promise.resolve('open' as const),
    encrypt: (plain: string) => Promise.resolve(Buffer.from(plain).reverse()),
    decrypt: (encrypted: Uint8Array) => Promise.resolve(Buffer.from(encrypted).reverse().toString())
  }
  const core = createCore({
    folder,
    vault: createVault({ cipher, folder, report: () => undefined, clock: systemClock }),
    secrets: new Set(),
    settings: createSettings(
      { get: (name) => values.get(name), set: (name, value) => values.set(name, value) },
      settingsSchema,
      defaultSettings
    ),
    notices,
    locale: () => 'tr',
    broadcast: (name, payload) => {
      lastAt = performance.now()
      // As it is copied to a window.
      serialize(payload)
      if (name === 'rows') {
        tellings += 1
        told += (payload as { changed: readonly unknown[] }).changed.length
      }
    },
    network: () => ({ fetch: fetchList, writeFetch: fetchList, readWhole }),
    log: () => undefined
  })
  const rig: AppRig = {
    core,
    answer: null,
    get told() {
      return told
    },
    get tellings() {
      return tellings
    },
    async connect() {
      const connected = await core.engine.accounts.connect(
        connectInputOf({ name: 'Bench', baseUrl: 'https://api.example.com/v2', version: 'v2' })
      )
      if (!connected.ok) throw new Error(connected.error.kind)
    },
    async settled() {
      lastAt = performance.now()
      while (performance.now() - lastAt < quietMs) await sleep(50)
    },
    end: () => core.stop()
  }
  return rig
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'bilet-bench-'))

export const copyOf = (folder: string): string => {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}

export const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
}

export function cachePath(folder: string): string {
  const [id = ''] = readdirSync(join(folder, 'accounts'))
  return join(folder, 'accounts', id, 'tickets.ndjson')
}
