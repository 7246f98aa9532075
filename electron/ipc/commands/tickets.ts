import type { Engine } from '../../sync/types.ts'
import { newestFirst } from '../../tickets/list/order.ts'
import type { Locale } from '../../tickets/locale.ts'
import type { EpochMs } from '../../tickets/ticket.ts'
import type { Handlers } from '../dispatch.ts'
import type { Broadcast } from '../events.ts'
import { exportTickets } from '../export.ts'
import type { Host } from '../host.ts'
import { gatherStatistics } from '../statistics.ts'
import { done, succeed } from './outcomes.ts'

/** Reading tickets: the list, one thread, search, read marks, export, statistics. */
export function ticketCommands({
  engine,
  host,
  broadcast,
  locale,
  now
}: {
  readonly engine: Engine
  readonly host: Host
  readonly broadcast: Broadcast
  readonly locale: () => Locale
  readonly now: () => EpochMs
}) {
  let exporting = new AbortController()

  return {
    'tickets.rows': ({ from, count }) =>
      // In order by account already: this only merges them.
      succeed([...engine.tickets.rows()].sort(newestFirst).slice(from, from + count)),
    'tickets.thread': async (ref) => {
      // Its ticket may be in a cache that is still being read.
      await engine.control.opened()
      return engine.tickets.thread(ref)
    },
    'tickets.read': ({ refs }) => engine.tickets.markRead(refs),
    'tickets.unread': ({ refs }) => engine.tickets.markUnread(refs),
    'tickets.search': ({ query }) => succeed(engine.tickets.search(query)),
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
    'tickets.statistics': async () => {
      await engine.control.opened()
      return succeed(await gatherStatistics(engine.tickets))
    }
  } satisfies Partial<Handlers>
}
