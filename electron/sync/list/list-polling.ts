/** Polls the list of one account: requests it, has the answer processed, schedules the next poll, publishes the result. */
import type { ListAnswer, TicketApi } from '../../api/api.ts'
import type { Clock } from '../../storage/types.ts'
import type { Problem } from '../../tickets/problem.ts'
import type { AccountId } from '../../tickets/ticket.ts'
import type { ListLoading } from '../../tickets/views.ts'
import type { ActivityLog, PollDetails, PollOutcome } from '../activity-log.ts'
import type { Sender } from '../outbox/sender.ts'
import type { ConnectionStatus } from '../requests/connection-status.ts'
import { ListLoader } from '../requests/list-loader.ts'
import { isAboutRights, type Poller } from '../requests/poller.ts'
import type { SendRequest } from '../requests/request-loop.ts'
import type { Turns } from '../turns.ts'
import type { TicketEvent } from '../types.ts'
import type { AccountWrites } from './account-writes.ts'
import type { GoodAnswer, ListSync } from './list-sync.ts'
import type { Marks } from '../marks/marks.ts'
import type { ChangeEvents, PendingChanges } from './pending-changes.ts'
import type { TicketList } from './ticket-list.ts'

export interface AccountEvents extends ChangeEvents {
  ticketEvents(events: readonly TicketEvent[]): void
  signedOut(): void
}

interface ListPollingParts {
  readonly accountId: AccountId
  readonly clock: Clock
  readonly marks: Marks
  readonly list: TicketList
  readonly poller: Poller
  readonly status: ConnectionStatus
  readonly sync: ListSync
  readonly turns: Turns
  readonly sender: Pick<Sender, 'listSucceeded' | 'listRefused'>
  readonly changes: PendingChanges
  readonly send: SendRequest
  readonly tell: AccountEvents & Pick<AccountWrites, 'marks'>
  readonly log: ActivityLog
  /** False if the account was stopped or has new credentials: answers to `api` are then ignored. */
  isCurrent(api: TicketApi): boolean
}

/** Result for the log. */
interface PollResult extends Omit<PollDetails, 'ms'> {
  readonly outcome: PollOutcome
}

/** Maximum age of the stored time of the last good list, in milliseconds. */
const recordFreshnessEveryMs = 900_000
/** Delay before a suspicious list is requested again, in milliseconds. */
const doubtedListRetryMs = 15_000
/** Delay before progress is shown, in milliseconds: for a first list, and for later ones. */
const loadingShownMs = { first: 500, later: 2000 } as const

export class ListPolling {
  readonly #parts: ListPollingParts
  readonly #loader: ListLoader
  /** Callers that wait for the next list request. */
  #waiters: (() => void)[] = []

  constructor(parts: ListPollingParts) {
    this.#parts = parts
    this.#loader = new ListLoader(parts.clock, parts.send, () => parts.tell.connection())
  }

  get isLoading(): boolean {
    return this.#loader.isLoading
  }

  /** Progress of the list request; null while there is none to show. */
  get progress(): ListLoading | null {
    return this.#loader.progress
  }

  /** When the list was last requested, successfully or not (monotonic). */
  get askedAt(): number {
    return this.#loader.askedAt
  }

  /** Resolves after the next list request, or when none can be made. */
  afterNextRequest(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve))
  }

  releaseWaiters(): void {
    for (const resolve of this.#waiters.splice(0)) resolve()
  }

  /** Marks the list request as aborted by the person. False if there is none. */
  cancel(): boolean {
    if (!this.#loader.isLoading) return false
    this.#loader.noteCancelled()
    return true
  }

  async poll(api: TicketApi): Promise<void> {
    const { accountId, changes, clock, list, log, poller, sync } = this.#parts
    poller.requestStarted(clock.monotonic())
    changes.addConnection()
    const shownAfterMs = list.tickets.size === 0 ? loadingShownMs.first : loadingShownMs.later
    const { answer, isCancelled, askedAt } = await this.#loader.load(api, sync.known, shownAfterMs)
    if (!this.#parts.isCurrent(api)) return
    const { outcome, ...details } = answer ? await this.take(answer, askedAt) : this.#aborted(isCancelled)
    log.poll(accountId, outcome, { ms: clock.monotonic() - askedAt, ...details })
    this.releaseWaiters()
  }

  /** `askedAt`: when it was requested (monotonic). */
  async take(answer: ListAnswer, askedAt: number): Promise<PollResult> {
    if (answer.outcome !== 'failed') return this.#takeAnswer(answer, askedAt)
    this.noteFailure(answer.problem)
    return { outcome: 'failed', problem: answer.problem }
  }

  noteFailure(problem: Problem): void {
    const { changes, clock, marks, poller, sender, status, tell } = this.#parts
    status.failed(problem)
    poller.failed(clock.monotonic(), clock.now(), problem)
    if (isAboutRights(problem)) sender.listRefused()
    this.recordFreshness()
    changes.addConnection()
    changes.publish()
    if (!poller.isRefused || marks.signedOut) return
    // Notified once, also across restarts.
    marks.signedOut = true
    tell.marks()
    tell.signedOut()
  }

  /** Stops polling until there are credentials. */
  signOut(problem: Problem): void {
    this.#parts.status.failed(problem)
    this.#parts.poller.failed(0, 0, problem)
  }

  /** Stores the time of the last good list, so that the next run can show its age without a network. */
  recordFreshness(): void {
    const { marks, status, tell } = this.#parts
    const { freshAt, hasAnswered } = status
    if (marks.listAt === freshAt || !hasAnswered) return
    marks.listAt = freshAt
    tell.marks()
  }

  #aborted(isCancelled: boolean): PollResult {
    if (isCancelled) {
      this.noteFailure({ kind: 'stopped' })
      return { outcome: 'stopped' }
    }
    this.#parts.poller.interrupted()
    return { outcome: 'interrupted' }
  }

  async #takeAnswer(answer: GoodAnswer, askedAt: number): Promise<PollResult> {
    const { changes, list, sync, tell, turns } = this.#parts
    const taken = await sync.take(answer, askedAt)
    if (taken.outcome === 'interrupted') return { outcome: taken.outcome }
    if (taken.outcome === 'suspicious') {
      this.#retryDoubtedList()
      const tickets = answer.outcome === 'tickets' ? answer.tickets.length : list.tickets.size
      return { outcome: taken.outcome, tickets }
    }
    this.#succeed()
    const { shown, events } = taken
    changes.addRows(shown.changed)
    changes.addRows(shown.removed)
    await changes.publishInTurns(() => turns.pause())
    if (events.length > 0) tell.ticketEvents(events)
    return {
      outcome: taken.outcome,
      tickets: list.tickets.size,
      changed: shown.changed.length,
      removed: shown.removed.length,
      broken: sync.brokenTickets,
      events: events.length
    }
  }

  /** Requests a suspicious list again before it is accepted. */
  #retryDoubtedList(): void {
    const { changes, clock, poller, status } = this.#parts
    const now = clock.monotonic()
    status.failed({ kind: 'suspiciously-empty' })
    poller.succeeded(now)
    poller.retryIn(now, doubtedListRetryMs)
    changes.addConnection()
    changes.publish()
  }

  #succeed(): void {
    const { changes, clock, marks, poller, sender, status, tell } = this.#parts
    const now = clock.now()
    status.succeeded(now)
    sender.listSucceeded()
    poller.succeeded(clock.monotonic())
    if (marks.signedOut) {
      marks.signedOut = false
      tell.marks()
    } else if (Math.abs(now - (marks.listAt ?? 0)) >= recordFreshnessEveryMs) this.recordFreshness()
    changes.addConnection()
  }
}
