export interface StaleList {
  /** Maximum age of a list, in milliseconds. */
  readonly ms: number
  /** `cache`: a list is reused until it is older than `ms`. `replica`: a list always shows the state of `ms` ago. */
  readonly kind: 'cache' | 'replica'
  /**
   * Headers of the answer. `now`: the current `Date`, as if the list were fresh. `age`: the `Date` at which the list was
   * made, and its `Age`. `made`: only that `Date`. `none`: neither.
   */
  readonly date: 'now' | 'age' | 'made' | 'none'
}

/** Records the states of the list and returns an outdated one, as a cache or replica does. `State` must be immutable. */
export class StaleListView<State> {
  readonly #options: StaleList
  #history: readonly { readonly at: number; readonly state: State }[] = []
  #cached: { readonly at: number; readonly state: State } | null = null

  constructor(options: StaleList) {
    this.#options = options
  }

  /** Records that `state` is current from `at` on. */
  record(state: State, at: number): void {
    const old = this.#history.findLastIndex((entry) => entry.at <= at - this.#options.ms)
    this.#history = [...this.#history.slice(Math.max(0, old)), { at, state }]
  }

  /** The state that a list requested at `now` shows, and the time from which that state is. */
  read(now: number): { readonly state: State; readonly at: number } | null {
    if (this.#options.kind === 'replica') {
      const at = now - this.#options.ms
      const found = this.#history.findLast((entry) => entry.at <= at) ?? this.#history[0]
      return found ? { state: found.state, at } : null
    }
    if (this.#cached === null || now - this.#cached.at >= this.#options.ms) {
      const newest = this.#history.at(-1)
      if (newest) this.#cached = { at: now, state: newest.state }
    }
    return this.#cached
  }

  /** Headers of a list that was made at `at`. */
  headers(now: number, at: number): Readonly<Record<string, string>> {
    const date = (when: number): string => new Date(when).toUTCString()
    switch (this.#options.date) {
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
