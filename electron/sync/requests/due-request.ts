/** Determines which request of an account is due, and when the next one is. All times are monotonic. */
import type { TicketApi } from '../../api/api.ts'
import type { ListPolling } from '../list/list-polling.ts'
import type { TicketList } from '../list/ticket-list.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Sender } from '../outbox/sender.ts'
import type { ConnectionStatus } from './connection-status.ts'
import type { Poller } from './poller.ts'

export interface DueParts {
  readonly poller: Poller
  readonly status: ConnectionStatus
  readonly outbox: Outbox
  readonly list: TicketList
  readonly sender: Sender
  readonly polling: ListPolling
}

/** When a list can first prove something about an uncertain entry. */
const proofAt = ({ outbox, polling }: DueParts): number => outbox.proofAt(polling.askedAt) ?? Infinity

/** Writes go before the list; null if nothing is due. */
export function nextRequest(parts: DueParts, api: TicketApi, now: number): Promise<void> | null {
  const { poller, status, outbox, list, sender, polling } = parts
  const mayAsk = poller.mayAsk(now)
  const entry = status.listIsCurrent && mayAsk ? outbox.next(now, list.tickets) : null
  if (entry) return sender.send(api, entry)
  const isDue = poller.isDue(now) || (mayAsk && now >= proofAt(parts))
  return isDue ? polling.poll(api) : null
}

export function nextRequestAt(parts: DueParts, now: number): number {
  const { poller, status, outbox, list } = parts
  const { dueAt, notBefore } = poller
  const sendAt = status.listIsCurrent ? outbox.nextAt(now, list.tickets) : null
  const earliest = Math.max(Math.min(sendAt ?? Infinity, proofAt(parts)), notBefore)
  return Math.min(dueAt ?? Infinity, earliest)
}
