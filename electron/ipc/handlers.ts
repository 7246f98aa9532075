import type { SettingsStore } from '../storage/settings.ts'
import type { ConnectWatch, Engine, Outcome } from '../sync/types.ts'
import { newestFirst } from '../tickets/list/order.ts'
import { emptyNewTicket, type EpochMs } from '../tickets/ticket.ts'
import type { AccountView, OutboxItem } from '../tickets/views.ts'
import type { AppState, ComposeStart, Settings } from './contract.ts'
import type { Handlers } from './dispatch.ts'
import type { Broadcast } from './events.ts'
import { exportTickets } from './export.ts'
import type { Host } from './host.ts'
import { saveFile } from './save.ts'
import { gatherStatistics } from './statistics.ts'

export interface HandlerParts {
  readonly engine: Engine
  readonly settings: SettingsStore<Settings>
  readonly host: Host
  readonly broadcast: Broadcast
  readonly state: () => AppState
  readonly connectDemo: () => Promise<Outcome<AccountView>>
  readonly now: () => EpochMs
}

/** How long a request to close waits before it is sent: time enough to notice a slip. */
const undoMs = 6000

const done: Outcome<null> = { ok: true, value: null }
const value = <T>(of: T): Outcome<T> => ({ ok: true, value: of })

/** What each command of the contract does. Thin: the engine decides, the host shows. */
export function createHandlers({
  engine,
  settings,
  host,
  broadcast,
  state,
  connectDemo,
  now
}: HandlerParts): Handlers {
  const composeStart = (): ComposeStart => ({
    accountId: engine.composeDraft()?.accountId ?? null,
    draft: engine.composeDraft()?.draft ?? emptyNewTicket,
    recentDepartments: engine.recentDepartments(),
    recentServices: engine.recentServices()
  })

  /** The engine made it part of the draft, which a reply box may be showing. */
  function tellDraft({ accountId, action }: OutboxItem): void {
    if (action.kind === 'reply')
      broadcast('draft', { accountId, ticketId: action.ticketId, added: action.text })
  }

  let exporting = new AbortController()
  const connecting = new Set<AbortController>()

  /** A connection is made, which the person watches and may give up. */
  async function watched<T>(connect: (watch: ConnectWatch) => Promise<T>): Promise<T> {
    const cancel = new AbortController()
    connecting.add(cancel)
    try {
      return await connect({
        signal: cancel.signal,
        onProgress: (loading) => broadcast('connecting', loading)
      })
    } finally {
      connecting.delete(cancel)
    }
  }

  return {
    'app.state': () => value(state()),
    'app.diagnostics': () => value(host.diagnostics(engine.diagnostics()).join('\n')),
    'diagnostics.save': async ({ text }, { windowId }) => {
      const path = await host.chooseExportFile('bilet-diagnostics.txt', windowId)
      return path === null ? value(false) : saveFile(path, [`${text}\n`])
    },
    'updates.act': async ({ act }) => {
      await host.actOnUpdate(act)
      return value(host.update())
    },
    'notices.dismiss': ({ kind, detail }) => {
      host.dismissNotice(kind, detail)
      for (const notice of engine.notices()) if (notice.kind === kind) engine.dismiss(notice.kind, detail)
      broadcast('notices', [...host.notices(), ...engine.notices()])
      return done
    },

    'notices.showFile': ({ name }) => {
      const path = engine.setAsidePath(name) ?? host.setAsidePath(name)
      if (path !== null) host.showFile(path)
      return value(path !== null)
    },

    'proxy.signIn': async (credentials) => {
      host.signInToProxy(credentials)
      await engine.check('asked')
      return done
    },

    'accounts.connect': ({ auth, ...input }) =>
      watched((watch) => engine.connect({ ...input, credentials: auth }, watch)),
    'accounts.cancelConnect': () => {
      for (const cancel of connecting) cancel.abort()
      return done
    },
    'accounts.demo': () => connectDemo(),
    'accounts.reconnect': ({ accountId, auth, thisRunOnly, otherCustomer, address }) =>
      watched((watch) => engine.reconnect(accountId, auth, thisRunOnly, otherCustomer, address, watch)),
    'accounts.rename': ({ accountId, name }) => engine.rename(accountId, name),
    'accounts.recolor': ({ accountId, color }) => engine.recolor(accountId, color),
    'accounts.pause': ({ accountId, paused }) => engine.pause(accountId, paused),
    'accounts.remove': ({ accountId }) => engine.remove(accountId),

    'tickets.rows': ({ from, count }) =>
      // In order by account already: this only merges them.
      value([...engine.rows()].sort(newestFirst).slice(from, from + count)),
    'tickets.thread': async (ref) => {
      // Its ticket may be in a cache that is still being read.
      await engine.opened()
      return engine.thread(ref)
    },
    'tickets.read': ({ refs }) => engine.markRead(refs),
    'tickets.unread': ({ refs }) => engine.markUnread(refs),
    'tickets.reply': ({ ref, text }) => engine.reply(ref, text),
    'tickets.close': ({ refs }) => engine.close(refs, undoMs),
    'tickets.create': ({ accountId, draft, password }) => engine.create(accountId, draft, password),
    'tickets.search': ({ query }) => value(engine.search(query)),
    'tickets.export': async ({ refs, format }, { windowId }) => {
      await engine.opened()
      return exportTickets(
        { engine, refs, format, locale: state().locale, now: now() },
        {
          choose: (name) => host.chooseExportFile(name, windowId),
          progress: (written, total) => broadcast('progress', { kind: 'export', done: written, total }),
          signal: exporting.signal
        }
      )
    },
    'tickets.cancelExport': () => {
      exporting.abort()
      exporting = new AbortController()
      return done
    },
    'tickets.statistics': async () => {
      await engine.opened()
      return value(await gatherStatistics(engine))
    },

    'outbox.retry': ({ id }) => engine.retry(id),
    'outbox.cancel': async ({ id }) => {
      const taken = await engine.cancel(id)
      if (taken.ok) tellDraft(taken.value)
      return taken
    },
    'outbox.retryAll': ({ ids }) => engine.retryAll(ids),
    'outbox.cancelAll': async ({ ids }) => {
      const taken = await engine.cancelAll(ids)
      if (!taken.ok) return taken
      for (const item of taken.value) tellDraft(item)
      return value({ cancelled: taken.value.length })
    },
    'outbox.decide': async ({ id, decision, candidateKey }) => {
      const item = engine.outbox().find((one) => one.id === id)
      const decided = await engine.decide(id, decision, candidateKey)
      if (decided.ok && item && decision === 'keep-as-draft') tellDraft(item)
      return decided
    },
    'outbox.history': () => value(engine.history()),

    'drafts.reply': ({ ref, text }) => {
      engine.setReplyDraft(ref, text)
      return done
    },
    'compose.start': () => value(composeStart()),
    'compose.draft': ({ accountId, draft }) => {
      engine.setComposeDraft(accountId, draft)
      return done
    },
    'services.list': ({ accountId }) => engine.services(accountId),

    'sync.check': async () => {
      await engine.check('asked')
      return done
    },

    'sync.stopLoading': ({ accountId }) => {
      engine.stopLoading(accountId)
      return done
    },

    'network.changed': () => {
      host.checkNetwork()
      return done
    },

    'settings.change': (patch) => {
      const { shortcut } = patch
      // Taken before it is kept: what another program has is never what the settings say.
      const state = shortcut === undefined ? 'none' : host.takeShortcut(shortcut)
      if (state === 'taken' || state === 'invalid')
        return { ok: false, error: { kind: `shortcut-${state}`, field: 'shortcut' } }
      const changed = settings.change(patch)
      if (!changed.ok && shortcut !== undefined) host.takeShortcut(settings.current().shortcut)
      return changed
    },
    'notifications.test': async () => value(await host.testNotification()),

    'window.open': ({ window }) => {
      host.openWindow(window)
      return done
    },
    'window.close': (_, caller) => {
      caller.closeWindow()
      return done
    },
    'link.open': async ({ url }) =>
      (await host.openExternal(url)) ? done : { ok: false, error: { kind: 'invalid-address', field: 'url' } },
    'clipboard.write': async ({ text }) => {
      await host.writeClipboard(text)
      return done
    }
  }
}
