/** The real core on a separate folder. The network is replaced by a function, and windows by serializing the events. */
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
  /** Answer to every request; null: there is no network. */
  answer: Uint8Array | null
  /** Answers to requests with these tokens, which go before `answer`. */
  readonly answers: Map<string, Uint8Array>
  connect(token?: string): Promise<void>
  /** Serializes the answer of a command, as IPC does. */
  show(answer: unknown): void
  /** Resolves when there was no event and no request for `quietMs`. */
  settled(): Promise<void>
  end(): Promise<void>
}

/** Milliseconds; longer than the delay before texts are prepared for searching. */
const quietMs = 600

export function appRig(folder: string, readWhole: WholeListReader): AppRig {
  const values = new Map<string, unknown>([['pollSeconds', 3600]])
  const notices = new NoticeBoard()
  let lastAt = performance.now()
  const fetchList: typeof fetch = (_url, request) => {
    lastAt = performance.now()
    const [, token = ''] =
      /^Bearer (.*)$/.exec(new Headers(request?.headers).get('Authorization') ?? '') ?? []
    const answer = rig.answers.get(token) ?? rig.answer
    return answer ? Promise.resolve(response(answer)) : Promise.reject(new TypeError('no network'))
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
    broadcast: (_name, payload) => {
      lastAt = performance.now()
      // IPC serializes the payload in the same way.
      serialize(payload)
    },
    network: () => ({ fetch: fetchList, writeFetch: fetchList, readWhole }),
    log: () => undefined
  })
  const rig: AppRig = {
    core,
    answer: null,
    answers: new Map(),
    async connect(token = 'token') {
      const connected = await core.engine.accounts.connect(
        connectInputOf({
          ...{ name: token, baseUrl: 'https://api.example.com/v2', version: 'v2' },
          credentials: { kind: 'bearer', token }
        })
      )
      if (!connected.ok) throw new Error(connected.error.kind)
    },
    show: (answer) => void serialize(answer),
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
