/** What the palette offers: commands by their names, and tickets by number and subject. */
import { fold, foldedWords } from '../../../electron/tickets/text/turkish.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'

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
export function offer(
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
    if (!matches(words, `#${row.id} ${row.subject}`)) continue
    tickets.push(toEntry(row))
    if (tickets.length === mostTickets) break
  }
  return [...found, ...tickets]
}
