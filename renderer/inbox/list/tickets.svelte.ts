/** The list: rows as main tells them, filter, order and search, what is selected and what is open. */
import { countFilters, passesFilter, type Filter } from '../../../electron/tickets/list/filters.ts'
import { refOf, type TicketRef } from '../../../electron/tickets/ticket.ts'
import type { SearchAnswer, TicketRow } from '../../../electron/tickets/views.ts'
import { bridge } from '../../lib/bridge/bridge.ts'
import { onReconnect } from '../../lib/bridge/preview-bridge.ts'
import { gate } from '../../lib/gate.ts'
import { idle } from '../../lib/idle.ts'
import { firstPage } from '../../main-window/first-page.ts'
import { ListedAccount } from './listed-account.svelte.ts'
import { byOrder, type Order } from '../../../electron/tickets/list/order.ts'
import { KeptView } from './kept-view.svelte.ts'
import { hitsByKey, keyOf, Rows } from './rows.ts'
import { Selection } from './selection.svelte.ts'

/** Rows asked for at once after the first ones, in pieces that hold nothing up. */
const page = 250

export class Tickets {
  loaded = $state(false)
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
  #turn = 0
  #loading = false
  /** Rows that main told of since it was asked for a page, whose rows can be older. */
  #told = new Set<string>()
  #stops: (() => void)[] = []
  readonly #place = gate()
  readonly #first = gate()
  /** Resolves when the first visible rows were drawn. */
  readonly first = this.#first.opened

  readonly rows = $derived(this.#rows)
  readonly checked = $derived(this.#selection.keys)
  readonly hits = $derived(hitsByKey(this.answer))
  readonly unread = $derived(this.#rows.reduce((count, row) => count + (row.unread > 0 ? 1 : 0), 0))
  /** The account whose tickets are listed; null for all accounts. */
  readonly account = $derived(this.#listed.id)
  /** Rows before the filter, sorted: all of them, or the search result by relevance. */
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
    return this.#known.found(this.answer)
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
    const loaded = this.#load()
    this.#stops = [
      bridge.on('rows', ({ accountId, changed, removed }) => {
        for (const row of changed) {
          this.#known.set(row)
          if (this.#loading) this.#told.add(keyOf(row))
        }
        for (const id of removed) this.#known.delete(keyOf({ accountId, id }))
        this.#sort()
        // A page requested earlier could bring a removed row back, so the pages are requested again.
        if (removed.length > 0 && this.#loading) void this.#load()
        if (this.query !== '') void this.#ask(this.query)
      }),
      onReconnect(() => void this.#load())
    ]
    await loaded
  }

  /** Rows may be shown: what stands around them does. */
  place(): void {
    this.#place.open()
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

  async #load(): Promise<void> {
    const own = ++this.#turn
    this.#loading = true
    const had = new Set(this.#known.keys())
    let from = 0
    for (;;) {
      const asked = from === 0 ? firstPage : { from, count: page }
      this.#told.clear()
      const rows = await bridge.invoke('tickets.rows', asked)
      await this.#place.opened
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
      // Updates once for the first page, once for all rows.
      if (isLast || !this.loaded) this.#sort()
      // Draws the first page before loading the rest.
      const drawn = this.loaded ? null : idle().then(this.#first.open)
      this.loaded = true
      if (isLast) break
      await drawn
    }
    this.#loading = false
  }

  #openAt(): number {
    return this.openKey === null ? -1 : this.visible.findIndex((row) => keyOf(row) === this.openKey)
  }

  #sort(): void {
    this.#rows = this.#known.all().sort(byOrder('newest'))
    this.#selection.keepOnly((key) => this.#known.get(key) !== undefined)
  }
}
