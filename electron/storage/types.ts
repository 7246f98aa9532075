import type { AccountRules } from '../tickets/account-rules.ts'
import type { AccountId, ApiVersion, EpochMs, NewTicket, TicketId } from '../tickets/ticket.ts'
import type { AuthKind } from '../tickets/views.ts'

/** `locked`: the keychain needs its owner's password. `missing`: there is none. */
export type KeychainState = 'open' | 'locked' | 'missing'

/** Encrypts with the machine's keychain. The app passes in Electron's safeStorage; tests and the preview use their own. */
export interface Cipher {
  /** `mayAsk`: it may ask its owner to unlock it; resolves after they did or declined. */
  state(mayAsk: boolean): Promise<KeychainState>
  /** Rejects with KeychainLocked while the keychain is locked, otherwise if there is none. */
  encrypt(plain: string): Promise<Uint8Array>
  /** Rejects if another keychain has encrypted it. */
  decrypt(encrypted: Uint8Array): Promise<string>
}

/** Stores secrets. Their values never appear in errors, logs or other files. */
export interface Vault {
  /** Whether there is a keychain, locked or not; known after opening. */
  readonly available: boolean
  /** Whether a secret waits for the keychain in order to be stored; quitting now would lose it. */
  readonly hasUnwritten: boolean
  /**
   * Decrypts the secrets that could not be decrypted so far, and stores pending ones. Called at the start, and whenever
   * the keychain may have been unlocked. With `mayAsk` its owner may be asked for the password, without a time limit.
   * Otherwise it resolves within two seconds. Never rejects.
   */
  open(mayAsk: boolean): Promise<void>
  /**
   * Kept in memory at once and stored encrypted a moment later (`stored`); in memory only with `thisRunOnly` or while the
   * keychain is unavailable (`memory`). It is stored as soon as the keychain is available.
   */
  put(key: string, secret: string, thisRunOnly: boolean): 'stored' | 'memory'
  /** `locked`: stored, but the keychain is not open yet. `lost`: stored, but this keychain cannot decrypt it. */
  get(
    key: string
  ): { readonly kind: 'secret'; readonly secret: string } | { readonly kind: 'none' | 'locked' | 'lost' }
  isStored(key: string): boolean
  /** Keys of all secrets, stored and in memory. */
  keys(): readonly string[]
  /** Erased from memory at once, and from disk as soon as it can be written. */
  erase(key: string): void
  /** Resolves when all secrets that the keychain accepts are on disk. */
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

/** Draft of a new ticket. Without an account if none is chosen or it was removed. */
export interface NewTicketDraft {
  readonly accountId: AccountId | null
  readonly draft: NewTicket
}

/** A draft of a new ticket with the id that names it while the app runs. */
export interface ListedDraft {
  readonly id: string
  readonly ticket: NewTicketDraft
}

/**
 * Drafts of replies by ticket, and drafts of new tickets: the one shown in the window, and the queue behind it. Never
 * contains a password.
 */
export interface Drafts {
  reply(accountId: AccountId, ticketId: TicketId): string
  setReply(accountId: AccountId, ticketId: TicketId, text: string): void
  compose(): NewTicketDraft | null
  /** Replaces the draft shown in the window. Access data of servers stays in memory. */
  setCompose(accountId: AccountId | null, draft: NewTicket): void
  /** The queue behind it, the next one first. */
  composeLater(): readonly NewTicketDraft[]
  /** Shows this draft and queues the one shown before, unless it is empty. Returns a function that undoes it. */
  putInFront(ticket: NewTicketDraft): () => void
  /** Shows the next draft of the queue, of this account if given; false if there is none. */
  turnToNext(accountId: AccountId | null): boolean
  /** Replies with text. */
  replies(): readonly { readonly accountId: AccountId; readonly ticketId: TicketId; readonly text: string }[]
  /** New tickets with text, the one shown in the window first. */
  newTickets(): readonly ListedDraft[]
  /** Shows an empty draft; the one shown before waits behind the others. */
  startNew(): void
  /** Shows this draft; false if there is none with this id. */
  open(id: string): boolean
  /** Answers the removed draft; null if there is none with this id. */
  remove(id: string): NewTicketDraft | null
  /** Puts a removed draft behind the others. */
  putBehind(ticket: NewTicketDraft): void
  /** Accounts with drafts. */
  accounts(): readonly AccountId[]
  forget(accountId: AccountId): void
  /** Writes pending changes now. False if that failed; it is retried. */
  flush(): boolean
}

/** Clock and timers; tests pass in virtual ones. */
export interface Clock {
  /** This machine's wall clock. */
  now(): EpochMs
  /** Monotonic milliseconds. May stop or jump while the machine sleeps. */
  monotonic(): number
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(handle: unknown): void
}
