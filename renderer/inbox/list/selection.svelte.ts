export interface SelectionView {
  readonly keys: readonly string[]
  readonly anchor: string | null
}

/** Rows that are ticked, by key, and where a range with Shift begins. */
export class Selection {
  keys = $state.raw<ReadonlySet<string>>(new Set())
  #anchor: string | null = null

  view(): SelectionView {
    return { keys: [...this.keys], anchor: this.#anchor }
  }

  restore({ keys, anchor }: SelectionView): void {
    this.keys = new Set(keys)
    this.#anchor = anchor
  }

  /** A range begins here. */
  anchor(key: string | null): void {
    this.#anchor = key
  }

  toggle(key: string): void {
    const next = new Set(this.keys)
    if (!next.delete(key)) next.add(key)
    this.keys = next
    this.#anchor = key
  }

  /** Selects everything of `all` from where the range began to `key`. */
  extend(key: string, all: readonly string[]): void {
    const to = all.indexOf(key)
    const from = this.#anchor === null ? to : Math.max(0, all.indexOf(this.#anchor))
    this.keys = new Set(all.slice(Math.min(from, to), Math.max(from, to) + 1))
    this.#anchor ??= key
  }

  set(keys: Iterable<string>): void {
    this.keys = new Set(keys)
  }

  clear(): void {
    if (this.keys.size > 0) this.keys = new Set()
  }

  /** Forgets rows that are gone. */
  keepOnly(exists: (key: string) => boolean): void {
    const kept = [...this.keys].filter(exists)
    if (kept.length < this.keys.size) this.keys = new Set(kept)
  }
}
