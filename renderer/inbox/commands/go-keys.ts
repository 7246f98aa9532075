/** `g` and a letter: to another screen. */
export class GoKeys {
  readonly #screens: Readonly<Record<string, () => void>>
  #isWaiting = false

  /** By the letter that leads to it. */
  constructor(screens: Readonly<Record<string, () => void>>) {
    this.#screens = screens
  }

  /** `g` was pressed. */
  begin(): void {
    this.#isWaiting = true
  }

  /** Whether this key was waited for and leads somewhere; any other one ends the waiting. */
  takes(event: KeyboardEvent): boolean {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    const letter = event.key.toLowerCase()
    const go = this.#isWaiting && isPlain && Object.hasOwn(this.#screens, letter) && this.#screens[letter]
    this.#isWaiting = false
    if (!go) return false
    event.preventDefault()
    go()
    return true
  }
}
