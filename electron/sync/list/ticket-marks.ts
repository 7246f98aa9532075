/** The marks of single tickets, and how they are stored. */
import type { StoredMarks } from '../../storage/marks-schema.ts'
import type { LocalFacts, TicketId } from '../../tickets/ticket.ts'

export interface TicketMarks {
  /** Keys of answers. Lists, not sets: thousands of tickets have a handful each, and a set of two takes 200 bytes. */
  readonly seen: Map<TicketId, readonly string[]>
  /** Keys of answers that the person was told of and has not seen. */
  readonly notified: Map<TicketId, Set<string>>
  /** Keys of replies that were sent from here. */
  readonly ownReplies: Map<TicketId, Set<string>>
  /** The last status that was dealt with; newer than the cached list's after a crash. */
  readonly status: Map<TicketId, string>
  readonly facts: Map<TicketId, LocalFacts>
}

export function readTicketMarks(stored: StoredMarks | null): TicketMarks {
  const marks: TicketMarks = {
    seen: new Map(),
    notified: new Map(),
    ownReplies: new Map(),
    status: new Map(),
    facts: new Map()
  }
  for (const [id, { seen, told, own, status }] of Object.entries(stored?.tickets ?? {})) {
    if (seen.length > 0) marks.seen.set(Number(id), seen)
    if (told) marks.notified.set(Number(id), new Set(told))
    if (own) marks.ownReplies.set(Number(id), new Set(own))
    if (status !== undefined) marks.status.set(Number(id), status)
  }
  for (const [id, facts] of Object.entries(stored?.facts ?? {})) marks.facts.set(Number(id), facts)
  return marks
}

/** Of the tickets `ids`. */
export function storedTicketMarks(
  marks: TicketMarks,
  ids: ReadonlySet<TicketId>
): Pick<StoredMarks, 'tickets' | 'facts'> {
  const facts = [...ids].flatMap((id) => {
    const known = marks.facts.get(id)
    return known ? [[id, known] as const] : []
  })
  const tickets: StoredMarks['tickets'] = {}
  for (const id of ids) {
    const told = marks.notified.get(id)
    const own = marks.ownReplies.get(id)
    const status = marks.status.get(id)
    tickets[id] = {
      seen: [...(marks.seen.get(id) ?? [])],
      ...(told && told.size > 0 ? { told: [...told] } : {}),
      ...(own ? { own: [...own] } : {}),
      ...(status === undefined ? {} : { status })
    }
  }
  return { tickets, facts: Object.fromEntries(facts) }
}

/** Every ticket that has any. */
export const markedIds = (marks: TicketMarks): ReadonlySet<TicketId> =>
  new Set(mapsOf(marks).flatMap((map) => [...map.keys()]))

export function clearTicketMarks(marks: TicketMarks): void {
  for (const map of mapsOf(marks)) map.clear()
}

const mapsOf = (marks: TicketMarks): readonly Map<TicketId, unknown>[] => [
  marks.seen,
  marks.notified,
  marks.ownReplies,
  marks.status,
  marks.facts
]
