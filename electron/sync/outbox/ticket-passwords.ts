/** Server passwords of queued new tickets, kept in the vault until they are sent. */
import type { Vault } from '../../storage/types.ts'
import type { Problem } from '../../tickets/problem.ts'
import type { Notices } from '../profile/notices.ts'
import { eraseUnneeded, idsUnder } from '../accounts/vault-keys.ts'

const prefix = 'outbox:'

export class TicketPasswords {
  readonly #vault: Vault
  readonly #notices: Notices

  constructor(vault: Vault, notices: Notices) {
    this.#vault = vault
    this.#notices = notices
  }

  /** The password of an outbox entry, or why it is not available. */
  get(entryId: string): { readonly password: string } | Problem {
    const got = this.#vault.get(prefix + entryId)
    if (got.kind === 'secret') return { password: got.secret }
    return { kind: got.kind === 'locked' ? 'keychain-locked' : 'no-keychain', field: 'password' }
  }

  keep(entryId: string, password: string): void {
    if (this.#vault.put(prefix + entryId, password, false) === 'memory')
      this.#notices.add({ kind: 'password-in-memory' })
  }

  /** Erases the passwords of entries that will not be sent any more. */
  forget(entryIds: readonly string[]): void {
    // Checked first, because the vault writes for each, and most entries have none.
    const kept = new Set(idsUnder(this.#vault, prefix))
    for (const id of new Set(entryIds)) if (kept.has(id)) this.#vault.erase(prefix + id)
    if (this.#notices.has('password-in-memory') && !this.#isAnyInMemory())
      this.#notices.dismiss('password-in-memory')
  }

  /** Erases passwords of entries that no longer exist, if the app ended before they were erased. */
  eraseAllBut(entryIds: readonly string[]): void {
    eraseUnneeded(this.#vault, prefix, entryIds)
  }

  #isAnyInMemory(): boolean {
    return idsUnder(this.#vault, prefix).some((id) => !this.#vault.isStored(prefix + id))
  }
}
