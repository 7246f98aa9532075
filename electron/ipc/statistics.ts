import type { EngineAccounts, EngineTickets } from '../sync/types.ts'
import { StatisticsCounter } from '../tickets/list/statistics-counter.ts'
import type { Statistics, StatisticsPeriod } from '../tickets/list/statistics.ts'
import type { EpochMs } from '../tickets/ticket.ts'

/** Milliseconds of counting before yielding to the event loop. A time and not a number, since ticket lengths differ greatly. */
const sliceMs = 8

interface Counted {
  readonly accounts: Pick<EngineAccounts, 'list'>
  readonly tickets: Pick<EngineTickets, 'rows' | 'ticket'>
}

/**
 * Counts all tickets, yielding to the event loop; the sample ones only where there are no others. `now`: by this machine's
 * clock.
 */
export async function gatherStatistics(
  { accounts, tickets }: Counted,
  period: StatisticsPeriod,
  now: EpochMs
): Promise<Statistics> {
  const counter = new StatisticsCounter(period, now)
  const all = accounts.list()
  const real = all.filter(({ demo }) => !demo)
  const counted = new Set((real.length > 0 ? real : all).map(({ id }) => id))
  let sliceStart = performance.now()
  for (const { accountId, id, department } of tickets.rows()) {
    const entry = counted.has(accountId) ? tickets.ticket({ accountId, ticketId: id }) : null
    if (entry) counter.add(entry.ticket, accountId, department)
    if (performance.now() - sliceStart < sliceMs) continue
    await new Promise((resolve) => setImmediate(resolve))
    sliceStart = performance.now()
  }
  return counter.result()
}
