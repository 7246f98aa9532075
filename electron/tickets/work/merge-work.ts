import { isWatched, type TicketWork } from './ticket-work.ts'

/** Both notes, unless one has the other already. */
function mergeNotes(here: string, added: string): string {
  if (here.includes(added)) return here
  return added.includes(here) ? added : `${here}\n\n${added}`
}

/**
 * Adds imported work to what is kept here. Nothing is lost: notes and tags of both are kept, and where both have a state or
 * title, that of here stays. Merging the same work again changes nothing.
 */
export function mergeWork(here: TicketWork, added: TicketWork): TicketWork {
  // As a whole: what is new is decided by the state of the ticket that was known when it was put aside.
  const { done, snoozedUntil, followUp, known } = isWatched(here) ? here : added
  return {
    ...added,
    ...here,
    ...{ done, snoozedUntil, followUp, known },
    // What was still to be told when it was exported may have been told since.
    untold: here.untold,
    remindedFor: here.remindedFor ?? added.remindedFor,
    pinned: here.pinned || added.pinned,
    muted: here.muted || added.muted,
    title: here.title || added.title,
    note: mergeNotes(here.note, added.note),
    tags: added.tags.every((tag) => here.tags.includes(tag))
      ? here.tags
      : [...new Set([...here.tags, ...added.tags])]
  }
}
