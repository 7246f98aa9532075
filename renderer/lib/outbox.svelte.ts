/** The outbox as main tells it, change by change: what a change costs depends on what changed, not on what waits. */
import { SvelteMap } from 'svelte/reactivity'
import type { AccountId, TicketId } from '../../electron/tickets/ticket.ts'
import type { OutboxChange, OutboxItem, OutboxState } from '../../electron/tickets/views.ts'

/** What became so far of the entries that one command queued. */
export interface Batch {
  readonly total: number
  /** Not sent yet, or not known to be. */
  readonly pending: number
  /** Refused, or for the person to decide. */
  readonly failed: number
  readonly done: number
}

type Progress = 'pending' | 'failed' | 'done'

const progressOf: Readonly<Record<OutboxState, Progress>> = {
  queued: 'pending',
  sending: 'pending',
  uncertain: 'pending',
  refused: 'failed',
  undecided: 'failed',
  sent: 'done'
}
const none: Readonly<Record<OutboxState, number>> = {
  queued: 0,
  sending: 0,
  uncertain: 0,
  sent: 0,
  refused: 0,
  undecided: 0
}
const noBatch: Batch = { total: 0, pending: 0, failed: 0, done: 0 }

const ticketKey = (accountId: AccountId, ticketId: TicketId): string => `${accountId}/${ticketId}`
const keyOf = ({ accountId, action }: OutboxItem): string | null =>
  action.kind === 'create' ? null : ticketKey(accountId, action.ticketId)

const isApart = ({ action, problem }: OutboxItem): boolean =>
  action.kind === 'create' || problem?.kind === 'other-customer'

export class Outbox {
  readonly #items = new SvelteMap<string, OutboxItem>()
  readonly #byTicket = new SvelteMap<string, readonly OutboxItem[]>()
  readonly #byAccount = new SvelteMap<AccountId, number>()
  readonly #batches = new SvelteMap<string, Batch>()
  /** What belongs to no ticket of the list: new ones, and what was written for another customer. Oldest first. */
  apart = $state.raw<readonly OutboxItem[]>([])
  /** How many there are of each state. */
  counts = $state.raw(none)
  /** Ids that are being taken back: when they go, they were not sent. */
  readonly #takenBack = new Set<string>()

  get size(): number {
    return this.#items.size
  }

  /** Every entry, in the order in which they were queued. */
  all(): readonly OutboxItem[] {
    return [...this.#items.values()]
  }

  get(id: string): OutboxItem | undefined {
    return this.#items.get(id)
  }

  ofTicket(accountId: AccountId, ticketId: TicketId): readonly OutboxItem[] {
    return this.#byTicket.get(ticketKey(accountId, ticketId)) ?? []
  }

  /** Accounts that anything here was written for. */
  accounts(): readonly AccountId[] {
    return [...this.#byAccount.keys()]
  }

  /** Commands of which something is not sent yet. */
  batches(): readonly (readonly [id: string, batch: Batch])[] {
    return [...this.#batches]
  }

  /** These are taken back on purpose: of a batch they no longer count. */
  takingBack(ids: readonly string[]): void {
    for (const id of ids) this.#takenBack.add(id)
  }

  reset(items: readonly OutboxItem[]): void {
    this.#batches.clear()
    const there = new Set(items.map(({ id }) => id))
    this.apply({ changed: items, removed: [...this.#items.keys()].filter((id) => !there.has(id)) })
  }

  apply({ changed, removed }: OutboxChange): void {
    const counts = { ...none, ...this.counts }
    const batches = new Map<string, Batch>()
    const tickets = new Map<string, Map<string, OutboxItem>>()
    let apart: Map<string, OutboxItem> | null = null
    const byId = (items: readonly OutboxItem[]): Map<string, OutboxItem> =>
      new Map(items.map((item) => [item.id, item]))
    const move = (before: OutboxItem | undefined, after: OutboxItem | undefined): void => {
      if ((before && isApart(before)) || (after && isApart(after))) {
        apart ??= byId(this.apart)
        if (after && isApart(after)) apart.set(after.id, after)
        else if (before) apart.delete(before.id)
      }
      for (const item of [before, after]) {
        const key = item ? keyOf(item) : null
        if (!item || key === null) continue
        const beside = tickets.get(key) ?? byId(this.#byTicket.get(key) ?? [])
        tickets.set(key, beside)
        if (item === after) beside.set(item.id, item)
        else if (!after || keyOf(after) !== key) beside.delete(item.id)
      }
    }
    const count = (accountId: AccountId, more: number): void => {
      const now = (this.#byAccount.get(accountId) ?? 0) + more
      if (now > 0) this.#byAccount.set(accountId, now)
      else this.#byAccount.delete(accountId)
    }
    const follow = (before: OutboxItem | undefined, after: OutboxItem | undefined): void => {
      const id = after?.batch ?? before?.batch
      if (id === undefined || id === null) return
      const known = batches.get(id) ?? this.#batches.get(id)
      const next = known || after ? this.#follow(known, before, after) : null
      if (next) batches.set(id, next)
    }

    for (const id of removed) {
      const before = this.#items.get(id)
      if (!before) continue
      this.#items.delete(id)
      counts[before.state]--
      count(before.accountId, -1)
      move(before, undefined)
      follow(before, undefined)
      this.#takenBack.delete(id)
    }
    for (const item of changed) {
      const before = this.#items.get(item.id)
      this.#items.set(item.id, item)
      if (before) {
        counts[before.state]--
        count(before.accountId, -1)
      }
      count(item.accountId, 1)
      counts[item.state]++
      move(before, item)
      follow(before, item)
      // Too late: it goes on its way.
      if (item.state !== 'queued') this.#takenBack.delete(item.id)
    }

    this.counts = counts
    if (apart) this.apart = [...(apart as Map<string, OutboxItem>).values()]
    for (const [key, items] of tickets)
      if (items.size > 0) this.#byTicket.set(key, [...items.values()])
      else this.#byTicket.delete(key)
    for (const [id, batch] of batches)
      if (batch.pending > 0) this.#batches.set(id, batch)
      else this.#batches.delete(id)
  }

  /** A batch after one of its entries changed, came or went; null where there is nothing to follow. */
  #follow(
    known: Batch | undefined,
    before: OutboxItem | undefined,
    after: OutboxItem | undefined
  ): Batch | null {
    const now = after ? progressOf[after.state] : null
    // Over, unless something of it is to be sent again.
    if (!known && now !== 'pending') return null
    const counted = known && before ? progressOf[before.state] : null
    const batch = { ...(known ?? noBatch) }
    if (counted === null) batch.total++
    else batch[counted]--
    if (now !== null) batch[now]++
    // The list shows what it did, unless the person did not want it any more.
    else if (before && (this.#takenBack.has(before.id) || counted === 'failed')) batch.total--
    else batch.done++
    return batch
  }
}
