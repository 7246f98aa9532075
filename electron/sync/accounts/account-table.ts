import type { StoredAccount } from '../../storage/types.ts'
import type { AccountId, Ticket, TicketRef } from '../../tickets/ticket.ts'
import type { Account } from '../account.ts'
import type { AccountStore } from './account-store.ts'

export interface OpenAccount {
  readonly stored: StoredAccount
  readonly account: Account
  readonly store: AccountStore
  /** Resolves when its cache has been loaded. */
  opened: Promise<void>
  /** Aborts loading the cache. */
  readonly stopOpening: AbortController
  /** Whether marks are missing or damaged, so that it is not known for some tickets what was read. */
  readonly areMarksLost: boolean
}

/** The accounts of this run, in the order in which people see them. */
export class AccountTable {
  /** Resolves when the stored accounts are in it, or another copy of the app holds the folder. */
  readonly filled: Promise<void>
  readonly #open = new Map<AccountId, OpenAccount>()
  #resolveFilled: () => void = () => undefined

  constructor() {
    this.filled = new Promise((resolve) => (this.#resolveFilled = resolve))
  }

  setFilled(): void {
    this.#resolveFilled()
  }

  all(): readonly OpenAccount[] {
    return [...this.#open.values()]
  }

  stored(): readonly StoredAccount[] {
    return this.all().map(({ stored }) => stored)
  }

  accounts(): readonly Account[] {
    return this.all().map(({ account }) => account)
  }

  get(id: AccountId): OpenAccount | null {
    return this.#open.get(id) ?? null
  }

  account(id: AccountId): Account | null {
    return this.#open.get(id)?.account ?? null
  }

  ticket({ accountId, ticketId }: TicketRef): Ticket | null {
    return this.account(accountId)?.list.ticket(ticketId) ?? null
  }

  set(entry: OpenAccount): void {
    this.#open.set(entry.stored.id, entry)
  }

  delete(id: AccountId): void {
    this.#open.delete(id)
  }

  clear(): void {
    this.#open.clear()
  }
}
