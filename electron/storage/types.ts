import type { AccountRules } from '../tickets/account-rules.ts'
import type { AccountId, ApiVersion, EpochMs, NewTicket, TicketId } from '../tickets/ticket.ts'
import type { AuthKind } from '../tickets/views.ts'

/** `locked`: the keychain is there, and waits for its owner's password. `missing`: there is none. */
export type KeychainState = 'open' | 'locked' | 'missing'

/** Encrypts with the machine's keychain; main hands in Electron's safeStorage, tests and the preview their own. */
export interface Cipher {
  /** `mayAsk`: it may ask its owner to unlock it, and answers when they did, or would not. */
  state(mayAsk: boolean): Promise<KeychainState>
  encrypt(plain: string): Promise<Uint8Array>
  /** Rejects when the keychain is another one than that which encrypted. */
  decrypt(encrypted: Uint8Array): Promise<string>
}

/** Where secrets live. Values never appear in an error, a log or any other file. */
export interface Vault {
  /** There is a keychain, be it locked; known once it was opened. */
  readonly available: boolean
  /**
   * Asks the keychain for what could not be read so far, and hands it what waits to be stored. At the start, and again
   * when it may have been unlocked. With `mayAsk` its owner may be asked for its password: that takes as long as they
   * take. Without, it answers within two seconds. Never rejects.
   */
  open(mayAsk: boolean): Promise<void>
  /**
   * Kept in memory at once, and stored encrypted a moment later (`stored`); in memory only when `thisRunOnly` or while
   * the keychain takes nothing (`memory`). What the keychain takes later is stored then.
   */
  put(key: string, secret: string, thisRunOnly: boolean): 'stored' | 'memory'
  /** `locked`: it is stored, and the keychain was not opened yet. `lost`: it is stored, but this keychain cannot read it. */
  get(
    key: string
  ): { readonly kind: 'secret'; readonly secret: string } | { readonly kind: 'none' | 'locked' | 'lost' }
  isStored(key: string): boolean
  /** Of all secrets, stored and in memory. */
  keys(): readonly string[]
  /** Gone for this run at once; on disk, where that fails, as soon as it can be written. */
  erase(key: string): void
  /** Resolves when everything that the keychain takes is on disk. */
  settled(): Promise<void>
}

export interface StoredAccount {
  readonly id: AccountId
  readonly name: string
  readonly color: number
  readonly version: ApiVersion
  readonly baseUrl: string
  readonly auth: AuthKind
  readonly paused: boolean
  readonly demo: boolean
  readonly rules: AccountRules
}

/** A new ticket that is being written; without an account none was chosen, or it is gone. */
export interface NewTicketDraft {
  readonly accountId: AccountId | null
  readonly draft: NewTicket
}

/**
 * Drafts of replies per ticket, and those of the new-ticket window: the one that stands in it, and those that wait
 * behind. Never a password.
 */
export interface Drafts {
  reply(accountId: AccountId, ticketId: TicketId): string
  setReply(accountId: AccountId, ticketId: TicketId, text: string): void
  compose(): NewTicketDraft | null
  /** Instead of the one that stands in the window. How to get into a server stays in memory. */
  setCompose(accountId: AccountId | null, draft: NewTicket): void
  /** Those that wait behind it, the next one first. */
  composeLater(): readonly NewTicketDraft[]
  /** Before the one that stands in the window, which waits behind it unless nothing is written there. Answers what undoes it. */
  putInFront(ticket: NewTicketDraft): () => void
  /** The next one comes to the front, of this account where one is named; false where there is none. */
  turnToNext(accountId: AccountId | null): boolean
  /** Those that something is written for. */
  accounts(): readonly AccountId[]
  forget(accountId: AccountId): void
  /** Writes now what was not written yet. False when it could not be; it is tried again. */
  flush(): boolean
}

/** A clock and timers, so that tests own time. */
export interface Clock {
  /** This machine's wall clock. */
  now(): EpochMs
  /** Milliseconds that only grow; stands still or jumps while the machine sleeps, as the system's does. */
  monotonic(): number
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(handle: unknown): void
}
