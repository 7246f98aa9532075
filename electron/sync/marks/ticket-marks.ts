/** The marks of single tickets, and how they are stored. */
import type { StoredMarks } from '../../storage/marks-schema.ts'
import { dayMs, isSurelyBefore } from '../../tickets/text/dates.ts'
import { parseContentKey, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import type { EpochMs, LocalFacts, TicketId } from '../../tickets/ticket.ts'

/** Values by ticket. Those set here hide the ones below, which stay as they are. */
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

  /** Of what was set here. */
  ids(): Iterable<TicketId> {
    return this.#own.keys()
  }

  /** Takes over what was set there, but for some tickets. */
  adopt(from: ByTicket<V>, isLeftOut: (id: TicketId) => boolean): void {
    for (const [id, value] of from.#own) if (!isLeftOut(id)) this.#own.set(id, value)
  }
}

/** What is in them is replaced, never changed: a draft shares it. */
export interface TicketMarks {
  /** Keys of answers. Lists, not sets: thousands of tickets have a handful each, and a set of two takes 200 bytes. */
  readonly seen: ByTicket<readonly string[]>
  /** Keys of answers that the person was told of and has not seen. */
  readonly notified: ByTicket<readonly string[]>
  /** Keys of replies that were sent from here. */
  readonly ownReplies: ByTicket<readonly string[]>
  /** The last status that was dealt with; newer than the cached list's after a crash. */
  readonly status: ByTicket<string>
  readonly facts: ByTicket<LocalFacts>
}

/** Empty, or with those of `below` as long as nothing else is set. */
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

/** Takes over what the draft has, but for some tickets. */
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

/** To look names up in: a thread may have thousands, and most have a handful. */
export function namesIn(names: readonly string[]): Pick<ReadonlySet<string>, 'has'> {
  if (names.length <= shortList) return { has: (name) => names.includes(name) }
  const set = sets.get(names) ?? new Set(names)
  sets.set(names, set)
  return set
}

/** The answers of a ticket that are known by their content. */
export function knownContents(marks: TicketMarks, id: TicketId): ReadonlyMap<string, 'seen' | 'notified'> {
  const contents = new Map<string, 'seen' | 'notified'>()
  for (const name of marks.notified.get(id) ?? []) if (parseContentKey(name)) contents.set(name, 'notified')
  for (const name of marks.seen.get(id) ?? []) if (parseContentKey(name)) contents.set(name, 'seen')
  return contents
}

/** A reply may be dated so much later than it was: time zones, and a date without a time. */
const misdatedMs = 2 * dayMs

/** What was there long before the account is no news by its date alone: one name is enough, and there may be thousands. */
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

/** Every ticket that has any. */
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
