/** New tickets that go when nobody is looking: offline first, or sent by a window that was closed at once. */
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

/** Milliseconds for which the new-ticket window itself says what became of what was just sent in it. */
const saidInWindowMs = 15_000

const isPending = ({ state }: OutboxItem): boolean =>
  state === 'queued' || state === 'sending' || state === 'uncertain'
const hasArrived = ({ end }: OutboxRecord): boolean =>
  end === 'shown' || end === 'hidden' || end === 'confirmed'

const titleOf = ({ action }: OutboxItem): string => (action.kind === 'create' ? action.draft.title : '')

export class SentTickets {
  readonly #parts: SentTicketParts
  /** Those whose end was not seen yet, by id. */
  #pending: ReadonlyMap<string, OutboxItem> = new Map()

  constructor(parts: SentTicketParts) {
    this.#parts = parts
  }

  /** After any change of the outbox. */
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
    for (const item of ended) this.#tell(item, tickets.get(item.id), records.get(item.id))
  }

  #tell(item: OutboxItem, now: OutboxItem | undefined, record: OutboxRecord | undefined): void {
    if (this.#isLookedAt(item)) return
    const isSent = now ? now.state === 'sent' : record !== undefined && hasArrived(record)
    if (!isSent && now?.state !== 'refused') return
    this.#parts.messages.notifyTicket(isSent ? 'sent' : 'refused', titleOf(item)).catch(() => undefined)
  }

  #isLookedAt({ queuedAt }: OutboxItem): boolean {
    const { windows, clock } = this.#parts
    if (windows.isOnScreen('inbox')) return true
    return windows.isOnScreen('compose') && clock.now() - queuedAt < saidInWindowMs
  }
}
