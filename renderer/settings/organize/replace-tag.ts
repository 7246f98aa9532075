import type { TicketRef } from '../../../electron/tickets/ticket.ts'
import { app } from '../../lib/app.svelte.ts'
import { bridge } from '../../lib/bridge/bridge.ts'
import { tagQuery } from '../../inbox/work/tag-query.ts'
import { ask, type Hear } from '../change.ts'

/** The tickets that have this tag; null if they could not be found. */
export async function ticketsWithTag(name: string): Promise<readonly TicketRef[] | null> {
  const answer = await bridge.invoke('tickets.search', { query: tagQuery(name, app.locale) })
  if (!answer.ok) return null
  const { hits, more } = answer.value
  return [
    ...hits.map(({ ref }) => ref),
    ...more.flatMap(({ accountId, ticketIds }) => ticketIds.map((ticketId) => ({ accountId, ticketId })))
  ]
}

/** Removes one tag from these tickets and adds another; null for none. False if it failed. */
export const replaceTag = async (
  hear: Hear,
  refs: readonly TicketRef[],
  from: string | null,
  to: string | null
): Promise<boolean> =>
  refs.length === 0 ||
  ask(hear, 'tickets.setWork', {
    refs: [...refs],
    change: { removeTags: from === null ? [] : [from], addTags: to === null ? [] : [to] }
  })
