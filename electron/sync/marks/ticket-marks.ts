/** The marks of single tickets, and how they are stored. */
import type { StoredMarks } from '../../storage/marks-schema.ts'
import { dayMs, isSurelyBefore } from '../../tickets/text/dates.ts'
import { parseContentKey, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import type { EpochMs, LocalFacts, TicketId } from '../../tickets/ticket.ts'

/** Values by ticket, layered over others that are not modified. */
export class ByTicket<V> {
  readonly #own = new Map<TicketId, V>()
  readonly #below: ByTicket<V> | null

  constructor(below: ByTicket<V> | null = null) {
    this.#below = below
  }

  get(id: TicketId): V | undefined {
    return this.#own.has(id) ? this.#own.get(id) : this.#below?.get(id)
  }

  set(id: TicketId, value: V): void {
    this.#own.set(id, value)
  }

  clear(): void {
    this.#own.clear()
  }

  /** Tickets with values in this layer. */
  ids(): Iterable<TicketId> {
    return this.#own.keys()
  }

  /** Copies the values of another layer, except for some tickets. */
  adopt(from: ByTicket<V>, isLeftOut: (id: TicketId) => boolean): void {
    for (const [id, value] of from.#own) if (!isLeftOut(id)) this.#own.set(id, value)
  }
}

/** State of an answer; null if unknown. */
export type AnswerState = 'seen' | 'notified' | null

/** Values are replaced, never mutated, because drafts share them. */
export interface TicketMarks {
  /** Keys of seen answers. Arrays instead of sets to save memory. */
  readonly seen: ByTicket<readonly string[]>
  /** Keys of answers that were notified but not seen. */
  readonly notified: ByTicket<readonly string[]>
  /** Keys of replies that were sent from here. */
  readonly ownReplies: ByTicket<readonly string[]>
  /** The last processed status; after a crash it may be newer than the cached list's. */
  readonly status: ByTicket<string>
  readonly facts: ByTicket<LocalFacts>
}

/** Empty marks, or a layer over `below`. */
export const newTicketMarks = (below: TicketMarks | null = null): TicketMarks => ({
  seen: new ByTicket(below?.seen),
  notified: new ByTicket(below?.notified),
  ownReplies: new ByTicket(below?.ownReplies),
  status: new ByTicket(below?.status),
  facts: new ByTicket(below?.facts)
})

export function readTicketMarks(stored: StoredMarks | null): TicketMarks {
  const marks = newTicketMarks()
  for (const [id, { seen, told, own, status }] of Object.entries(stored?.tickets ?? {})) {
    if (seen.length > 0) marks.seen.set(Number(id), seen)
    if (told) marks.notified.set(Number(id), told)
    if (own) marks.ownReplies.set(Number(id), own)
    if (status !== undefined) marks.status.set(Number(id), status)
  }
  for (const [id, facts] of Object.entries(stored?.facts ?? {})) marks.facts.set(Number(id), facts)
  return marks
}

/** Copies the marks of the draft, except for some tickets. */
export function adoptTicketMarks(
  marks: TicketMarks,
  draft: TicketMarks,
  isLeftOut: (id: TicketId) => boolean
): void {
  marks.seen.adopt(draft.seen, isLeftOut)
  marks.notified.adopt(draft.notified, isLeftOut)
  marks.ownReplies.adopt(draft.ownReplies, isLeftOut)
  marks.status.adopt(draft.status, isLeftOut)
  marks.facts.adopt(draft.facts, isLeftOut)
}

const shortList = 32
const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

class ShortList {
  readonly #names: readonly string[]

  constructor(names: readonly string[]) {
    this.#names = names
  }

  has(name: string): boolean {
    return this.#names.includes(name)
  }
}

const noNames: Pick<ReadonlySet<string>, 'has'> = new Set<string>()

/** Lookup of keys: linear for short lists, a cached set for long ones. */
export function namesIn(names: readonly string[]): Pick<ReadonlySet<string>, 'has'> {
  if (names.length === 0) return noNames
  if (names.length <= shortList) return new ShortList(names)
  const set = sets.get(names) ?? new Set(names)
  sets.set(names, set)
  return set
}

/** The content keys of those answers whose keys are among `names`. */
export const contentsOf = (
  answers: readonly StaffAnswer[],
  names: Pick<ReadonlySet<string>, 'has'>
): readonly string[] => answers.flatMap(({ key, content }) => (names.has(key) ? [content] : []))

/** Removes the keys of answers of a ticket. */
export function forgetNames({ seen, notified }: TicketMarks, id: TicketId, names: readonly string[]): void {
  for (const keys of [seen, notified]) {
    const before = keys.get(id)
    if (before)
      keys.set(
        id,
        before.filter((name) => !names.includes(name))
      )
  }
}

/** States of a ticket's answers that have a content key. */
export function knownContents(marks: TicketMarks, id: TicketId): ReadonlyMap<string, 'seen' | 'notified'> {
  const contents = new Map<string, 'seen' | 'notified'>()
  for (const name of marks.notified.get(id) ?? []) if (parseContentKey(name)) contents.set(name, 'notified')
  for (const name of marks.seen.get(id) ?? []) if (parseContentKey(name)) contents.set(name, 'seen')
  return contents
}

/** Maximum error of a reply's date in milliseconds: time zones, dates without a time. */
const misdatedMs = 2 * dayMs

/** The keys to store for an answer. One for answers long before the account was connected, which are never new by date. */
export function namesOf(answer: StaffAnswer, connectedAt: EpochMs | null): readonly string[] {
  const { key, sentAt } = answer
  const isLongPast =
    connectedAt !== null && sentAt !== null && isSurelyBefore(sentAt, connectedAt - misdatedMs)
  return isLongPast || answer.content === key ? [key] : [key, answer.content]
}

type StoredTicket = StoredMarks['tickets'][string]

/** The stored form of the marks of these tickets. */
export function storedTicketMarks(
  marks: TicketMarks,
  ids: Iterable<TicketId>
): Pick<StoredMarks, 'tickets' | 'facts'> {
  const facts: StoredMarks['facts'] = {}
  const tickets: StoredMarks['tickets'] = {}
  for (const id of ids) {
    const known = marks.facts.get(id)
    if (known) facts[id] = known
    const told = marks.notified.get(id)
    const own = marks.ownReplies.get(id)
    const status = marks.status.get(id)
    // Field by field: spreading takes three times as long, for tens of thousands of tickets.
    const stored: { -readonly [K in keyof StoredTicket]: StoredTicket[K] } = {
      seen: marks.seen.get(id) ?? []
    }
    if (told && told.length > 0) stored.told = told
    if (own) stored.own = own
    if (status !== undefined) stored.status = status
    tickets[id] = stored
  }
  return { tickets, facts }
}

/** All tickets with marks. */
export function markedIds(marks: TicketMarks): ReadonlySet<TicketId> {
  const marked = new Set<TicketId>()
  for (const map of mapsOf(marks)) for (const id of map.ids()) marked.add(id)
  return marked
}

export function clearTicketMarks(marks: TicketMarks): void {
  for (const map of mapsOf(marks)) map.clear()
}

const mapsOf = (marks: TicketMarks): readonly Pick<ByTicket<unknown>, 'ids' | 'clear'>[] => [
  marks.seen,
  marks.notified,
  marks.ownReplies,
  marks.status,
  marks.facts
]
