import type { AccountView } from '../tickets/views.ts'
import { shortId } from './activity-log.ts'

/** Lines with poller states, times and problem kinds; no text, address or secret. */
export const diagnosticLines = (facts: {
  readonly isLockedOut: boolean
  /** Number of events whose listener failed. */
  readonly failedEvents: number
  readonly accounts: readonly AccountView[]
}): readonly string[] => [
  ...(facts.isLockedOut ? ['another copy of the app holds this folder'] : []),
  ...(facts.failedEvents > 0 ? [`${facts.failedEvents} events could not be given out`] : []),
  ...facts.accounts.map(accountLine)
]

/** The id as in the log. */
const accountLine = (
  { id, version, auth, paused, secretStored, connection }: AccountView,
  index: number
): string =>
  `account ${index + 1} (${shortId(id)}): ${version}, ${auth}, secret ${secretStored ? 'stored' : 'in memory'}, ` +
  `${paused ? 'paused, ' : ''}${connection.state}, problem ${connection.problem?.kind ?? 'none'}, ` +
  `fresh ${connection.freshAt === null ? 'never' : new Date(connection.freshAt).toISOString()}, ` +
  `${connection.brokenTickets} unreadable tickets`
