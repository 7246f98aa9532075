import type { Clock } from '../../storage/types.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { TicketRow } from '../../tickets/views.ts'
import type { TicketList } from './ticket-list.ts'

/** Milliseconds of work before yielding to the event loop. */
const sliceMs = 8

/** Loads ticket by ticket; publishes rows before each `pause`. Returns rows that are not published yet. */
export async function loadCachedTickets(
  list: TicketList,
  tickets: Iterable<Ticket>,
  deps: {
    readonly clock: Clock
    readonly pause: () => Promise<void>
    readonly tell: (rows: readonly TicketRow[]) => void
    readonly isStopped: () => boolean
  }
): Promise<readonly TicketRow[]> {
  const { clock, pause, tell, isStopped } = deps
  let rows: TicketRow[] = []
  let begunAt = clock.monotonic()
  for (const ticket of tickets) {
    rows.push(...list.load(ticket))
    if (clock.monotonic() - begunAt < sliceMs) continue
    tell(rows)
    rows = []
    await pause()
    if (isStopped()) break
    begunAt = clock.monotonic()
  }
  return rows
}
