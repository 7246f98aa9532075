/** The list: rows as main tells them, the filter, the search, what is selected and what is open. */

import type { TicketRef } from '../../electron/tickets/ticket.ts'
import type { SearchAnswer, SearchHit, TicketRow } from '../../electron/tickets/views.ts'
import { bridge } from '../lib/bridge.ts'

export const filters = ['all', 'unread', 'waiting', 'open', 'closed'] as const
export type Filter = (typeof filters)[number]

export const keyOf = (row: { readonly accountId: string; readonly id: number }): string =>
  `${row.accountId}/${row.id}`
export const refOf = (row: TicketRow): TicketRef => ({ accountId: row.accountId, ticketId: row.id })

export function passes(filter: Filter, row: TicketRow): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'unread':
      return row.unread > 0
    case 'waiting':
      return row.waitingFor === 'you'
    case 'open':
      return row.status.kind !== 'closed'
    case 'closed':
      return row.status.kind === 'closed'
  }
}

/** Newest activity first; what has no date last. */
const newestFirst = (a: TicketRow, b: TicketRow): number =>
  (b.lastActivityAt ?? 0) - (a.lastActivityAt ?? 0) || b.id - a.id

export class Tickets {
  loaded = $state(false)
  filter = $state<Filter>('all')
  query = $state('')
  answer = $state.raw<SearchAnswer | null>(null)
  openKey = $state<string | null>(null)
  /** The row the keyboard is on; often, not always, the open one. */
  cursor = $state<string | null>(null)
  checked = $state.raw<ReadonlySet<string>>(new Set())
  #rows = $state.raw<readonly TicketRow[]>([])
  readonly #byKey = new Map<string, TicketRow>()
  #asked = 0

  readonly rows = $derived(this.#rows)
  readonly counts = $derived(
    Object.fromEntries(
      filters.map((filter) => [
        filter,
        this.#rows.reduce((sum, row) => sum + (passes(filter, row) ? 1 : 0), 0)
      ])
    ) as Record<Filter, number>
  )
  readonly hits = $derived(
    new Map(
      this.answer?.hits.map((hit): [string, SearchHit] => [
        keyOf({ accountId: hit.ref.accountId, id: hit.ref.ticketId }),
        hit
      ])
    )
  )
  readonly visible = $derived.by((): readonly TicketRow[] => {
    if (this.answer === null) return this.#rows.filter((row) => passes(this.filter, row))
    const byKey = new Map(this.#rows.map((row) => [keyOf(row), row]))
    return [...this.hits.keys()]
      .map((key) => byKey.get(key))
      .filter((row) => row !== undefined && passes(this.filter, row)) as TicketRow[]
  })
  readonly open = $derived(this.#rows.find((row) => keyOf(row) === this.openKey) ?? null)

  async start(): Promise<void> {
    bridge.on('rows', ({ accountId, changed, removed }) => {
      for (const row of changed) this.#byKey.set(keyOf(row), row)
      for (const id of removed) this.#byKey.delete(keyOf({ accountId, id }))
      this.#sort()
    })
    const rows = await bridge.invoke('tickets.rows')
    if (rows.ok) for (const row of rows.value) this.#byKey.set(keyOf(row), row)
    this.#sort()
    this.loaded = true
  }

  async search(query: string): Promise<void> {
    this.query = query
    const own = ++this.#asked
    if (query.trim() === '') {
      this.answer = null
      return
    }
    const answer = await bridge.invoke('tickets.search', { query })
    if (answer.ok && own === this.#asked) this.answer = answer.value
  }

  /** Moves the cursor; answers the row it is on now. */
  move(step: number): TicketRow | null {
    const rows = this.visible
    const at = rows.findIndex((row) => keyOf(row) === this.cursor)
    const row = rows[Math.max(0, Math.min(rows.length - 1, at === -1 ? 0 : at + step))] ?? null
    this.cursor = row ? keyOf(row) : null
    return row
  }

  show(row: TicketRow): void {
    this.cursor = keyOf(row)
    this.openKey = keyOf(row)
  }

  toggle(row: TicketRow): void {
    const key = keyOf(row)
    const next = new Set(this.checked)
    if (!next.delete(key)) next.add(key)
    this.checked = next
  }

  /** Every row between the cursor and this one. */
  extend(row: TicketRow): void {
    const keys = this.visible.map(keyOf)
    const [from, to] = [keys.indexOf(this.cursor ?? keyOf(row)), keys.indexOf(keyOf(row))].sort(
      (a, b) => a - b
    )
    this.checked = new Set([...this.checked, ...keys.slice(Math.max(0, from ?? 0), (to ?? 0) + 1)])
  }

  clearChecked(): void {
    this.checked = new Set()
  }

  checkedRefs(): readonly TicketRef[] {
    return this.#rows.filter((row) => this.checked.has(keyOf(row))).map(refOf)
  }

  #sort(): void {
    this.#rows = [...this.#byKey.values()].sort(newestFirst)
    if ([...this.checked].some((key) => !this.#byKey.has(key)))
      this.checked = new Set([...this.checked].filter((key) => this.#byKey.has(key)))
  }
}
