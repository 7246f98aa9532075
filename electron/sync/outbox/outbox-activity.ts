/** Logs every state change of outbox entries, where changes are saved. */
import type { StoredEntry } from '../../storage/schemas.ts'
import type { TicketId } from '../../tickets/ticket.ts'
import type { OutboxChange, OutboxItem, OutboxRecord } from '../../tickets/views.ts'
import type { EngineLog, OutboxTransition } from '../activity-log.ts'

type Known = Pick<OutboxItem, 'accountId' | 'state' | 'attempts' | 'problem'> & {
  readonly kind: OutboxItem['action']['kind']
  readonly ticketId: TicketId | null
}

const knownOf = ({ accountId, action, state, attempts, problem }: StoredEntry | OutboxItem): Known => ({
  ...{ accountId, state, attempts, problem, kind: action.kind },
  ticketId: action.kind === 'create' ? null : action.ticketId
})

const isSame = (a: Known, b: Known): boolean =>
  a.state === b.state && a.attempts === b.attempts && a.problem?.kind === b.problem?.kind

/** The cause of a change without a command, derived from the states. */
function causeOf(before: Known | null, { state, question }: OutboxItem): string {
  switch (state) {
    case 'queued':
      if (before?.state === 'sending') return 'certainly not arrived'
      return before?.state === 'uncertain' ? 'proven absent by a list' : 'to be sent again'
    case 'sending':
      return 'on its way'
    case 'sent':
      return 'acknowledged by the server'
    case 'refused':
      return before?.state === 'sending' ? 'refused' : 'cannot be sent'
    case 'uncertain':
      return 'nobody knows whether it arrived'
    case 'undecided':
      return `the person decides, ${question?.kind ?? 'no question'}`
  }
}

export class OutboxActivity {
  readonly #log: Pick<EngineLog, 'outbox'>
  /** State at the last save. */
  readonly #known = new Map<string, Known>()
  /** Cause of the changes that are being saved. */
  #cause: string | null = null

  constructor(log: Pick<EngineLog, 'outbox'>) {
    this.#log = log
  }

  /** Sets the cause of the changes that `run` saves, e.g. `retried by the person`. */
  because<T>(cause: string, run: () => T): T {
    const before = this.#cause
    this.#cause = cause
    try {
      return run()
    } finally {
      this.#cause = before
    }
  }

  /** `stored`: entries as on disk. `items`: as interpreted, e.g. `sending` as `uncertain`. */
  opened(stored: readonly StoredEntry[], items: readonly OutboxItem[]): void {
    this.#known.clear()
    for (const entry of stored) this.#known.set(entry.id, knownOf(entry))
    this.because('found so at the start', () => {
      this.saved({ changed: items, removed: [] }, [], true)
    })
  }

  /** `records`: finished entries. `isDurable`: whether the save is on disk. */
  saved(change: OutboxChange, records: Iterable<OutboxRecord>, isDurable: boolean): void {
    const transitions = [
      ...change.changed.flatMap((item) => this.#changed(item) ?? []),
      ...this.#removed(change.removed, records)
    ]
    if (transitions.length === 0) return
    const notDurable = (one: OutboxTransition): OutboxTransition => ({
      ...one,
      why: `${one.why}, not on the disk yet`
    })
    this.#log.outbox(isDurable ? transitions : transitions.map(notDurable))
  }

  #changed(item: OutboxItem): OutboxTransition | null {
    const before = this.#known.get(item.id) ?? null
    const now = knownOf(item)
    this.#known.set(item.id, now)
    if (before && isSame(before, now)) return null
    return {
      ...{ accountId: now.accountId, entryId: item.id, action: now.kind, ticketId: now.ticketId },
      ...{ from: before?.state ?? 'new', to: now.state, why: this.#cause ?? causeOf(before, item) },
      ...{ attempts: now.attempts, problem: now.problem }
    }
  }

  #removed(ids: readonly string[], records: Iterable<OutboxRecord>): readonly OutboxTransition[] {
    if (ids.length === 0) return []
    const ends = new Map([...records].map((record) => [record.id, record]))
    return ids.flatMap((entryId) => {
      const known = this.#known.get(entryId)
      if (!known) return []
      this.#known.delete(entryId)
      const record = ends.get(entryId)
      return {
        ...{ accountId: known.accountId, entryId, action: known.kind },
        ticketId: record?.ticketId ?? known.ticketId,
        ...{ from: known.state, to: record?.end ?? 'gone' },
        why: this.#cause ?? (record ? 'found by a list' : 'taken out'),
        ...{ attempts: known.attempts, problem: known.problem }
      }
    })
  }
}
