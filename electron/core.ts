/**
 * The app without its shell: engine, settings, demo server and the commands of the contract. main.ts puts it
 * into Electron, preview.ts serves it to a browser; both bring what the platform gives as a `Host`.
 */
import { randomBytes } from 'node:crypto'
import { startDemoServer } from './demo/server.ts'
import type { DemoServer } from './demo/api.ts'
import type { AppState, Settings } from './ipc/contract.ts'
import type { Broadcast } from './ipc/events.ts'
import { createHandlers } from './ipc/handlers.ts'
import type { Handlers } from './ipc/dispatch.ts'
import type { Host } from './ipc/host.ts'
import { createTicketApi } from './api/client.ts'
import { withoutSecrets } from './api/secrets/hide-secrets.ts'
import type { ConnectInput, Engine, Finding, Outcome } from './sync/types.ts'
import { createEngine } from './sync/engine.ts'
import { systemClock } from './storage/clock.ts'
import type { SettingsStore } from './storage/settings.ts'
import { localeOf, type Locale } from './tickets/locale.ts'
import type { ApiVersion } from './tickets/ticket.ts'
import type { AccountView } from './tickets/views.ts'

export interface Core {
  readonly engine: Engine
  readonly handlers: Handlers
  state(): AppState
  locale(): Locale
  start(): Promise<void>
  stop(): Promise<void>
  connectDemo(): Promise<Outcome<AccountView>>
}

export interface CoreEvents {
  /** After anything that the desktop shows has changed: counts, connection, outbox, settings, language. */
  changed(): void
  findings(findings: readonly Finding[]): void
}

/** Rows that one message to a window carries at most. */
const rowsAtOnce = 250

/** Folding for the search begins this long after rows changed, works this long at once, and rests this long between. */
const foldAfterMs = 300
const foldMs = 8
const foldPauseMs = 8

/** Its sample account speaks this version. */
const demoVersion: ApiVersion = 'v2'
/** Staff of the demo answer after this many milliseconds, so that one sees what an answer looks like. */
const demoAnswerMs = 20_000
/** Its server is in this process: one sees an answer soon after it is written. */
const demoPollSeconds = 5

export function createCore(
  host: Host,
  settings: SettingsStore<Settings>,
  broadcast: Broadcast,
  events: CoreEvents
): Core {
  let demo: DemoServer | null = null

  let folding: NodeJS.Timeout | undefined
  /** In small steps between other things, so that the first search is as fast as the next. */
  function foldSoon(): void {
    clearTimeout(folding)
    const steps = engine.foldForSearch()
    const step = (): void => {
      const until = performance.now() + foldMs
      while (performance.now() < until) if (steps.next().done === true) return
      folding = setTimeout(step, foldPauseMs).unref()
    }
    folding = setTimeout(step, foldAfterMs).unref()
  }

  const engine = createEngine({
    folder: host.folder,
    vault: host.vault,
    clock: systemClock,
    random: Math.random,
    pollSeconds: ({ demo: isDemo }) => (isDemo ? demoPollSeconds : settings.current().pollSeconds),
    createApi: ({ accountId, ...options }) =>
      withoutSecrets(
        createTicketApi({ ...options, ...host.network(accountId), now: () => systemClock.now() }),
        options.credentials,
        host.secrets
      ),
    events: {
      accounts: (accounts) => {
        broadcast('accounts', accounts)
        events.changed()
      },
      rows: ({ accountId, changed, removed }) => {
        // In pieces, so that a window that takes in thousands of rows still answers the person.
        broadcast('rows', { accountId, changed: changed.slice(0, rowsAtOnce), removed })
        for (let at = rowsAtOnce; at < changed.length; at += rowsAtOnce)
          broadcast('rows', { accountId, changed: changed.slice(at, at + rowsAtOnce), removed: [] })
        events.changed()
        foldSoon()
      },
      outbox: (change) => {
        broadcast('outbox', change)
        events.changed()
      },
      notices: (notices) => broadcast('notices', [...host.notices(), ...notices]),
      findings: (findings) => {
        for (const found of findings)
          if (found.kind === 'reply')
            broadcast('announce', { ...found.ref, name: found.name, excerpt: found.excerpt })
        events.findings(findings)
      }
    }
  })

  const locale = (): Locale => {
    const { language } = settings.current()
    return language === 'system' ? localeOf(host.systemLocale) : language
  }

  /** The demo's server lives as long as this run; a known demo account is pointed at the new one. */
  async function connectDemo(): Promise<Outcome<AccountView>> {
    demo ??= await startDemoServer({
      token: randomBytes(24).toString('hex'),
      staffReplyAfterMs: demoAnswerMs
    })
    const credentials = { kind: 'bearer', token: demo.token } as const
    const known = engine.accounts().find((account) => account.demo)
    if (known) {
      engine.rebase(known.id, demo.baseUrl(known.version))
      return engine.reconnect(known.id, credentials, true)
    }
    const input: ConnectInput = {
      name: 'Demo',
      baseUrl: demo.baseUrl(demoVersion),
      version: demoVersion,
      credentials,
      thisRunOnly: true,
      demo: true
    }
    return engine.connect(input)
  }

  const state = (): AppState => ({
    info: host.info,
    locale: locale(),
    settings: settings.current(),
    accounts: engine.accounts(),
    outbox: engine.outbox(),
    notices: [...host.notices(), ...engine.notices()],
    update: host.update()
  })

  settings.onChange((current) => {
    broadcast('settings', { settings: current, locale: locale() })
    events.changed()
  })

  return {
    engine,
    state,
    locale,
    connectDemo,
    handlers: createHandlers({
      engine,
      settings,
      host,
      state,
      connectDemo,
      broadcast,
      now: () => systemClock.now()
    }),
    async start() {
      await engine.start()
      foldSoon()
      if (engine.accounts().some((account) => account.demo)) await connectDemo()
    },
    async stop() {
      clearTimeout(folding)
      await engine.stop()
      await demo?.close()
    }
  }
}
