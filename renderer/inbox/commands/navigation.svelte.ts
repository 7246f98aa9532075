import { tick } from 'svelte'
import type { Filter } from '../../../electron/tickets/list/filters.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { app } from '../../lib/app.svelte.ts'
import { neighbourRow } from '../list/rows.ts'
import type { Actions } from './actions.svelte.ts'
import type { Tickets } from '../list/tickets.svelte.ts'
import { isNarrow } from './is-narrow.ts'
import { OpenSelected } from './open-selected.svelte.ts'

/** A selection in a text field, in UTF-16 units. */
interface FieldRange {
  readonly start: number
  readonly end: number
}

interface Focusable {
  readonly focus: () => void
}
interface OpenThread extends Focusable {
  /** Resolves when the ticket was loaded. */
  readonly loaded: () => Promise<void>
  readonly focusReply: () => void
}

/** The components currently shown. */
interface Parts {
  readonly tickets: Tickets
  readonly list: Focusable | undefined
  readonly thread: OpenThread | undefined
  readonly toolbar: { readonly focusSearch: (range?: FieldRange) => void } | undefined
}

/** Moves between list and thread. In a narrow window the thread covers the list, and the focus follows. */
export class Navigation {
  readonly #parts: () => Parts
  readonly #openSelected: OpenSelected

  constructor(parts: () => Parts) {
    this.#parts = parts
    this.#openSelected = new OpenSelected(() => parts().tickets)
  }

  /** The window was let go: gives the keyboard back to where it was, with the selection of the field. */
  async comeBack(): Promise<void> {
    await this.#parts().tickets.first
    const left = this.#parts().tickets.view.takeFocus()
    if (left === null) return
    await tick()
    const { list, thread, toolbar } = this.#parts()
    await thread?.loaded()
    await tick()
    switch (left.part) {
      case 'list':
        list?.focus()
        break
      case 'thread':
        thread?.focus()
        break
      case 'reply':
        // The reply box has put its cursor back by itself.
        thread?.focusReply()
        break
      case 'search':
        toolbar?.focusSearch(left)
        break
    }
  }

  async open(row: TicketRow): Promise<void> {
    this.#openSelected.stop()
    this.#parts().tickets.show(row)
    await tick()
    if (isNarrow()) this.#parts().thread?.focus()
  }

  /** Shows the ticket with its reply box, where it is not shown yet. */
  async showToReply(row: TicketRow): Promise<void> {
    const { tickets } = this.#parts()
    if (row === tickets.open) return
    tickets.show(row)
    await tick()
    await this.#parts().thread?.loaded()
    await tick()
  }

  /** Takes back what was sent or closed last, and shows a reply where it was written. */
  async undo(actions: Actions): Promise<void> {
    const ref = await actions.undo()
    const row = ref && this.#parts().tickets.rowOf(ref)
    if (!row) return
    await this.showToReply(row)
    this.#parts().thread?.focusReply()
  }

  async back(): Promise<void> {
    this.#openSelected.stop()
    this.#parts().tickets.openKey = null
    await tick()
    this.#parts().list?.focus()
  }

  /**
   * After the first of these was closed, opens the next ticket in the list, if it was open and the person wants that. `act`
   * closes them, and says whether it did.
   */
  async leave(act: () => Promise<boolean>, rows: readonly TicketRow[] = []): Promise<boolean> {
    const { tickets } = this.#parts()
    // Computed before the row leaves the list.
    const next = tickets.open && rows[0] === tickets.open ? neighbourRow(tickets.visible, tickets.open) : null
    if (!(await act())) return false
    tickets.clearChecked()
    if (next && app.settings?.inbox.openNextAfterClose) await this.open(next)
    return true
  }

  /** After these were put aside; the list may show them no longer. `isInList`: the keyboard is in the list and goes on there. */
  async putAside(act: () => Promise<boolean>, rows: readonly TicketRow[], isInList: boolean): Promise<void> {
    const { tickets } = this.#parts()
    const before = tickets.openKey
    if (!(await this.leave(act, rows))) return
    tickets.release(rows)
    if (isInList && rows.length === 1 && tickets.openKey === before) this.cursorMoved()
  }

  /** The thread covers the list. */
  get covers(): boolean {
    return this.#parts().tickets.open !== null && isNarrow()
  }

  async uncover(): Promise<void> {
    if (this.covers) await this.back()
  }

  async search(): Promise<void> {
    await this.uncover()
    this.#parts().toolbar?.focusSearch()
  }

  async filter(to: Filter): Promise<void> {
    this.#parts().tickets.filter = to
    await this.uncover()
  }

  async showAccount(id: string | null): Promise<void> {
    this.#parts().tickets.showAccount(id)
    await this.uncover()
  }

  /** Moves the focus from the search field to the results. */
  async toList(openIt: boolean): Promise<void> {
    const { tickets } = this.#parts()
    await tickets.answered()
    if (tickets.cursorAt === -1) tickets.go(0)
    await tick()
    this.#parts().list?.focus()
    if (openIt && tickets.current) await this.open(tickets.current)
    else this.cursorMoved()
  }

  /** Moves through the list; where the thread covers it, from ticket to ticket. */
  async move(step: number): Promise<void> {
    const { tickets, list } = this.#parts()
    tickets.move(step)
    if (this.covers) {
      if (tickets.current) await this.open(tickets.current)
      return
    }
    list?.focus()
    this.cursorMoved()
  }

  cursorMoved(): void {
    this.#openSelected.moved()
  }
}
