/** What an outbox is looked up by, worked out change by change. Plain data: nothing of it is watched. */
import type { AccountId, TicketId } from '../../electron/tickets/ticket.ts'
import type { OutboxItem, OutboxState } from '../../electron/tickets/views.ts'

/** What became so far of the entries that one command queued. */
export interface Batch {
  /** Highest number of entries so far, including those taken back. */
  readonly size: number
  readonly total: number
  /** Entries not sent yet, or not known to be sent. */
  readonly pending: number
  /** Refused, or for the person to decide. */
  readonly failed: number
  readonly done: number
}

/** Smallest batch whose progress is shown; smaller ones are done before it could be read. */
export const leastShown = 6

type Progress = 'pending' | 'failed' | 'done'

const progressOf: Readonly<Record<OutboxState, Progress>> = {
  queued: 'pending',
  sending: 'pending',
  uncertain: 'pending',
  refused: 'failed',
  undecided: 'failed',
  sent: 'done'
}
const noBatch: Batch = { size: 0, total: 0, pending: 0, failed: 0, done: 0 }

/**
 * A batch after one of its entries changed, came (no `before`) or went (no `after`); null where there is nothing to
 * follow. `isTakenBack`: the person did not want it any more, so that it no longer counts.
 */
export function followBatch(
  known: Batch | null,
  before: OutboxItem | undefined,
  after: OutboxItem | undefined,
  isTakenBack: boolean
): Batch | null {
  const now = after ? progressOf[after.state] : null
  // The batch is done, unless one of its entries is sent again.
  if (!known && (before !== undefined || !after) && now !== 'pending') return null
  const counted = known && before ? progressOf[before.state] : null
  const batch = { ...(known ?? noBatch) }
  if (counted === null) batch.size = Math.max(batch.size, ++batch.total)
  else batch[counted]--
  if (now !== null) batch[now]++
  // An entry that left the outbox counts as done, unless it was taken back or had failed.
  else if (isTakenBack || counted === 'failed') batch.total--
  else batch.done++
  return batch
}

/** The group of what belongs to no ticket of the list: new tickets, and what was written for another customer. */
export const apart = 'apart'

export const ticketGroup = (accountId: AccountId, ticketId: TicketId): string => `${accountId}/${ticketId}`

const groupsOf = ({ accountId, action, problem }: OutboxItem): readonly string[] => [
  ...(action.kind === 'create' ? [] : [ticketGroup(accountId, action.ticketId)]),
  ...(action.kind === 'create' || problem?.kind === 'other-customer' ? [apart] : [])
]

/** The groups that a change touches, as they are afterwards. */
export class ChangedGroups {
  readonly #changed = new Map<string, Map<string, OutboxItem>>()
  readonly #read: (group: string) => readonly OutboxItem[]

  constructor(read: (group: string) => readonly OutboxItem[]) {
    this.#read = read
  }

  move(before: OutboxItem | undefined, after: OutboxItem | undefined): void {
    const now = after ? groupsOf(after) : []
    if (before)
      for (const group of groupsOf(before)) if (!now.includes(group)) this.#open(group).delete(before.id)
    if (after) for (const group of now) this.#open(group).set(after.id, after)
  }

  /** Each with its entries, oldest first. */
  all(): readonly (readonly [group: string, items: readonly OutboxItem[]])[] {
    return [...this.#changed].map(([group, items]) => [group, [...items.values()]])
  }

  #open(group: string): Map<string, OutboxItem> {
    const open = this.#changed.get(group) ?? new Map(this.#read(group).map((item) => [item.id, item]))
    this.#changed.set(group, open)
    return open
  }
}

/** Ids that are remembered for a while. */
export class Ids {
  readonly #ids = new Set<string>()

  add(ids: readonly string[]): void {
    for (const id of ids) this.#ids.add(id)
  }
  has(id: string): boolean {
    return this.#ids.has(id)
  }
  delete(id: string): void {
    this.#ids.delete(id)
  }
}
