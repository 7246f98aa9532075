/** The credentials of all accounts in the vault, and the notices about the keychain. */
import type { Credentials, TicketApi } from '../../api/api.ts'
import { packTicket } from '../../storage/lines/packed-tickets.ts'
import type { StoredAccount, Vault } from '../../storage/types.ts'
import type { AccountId } from '../../tickets/ticket.ts'
import type { AuthKind } from '../../tickets/views.ts'
import type { AccountParts } from '../account-parts.ts'
import type { AccountTable } from './account-table.ts'
import { packCredentials, unpackCredentials } from './connect.ts'
import type { Notices } from '../profile/notices.ts'
import type { EngineOptions } from '../types.ts'
import { eraseUnneeded, idsUnder } from './vault-keys.ts'

const prefix = 'account:'
const keyOf = (id: AccountId): string => prefix + id

interface CredentialParts {
  readonly vault: Vault
  readonly table: AccountTable
  readonly notices: Notices
  readonly createApi: EngineOptions['createApi']
}

export class CredentialStore {
  readonly #parts: CredentialParts

  constructor(parts: CredentialParts) {
    this.#parts = parts
  }

  /** Opens the vault without asking the owner of the keychain. */
  async open(): Promise<void> {
    await this.#parts.vault.open(false)
  }

  isStored(id: AccountId): boolean {
    return this.#parts.vault.isStored(keyOf(id))
  }

  isSame(credentials: Credentials, id: AccountId): boolean {
    const got = this.#parts.vault.get(keyOf(id))
    return got.kind === 'secret' && got.secret === packCredentials(credentials)
  }

  /** The kind of the account's stored credentials; null if they are unreadable. */
  auth(id: AccountId): AuthKind | null {
    const got = this.#parts.vault.get(keyOf(id))
    return got.kind === 'secret' ? (unpackCredentials(got.secret)?.kind ?? null) : null
  }

  /** Ids of all accounts with a stored secret, also of unlisted ones. */
  ids(): readonly AccountId[] {
    return idsUnder(this.#parts.vault, prefix)
  }

  api(
    { id, baseUrl, version }: Pick<StoredAccount, 'id' | 'baseUrl' | 'version'>,
    credentials: Credentials
  ): TicketApi {
    return this.#parts.createApi({ accountId: id, baseUrl, version, credentials, keep: packTicket })
  }

  /** An API with the stored credentials, or why there is none. */
  storedApi(stored: StoredAccount): AccountParts['api'] {
    if (stored.baseUrl === '') return 'no-address'
    const got = this.#parts.vault.get(keyOf(stored.id))
    if (got.kind === 'locked') return 'keychain-locked'
    const credentials = got.kind === 'secret' ? unpackCredentials(got.secret) : null
    return credentials ? this.api(stored, credentials) : 'no-credentials'
  }

  keep(id: AccountId, credentials: Credentials, thisRunOnly: boolean): void {
    const { vault, notices } = this.#parts
    const where = vault.put(keyOf(id), packCredentials(credentials), thisRunOnly)
    // A locked keychain stores the secret later; there is a notice about it already.
    if (where === 'memory' && !thisRunOnly && !vault.available) notices.add({ kind: 'no-keychain' })
    else if (where === 'memory' && !thisRunOnly) void vault.open(true).then(() => this.unlock(false))
    this.#dismissNotices()
  }

  erase(id: AccountId): void {
    this.#parts.vault.erase(keyOf(id))
  }

  /** Erases secrets of accounts that no longer exist, if the app ended before they were erased. */
  eraseAllBut(ids: readonly AccountId[]): void {
    eraseUnneeded(this.#parts.vault, prefix, ids)
  }

  /**
   * Retries to read unreadable secrets and passes them to their accounts, and to store those that could not be. `mayAsk`: the owner of the keychain may be asked
   * for its password. Never rejects.
   */
  async unlock(mayAsk: boolean): Promise<void> {
    const { vault, table } = this.#parts
    const waiting = table.all().filter(({ account }) => !account.hasCredentials)
    if (waiting.length > 0 || vault.hasUnwritten) await vault.open(mayAsk)
    for (const { stored, account } of waiting) {
      const now = table.get(stored.id)
      const api = now?.account === account ? this.storedApi(now.stored) : 'no-credentials'
      if (typeof api !== 'string')
        await account.runExclusive(() => {
          account.setApi(api)
          return Promise.resolve()
        })
    }
    this.#dismissNotices()
  }

  /** Adds a notice if the account's secret is unreadable. */
  noticeUnreadable({ id, name }: StoredAccount): void {
    const { kind } = this.#parts.vault.get(keyOf(id))
    if (kind === 'lost') this.#parts.notices.add({ kind: 'keychain-changed', detail: name })
    if (kind === 'locked') this.#parts.notices.add({ kind: 'keychain-locked', detail: name })
  }

  /** Removes notices that no longer apply to any account. */
  #dismissNotices(): void {
    const { vault, table, notices } = this.#parts
    const kinds = new Set(table.stored().map(({ id }) => vault.get(keyOf(id)).kind))
    if (!kinds.has('locked')) notices.dismiss('keychain-locked')
    if (!kinds.has('lost')) notices.dismiss('keychain-changed')
    if (!vault.hasUnwritten) notices.dismiss('no-keychain')
  }
}
