/** The app's engine in a temporary folder, answering the command line, without Electron. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { runCommandLine } from '../../../electron/cli/client/run.ts'
import { serveCommandLine } from '../../../electron/cli/serve.ts'
import { createCore, type Core } from '../../../electron/core.ts'
import { defaultSettings } from '../../../electron/ipc/defaults.ts'
import { NoticeBoard } from '../../../electron/ipc/notice-board.ts'
import { settingsSchema, type Settings } from '../../../electron/ipc/settings-schema.ts'
import { lockFile } from '../../../electron/storage/files/lock.ts'
import { systemClock } from '../../../electron/storage/clock.ts'
import { createSettings } from '../../../electron/storage/settings.ts'
import { createVault } from '../../../electron/storage/vault.ts'
import type { Locale } from '../../../electron/tickets/locale.ts'
import type { ApiVersion } from '../../../electron/tickets/ticket.ts'
import type { DemoServer } from '../demo/api.ts'

export interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function collector(): { readonly stream: Writable; text(): string } {
  const parts: Buffer[] = []
  const stream = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part)
      done()
    }
  })
  return { stream, text: () => Buffer.concat(parts).toString('utf8') }
}

/** Runs the command line in this process. `input`: standard input. */
export async function bilet(
  profile: string,
  args: readonly string[],
  input: string | Buffer = '',
  hasDisplay = false
): Promise<Said> {
  const [out, err, stdin] = [collector(), collector(), new PassThrough()]
  stdin.end(input)
  const code = await runCommandLine({
    ...{ args, profile, version: '0.1.0', system: 'linux' },
    start: { program: '/bin/false', args: [], hasDisplay, lockFile },
    streams: { stdin, stdout: out.stream, stderr: err.stream }
  })
  return { code, out: out.text(), err: err.text() }
}

export interface RunningApp {
  readonly profile: string
  readonly core: Core
  /** Problems of the server of the command line. */
  readonly reported: readonly string[]
  connect(demo: DemoServer, name?: string, version?: ApiVersion): Promise<void>
  bilet(args: readonly string[], input?: string | Buffer): Promise<Said>
  /** What the app does when it begins to quit. */
  beginQuit(): void
  close(): Promise<void>
}

export const temporaryProfile = (): string => mkdtempSync(join(tmpdir(), 'bilet-cli-'))

export async function runApp({
  profile = temporaryProfile(),
  locale = 'en'
}: { readonly profile?: string; readonly locale?: Locale } = {}): Promise<RunningApp> {
  const settings = createSettings<Settings>(new Map<string, unknown>(), settingsSchema, defaultSettings)
  const core = createCore({
    folder: profile,
    vault: createVault({ cipher: null, folder: profile, report: () => undefined, clock: systemClock }),
    secrets: new Set(),
    settings,
    notices: new NoticeBoard(),
    locale: () => locale,
    broadcast: () => undefined,
    network: () => ({ fetch, writeFetch: fetch }),
    log: () => undefined
  })
  await core.start()
  const reported: string[] = []
  const [begins, tasks]: [(() => void)[], (() => Promise<void>)[]] = [[], []]
  await serveCommandLine({
    ...{ core, version: '0.1.0', locale: () => locale },
    profile: {
      folder: profile,
      log: { error: (what, error) => void reported.push(`${what}: ${String(error)}`) }
    },
    quit: {
      onBegin: (listener) => void begins.push(listener),
      join: (_name, run) => void tasks.push(run)
    }
  })
  const beginQuit = (): void => {
    for (const begin of begins) begin()
  }
  return {
    ...{ profile, core, reported, beginQuit },
    async connect(demo, name = 'Netinternet', version = 'v2') {
      const connected = await core.engine.accounts.connect({
        ...{ name, version, baseUrl: demo.baseUrl(version), thisRunOnly: true },
        credentials: { kind: 'bearer', token: demo.token }
      })
      if (!connected.ok) throw new Error(connected.error.kind)
    },
    bilet: (args, input) => bilet(profile, args, input),
    async close() {
      beginQuit()
      await Promise.all(tasks.map((run) => run()))
      await core.stop()
      rmSync(profile, { recursive: true, force: true })
    }
  }
}
