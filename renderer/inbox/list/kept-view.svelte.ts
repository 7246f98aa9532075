import type { Settings } from '../../../electron/ipc/contract.ts'
import type { Filter } from '../../../electron/tickets/list/filters.ts'
import type { Order } from '../../../electron/tickets/list/order.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { app } from '../../lib/app.svelte.ts'
import { keyOf } from './rows.ts'
import type { SelectionView } from './selection.svelte.ts'

/** The uppermost row in view and its position; with what is scrolled out of it, in rows. */
export interface ListPlace {
  readonly shape: string
  readonly key: string
  readonly at: number
}

/** A thread and its scroll position in CSS pixels. */
export interface ThreadPlace {
  readonly key: string
  readonly top: number
}

/** What the list shows beyond what main knows. */
export interface ListView {
  readonly query: string
  readonly openKey: string | null
  readonly isGlance: boolean
  readonly cursor: string | null
  readonly cursorAt: number
  readonly stays: string | null
  readonly selection: SelectionView
}

/** Cursor and scroll position of a text field, in UTF-16 units and CSS pixels. */
export interface FieldView {
  readonly start: number
  readonly end: number
  readonly top: number
}

/** What an open thread shows beyond what main knows. */
export interface ThreadView {
  readonly key: string
  /** CSS pixels. */
  readonly top: number
  readonly isAtEnd: boolean
  /** Key of the last message. */
  readonly newest: string | null
  /** Keys of the messages that are marked as new. */
  readonly news: readonly string[]
  readonly isKeptUnread: boolean
  readonly isUnfolded: boolean
  /** Positions of the unfolded parts among all that can be folded. */
  readonly openParts: readonly number[]
  readonly reply: FieldView | null
}

/** Where the keyboard was, and the selection of its field. */
export interface FocusView {
  readonly part: 'list' | 'thread' | 'reply' | 'search'
  readonly start: number
  readonly end: number
}

/** What the inbox shows again when it is opened again: choices of this run, else those in the settings; scroll positions. */
export class KeptView {
  list: ListPlace | null = null
  thread: ThreadPlace | null = null
  /** What the thread showed when the window was let go, until it is shown again. */
  leftThread: ThreadView | null = null
  leftFocus: FocusView | null = null
  /** Reads what the open thread shows; null where none is open. */
  readThread: (() => ThreadView) | null = null
  #chosen = $state.raw<Partial<Settings['inbox']>>({})

  readonly filter = $derived<Filter>(this.#chosen.filter ?? app.settings?.inbox.filter ?? 'all')
  readonly order = $derived<Order>(this.#chosen.order ?? app.settings?.inbox.order ?? 'newest')
  /** In rem; 0 for the default width. */
  readonly listWidth = $derived(this.#chosen.listWidth ?? app.settings?.inbox.listWidth ?? 0)

  get chosen(): Partial<Settings['inbox']> {
    return this.#chosen
  }
  set chosen(chosen) {
    this.#chosen = chosen
  }

  /** The open thread is read by `read` until the returned function is called. */
  showsThread(read: () => ThreadView): () => void {
    this.readThread = read
    return () => (this.readThread = null)
  }

  /** What this thread showed when the window was let go; null for any other, and for a second call. */
  takeThread(key: string): ThreadView | null {
    const left = this.leftThread
    this.leftThread = null
    return left?.key === key ? left : null
  }

  takeFocus(): FocusView | null {
    const left = this.leftFocus
    this.leftFocus = null
    return left
  }

  /** The position that the list was left at, in rows; null where it is another list now. */
  placeIn(rows: readonly TicketRow[], shape: string): number | null {
    if (this.list?.shape !== shape) return null
    const { key, at } = this.list
    // A list at its top stays there; otherwise new rows above must not move the rows in view.
    const now = at < 1 ? -1 : rows.findIndex((row) => keyOf(row) === key)
    return now === -1 ? at : now + (at % 1)
  }

  /** Where this thread was scrolled to when it was shown last; null for another thread. */
  threadTop(key: string): number | null {
    return this.thread?.key === key ? this.thread.top : null
  }

  /** In rem while the divider is dragged; null otherwise. Stored when dragging ends. */
  draggedWidth = $state<number | null>(null)
  /** CSS length; null for the default width. */
  readonly shownWidth = $derived.by(() => {
    const width = this.draggedWidth ?? this.listWidth
    return width === 0 ? null : `${width}rem`
  })

  choose(view: Partial<Pick<Settings['inbox'], 'filter' | 'order' | 'listWidth'>>): void {
    this.#chosen = { ...this.#chosen, ...view }
    // If it cannot be stored, the choice holds until the app ends.
    void app.change({ inbox: view })
  }
}
