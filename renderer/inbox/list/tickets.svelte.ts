/** The list: rows as main tells them, filter, order and search, what is selected and what is open. */
import { countFilters, passesFilter, type Filter } from '../../../electron/tickets/list/filters.ts'
import { refOf, type TicketRef } from '../../../electron/tickets/ticket.ts'
import type { SearchAnswer, TicketRow } from '../../../electron/tickets/views.ts'
import { bridge } from '../../lib/bridge/bridge.ts'
import { onReconnect } from '../../lib/bridge/preview-bridge.ts'
import { RowPages } from '../row-pages.svelte.ts'
import { ListedAccount } from './listed-account.svelte.ts'
import { byOrder, type Order } from '../../../electron/tickets/list/order.ts'
import { KeptView, type ListView } from './kept-view.svelte.ts'
import { hitsByKey, keyOf, Rows } from './rows.ts'
import { Selection } from './selection.svelte.ts'

export class Tickets {
  query = $state('')
  /** Result of the last search; `query` is newer while somebody types. */
  #answer = $state.raw<SearchAnswer | null>(null)
  readonly answer = $derived(this.#answer)
  openKey = $state<string | null>(null)
  /** The open ticket was not opened by hand: the keyboard rests on it. */
  isGlance = $state(false)
  readonly #selection = new Selection()
  readonly view = new KeptView()
  readonly #listed = new ListedAccount()
  /** The row the keyboard is on; often, not always, the open one. */
  #cursor = $state<string | null>(null)
  /** Last position of the cursor, for when its row disappears. */
  #lastAt = 0
  /** Counts the person's moves, as opposed to those of the rows under the cursor. */
  moves = $state(0)
  /** Was opened from under this filter, and stays in view however it changes. */
  #stays = $state<string | null>(null)
  #rows = $state.raw<readonly TicketRow[]>([])
  readonly #known = new Rows()
  #asked = 0
  #answering: Promise<void> = Promise.resolve()
  #stops: (() => void)[] = []
  readonly #pages = new RowPages(this.#known, () => this.#sort())
  /** The list was let go in a place or a search that needs all of its rows. */
  #whole: Promise<void> | null = null
  /** Resolves when the first visible rows were drawn. */
  readonly first = this.#pages.first
  readonly loaded = $derived(this.#pages.isLoaded)

  readonly rows = $derived(this.#rows)
  readonly checked = $derived(this.#selection.keys)
  readonly hits = $derived(hitsByKey(this.answer))
  readonly unread = $derived(this.#rows.reduce((count, row) => count + (row.unread > 0 ? 1 : 0), 0))
  /** The account whose tickets are listed; null for all accounts. */
  readonly account = $derived(this.#listed.id)
  /** A search for words is sorted by relevance; one by filters alone, as `durum:açık`, in the chosen order. */
  readonly isByRelevance = $derived((this.answer?.searched.length ?? 0) > 0)
  /** Rows before the filter, sorted: all of them, or the search result. */
  readonly #candidates = $derived.by((): readonly TicketRow[] => {
    const { account } = this
    const all = this.#everywhere
    return account === null ? all : all.filter(({ accountId }) => accountId === account)
  })
  readonly #everywhere = $derived.by((): readonly TicketRow[] => {
    if (this.answer === null)
      return this.order === 'newest' ? this.#rows : [...this.#rows].sort(byOrder(this.order))
    // Read so that this runs again after changes; the map of rows is not reactive.
    if (this.#rows.length === 0) return []
    const found = this.#known.found(this.answer)
    return this.isByRelevance ? found : [...found].sort(byOrder(this.order))
  })
  readonly counts = $derived(countFilters(this.#candidates))
  readonly visible = $derived.by((): readonly TicketRow[] =>
    this.filter === 'all'
      ? this.#candidates
      : this.#candidates.filter((row) => passesFilter(this.filter, row) || keyOf(row) === this.#stays)
  )
  /** Index of the cursor; the row that took its place when its own disappeared. -1 for none. */
  readonly cursorAt = $derived.by(() => {
    if (this.#cursor === null) return -1
    const at = this.visible.findIndex((row) => keyOf(row) === this.#cursor)
    if (at === -1) return Math.min(this.#lastAt, this.visible.length - 1)
    this.#lastAt = at
    return at
  })
  readonly open = $derived.by(() => {
    // Read so that this runs again after changes; the map of rows is not reactive.
    if (this.openKey === null || this.#rows.length === 0) return null
    return this.#known.get(this.openKey) ?? null
  })
  /** The row the keyboard is on, else the open one. */
  readonly current = $derived(this.visible[this.cursorAt] ?? this.open)

  get filter(): Filter {
    return this.view.filter
  }
  set filter(filter) {
    this.view.choose({ filter })
    this.#stays = null
    // Commands must not act on rows that the filter hides.
    this.clearChecked()
  }

  get order(): Order {
    return this.view.order
  }
  set order(order) {
    this.view.choose({ order })
  }

  /** Lists only this account's tickets, or all; also in the next run. */
  showAccount(id: string | null): void {
    if (id === this.account) return
    this.#listed.choose(id)
    this.#stays = null
    this.clearChecked()
  }

  /** Asks for rows, and shows none before `place`. */
  async start(): Promise<void> {
    const loaded = this.#pages.load(this.#whole)
    this.#stops = [
      bridge.on('rows', ({ accountId, changed, removed }) => {
        for (const row of changed) {
          this.#known.set(row)
          this.#pages.noteChanged(keyOf(row))
        }
        for (const id of removed) this.#known.delete(keyOf({ accountId, id }))
        this.#sort()
        if (removed.length > 0) this.#pages.noteRemoved()
        if (this.query !== '') void this.#ask(this.query)
      }),
      onReconnect(() => void this.#pages.load())
    ]
    await loaded
  }

  /** Rows may be shown: what stands around them does. */
  place(): void {
    this.#pages.place()
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  /** The best hit is where the keyboard goes next. */
  async search(query: string): Promise<void> {
    // Main searches while the window draws.
    this.#answering = this.#ask(query)
    this.query = query
    // After clearing the search, the cursor stays on the ticket that was found.
    const goesOn = query.trim() === '' ? this.openKey : null
    this.#cursor = goesOn
    this.#stays = goesOn
    this.clearChecked()
    await this.#answering
  }

  /** Resolves when the answer to what was typed is here. */
  async answered(): Promise<void> {
    await this.#answering
  }

  async #ask(query: string): Promise<void> {
    const own = ++this.#asked
    if (query.trim() === '') {
      this.#answer = null
      return
    }
    const answer = await bridge.invoke('tickets.search', { query })
    if (answer.ok && own === this.#asked) this.#answer = answer.value
  }

  /** Moves the cursor by rows; from nowhere it starts at the open ticket, or at an end. */
  move(step: number): void {
    const start = this.cursorAt === -1 ? this.#openAt() : this.cursorAt
    this.go(start === -1 ? (step < 0 ? this.visible.length - 1 : 0) : start + step)
  }

  /** Puts the cursor at a position of the list, or at the end that is nearer. */
  go(position: number): void {
    const row = this.visible[Math.max(0, Math.min(this.visible.length - 1, position))]
    this.#cursor = row ? keyOf(row) : null
    this.#selection.anchor(this.#cursor)
    this.moves++
  }

  /** Opens a ticket. `isGlance`: only because the keyboard rests on it; it is read after a while. */
  show(row: TicketRow, isGlance = false): void {
    const key = keyOf(row)
    this.isGlance = isGlance
    this.#stays = this.visible.some((one) => keyOf(one) === key) ? key : null
    this.#cursor = key
    this.openKey = key
    this.#selection.anchor(key)
    // A ticket opened by moving the cursor is in view already.
    if (!isGlance) this.moves++
  }

  /** These need not stay in view any longer. */
  release(rows: readonly TicketRow[]): void {
    if (rows.some((row) => keyOf(row) === this.#stays)) this.#stays = null
  }

  toggle(row: TicketRow): void {
    const key = keyOf(row)
    this.#selection.toggle(key)
    this.#cursor = key
  }

  /** Selects every row from where the selection began to this one. */
  extend(row: TicketRow): void {
    this.#cursor = keyOf(row)
    this.#selection.extend(this.#cursor, this.visible.map(keyOf))
    this.moves++
  }

  checkAll(): void {
    this.#selection.set(this.visible.map(keyOf))
  }

  clearChecked(): void {
    this.#selection.clear()
  }

  checkedRows(): readonly TicketRow[] {
    return this.#rows.filter((row) => this.checked.has(keyOf(row)))
  }

  /** The selection that the row is part of, else the row alone: commands act on all of it. */
  withSelected(row: TicketRow): readonly TicketRow[] {
    return this.checked.has(keyOf(row)) ? this.checkedRows() : [row]
  }

  checkedRefs(): readonly TicketRef[] {
    return this.checkedRows().map(refOf)
  }

  rowOf({ accountId, ticketId }: TicketRef): TicketRow | undefined {
    // Read so that this runs again after changes; the map of rows is not reactive.
    return this.#rows.length === 0 ? undefined : this.#known.of(accountId).get(ticketId)
  }

  /** Brings a ticket into the list whatever hides it, and opens it. */
  reveal(row: TicketRow): void {
    if (!this.visible.includes(row)) {
      if (this.account !== null && this.account !== row.accountId) this.showAccount(null)
      this.filter = 'all'
      void this.search('')
    }
    this.show(row)
  }

  listView(): ListView {
    const { query, openKey, isGlance } = this
    const selection = this.#selection.view()
    return {
      query,
      openKey,
      isGlance,
      cursor: this.#cursor,
      cursorAt: this.#lastAt,
      stays: this.#stays,
      selection
    }
  }

  /** Call it before `start`. */
  restore({ query, openKey, isGlance, cursor, cursorAt, stays, selection }: ListView): void {
    Object.assign(this, { query, openKey, isGlance })
    this.#cursor = cursor
    this.#lastAt = cursorAt
    this.#stays = stays
    this.#selection.restore(selection)
    this.#answering = this.#ask(query)
    if (query !== '' || (this.view.list?.at ?? 0) >= 1) this.#whole = this.#answering
  }

  #openAt(): number {
    return this.openKey === null ? -1 : this.visible.findIndex((row) => keyOf(row) === this.openKey)
  }

  #sort(): void {
    this.#rows = this.#known.all().sort(byOrder('newest'))
    this.#selection.keepOnly((key) => this.#known.get(key) !== undefined)
  }
}
