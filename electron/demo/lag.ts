export interface Lag {
  /** So old, in milliseconds, a list may be. */
  readonly ms: number
  /** `cache`: made anew when it is older than `ms`. `replica`: always as things were `ms` ago. */
  readonly kind: 'cache' | 'replica'
  /** `now`: the `Date` of the answer, as if it were new. `age`: with an `Age` beside it. `made`: the `Date` when it was made. */
  readonly date: 'now' | 'age' | 'made' | 'none'
}

/** What a list shows, of all that ever stood there, with a lag. `State` must not change afterwards. */
export class LaggingView<State> {
  readonly #lag: Lag
  #past: readonly { readonly at: number; readonly state: State }[] = []
  #made: { readonly at: number; readonly state: State } | null = null

  constructor(lag: Lag) {
    this.#lag = lag
  }

  /** `state` stands there from `at` on. */
  note(state: State, at: number): void {
    const old = this.#past.findLastIndex((one) => one.at <= at - this.#lag.ms)
    this.#past = [...this.#past.slice(Math.max(0, old)), { at, state }]
  }

  /** What a list asked for at `now` shows, and when that was so. */
  read(now: number): { readonly state: State; readonly at: number } | null {
    if (this.#lag.kind === 'replica') {
      const at = now - this.#lag.ms
      const found = this.#past.findLast((one) => one.at <= at) ?? this.#past[0]
      return found ? { state: found.state, at } : null
    }
    if (this.#made === null || now - this.#made.at >= this.#lag.ms) {
      const newest = this.#past.at(-1)
      if (newest) this.#made = { at: now, state: newest.state }
    }
    return this.#made
  }

  /** Headers of an answer that was made `at`. */
  headers(now: number, at: number): Readonly<Record<string, string>> {
    const date = (when: number): string => new Date(when).toUTCString()
    switch (this.#lag.date) {
      case 'now':
        return { Date: date(now) }
      case 'age':
        return { Date: date(at), Age: String(Math.max(0, Math.floor((now - at) / 1000))) }
      case 'made':
        return { Date: date(at) }
      case 'none':
        return {}
    }
  }
}
