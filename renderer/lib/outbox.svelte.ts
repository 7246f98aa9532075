/** The outbox as main tells it, change by change: what a change costs depends on what changed, not on what waits. */
import { SvelteMap } from 'svelte/reactivity'
import type { AccountId, TicketId } from '../../electron/tickets/ticket.ts'
import type { OutboxChange, OutboxItem, OutboxState } from '../../electron/tickets/views.ts'
import { apart, ChangedGroups, followBatch, Ids, ticketGroup, type Batch } from './outbox-groups.ts'

const none: Readonly<Record<OutboxState, number>> = {
  queued: 0,
  sending: 0,
  uncertain: 0,
  sent: 0,
  refused: 0,
  undecided: 0
}

export class Outbox {
  readonly #items = new SvelteMap<string, OutboxItem>()
  readonly #groups = new SvelteMap<string, readonly OutboxItem[]>()
  readonly #byAccount = new SvelteMap<AccountId, number>()
  /** Those of which something is not sent yet. */
  readonly #batches = new SvelteMap<string, Batch>()
  /** Number of entries by state. */
  counts = $state.raw(none)
  readonly #takenBack = new Ids()

  /** Every entry, in the order in which they were queued. */
  all(): readonly OutboxItem[] {
    return [...this.#items.values()]
  }

  get(id: string): OutboxItem | undefined {
    return this.#items.get(id)
  }

  ofTicket(accountId: AccountId, ticketId: TicketId): readonly OutboxItem[] {
    return this.#groups.get(ticketGroup(accountId, ticketId)) ?? []
  }

  /** What belongs to no ticket of the list: new ones, and what was written for another customer. Oldest first. */
  get apart(): readonly OutboxItem[] {
    return this.#groups.get(apart) ?? []
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
    this.#takenBack.add(ids)
  }

  reset(items: readonly OutboxItem[]): void {
    // Starts from nothing: changes missed in between would make the counts wrong.
    this.apply({ changed: [], removed: [...this.#items.keys()] })
    this.#batches.clear()
    this.apply({ changed: items, removed: [] })
  }

  apply({ changed, removed }: OutboxChange): void {
    const counts = { ...this.counts }
    const groups = new ChangedGroups((group) => this.#groups.get(group) ?? [])
    const follow = (before: OutboxItem | undefined, after: OutboxItem | undefined): void => {
      const id = after?.batch ?? before?.batch ?? null
      if (id === null) return
      const isTakenBack = before !== undefined && this.#takenBack.has(before.id)
      const batch = followBatch(this.#batches.get(id) ?? null, before, after, isTakenBack)
      if (batch) this.#batches.set(id, batch)
    }

    for (const id of removed) {
      const before = this.#items.get(id)
      if (!before) continue
      this.#items.delete(id)
      counts[before.state]--
      this.#count(before.accountId, -1)
      groups.move(before, undefined)
      follow(before, undefined)
      this.#takenBack.delete(id)
    }
    for (const item of changed) {
      const before = this.#items.get(item.id)
      this.#items.set(item.id, item)
      if (before) {
        counts[before.state]--
        this.#count(before.accountId, -1)
      }
      counts[item.state]++
      this.#count(item.accountId, 1)
      groups.move(before, item)
      follow(before, item)
      // Too late: it is already being sent.
      if (item.state !== 'queued') this.#takenBack.delete(item.id)
    }

    this.counts = counts
    for (const [group, items] of groups.all())
      if (items.length > 0) this.#groups.set(group, items)
      else this.#groups.delete(group)
    for (const [id, { pending }] of [...this.#batches]) if (pending === 0) this.#batches.delete(id)
  }

  #count(accountId: AccountId, more: number): void {
    const now = (this.#byAccount.get(accountId) ?? 0) + more
    if (now > 0) this.#byAccount.set(accountId, now)
    else this.#byAccount.delete(accountId)
  }
}
