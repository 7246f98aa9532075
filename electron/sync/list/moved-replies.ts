/** Replies that stand in another ticket than before: the staff merged two. */
import { hasTime } from '../../tickets/text/dates.ts'
import { staffAnswers, type StaffAnswer } from '../../tickets/thread/known-answers.ts'
import type { Ticket, TicketId } from '../../tickets/ticket.ts'
import { contentKeys } from '../../tickets/thread/unread.ts'
import type { AnswerState, Marks } from './marks.ts'

interface KnownAnswer {
  readonly ticketId: TicketId
  readonly state: 'seen' | 'notified'
}

/** Of one list. Nothing is looked up before an answer is asked for: most lists have none that is new. */
export class MovedReplies {
  readonly #marks: Marks
  readonly #tickets: ReadonlyMap<TicketId, Ticket>
  /** Those that changed or left, as the list before had them. */
  readonly #before: () => readonly Ticket[]
  #knownAnswers: ReadonlyMap<string, KnownAnswer> | null = null
  #previousTicketOf: ReadonlyMap<string, TicketId> | null = null

  constructor(marks: Marks, tickets: ReadonlyMap<TicketId, Ticket>, before: () => readonly Ticket[]) {
    this.#marks = marks
    this.#tickets = tickets
    this.#before = before
  }

  /** What is known of it from a ticket that does not have it any more. The same words to several tickets stay several. */
  stateOf(ticket: Ticket, { content, sentAt }: StaffAnswer): AnswerState {
    if (sentAt === null || !hasTime(sentAt) || content.startsWith('at:')) return null
    const known = (this.#knownAnswers ??= this.#readKnown()).get(content)
    if (!known || known.ticketId === ticket.id) return null
    const holder = this.#tickets.get(known.ticketId)
    const isStillThere =
      holder !== undefined && staffAnswers(holder).some((answer) => answer.content === content)
    return isStillThere ? null : known.state
  }

  /** The reply at this place of the thread stood in another ticket. */
  isFromElsewhere(ticket: Ticket, place: number): boolean {
    this.#previousTicketOf ??= new Map(
      this.#before().flatMap(({ id, replies }) => contentKeys(replies).map((key) => [key, id] as const))
    )
    const stoodIn = this.#previousTicketOf.get(contentKeys(ticket.replies)[place] ?? '')
    return stoodIn !== undefined && stoodIn !== ticket.id
  }

  #readKnown(): ReadonlyMap<string, KnownAnswer> {
    const marks = this.#marks
    const all = new Map<string, KnownAnswer>()
    for (const ticketId of marks.withAnswers)
      for (const [content, state] of marks.contents(ticketId)) all.set(content, { ticketId, state })
    for (const ticket of this.#before())
      for (const { key, content } of staffAnswers(ticket)) {
        const state = marks.stateOf(ticket.id, key)
        if (state) all.set(content, { ticketId: ticket.id, state })
      }
    return all
  }
}
