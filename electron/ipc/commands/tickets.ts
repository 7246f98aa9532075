import type { Engine } from '../../sync/types.ts'
import { byOrder } from '../../tickets/list/order.ts'
import type { Locale } from '../../tickets/locale.ts'
import { panelUrl } from '../../tickets/panel-url.ts'
import type { EpochMs, TicketRef } from '../../tickets/ticket.ts'
import type { TicketRow } from '../../tickets/views.ts'
import type { TicketMenuChoice } from '../contract.ts'
import type { Handlers } from '../dispatch.ts'
import type { Broadcast } from '../events.ts'
import { exportTickets } from '../export.ts'
import type { Host } from '../host.ts'
import type { ShownTicket } from './shown-ticket.ts'
import { prepareSearch } from './prepare-search.ts'
import { gatherStatistics } from '../statistics.ts'
import { done, succeed } from './outcomes.ts'

/** The entries toggle as the keys do: a mark that all have is taken away. */
function workChoices(rows: readonly TicketRow[]): readonly TicketMenuChoice[] {
  if (rows.length === 0) return []
  const every = (has: (work: NonNullable<TicketRow['work']>) => boolean): boolean =>
    rows.every(({ work }) => work !== null && has(work))
  return [
    every(({ done, isFollowUpDue }) => done && !isFollowUpDue) ? 'undone' : 'done',
    'snooze',
    'follow-up',
    every(({ pinned }) => pinned) ? 'unpin' : 'pin',
    'tags',
    ...(rows.length === 1 ? (['title', 'note'] as const) : []),
    every(({ muted }) => muted) ? 'unmute' : 'mute'
  ]
}

/** Menu entries for these tickets. For several tickets only the actions that work on all of them at once. */
function menuChoices(engine: Engine, refs: readonly TicketRef[]): readonly TicketMenuChoice[] {
  const rows = refs.flatMap((ref) => engine.tickets.ticket(ref)?.row ?? [])
  const some = (has: (row: TicketRow) => boolean, choice: TicketMenuChoice): readonly TicketMenuChoice[] =>
    rows.some(has) ? [choice] : []
  const isSingle = refs.length === 1 && rows.length === 1
  return [
    ...(isSingle ? (['open', 'reply'] as const) : []),
    ...some(({ unread }) => unread > 0, 'read'),
    ...some(({ unread, replyCount }) => unread === 0 && replyCount > 0, 'unread'),
    ...some(({ status, gone }) => status.kind !== 'closed' && !gone, 'close'),
    ...workChoices(rows),
    ...(isSingle ? (['copy-number', 'copy-title', 'copy-link', 'panel'] as const) : [])
  ]
}

/** Commands for the list, threads, search, read marks, export and statistics. */
export function ticketCommands({
  engine,
  host,
  shown,
  broadcast,
  locale,
  now
}: {
  readonly engine: Engine
  readonly host: Host
  readonly shown: ShownTicket
  readonly broadcast: Broadcast
  readonly locale: () => Locale
  readonly now: () => EpochMs
}) {
  let exporting = new AbortController()

  return {
    'tickets.rows': ({ from, count }) =>
      // Rows are already sorted within each account, which makes this sort cheap.
      succeed([...engine.tickets.rows()].sort(byOrder('newest')).slice(from, from + count)),
    'tickets.thread': async (ref) => {
      // The ticket may be in a cache that is still being read.
      await engine.control.opened()
      return engine.tickets.thread(ref)
    },
    'tickets.read': ({ refs }) => engine.tickets.markRead(refs),
    'tickets.unread': ({ refs }) => engine.tickets.markUnread(refs),
    'tickets.setWork': ({ refs, change }) => engine.tickets.setWork(refs, change),
    'tickets.shown': ({ ref }) => {
      shown.ref = ref
      return done
    },
    'tickets.menu': async ({ refs, x, y }, { windowId }) => {
      const choices = menuChoices(engine, refs)
      // The tickets have been removed meanwhile.
      if (choices.length === 0) return { ok: false, error: { kind: 'unknown-ticket' } }
      return succeed(await host.chooseFromTicketMenu(choices, { x, y }, windowId))
    },
    'tickets.openInPanel': async ({ accountId, ticketId }) => {
      const account = engine.accounts.list().find(({ id }) => id === accountId)
      if (!account) return { ok: false, error: { kind: 'unknown-account' } }
      const template = account.rules.panelUrl
      if (template === '') host.showPanelAddress(accountId)
      else if (!(await host.openExternal(panelUrl(template, ticketId))))
        return { ok: false, error: { kind: 'invalid-address', field: 'url' } }
      return done
    },
    'tickets.withTag': ({ name }) => succeed(engine.tickets.withTag(name)),
    'tickets.search': async ({ query }) => {
      await prepareSearch(engine)
      return succeed(engine.tickets.search(query))
    },
    'tickets.export': async ({ refs, format }, { windowId }) => {
      await engine.control.opened()
      return exportTickets(
        { tickets: engine.tickets, refs, format, locale: locale(), now: now() },
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
    'tickets.statistics': async ({ period }) => {
      await engine.control.opened()
      return succeed(await gatherStatistics(engine, period, now()))
    }
  } satisfies Partial<Handlers>
}
