/** The list of accounts, accounts.json. Where it is lost it is made again from what belongs to each account. */
import { join } from 'node:path'
import type { StoredAccount } from '../../storage/types.ts'
import { accountSchema } from '../../storage/schemas.ts'
import { idOf } from '../../storage/files/tolerant-file.ts'
import { defaultAccountRules } from '../../tickets/account-rules.ts'
import type { AccountId } from '../../tickets/ticket.ts'
import type { AuthKind } from '../../tickets/views.ts'
import { accountRowFile, accountsFile, type StoreParts } from './account-store.ts'

const accountColors = 8

/** The colour that no account has; all used, one of them again. */
export function freeColor(accounts: readonly { readonly color: number }[]): number {
  const used = new Set(accounts.map(({ color }) => color))
  return [...Array(accountColors).keys()].find((color) => !used.has(color)) ?? accounts.length % accountColors
}

/** `Name (2)`, or the next number that no account has. */
export function nextName(name: string, accounts: readonly { readonly name: string }[]): string {
  const used = new Set(accounts.map((account) => account.name))
  const plain = name.replace(/ \(\d+\)$/, '')
  let number = 2
  while (used.has(`${plain} (${number})`)) number += 1
  return `${plain} (${number})`
}

/** What is left of accounts beside their folders. */
export interface AccountTraces {
  /** Ids that drafts, entries of the outbox and secrets name. */
  readonly ids: readonly AccountId[]
  /** How its stored secret proves who asks; null where that cannot be read. */
  readonly auth: (id: AccountId) => AuthKind | null
}

export interface ReadAccounts {
  readonly accounts: readonly StoredAccount[]
  /** Ids of rows that are not understood: they are accounts, too. Null where a row has none. */
  readonly unknownIds: ReadonlySet<AccountId> | null
  /** The list itself was lost. */
  readonly isRebuilt: boolean
}

export class AccountList {
  readonly #parts: StoreParts
  readonly #file: ReturnType<typeof accountsFile>

  constructor(parts: StoreParts) {
    this.#parts = parts
    this.#file = accountsFile(parts)
  }

  /** `traces` are asked for where the list is lost. */
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

  /** Ids of the accounts that have a folder with something in it. */
  folders(): readonly AccountId[] {
    const { folder, disk } = this.#parts
    const all = join(folder, 'accounts')
    try {
      return (disk?.list?.(all) ?? []).filter((id) => (disk?.list?.(join(all, id)) ?? []).length > 0)
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
    // Of a time when nothing said what they are called and where their server is: the person knows.
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

/** Of an account that was given no name. */
export const defaultName = 'Netinternet'
