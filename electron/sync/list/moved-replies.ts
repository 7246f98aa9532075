/** Replies that stand in another ticket than before: the staff merged two. */
import { dayMs, hasTime } from '../../tickets/text/dates.ts'
import { staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import type { EpochMs, Reply, Ticket, TicketId } from '../../tickets/ticket.ts'
import { contentKeys, replyKeys } from '../../tickets/thread/unread.ts'
import type { AnswerState, Marks } from '../marks/marks.ts'
import type { ListChange } from './list-change.ts'

/** So many tickets' marks are read in a fraction of a millisecond. */
const readInStep = 100

interface KnownAnswer {
  readonly ticketId: TicketId
  readonly state: 'seen' | 'notified'
}

/** A reply that stood in another ticket may be dated so many days earlier or later now: time zones, missing times. */
const maxDateShiftDays = 2

const dayNumber = (at: EpochMs): number => Math.floor(at / dayMs)

/** Of one list. To be read before it is asked; most lists have no new reply, and nobody asks. */
export class MovedReplies {
  readonly #marks: Marks
  readonly #change: Pick<ListChange, 'tickets' | 'changed' | 'left'>
  readonly #knownAnswers = new Map<string, KnownAnswer>()
  /** By content and by the server's id. */
  readonly #previousTicketOf = new Map<string, TicketId>()
  /** Tickets that lost replies, by the day of the replies; null for those without a date. Two tickets of a day are enough. */
  readonly #lostOn = new Map<number | null, readonly TicketId[]>()
  #isRead = false

  constructor(marks: Marks, change: Pick<ListChange, 'tickets' | 'changed' | 'left'>) {
    this.#marks = marks
    this.#change = change
  }

  /** Reads what is known of all tickets, step by step; once. */
  *read(): Generator<undefined, void> {
    if (this.#isRead) return
    this.#isRead = true
    const marks = this.#marks
    let read = 0
    for (const ticketId of marks.markedIds) {
      for (const [content, state] of marks.contents(ticketId))
        this.#knownAnswers.set(content, { ticketId, state })
      if (++read % readInStep === 0) yield
    }
    for (const ticket of this.#before()) {
      for (const { key, content } of staffAnswers(ticket)) {
        const state = marks.stateOf(ticket.id, key)
        if (state) this.#knownAnswers.set(content, { ticketId: ticket.id, state })
      }
      this.#readReplies(ticket)
      yield
    }
  }

  /** What is known of it from a ticket that does not have it any more. The same words to several tickets stay several. */
  stateOf(ticket: Ticket, { content, sentAt }: StaffAnswer): AnswerState {
    if (sentAt === null || !hasTime(sentAt) || content.startsWith('at:')) return null
    const known = this.#knownAnswers.get(content)
    if (!known || known.ticketId === ticket.id) return null
    const holder = this.#change.tickets.get(known.ticketId)
    const isStillThere =
      holder !== undefined && staffAnswers(holder).some((answer) => answer.content === content)
    return isStillThere ? null : known.state
  }

  /**
   * Whether the customer's reply at this place of the thread stood in another ticket. In doubt it did: the server may have
   * changed its id, date and text on the way, so that a reply which another ticket lost about that time counts, too.
   */
  mayBeFromElsewhere(ticket: Ticket, place: number, sentAt: EpochMs): boolean {
    const names = [contentKeys(ticket.replies)[place], replyKeys(ticket.replies)[place]]
    const isKnownElsewhere = names.some((name) => {
      const stoodIn = this.#previousTicketOf.get(name ?? '')
      return stoodIn !== undefined && stoodIn !== ticket.id
    })
    return (
      isKnownElsewhere ||
      this.#hasOtherLost(ticket.id, null) ||
      Array.from(
        { length: 2 * maxDateShiftDays + 1 },
        (_, i) => dayNumber(sentAt) + i - maxDateShiftDays
      ).some((day) => this.#hasOtherLost(ticket.id, day))
    )
  }

  /** Whether another ticket lost a reply of this day. */
  #hasOtherLost(id: TicketId, day: number | null): boolean {
    return this.#lostOn.get(day)?.some((other) => other !== id) ?? false
  }

  #readReplies(before: Ticket): void {
    const contents = contentKeys(before.replies)
    const keys = replyKeys(before.replies)
    const now = this.#change.tickets.get(before.id)?.replies ?? []
    const standing = new Set([...replyKeys(now), ...contentKeys(now)])
    before.replies.forEach(({ sentAt }: Reply, i) => {
      const names = [keys[i] ?? '', contents[i] ?? '']
      for (const name of names) this.#previousTicketOf.set(name, before.id)
      if (names.some((name) => standing.has(name))) return
      const day = sentAt === null ? null : dayNumber(sentAt)
      const losers = this.#lostOn.get(day) ?? []
      if (losers.length < 2 && !losers.includes(before.id)) this.#lostOn.set(day, [...losers, before.id])
    })
  }

  /** Those that changed or left, as the list before had them. */
  *#before(): Generator<Ticket, void> {
    for (const { before } of this.#change.changed) if (before) yield before
    yield* this.#change.left
  }
}
