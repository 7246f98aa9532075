/** What the person keeps about the tickets of one account. No I/O. */
import { storedWorkOf, workFromStored, type StoredWork } from '../../storage/work-schema.ts'
import { isClosed } from '../../tickets/status.ts'
import { waiting, waitingSince } from '../../tickets/thread/unread.ts'
import type { EpochMs, Ticket, TicketId } from '../../tickets/ticket.ts'
import { hasNewAnswer, hasNewStatus, knownStateOf } from '../../tickets/work/known-state.ts'
import {
  isEmptyWork,
  isSameWork,
  isWatched,
  nextReminderAt,
  noWork,
  rowWorkOf,
  workAfterNews,
  type KnownState,
  type News,
  type RowWork,
  type TicketWork
} from '../../tickets/work/ticket-work.ts'
import type { SeenTicket } from '../list/list-change.ts'
import type { TicketEvent } from '../types.ts'

/** A ticket as a list shows it, compared with what was known of it. */
interface SeenAgain {
  readonly known: KnownState
  readonly news: News
}
export type SeenAgainById = ReadonlyMap<TicketId, SeenAgain>

/** `isComparable`: whether events tell of all that happened since it was last seen. */
function seeAgain(work: TicketWork, ticket: Ticket, isComparable: boolean): SeenAgain {
  const known = isComparable ? null : work.known
  return {
    known: knownStateOf(ticket),
    news: {
      answer: known !== null && hasNewAnswer(known, ticket),
      status: known !== null && hasNewStatus(known, ticket),
      isClosed: isClosed(ticket.status),
      waitingSince: waiting(ticket) === 'staff' ? waitingSince(ticket) : null
    }
  }
}

export class AccountWork {
  readonly #works = new Map<TicketId, TicketWork>()
  /** Tickets of which the person is to be reminded or told. */
  readonly #reminding = new Set<TicketId>()
  /** Tickets whose work has changed since the last `takeChange`. */
  readonly #changed = new Set<TicketId>()

  constructor(stored: StoredWork | null) {
    for (const [id, work] of Object.entries(stored?.tickets ?? {})) {
      const read = workFromStored(work)
      if (!isEmptyWork(read)) this.#keep(Number(id), read)
    }
  }

  get(id: TicketId): TicketWork {
    return this.#works.get(id) ?? noWork
  }

  row(id: TicketId): RowWork | null {
    const work = this.#works.get(id)
    return work ? rowWorkOf(work) : null
  }

  /** Tickets of which the person is to be reminded, with the time by this machine's clock. */
  *reminders(): Iterable<readonly [id: TicketId, at: EpochMs]> {
    for (const id of this.#reminding) {
      const at = nextReminderAt(this.get(id))
      if (at !== null) yield [id, at]
    }
  }

  /** Tickets with reminders that are due, of which the person was not told. */
  *untold(): Iterable<TicketId> {
    for (const id of this.#reminding) if (this.get(id).untold.length > 0) yield id
  }

  /** Tickets with this tag, also those that are not in the list any more. */
  withTag(name: string): readonly TicketId[] {
    return [...this.#works].flatMap(([id, { tags }]) => (tags.includes(name) ? [id] : []))
  }

  /** Returns whether anything changed. */
  set(id: TicketId, work: TicketWork): boolean {
    if (isSameWork(this.get(id), work)) return false
    this.#keep(id, work)
    this.#changed.add(id)
    return true
  }

  #keep(id: TicketId, work: TicketWork): void {
    if (isEmptyWork(work)) this.#works.delete(id)
    else this.#works.set(id, work)
    if (nextReminderAt(work) === null && work.untold.length === 0) this.#reminding.delete(id)
    else this.#reminding.add(id)
  }

  get hasChanged(): boolean {
    return this.#changed.size > 0
  }

  /** The changes since the last call. */
  takeChange(): StoredWork {
    const tickets = Object.fromEntries([...this.#changed].map((id) => [id, storedWorkOf(this.get(id))]))
    this.#changed.clear()
    return { tickets }
  }

  /** Everything, as stored; resets the changes. */
  takeAll(): StoredWork {
    this.#changed.clear()
    return this.stored()
  }

  stored(): StoredWork {
    return { tickets: Object.fromEntries([...this.#works].map(([id, work]) => [id, storedWorkOf(work)])) }
  }

  /** Drops everything: the account now belongs to another customer. */
  clear(): void {
    for (const id of this.#works.keys()) this.#changed.add(id)
    this.#works.clear()
    this.#reminding.clear()
  }

  /** A ticket was read from the cache. */
  noteLoaded(ticket: Ticket): void {
    const work = this.get(ticket.id)
    if (!isWatched(work)) return
    const { news, known } = seeAgain(work, ticket, false)
    this.set(ticket.id, workAfterNews(work, news, known))
  }

  /** Compares changed tickets of a list with what is known of them, ticket by ticket. `take` applies it. */
  *compare(changes: Iterable<SeenTicket>): Generator<undefined, SeenAgainById> {
    const seen = new Map<TicketId, SeenAgain>()
    for (const { ticket, before } of changes) {
      const work = this.#works.get(ticket.id)
      if (!work || !isWatched(work)) continue
      seen.set(ticket.id, seeAgain(work, ticket, before !== null))
      yield
    }
    return seen
  }

  /** Applies a list with the events that it caused. Returns the tickets whose rows have changed by it. */
  take(
    changes: Iterable<SeenTicket>,
    seen: SeenAgainById,
    events: readonly TicketEvent[]
  ): ReadonlySet<TicketId> {
    const answered = new Set(events.flatMap((event) => (event.kind === 'reply' ? event.ref.ticketId : [])))
    const changedStatus = new Set(
      events.flatMap((event) =>
        event.kind === 'status' || event.kind === 'closed' ? event.ref.ticketId : []
      )
    )
    const changed = new Set<TicketId>()
    for (const { ticket, before } of changes) {
      const work = this.#works.get(ticket.id)
      if (!work || !isWatched(work)) continue
      const { known, news } = seen.get(ticket.id) ?? seeAgain(work, ticket, before !== null)
      const told: News = {
        ...news,
        answer: news.answer || answered.has(ticket.id),
        status: news.status || changedStatus.has(ticket.id)
      }
      const after = workAfterNews(work, told, known)
      if (!this.set(ticket.id, after)) continue
      const { done, snoozedUntil, followUp } = after
      if (!isSameWork({ ...work, done, snoozedUntil, followUp }, work)) changed.add(ticket.id)
    }
    return changed
  }
}
