import { bridge } from '../lib/bridge/bridge.ts'
import { deferred } from '../lib/deferred.ts'
import { idle } from '../lib/idle.ts'
import { firstPage } from '../main-window/first-page.ts'
import { keyOf, type Rows } from './list/rows.ts'

/** Rows asked for at once after the first ones, in pieces that hold nothing up. */
const page = 250

/** Loads all rows from main, page by page, while main tells what changes. */
export class RowPages {
  isLoaded = $state(false)
  readonly #known: Rows
  readonly #show: () => void
  #turn = 0
  #isLoading = false
  /** Rows that main told of since it was asked for a page, whose rows can be older. */
  #told = new Set<string>()
  readonly #place = deferred()
  readonly #first = deferred()
  /** Resolves when the first visible rows were drawn. */
  readonly first = this.#first.promise

  /** `show` draws what is known by then. */
  constructor(known: Rows, show: () => void) {
    this.#known = known
    this.#show = show
  }

  /** Rows may be shown: what stands around them does. */
  place(): void {
    this.#place.resolve()
  }

  /** Main told of this row. */
  noteChanged(key: string): void {
    if (this.#isLoading) this.#told.add(key)
  }

  /** A page requested earlier could bring a removed row back, so the pages are requested again. */
  noteRemoved(): void {
    if (this.#isLoading) void this.load()
  }

  /** `whole`: shows no row before it resolves and all rows are here, for a list that is scrolled or searched. */
  async load(whole: Promise<unknown> | null = null): Promise<void> {
    const own = ++this.#turn
    this.#isLoading = true
    const had = new Set(this.#known.keys())
    let from = 0
    for (;;) {
      const asked = from === 0 ? firstPage : { from, count: page }
      this.#told.clear()
      const rows = await bridge.invoke('tickets.rows', asked)
      await this.#place.promise
      if (own !== this.#turn) return
      if (!rows.ok) break
      for (const row of rows.value) {
        const key = keyOf(row)
        if (!this.#told.has(key)) this.#known.set(row)
        had.delete(key)
      }
      from += rows.value.length
      const isLast = rows.value.length < asked.count
      // A row that was known before and is in no page was removed.
      if (isLast) for (const key of had) this.#known.delete(key)
      if (isLast) await whole
      // Updates once for the first page, once for all rows.
      if (isLast || (!this.isLoaded && whole === null)) await this.#draw(isLast)
      if (isLast) break
    }
    this.#isLoading = false
  }

  async #draw(isLast: boolean): Promise<void> {
    this.#show()
    // Draws the first page before loading the rest.
    const drawn = this.isLoaded ? null : idle().then(this.#first.resolve)
    this.isLoaded = true
    if (!isLast) await drawn
  }
}
