/** What the palette offers: commands by their names, and tickets by number and subject. */
import type { HelpPage } from '../../../electron/ipc/contract.ts'
import type { Filter } from '../../../electron/tickets/list/filters.ts'
import { fold, foldedWords } from '../../../electron/tickets/text/turkish.ts'
import { titleOf } from '../../../electron/tickets/work/title.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import type { Section } from '../../settings/sections.ts'
import type { Tickets } from '../list/tickets.svelte.ts'
import type { WorkCommands } from '../work/work-commands.svelte.ts'
import type { Actions } from './actions.svelte.ts'
import type { Key } from './keys.ts'

/** The inbox, as commands see it. */
export interface PaletteInbox {
  readonly doing: Readonly<Record<Exclude<Key, 'Escape'>, () => void>>
  readonly tickets: Tickets
  readonly actions: Actions
  readonly work: WorkCommands
  /** Tickets that a command is about. */
  readonly chosen: readonly TicketRow[]
  readonly filter: (filter: Filter) => void
  /** Lists one account's tickets, or all. */
  readonly account: (id: string | null) => void
  readonly settings: (section?: Section) => void
  readonly outbox: () => void
  readonly statistics: () => void
  readonly help: (page: HelpPage) => void
  /** Into the reply of the open ticket. */
  readonly quoteLast: (() => void) | null
  /** Inserts a saved reply by its name into the reply of the open ticket. */
  readonly insertSaved: ((name: string) => void) | null
}

export interface PaletteEntry {
  readonly id: string
  readonly label: string
  /** The key that does the same, or what else tells entries apart. */
  readonly hint: string
  readonly run: () => void
}

const mostTickets = 8

/** Every word begins a word of the text. */
export function matches(words: readonly string[], text: string): boolean {
  // A word may stand in brackets or quotation marks.
  const folded = ` ${fold(text)}`.replace(/["'(“‘]/g, ' ')
  return words.every((word) => folded.includes(` ${word}`) || folded.includes(`#${word}`))
}

/** Commands first; tickets only once something is typed, newest first. */
export function matchingEntries(
  typed: string,
  commands: readonly PaletteEntry[],
  rows: readonly TicketRow[],
  toEntry: (row: TicketRow) => PaletteEntry
): readonly PaletteEntry[] {
  const words = foldedWords(typed)
  const found = commands.filter(({ label }) => matches(words, label))
  if (words.length === 0) return found
  const tickets: PaletteEntry[] = []
  for (const row of rows) {
    if (!matches(words, `#${row.id} ${titleOf(row)} ${row.work?.tags.join(' ') ?? ''}`)) continue
    tickets.push(toEntry(row))
    if (tickets.length === mostTickets) break
  }
  return [...found, ...tickets]
}
