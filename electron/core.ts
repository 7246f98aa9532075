/**
 * The app without its platform: the engine, the demo server, and the events that both send to windows. Used by
 * application.ts in Electron and by preview/main.ts in a browser.
 */
import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { ApiOptions } from './api/api.ts'
import { createTicketApi } from './api/client.ts'
import { redactAnswers } from './api/secrets/redact-answers.ts'
import type { SampleServer } from './demo/sample-server.ts'
import type { Settings } from './ipc/contract.ts'
import type { Broadcast } from './ipc/events.ts'
import { applyImportedSettings } from './ipc/own-data/import-own-data.ts'
import type { NoticeBoard } from './ipc/notice-board.ts'
import { systemClock } from './storage/clock.ts'
import type { SettingsStore } from './storage/settings.ts'
import type { Vault } from './storage/types.ts'
import { createEngine } from './sync/engine.ts'
import type { Engine, EngineEvents, EngineOptions, TicketEvent, Outcome } from './sync/types.ts'
import type { Locale } from './tickets/locale.ts'
import type { AccountId, ApiVersion } from './tickets/ticket.ts'
import type { AccountView } from './tickets/views.ts'

export interface CoreEvents {
  /** After any change of what the desktop shows: counts, connection, outbox, settings, language. */
  changed: []
  rows: []
  ticketEvents: [readonly TicketEvent[]]
}

export interface Core {
  readonly engine: Engine
  readonly events: Pick<EventEmitter<CoreEvents>, 'on'>
  start(): Promise<void>
  stop(): Promise<void>
  readonly connectDemo: () => Promise<Outcome<AccountView>>
}

export interface CoreParts {
  /** The folder of the profile, which contains all its files. */
  readonly folder: string
  readonly vault: Vault
  /** All secrets of this run, including refused ones, for redaction. */
  readonly secrets: Set<string>
  readonly settings: SettingsStore<Settings>
  readonly notices: NoticeBoard
  readonly locale: () => Locale
  readonly broadcast: Broadcast
  /** `writeFetch` must never repeat a request by itself; see ApiOptions. */
  network(accountId: AccountId): Pick<ApiOptions, 'fetch' | 'writeFetch' | 'readWhole'>
  /** See EngineOptions. */
  readonly holdsBack?: EngineOptions['holdsBack']
  /** Called when the demo server listens at this origin. */
  demoStarted?(origin: string): void
  /** Logs a line of the engine; redaction happens where it is written. */
  log(line: string): void
}

/** Poll interval of the demo account, in seconds; short, because its server runs in this process. */
const demoPollSeconds = 5

export function createCore(parts: CoreParts): Core {
  const { settings, notices, locale, broadcast } = parts
  const events = new EventEmitter<CoreEvents>()

  const engine = createEngine({
    folder: parts.folder,
    vault: parts.vault,
    clock: systemClock,
    random: Math.random,
    log: (line) => {
      parts.log(line)
    },
    pollSeconds: ({ demo, rules }) =>
      rules.pollSeconds ?? (demo ? demoPollSeconds : settings.current().pollSeconds),
    createApi: ({ accountId, ...options }) =>
      redactAnswers(
        createTicketApi({ ...options, ...parts.network(accountId), now: () => systemClock.now() }),
        options.credentials,
        parts.secrets
      ),
    events: engineEvents(parts, events),
    holdsBack: parts.holdsBack
  })
  notices.addSource({
    all: () => engine.control.notices(),
    dismiss: (kind, detail) => {
      for (const notice of engine.control.notices())
        if (notice.kind === kind) engine.control.dismiss(notice.kind, detail)
    }
  })
  settings.onChange((current) => {
    engine.control.settingsChanged()
    broadcast('settings', { settings: current, locale: locale() })
    events.emit('changed')
  })

  const folding = new SearchFolding(engine)
  events.on('rows', () => folding.schedule())
  const demo = new DemoAccount(engine, parts)

  return {
    engine,
    events,
    connectDemo: () => demo.connect(),
    async start() {
      await engine.control.start()
      applyImportedSettings(engine, settings)
      folding.schedule()
      if (engine.accounts.list().some((account) => account.demo)) await demo.connect()
    },
    async stop() {
      folding.stop()
      await engine.control.stop()
      await demo.close()
    }
  }
}

function engineEvents(
  { broadcast, notices }: Pick<CoreParts, 'broadcast' | 'notices'>,
  events: EventEmitter<CoreEvents>
): EngineEvents {
  return {
    accounts: (accounts) => {
      broadcast('accounts', accounts)
      events.emit('changed')
    },
    rows: (change) => {
      broadcastRows(broadcast, change)
      events.emit('changed')
      events.emit('rows')
    },
    outbox: (change) => {
      broadcast('outbox', change)
      events.emit('changed')
    },
    notices: notices.changed,
    ticketEvents: (ticketEvents) => {
      announceReplies(broadcast, ticketEvents)
      events.emit('ticketEvents', ticketEvents)
    }
  }
}

/** Maximum number of rows in one message to a window. */
const maxRowsPerEvent = 250

/** Sends rows in chunks, so that a window that receives thousands of rows stays responsive. */
function broadcastRows(
  broadcast: Broadcast,
  { accountId, changed, removed }: Parameters<EngineEvents['rows']>[0]
): void {
  broadcast('rows', { accountId, changed: changed.slice(0, maxRowsPerEvent), removed })
  for (let at = maxRowsPerEvent; at < changed.length; at += maxRowsPerEvent)
    broadcast('rows', { accountId, changed: changed.slice(at, at + maxRowsPerEvent), removed: [] })
}

/** Maximum number of replies announced at once; a screen reader reads the last one only. */
const maxAnnounced = 10

function announceReplies(broadcast: Broadcast, ticketEvents: readonly TicketEvent[]): void {
  for (const event of ticketEvents.slice(-maxAnnounced))
    if (event.kind === 'reply')
      broadcast('announce', { ...event.ref, name: event.name, excerpt: event.excerpt })
}

/** Milliseconds after which folding starts when rows changed, duration of one slice, and pause between slices. */
const foldDelayMs = 300
const foldSliceMs = 8
const foldPauseMs = 8

/** Prepares the search index in small slices, so that the first search is as fast as later ones. */
class SearchFolding {
  readonly #engine: Engine
  #timer: NodeJS.Timeout | undefined

  constructor(engine: Engine) {
    this.#engine = engine
  }

  schedule(): void {
    clearTimeout(this.#timer)
    const steps = this.#engine.tickets.foldForSearch()
    const step = (): void => {
      const until = performance.now() + foldSliceMs
      while (performance.now() < until) if (steps.next().done === true) return
      this.#timer = setTimeout(step, foldPauseMs).unref()
    }
    this.#timer = setTimeout(step, foldDelayMs).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}

/** API version of the demo account. */
const demoVersion: ApiVersion = 'v2'
/** Milliseconds until the demo's staff replies, so that people see how a reply arrives. */
const demoAnswerMs = 20_000

/**
 * The demo account. Its server runs as long as the app; a demo account of an earlier run is pointed at the new server.
 */
class DemoAccount {
  readonly #engine: Engine
  readonly #parts: Pick<CoreParts, 'demoStarted'>
  #server: SampleServer | null = null

  constructor(engine: Engine, parts: Pick<CoreParts, 'demoStarted'>) {
    this.#engine = engine
    this.#parts = parts
  }

  async connect(): Promise<Outcome<AccountView>> {
    this.#server ??= await this.#startServer()
    this.#parts.demoStarted?.(this.#server.origin)
    const credentials = { kind: 'bearer', token: this.#server.token } as const
    const known = this.#engine.accounts.list().find((account) => account.demo)
    if (known) {
      this.#engine.accounts.rebase(known.id, this.#server.baseUrl(known.version))
      return this.#engine.accounts.reconnect(known.id, credentials, true)
    }
    return this.#engine.accounts.connect({
      name: 'Demo',
      baseUrl: this.#server.baseUrl(demoVersion),
      version: demoVersion,
      credentials,
      thisRunOnly: true,
      demo: true
    })
  }

  async close(): Promise<void> {
    await this.#server?.close()
  }

  /** Loaded only for a demo account. */
  async #startServer(): Promise<SampleServer> {
    const { startSampleServer } = await import('./demo/sample-server.ts')
    const token = randomBytes(24).toString('hex')
    return startSampleServer({ token, staffReplyAfterMs: demoAnswerMs })
  }
}
