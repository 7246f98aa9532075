/** Recognizes replies that moved to another ticket, because the staff merged two. */
import { dayMs, hasTime } from '../../tickets/text/dates.ts'
import { staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import type { EpochMs, Reply, Ticket, TicketId } from '../../tickets/ticket.ts'
import { contentKeys, replyKeys } from '../../tickets/thread/unread.ts'
import type { Marks } from '../marks/marks.ts'
import type { AnswerState } from '../marks/ticket-marks.ts'
import type { ListChange } from './list-change.ts'

/** Number of tickets whose marks are read in a step. */
const readInStep = 100

interface KnownAnswer {
  readonly ticketId: TicketId
  readonly state: 'seen' | 'notified'
}

/** Maximum shift of the date of a moved reply in days: time zones, dates without a time. */
const maxDateShiftDays = 2

const dayNumber = (at: EpochMs): number => Math.floor(at / dayMs)

/** For one list. `read` must run before the queries; lists without new replies need neither. */
export class MovedReplies {
  readonly #marks: Marks
  readonly #change: Pick<ListChange, 'tickets' | 'changed' | 'left'>
  readonly #knownAnswers = new Map<string, KnownAnswer>()
  /** The previous ticket of replies, by content key and by id key. */
  readonly #previousTicketOf = new Map<string, TicketId>()
  /** Tickets that lost replies, by the day of the replies (null: no date); at most two per day. */
  readonly #lostOn = new Map<number | null, readonly TicketId[]>()
  #isRead = false

  constructor(marks: Marks, change: Pick<ListChange, 'tickets' | 'changed' | 'left'>) {
    this.#marks = marks
    this.#change = change
  }

  /** Indexes the known answers of all tickets, in steps; only once. */
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

  /** State of the answer in another ticket that no longer has it; null if that ticket still has the same answer. */
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
   * Whether the customer's reply at this index may come from another ticket. Since the server may have changed its id, date
   * and text, any reply that another ticket lost around that day counts as well.
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

  /** Changed and removed tickets as in the previous list. */
  *#before(): Generator<Ticket, void> {
    for (const { before } of this.#change.changed) if (before) yield before
    yield* this.#change.left
  }
}
