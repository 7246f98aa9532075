/** The list of accounts, accounts.json. A lost list is rebuilt from the accounts' folders. */
import { join } from 'node:path'
import type { StoredAccount } from '../../storage/types.ts'
import { accountSchema } from '../../storage/schemas.ts'
import { idOf } from '../../storage/files/tolerant-file.ts'
import { defaultAccountRules } from '../../tickets/account-rules.ts'
import type { AccountId } from '../../tickets/ticket.ts'
import type { AuthKind } from '../../tickets/views.ts'
import { accountRowFile, accountsFile, type StoreParts } from './account-store.ts'

const accountColors = 8

/** A colour that no account has, if there is one. */
export function freeColor(accounts: readonly { readonly color: number }[]): number {
  const used = new Set(accounts.map(({ color }) => color))
  return [...Array(accountColors).keys()].find((color) => !used.has(color)) ?? accounts.length % accountColors
}

/** Appends the first free number to a name: `Name (2)`. */
export function nextName(name: string, accounts: readonly { readonly name: string }[]): string {
  const used = new Set(accounts.map((account) => account.name))
  const plain = name.replace(/ \(\d+\)$/, '')
  let number = 2
  while (used.has(`${plain} (${number})`)) number += 1
  return `${plain} (${number})`
}

/** Traces of accounts outside their folders. */
export interface AccountTraces {
  /** Account ids in drafts, outbox entries and secrets. */
  readonly ids: readonly AccountId[]
  /** The kind of its stored credentials; null if they are unreadable. */
  readonly auth: (id: AccountId) => AuthKind | null
}

export interface ReadAccounts {
  readonly accounts: readonly StoredAccount[]
  /** Ids of rows that are not understood, which are accounts as well. Null if such a row has no id. */
  readonly unknownIds: ReadonlySet<AccountId> | null
  /** Whether the list was lost. */
  readonly isRebuilt: boolean
}

export class AccountList {
  readonly #parts: StoreParts
  readonly #file: ReturnType<typeof accountsFile>

  constructor(parts: StoreParts) {
    this.#parts = parts
    this.#file = accountsFile(parts)
  }

  /** `traces` is called if the list is lost. */
  read(traces: () => AccountTraces): ReadAccounts {
    const read = this.#file.read()
    const accounts = read ? read.accounts : this.#rebuild(traces())
    const unknown = this.#file.unknownRows('accounts').map(idOf)
    const ids = unknown.flatMap((id) => id ?? [])
    return {
      accounts,
      unknownIds: ids.length === unknown.length ? new Set(ids) : null,
      isRebuilt: !read && accounts.length + unknown.length > 0
    }
  }

  write(accounts: readonly StoredAccount[]): boolean {
    return this.#file.write({ accounts })
  }

  /** Ids of accounts with a folder that is not empty. */
  folders(): readonly AccountId[] {
    const all = join(this.#parts.folder, 'accounts')
    return this.#namesIn(all).filter((id) => this.#namesIn(join(all, id)).length > 0)
  }

  /** None also for what is no folder: file managers leave files of their own (`.DS_Store`). */
  #namesIn(path: string): readonly string[] {
    try {
      return this.#parts.disk?.list?.(path) ?? []
    } catch {
      return []
    }
  }

  #rebuild({ ids, auth }: AccountTraces): readonly StoredAccount[] {
    const accounts: StoredAccount[] = []
    const nameless: AccountId[] = []
    for (const id of new Set([...this.folders(), ...ids])) {
      const row = accountRowFile(this.#parts, id).read()
      const known = accountSchema.safeParse(row)
      if (known.success && known.data.id === id) accounts.push(known.data)
      else if (idOf(row) === id) this.#file.addUnknownRow('accounts', row)
      else nameless.push(id)
    }
    // Earlier versions did not store name and address in the folder: the person has to enter them.
    for (const id of nameless) {
      const name = accounts.some((one) => one.name === defaultName)
        ? nextName(defaultName, accounts)
        : defaultName
      accounts.push({
        id,
        name,
        color: freeColor(accounts),
        version: 'v2',
        baseUrl: '',
        auth: auth(id) ?? 'bearer',
        paused: false,
        demo: false,
        rules: defaultAccountRules
      })
    }
    return accounts
  }
}

/** Default name of an account. */
export const defaultName = 'Netinternet'
