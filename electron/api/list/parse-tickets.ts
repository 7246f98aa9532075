import type { ApiVersion } from '../../tickets/ticket.ts'
import type { WholeList } from '../api.ts'
import { dialects } from '../dialects/index.ts'
import { parseAnswer } from '../reading/parse-answer.ts'
import { TicketCollector } from './ticket-collector.ts'

/** Parses a whole list at once. Throws ApiProblem. */
export function parseTickets(bytes: Uint8Array, version: ApiVersion): WholeList {
  const dialect = dialects[version]
  const collector = new TicketCollector(dialect)
  for (const element of dialect.readData(parseAnswer(bytes))) collector.read(element)
  return collector.result()
}
