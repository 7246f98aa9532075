/** Notifies about new tickets whose result no window shows: queued offline, or the window was closed at once. */
import type { Clock } from '../../storage/types.ts'
import type { Engine } from '../../sync/types.ts'
import type { OutboxItem, OutboxRecord } from '../../tickets/views.ts'
import type { Windows } from '../windows/windows.ts'
import type { AppMessages } from './app-messages.ts'

export interface SentTicketParts {
  readonly engine: { readonly outgoing: Pick<Engine['outgoing'], 'items' | 'history'> }
  readonly windows: Pick<Windows, 'isOnScreen'>
  readonly messages: Pick<AppMessages, 'notifyTicket'>
  readonly clock: Pick<Clock, 'now'>
}

/** Milliseconds after queueing during which the new-ticket window itself reports the result. */
const reportedByWindowMs = 15_000

const isPending = ({ state }: OutboxItem): boolean =>
  state === 'queued' || state === 'sending' || state === 'uncertain'
const hasArrived = ({ end }: OutboxRecord): boolean =>
  end === 'shown' || end === 'hidden' || end === 'confirmed'

const titleOf = ({ action }: OutboxItem): string => (action.kind === 'create' ? action.draft.title : '')

export class SentTickets {
  readonly #parts: SentTicketParts
  /** New tickets without a final result so far, by outbox id. */
  #pending: ReadonlyMap<string, OutboxItem> = new Map()

  constructor(parts: SentTicketParts) {
    this.#parts = parts
  }

  /** Call it after any change of the outbox. */
  changed(): void {
    const { outgoing } = this.#parts.engine
    const tickets = new Map(
      outgoing
        .items()
        .filter(({ action }) => action.kind === 'create')
        .map((item) => [item.id, item])
    )
    const before = this.#pending
    this.#pending = new Map([...tickets].filter(([, item]) => isPending(item)))
    const ended = [...before.values()].filter(({ id }) => !this.#pending.has(id))
    if (ended.length === 0) return
    const records = new Map(outgoing.history().map((record) => [record.id, record]))
    for (const item of ended) this.#notify(item, tickets.get(item.id), records.get(item.id))
  }

  #notify(item: OutboxItem, now: OutboxItem | undefined, record: OutboxRecord | undefined): void {
    if (this.#isResultOnScreen(item)) return
    const isSent = now ? now.state === 'sent' : record !== undefined && hasArrived(record)
    if (!isSent && now?.state !== 'refused') return
    this.#parts.messages.notifyTicket(isSent ? 'sent' : 'refused', titleOf(item)).catch(() => undefined)
  }

  #isResultOnScreen({ queuedAt }: OutboxItem): boolean {
    const { windows, clock } = this.#parts
    if (windows.isOnScreen('inbox')) return true
    return windows.isOnScreen('compose') && clock.now() - queuedAt < reportedByWindowMs
  }
}
