import type { AccountId, TicketId } from '../../../electron/tickets/ticket.ts'
import type { SearchAnswer, SearchHit, TicketRow } from '../../../electron/tickets/views.ts'

export const keyOf = (row: { readonly accountId: AccountId; readonly id: TicketId }): string =>
  `${row.accountId}/${row.id}`

export const hitsByKey = (answer: SearchAnswer | null): ReadonlyMap<string, SearchHit> =>
  new Map(
    answer?.hits.map((hit) => [keyOf({ accountId: hit.ref.accountId, id: hit.ref.ticketId }), hit] as const)
  )

/** The row after this one, else the one before it; null where it stands alone or not at all. */
export function neighbourRow(rows: readonly TicketRow[], row: TicketRow): TicketRow | null {
  const at = rows.indexOf(row)
  return at === -1 ? null : (rows[at + 1] ?? rows[at - 1] ?? null)
}

/** Rows by what they are asked for: by key, or by number among those of an account. To make ten thousand keys takes time. */
export class Rows {
  readonly #byKey = new Map<string, TicketRow>()
  readonly #byAccount = new Map<AccountId, Map<TicketId, TicketRow>>()

  get(key: string): TicketRow | undefined {
    return this.#byKey.get(key)
  }

  of(accountId: AccountId): ReadonlyMap<TicketId, TicketRow> {
    return this.#byAccount.get(accountId) ?? new Map()
  }

  keys(): Iterable<string> {
    return this.#byKey.keys()
  }

  all(): TicketRow[] {
    return [...this.#byKey.values()]
  }

  /** All that a search found, by relevance; what is not known here is left out. */
  found({ hits, more }: SearchAnswer): readonly TicketRow[] {
    const ofAccounts = more.accountIds.map((id) => this.of(id))
    const found = [
      ...hits.map(({ ref }) => this.of(ref.accountId).get(ref.ticketId)),
      ...more.ticketIds.map((id, i) => ofAccounts[more.accounts[i] ?? -1]?.get(id))
    ]
    return found.filter((row) => row !== undefined)
  }

  set(row: TicketRow): void {
    this.#byKey.set(keyOf(row), row)
    const rows = this.#byAccount.get(row.accountId)
    if (rows) rows.set(row.id, row)
    else this.#byAccount.set(row.accountId, new Map([[row.id, row]]))
  }

  delete(key: string): void {
    const row = this.#byKey.get(key)
    if (!row) return
    this.#byKey.delete(key)
    this.#byAccount.get(row.accountId)?.delete(row.id)
  }
}
