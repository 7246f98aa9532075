/** Derives marks and events from a list; each event once, also across restarts. No I/O. */
import { subjectOf } from '../../tickets/list/rows.ts'
import type { TicketChange } from '../../tickets/list/changes.ts'
import { isClosed } from '../../tickets/status.ts'
import { excerpt } from '../../tickets/text/message.ts'
import { replyKeys, staffKeys } from '../../tickets/thread/unread.ts'
import type { StaffAnswer } from '../../tickets/thread/known-answers.ts'
import type { AccountId, EpochMs, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { Reconciled } from '../outbox/outbox.ts'
import type { TicketEvent } from '../types.ts'
import { answeredInPanel } from './answered-in-panel.ts'
import type { Marks } from '../marks/marks.ts'
import { observeAnswers } from './observe-answers.ts'
import { MovedReplies } from './moved-replies.ts'
import type { ListChange } from './list-change.ts'

export interface NotedChanges {
  readonly events: readonly TicketEvent[]
  readonly areMarksChanged: boolean
}

/** Marks tickets and replies that were sent from here. Returns whether the marks changed. */
export function noteOwnWrites(marks: Marks, { made, ownReplies }: Reconciled): boolean {
  for (const { id, facts } of made) marks.setLocalFacts(id, facts)
  for (const { ticketId, key } of ownReplies) marks.markOwnReply(ticketId, key)
  return made.length > 0 || ownReplies.length > 0
}

interface NotesContext {
  readonly accountId: AccountId
  readonly marks: Marks
  /** Whether this is the first list, in which nothing is new. */
  readonly isBaseline: boolean
  /** By the server's clock if known. For a baseline, the time of this list. */
  readonly connectedAt: EpochMs | null
}

/** Results of the outbox for the same list. */
interface OwnWrites {
  /** Entries of the outbox found in the list. */
  readonly own: Reconciled
  /**
   * Whether a message of the customer in this ticket may have been sent from here. Then a new reply of the customer is not
   * taken for one written in the panel.
   */
  mayHaveReplied(id: TicketId): boolean
}

const nothingOwn = { own: { ownClosed: new Set<TicketId>() }, mayHaveReplied: () => false } as const

/**
 * Derives marks and events from a list. Works on a draft of the marks, in steps, while commands of the person apply to the
 * previous list. `take` applies the draft in one step and recomputes tickets that were changed meanwhile.
 */
export class ListNotes {
  readonly #change: ListChange
  readonly #context: NotesContext
  readonly #draft: Marks
  readonly #moved: MovedReplies
  readonly #isFirstOfAll: boolean
  readonly #noted = new Map<TicketId, NotedChanges>()

  constructor(change: ListChange, context: NotesContext) {
    this.#change = change
    this.#context = context
    this.#draft = context.marks.draft()
    this.#draft.connectedAt = context.connectedAt
    this.#moved = new MovedReplies(context.marks, change)
    this.#isFirstOfAll = context.marks.everSeen.size === 0
  }

  /** The marks after the list is applied. */
  get draft(): Marks {
    return this.#draft
  }

  /** Prepares the list ticket by ticket. Tickets for which `isLeftOut` is true are processed in `take`. */
  *prepare(isLeftOut: (id: TicketId) => boolean): Generator<undefined, void> {
    if (this.#context.isBaseline) {
      for (const ticket of this.#change.next) {
        const areMarksChanged = this.#draft.markAllSeen(ticket)
        this.#noted.set(ticket.id, { events: [], areMarksChanged })
        yield
      }
      return
    }
    for (const ticketChange of this.#change.changed) {
      if (hasNewReplies(ticketChange)) yield* this.#moved.read()
      if (!isLeftOut(ticketChange.ticket.id)) {
        const noted = this.#note(ticketChange, nothingOwn, this.#draft)
        this.#noted.set(ticketChange.ticket.id, noted)
      }
      yield
    }
  }

  /** Number of prepared tickets whose marks have changed since. */
  get outdatedCount(): number {
    let count = 0
    for (const id of this.#context.marks.changedSinceDraft) if (this.#noted.has(id)) count += 1
    return count
  }

  /** Whether the ticket was not prepared or its marks have changed since. */
  isOutdated(id: TicketId): boolean {
    return !this.#noted.has(id) || this.#context.marks.changedSinceDraft.has(id)
  }

  /** Applies the list to the marks. `hasLeft`: whether tickets left the list. */
  take(written: OwnWrites, hasLeft: boolean): NotedChanges {
    const { isBaseline, connectedAt, marks } = this.#context
    marks.connectedAt = connectedAt
    let areMarksChanged = noteOwnWrites(marks, written.own) || hasLeft
    for (const { id } of this.#change.next) if (marks.observeId(id)) areMarksChanged = true
    const outdated = new Set<TicketId>()
    const tickets = isBaseline ? this.#change.next : this.#change.changed.map(({ ticket }) => ticket)
    for (const { id } of tickets) if (this.isOutdated(id)) outdated.add(id)
    marks.adopt(this.#draft, (id) => outdated.has(id))
    const events: TicketEvent[] = []
    const add = (noted: NotedChanges | undefined): void => {
      if (noted?.areMarksChanged) areMarksChanged = true
      for (const event of noted?.events ?? []) events.push(event)
    }
    if (isBaseline)
      for (const ticket of this.#change.next)
        if (!outdated.has(ticket.id)) add(this.#noted.get(ticket.id))
        else if (marks.markAllSeen(ticket)) areMarksChanged = true
    if (!isBaseline)
      for (const change of this.#change.changed) {
        const { id } = change.ticket
        add(outdated.has(id) ? this.#note(change, written, marks) : this.#noted.get(id))
      }
    return { events, areMarksChanged }
  }

  #note(change: TicketChange, written: TicketContext['written'], marks: Marks): NotedChanges {
    const { accountId } = this.#context
    return noteTicket(change, {
      ...{ accountId, marks, written },
      moved: this.#moved,
      isFirstOfAll: this.#isFirstOfAll
    })
  }
}

/** Whether the ticket has replies that the previous list did not have. */
function hasNewReplies({ ticket, before, newStaffKeys }: TicketChange): boolean {
  const known = new Set(replyKeys(before?.replies ?? []))
  return newStaffKeys.length > 0 || replyKeys(ticket.replies).some((key) => !known.has(key))
}

interface TicketContext {
  readonly accountId: AccountId
  readonly marks: Marks
  readonly moved: MovedReplies
  readonly isFirstOfAll: boolean
  readonly written: {
    readonly own: Pick<Reconciled, 'ownClosed'>
    mayHaveReplied(id: TicketId): boolean
  }
}

function noteTicket(change: TicketChange, context: TicketContext): NotedChanges {
  const { ticket, before } = change
  const { marks, moved, written } = context
  const isAnswered =
    !written.mayHaveReplied(ticket.id) &&
    marks.markSeen(ticket.id, answeredInPanel(ticket, before, marks, moved))
  const observed = observeAnswers(change, marks, moved, context.isFirstOfAll)
  const unheard = marks.markNotified(ticket.id, observed.news)
  const hasStatusChanged = marks.acknowledgeStatus(ticket, before?.status ?? null)
  // For a thread without known answers, only the newest one is notified.
  const isThreadKnown = before !== null && staffKeys(before).length > 0
  const replies = isThreadKnown ? unheard : unheard.slice(-1)
  const isStatusNews = hasStatusChanged && unheard.length === 0 && isWorthTelling(ticket, written.own)
  return {
    events: [
      ...replyEvents(ticket, replies, context),
      ...(isStatusNews ? [statusEvent(ticket, context)] : [])
    ],
    areMarksChanged: isAnswered || observed.isChanged || unheard.length > 0 || hasStatusChanged
  }
}

/** Excludes status changes caused by the person. */
function isWorthTelling(ticket: Ticket, own: Pick<Reconciled, 'ownClosed'>): boolean {
  if (ticket.status.kind === 'customer-reply') return false
  if (own.ownClosed.has(ticket.id)) return false
  return ticket.status.kind !== 'answered' || staffKeys(ticket).length > 0
}

function replyEvents(
  ticket: Ticket,
  answers: readonly StaffAnswer[],
  { accountId, marks }: TicketContext
): readonly TicketEvent[] {
  if (answers.length === 0) return []
  const keys = replyKeys(ticket.replies)
  const replies = new Map(ticket.replies.map((reply, i) => [keys[i], reply]))
  return answers.map(({ key }) => {
    const reply = replies.get(key)
    return {
      kind: 'reply',
      ref: { accountId, ticketId: ticket.id },
      subject: subjectOf(ticket, marks.facts(ticket.id)),
      name: reply?.name ?? '',
      excerpt: reply ? excerpt(reply.message, reply.author) : ''
    }
  })
}

function statusEvent(ticket: Ticket, { accountId, marks }: TicketContext): TicketEvent {
  return {
    kind: isClosed(ticket.status) ? 'closed' : 'status',
    ref: { accountId, ticketId: ticket.id },
    subject: subjectOf(ticket, marks.facts(ticket.id)),
    status: ticket.status
  }
}
