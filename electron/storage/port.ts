import type { AccountId, ApiVersion, EpochMs, NewTicket, TicketId } from '../tickets/ticket.ts'
import type { AuthKind } from '../tickets/views.ts'

/** Encrypts with the machine's keychain; main hands in Electron's safeStorage, tests and the preview their own. */
export interface Cipher {
  /** False: no keychain (on Linux `basic_text` counts as none). */
  isAvailable(): boolean
  encrypt(plain: string): Uint8Array
  /** Throws when the keychain is another one than that which encrypted. */
  decrypt(encrypted: Uint8Array): string
}

/** Where secrets live. Values never appear in an error, a log or any other file. */
export interface Vault {
  readonly available: boolean
  /** Stored encrypted, or in memory when `thisRunOnly` or where there is no keychain. Answers where it went. */
  put(key: string, secret: string, thisRunOnly: boolean): 'stored' | 'memory'
  /** `lost`: it is stored, but this keychain cannot read it. */
  get(key: string): { readonly kind: 'secret'; readonly secret: string } | { readonly kind: 'none' | 'lost' }
  isStored(key: string): boolean
  /** Of all secrets, stored and in memory. */
  keys(): readonly string[]
  /** Gone for this run at once; on disk, where that fails, as soon as it can be written. */
  erase(key: string): void
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
}

/** Drafts of replies per ticket, and the one of the new-ticket window. Never a password. */
export interface Drafts {
  reply(accountId: AccountId, ticketId: TicketId): string
  setReply(accountId: AccountId, ticketId: TicketId, text: string): void
  compose(): { readonly accountId: AccountId | null; readonly draft: NewTicket } | null
  /** How to get into a server stays in memory. */
  setCompose(accountId: AccountId | null, draft: NewTicket): void
  forgetCompose(): void
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
