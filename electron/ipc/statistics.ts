import type { EngineTickets } from '../sync/types.ts'
import { StatisticsCounter } from '../tickets/list/statistics-counter.ts'
import type { Statistics, StatisticsPeriod } from '../tickets/list/statistics.ts'
import type { EpochMs } from '../tickets/ticket.ts'

/** Milliseconds of counting after which other work has its turn; tickets are of very different lengths. */
const sliceMs = 8

/** `now` by this machine's clock. */
export async function gatherStatistics(
  tickets: Pick<EngineTickets, 'rows' | 'ticket'>,
  period: StatisticsPeriod,
  now: EpochMs
): Promise<Statistics> {
  const counter = new StatisticsCounter(period, now)
  let begun = performance.now()
  for (const { accountId, id, department } of tickets.rows()) {
    const entry = tickets.ticket({ accountId, ticketId: id })
    if (entry) counter.add(entry.ticket, accountId, department)
    if (performance.now() - begun < sliceMs) continue
    await new Promise((resolve) => setImmediate(resolve))
    begun = performance.now()
  }
  return counter.result()
}
