import type { EngineTickets } from '../sync/types.ts'
import { StatisticsCounter } from '../tickets/list/statistics-counter.ts'
import type { Statistics, StatisticsPeriod } from '../tickets/list/statistics.ts'
import type { EpochMs } from '../tickets/ticket.ts'

/** Milliseconds of counting before yielding to the event loop. A time and not a number, since ticket lengths differ greatly. */
const sliceMs = 8

/** Counts all tickets, yielding to the event loop. `now`: by this machine's clock. */
export async function gatherStatistics(
  tickets: Pick<EngineTickets, 'rows' | 'ticket'>,
  period: StatisticsPeriod,
  now: EpochMs
): Promise<Statistics> {
  const counter = new StatisticsCounter(period, now)
  let sliceStart = performance.now()
  for (const { accountId, id, department } of tickets.rows()) {
    const entry = tickets.ticket({ accountId, ticketId: id })
    if (entry) counter.add(entry.ticket, accountId, department)
    if (performance.now() - sliceStart < sliceMs) continue
    await new Promise((resolve) => setImmediate(resolve))
    sliceStart = performance.now()
  }
  return counter.result()
}
