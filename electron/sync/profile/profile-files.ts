/** The files of the profile folder: accounts, outbox, and files that were set aside. */
import { join } from 'node:path'
import { setAsideFiles, type SetAsideFiles } from '../../storage/files/set-aside.ts'
import { doubtfulEntry, type StoredEntry } from '../../storage/schemas.ts'
import { idOf } from '../../storage/files/tolerant-file.ts'
import { AccountList, type AccountTraces, type ReadAccounts } from '../accounts/account-list.ts'
import { outboxFile, type StoreParts } from '../accounts/account-store.ts'
import type { CredentialStore } from '../accounts/credentials.ts'
import type { Notices } from './notices.ts'
import type { ProfileDrafts } from './profile-drafts.ts'
import type { TicketPasswords } from '../outbox/ticket-passwords.ts'

export interface ReadLists extends ReadAccounts {
  readonly entries: readonly StoredEntry[]
}

export interface ProfileFilesParts {
  readonly store: StoreParts
  readonly credentials: CredentialStore
  readonly passwords: TicketPasswords
  readonly drafts: ProfileDrafts
  readonly notices: Notices
}

export class ProfileFiles {
  readonly accounts: AccountList
  readonly outbox: ReturnType<typeof outboxFile>
  readonly setAside: SetAsideFiles
  readonly #parts: ProfileFilesParts

  constructor(parts: ProfileFilesParts) {
    this.#parts = parts
    const { folder, disk } = parts.store
    this.accounts = new AccountList(parts.store)
    this.outbox = outboxFile(parts.store)
    const lists = ['accounts.json', 'outbox.json', 'drafts.json'].map((name) => ({
      name,
      folders: () => [folder]
    }))
    const ownFolders = (): readonly string[] =>
      this.accounts.folders().map((id) => join(folder, 'accounts', id))
    const ownFiles = ['sent.json', 'work.json'].map((name) => ({ name, folders: ownFolders }))
    this.setAside = setAsideFiles([...lists, ...ownFiles], disk)
  }

  /** Reads everything except the files of single accounts. Erases secrets that are no longer used. */
  read(): ReadLists {
    const { notices, passwords } = this.#parts
    const entries = this.#readOutbox()
    const unknownEntries = this.outbox.unknownRows('entries').map(idOf)
    const neededEntries = entries && this.#idsOfAll('outbox.json', entries, unknownEntries)
    if (neededEntries) passwords.eraseAllBut(neededEntries)
    const read = this.accounts.read(() => this.#traces(entries ?? []))
    if (read.isRebuilt) notices.add({ kind: 'accounts-rebuilt' })
    else this.#eraseUnneededCredentials(read)
    for (const notice of this.setAside.notices()) notices.add(notice)
    return { ...read, entries: entries ?? [] }
  }

  #readOutbox(): readonly StoredEntry[] | undefined {
    const entries = this.outbox.read()?.entries
    if (!entries || !this.outbox.isSalvaged) return entries
    this.#parts.notices.add({ kind: 'file-partly-damaged', detail: 'outbox.json' })
    const doubtful = entries.map(doubtfulEntry)
    this.outbox.write({ entries: doubtful, removed: [] })
    return doubtful
  }

  #eraseUnneededCredentials({ accounts, unknownIds }: ReadAccounts): void {
    const ids = this.#idsOfAll('accounts.json', accounts, [...(unknownIds ?? [null])])
    if (ids) this.#parts.credentials.eraseAllBut([...ids, ...this.accounts.folders()])
  }

  /**
   * Null if not all account ids are known, because of a file that was set aside and may be restored, or because of a row
   * without an id.
   */
  #idsOfAll(
    file: string,
    rows: readonly { readonly id: string }[],
    unknownIds: readonly (string | null)[]
  ): readonly string[] | null {
    if (unknownIds.includes(null) || this.setAside.has(file)) return null
    return [...rows.map(({ id }) => id), ...unknownIds.flatMap((id) => id ?? [])]
  }

  /** Traces of accounts, for rebuilding a lost list. */
  #traces(entries: readonly StoredEntry[]): AccountTraces {
    const { credentials, drafts } = this.#parts
    const ids = new Set([...entries.map(({ accountId }) => accountId), ...drafts.get().accounts()])
    // A token alone is left by a first connection during which the app crashed.
    const isLost = ids.size + this.accounts.folders().length > 0 || this.setAside.has('accounts.json')
    return {
      ids: [...ids, ...(isLost ? credentials.ids() : [])],
      auth: (id) => credentials.auth(id)
    }
  }
}
