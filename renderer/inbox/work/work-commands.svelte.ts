import type { EpochMs } from '../../../electron/tickets/ticket.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import type { WorkActions } from './work-actions.svelte.ts'

/** What a dialog asks about these tickets. The title and the note are those of one ticket. */
export type WorkQuestion =
  | { readonly kind: 'snooze'; readonly rows: readonly TicketRow[] }
  | { readonly kind: 'follow-up'; readonly rows: readonly TicketRow[] }
  | { readonly kind: 'tags'; readonly rows: readonly TicketRow[] }
  | { readonly kind: 'title'; readonly row: TicketRow }
  | { readonly kind: 'note'; readonly row: TicketRow }
  | { readonly kind: 'save-search'; readonly query: string }

export type WorkKey = 'd' | 'h' | 'f' | 'p' | 't' | 'F2' | 'Shift+M' | 'Shift+N'

/** Puts these tickets aside by `act`, which says whether it did, and cares for what the list shows then. */
type PutAside = (act: () => Promise<boolean>, rows: readonly TicketRow[]) => void

/** Commands about the work state of tickets: from a key, a button, a menu or the palette. */
export class WorkCommands {
  /** The question of the open dialog. */
  question = $state.raw<WorkQuestion | null>(null)
  readonly #actions: () => WorkActions
  readonly #putAside: PutAside

  constructor(actions: () => WorkActions, putAside: PutAside) {
    this.#actions = actions
    this.#putAside = putAside
  }

  done(rows: readonly TicketRow[]): void {
    this.#putAside(() => this.#actions().toggleDone(rows), rows)
  }

  snooze(rows: readonly TicketRow[], at: EpochMs | null): void {
    this.#putAside(() => this.#actions().snooze(rows, at), rows)
  }

  ask(kind: 'snooze' | 'follow-up' | 'tags', rows: readonly TicketRow[]): void {
    if (rows.length > 0) this.question = { kind, rows }
  }

  askAbout(kind: 'title' | 'note', row: TicketRow | undefined): void {
    if (row) this.question = { kind, row }
  }

  saveSearch(query: string): void {
    if (query.trim() !== '') this.question = { kind: 'save-search', query: query.trim() }
  }

  /** Until the dialog of a question is open, keys belong to it and not to the tickets behind it. Escape withdraws it. */
  takes(event: KeyboardEvent): boolean {
    if (!this.question || event.isComposing) return false
    if (event.key === 'Escape') this.question = null
    event.preventDefault()
    return true
  }

  /** What the keys do with the tickets that are chosen when one is pressed. */
  keys(chosen: () => readonly TicketRow[]): Readonly<Record<WorkKey, () => void>> {
    const only = (): TicketRow | undefined => (chosen().length === 1 ? chosen()[0] : undefined)
    return {
      d: () => this.done(chosen()),
      h: () => this.ask('snooze', chosen()),
      f: () => this.ask('follow-up', chosen()),
      p: () => void this.#actions().togglePinned(chosen()),
      t: () => this.ask('tags', chosen()),
      F2: () => this.askAbout('title', only()),
      'Shift+M': () => void this.#actions().toggleMuted(chosen()),
      'Shift+N': () => this.askAbout('note', only())
    }
  }
}
