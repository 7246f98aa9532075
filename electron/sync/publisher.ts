import { dialects } from '../api/dialects/index.ts'
import { departmentsOf } from '../tickets/departments.ts'
import type { AccountId, TicketId } from '../tickets/ticket.ts'
import type { AccountView } from '../tickets/views.ts'
import type { AccountTable, OpenAccount } from './accounts/account-table.ts'
import type { CredentialStore } from './accounts/credentials.ts'
import type { EngineEvents } from './types.ts'

/** Tells windows and the desktop what changed about accounts and their tickets. */
export class Publisher {
  readonly events: EngineEvents
  readonly #table: AccountTable
  readonly #credentials: CredentialStore

  constructor(events: EngineEvents, table: AccountTable, credentials: CredentialStore) {
    this.events = events
    this.#table = table
    this.#credentials = credentials
  }

  view({ stored, account }: OpenAccount): AccountView {
    return {
      id: stored.id,
      name: stored.name,
      color: stored.color,
      version: stored.version,
      baseUrl: stored.baseUrl,
      auth: stored.auth,
      demo: stored.demo,
      rules: stored.rules,
      sentForm: account.sentForm,
      damagesLetters: account.marks.letterDamage !== null,
      paused: stored.paused,
      secretStored: this.#credentials.isStored(stored.id),
      connection: account.connection(),
      unread: account.list.unread,
      departments: departmentsOf(stored.version),
      listsServices: dialects[stored.version].services !== null
    }
  }

  views(): readonly AccountView[] {
    return this.#table.all().map((entry) => this.view(entry))
  }

  accounts(): void {
    this.events.accounts(this.views())
  }

  /** Publishes these rows if they changed since the last time, and the accounts' counts. */
  refreshRows(accountId: AccountId, ids: readonly TicketId[]): void {
    const changed = this.#table.account(accountId)?.list.refreshState(ids) ?? []
    if (changed.length > 0) this.events.rows({ accountId, changed, removed: [] })
    this.accounts()
  }

  rowsGone(accountId: AccountId, removed: readonly TicketId[]): void {
    this.events.rows({ accountId, changed: [], removed })
  }
}
