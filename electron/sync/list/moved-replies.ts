/** Replies that stand in another ticket than before: the staff merged two. */
import { hasTime } from '../../tickets/text/dates.ts'
import { staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import type { Ticket, TicketId } from '../../tickets/ticket.ts'
import { contentKeys } from '../../tickets/thread/unread.ts'
import type { AnswerState, Marks } from '../marks/marks.ts'
import type { ListChange } from './list-change.ts'

/** So many tickets' marks are read in a fraction of a millisecond. */
const readInStep = 100

interface KnownAnswer {
  readonly ticketId: TicketId
  readonly state: 'seen' | 'notified'
}

/** Of one list. To be read before it is asked; most lists have no new reply, and nobody asks. */
export class MovedReplies {
  readonly #marks: Marks
  readonly #change: Pick<ListChange, 'tickets' | 'changed' | 'left'>
  readonly #knownAnswers = new Map<string, KnownAnswer>()
  readonly #previousTicketOf = new Map<string, TicketId>()
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
    for (const ticketId of marks.withAnswers) {
      for (const [content, state] of marks.contents(ticketId))
        this.#knownAnswers.set(content, { ticketId, state })
      if (++read % readInStep === 0) yield
    }
    for (const ticket of this.#before()) {
      for (const { key, content } of staffAnswers(ticket)) {
        const state = marks.stateOf(ticket.id, key)
        if (state) this.#knownAnswers.set(content, { ticketId: ticket.id, state })
      }
      for (const key of contentKeys(ticket.replies)) this.#previousTicketOf.set(key, ticket.id)
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

  /** The reply at this place of the thread stood in another ticket. */
  isFromElsewhere(ticket: Ticket, place: number): boolean {
    const stoodIn = this.#previousTicketOf.get(contentKeys(ticket.replies)[place] ?? '')
    return stoodIn !== undefined && stoodIn !== ticket.id
  }

  /** Those that changed or left, as the list before had them. */
  *#before(): Generator<Ticket, void> {
    for (const { before } of this.#change.changed) if (before) yield before
    yield* this.#change.left
  }
}
