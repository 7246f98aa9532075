import { app } from '../../lib/app.svelte.ts'
import { digitOfKey } from './keys.ts'

interface Destinations {
  /** Null shows all accounts. */
  readonly account: (accountId: string | null) => void
  /** Screens by their letter. */
  readonly screens: Readonly<Record<string, () => void>>
}

/** `g` and a letter opens a screen; with several accounts, `g` and a digit shows one by its place, 0 all of them. */
export class GoKeys {
  readonly #destinations: Destinations
  #isWaiting = false

  constructor(destinations: Destinations) {
    this.#destinations = destinations
  }

  /** `g` was pressed. */
  begin(): void {
    this.#isWaiting = true
  }

  /** Whether this key followed `g` and leads somewhere; any other key ends the waiting. */
  takes(event: KeyboardEvent): boolean {
    const go = this.#isWaiting ? this.#destinationOf(event) : undefined
    this.#isWaiting = false
    if (!go) return false
    event.preventDefault()
    go()
    return true
  }

  #destinationOf(event: KeyboardEvent): (() => void) | undefined {
    const { account, screens } = this.#destinations
    const digit = digitOfKey(event)
    if (digit === null) {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
      const letter = event.key.toLowerCase()
      return isPlain && Object.hasOwn(screens, letter) ? screens[letter] : undefined
    }
    const chosen = app.accounts[digit - 1]
    if (app.accounts.length < 2 || (digit > 0 && !chosen)) return undefined
    return () => account(chosen?.id ?? null)
  }
}
