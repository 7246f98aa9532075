import type { TicketRef } from '../../../electron/tickets/ticket.ts'
import { call } from '../../lib/app.svelte.ts'
import { ask, notChanged, type ShowProblem } from '../change.ts'

/** Also those that are not in the list any more; null if they could not be found. */
export const ticketsWithTag = (
  name: string,
  showProblem: ShowProblem
): Promise<readonly TicketRef[] | null> =>
  call((problem) => showProblem(notChanged(problem)), 'tickets.withTag', { name })

/** Removes one tag from these tickets and adds another; null for none. False if it failed. */
export const replaceTag = async (
  showProblem: ShowProblem,
  refs: readonly TicketRef[],
  from: string | null,
  to: string | null
): Promise<boolean> =>
  refs.length === 0 ||
  ask(showProblem, 'tickets.setWork', {
    refs: [...refs],
    change: { removeTags: from === null ? [] : [from], addTags: to === null ? [] : [to] }
  })
