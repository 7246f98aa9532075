import type { Engine } from '../../sync/types.ts'
import { newestFirst } from '../../tickets/list/order.ts'
import type { TicketRow } from '../../tickets/views.ts'
import type { NewestUnread } from '../contract.ts'
import type { Handlers } from '../dispatch.ts'
import type { Host } from '../host.ts'
import { done, succeed } from './outcomes.ts'

/** More are read in the inbox. */
const most = 10

const isListed = ({ unread, work }: TicketRow): boolean =>
  unread > 0 && (work === null || !(work.done || work.muted || work.snoozedUntil !== null))

function newestUnread(engine: Engine): NewestUnread {
  const listed = engine.tickets.rows().filter(isListed).sort(newestFirst)
  return { rows: listed.slice(0, most), count: listed.length }
}

/** Commands that only the popover sends. */
export const popoverCommands = ({ engine, host }: { readonly engine: Engine; readonly host: Host }) =>
  ({
    'tickets.newestUnread': () => succeed(newestUnread(engine)),
    'tickets.show': ({ ref }) => {
      host.showTicket(ref)
      return done
    }
  }) satisfies Partial<Handlers>
