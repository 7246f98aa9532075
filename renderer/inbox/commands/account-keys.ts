import { app } from '../../lib/app.svelte.ts'
import { digitOfKey } from './keys.ts'

/** `g` and a digit: an account by its place, 0 for all. Where there is one account only they mean nothing. */
export class AccountKeys {
  readonly #choose: (accountId: string | null) => void
  #isWaiting = false

  constructor(choose: (accountId: string | null) => void) {
    this.#choose = choose
  }

  /** `g` was pressed. */
  begin(): void {
    this.#isWaiting = app.accounts.length > 1
  }

  /** Whether this key was waited for and means an account; any other one ends the waiting. */
  takes(event: KeyboardEvent): boolean {
    const digit = this.#isWaiting ? digitOfKey(event) : null
    this.#isWaiting = false
    const account = digit === null ? undefined : app.accounts[digit - 1]
    if (digit !== 0 && !account) return false
    event.preventDefault()
    this.#choose(account?.id ?? null)
    return true
  }
}
