import type { Tickets } from '../list/tickets.svelte.ts'

/** Lists what a saved search finds; shown already, it is cleared. */
export function showSavedSearch(tickets: Tickets, query: string): void {
  const isShown = tickets.query.trim() === query
  tickets.filter = 'all'
  void tickets.search(isShown ? '' : query)
}
