import type { EngineTickets } from '../sync/types.ts'
import { statistics, timesOf } from '../tickets/list/statistics.ts'
import type { Statistics } from './contract.ts'

/** Tickets at a time; so many take a few milliseconds, after which other work has its turn. */
const slice = 250

export async function gatherStatistics(tickets: Pick<EngineTickets, 'rows' | 'ticket'>): Promise<Statistics> {
  const rows = tickets.rows()
  const times: ReturnType<typeof timesOf>[] = []
  for (const [i, { accountId, id, department }] of rows.entries()) {
    const entry = tickets.ticket({ accountId, ticketId: id })
    if (entry) times.push(timesOf(entry.ticket, department))
    if (i % slice === slice - 1) await new Promise((resolve) => setImmediate(resolve))
  }
  return statistics(times)
}
