import { app } from '../../lib/app.svelte.ts'
import { keyOf } from '../list/rows.ts'
import type { Tickets } from '../list/tickets.svelte.ts'
import { isNarrow } from './is-narrow.ts'

/** Milliseconds on a row before its ticket opens: who holds a key down wants to get past. */
const restMs = 150

/** Beside the list, the ticket that the keyboard rests on opens, unless several are being chosen. */
export class OpenSelected {
  readonly #tickets: () => Tickets
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(tickets: () => Tickets) {
    this.#tickets = tickets
    $effect(() => () => this.stop())
  }

  /** The keyboard moved. */
  moved(): void {
    this.stop()
    this.#timer = setTimeout(() => this.#open(), restMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #open(): void {
    const { visible, cursorAt, checked, openKey } = this.#tickets()
    const row = visible[cursorAt]
    if (!row || !app.settings?.inbox.openSelected || isNarrow() || checked.size > 0) return
    if (keyOf(row) !== openKey) this.#tickets().show(row, true)
  }
}
