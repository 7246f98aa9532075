/** Sends one outbox entry, after it was written to disk as `sending`. */
import type { TicketApi, WriteAnswer } from '../../api/api.ts'
import type { Clock } from '../../storage/types.ts'
import type { StoredEntry } from '../../storage/schemas.ts'
import type { Problem } from '../../tickets/problem.ts'
import type { SentForm } from '../../tickets/account-rules.ts'
import { actionInSentForm } from '../../tickets/text/sent-form/sent-form.ts'
import type { OutboxAction } from '../../tickets/views.ts'
import { baselineOf } from '../evidence/server-baseline.ts'
import type { AccountWrites } from '../list/account-writes.ts'
import type { PendingChanges } from '../list/pending-changes.ts'
import type { TicketList } from '../list/ticket-list.ts'
import type { ConnectionStatus } from '../requests/connection-status.ts'
import { isAboutRights, type Poller } from '../requests/poller.ts'
import type { SendRequest } from '../requests/request-loop.ts'
import type { Moment } from './outbox-entry.ts'
import type { Outbox } from './outbox.ts'

interface SenderParts {
  readonly clock: Clock
  readonly random: () => number
  readonly outbox: Outbox
  readonly list: TicketList
  readonly poller: Poller
  readonly status: ConnectionStatus
  readonly changes: PendingChanges
  readonly write: AccountWrites
  readonly send: SendRequest
  /** The server password of a queued new ticket, or why it is not available. */
  password(entryId: string): { readonly password: string } | Problem
  /** The form in which texts are sent now. */
  sentForm(): SentForm
  /** False if the account has new credentials. */
  isCurrent(api: TicketApi): boolean
}

function request(
  api: TicketApi,
  action: OutboxAction,
  password: string,
  signal: AbortSignal
): Promise<WriteAnswer> {
  switch (action.kind) {
    case 'create':
      return api.create(action.draft, password, signal)
    case 'reply':
      return api.reply(action.ticketId, action.text, signal)
    case 'close':
      return api.close(action.ticketId, signal)
  }
}

export class Sender {
  readonly #parts: SenderParts
  /** Ids of entries refused as unauthorized or forbidden since the last good list. */
  #refusedIds: string[] = []

  constructor(parts: SenderParts) {
    this.#parts = parts
  }

  async send(api: TicketApi, entry: StoredEntry): Promise<void> {
    const { outbox, list, write } = this.#parts
    const needed = this.#passwordFor(entry)
    if (!('password' in needed)) {
      outbox.refuse(entry.id, needed)
      this.#outboxChanged(entry)
      return
    }
    const form = this.#parts.sentForm()
    outbox.begin(entry.id, baselineOf(entry.action, list), form)
    // Otherwise it would be sent again after a crash.
    if (!this.#outboxChanged(entry)) {
      const problem: Problem = { kind: 'storage-failed' }
      outbox.end(entry.id, { outcome: 'not-sent', problem }, this.#moment())
      this.#outboxChanged(entry)
      return
    }
    const answer: WriteAnswer = (await this.#parts.send(true, (signal) =>
      request(api, actionInSentForm(entry.action, form), needed.password, signal)
    )) ?? { outcome: 'unknown', problem: { kind: 'connection-lost' } }
    outbox.end(entry.id, answer, this.#moment())
    this.#outboxChanged(entry)
    if (answer.outcome === 'done') write.ended([entry.id])
    this.#planAfter(answer, entry, api)
  }

  /** Called after a good list: refusals since the last one were about the write and not about the account. */
  listSucceeded(): void {
    this.#refusedIds = []
  }

  /** Called when the list is refused as well: the credentials are the problem, and writes wait for new ones. */
  listRefused(): void {
    const { outbox } = this.#parts
    const waiting = this.#refusedIds.splice(0).flatMap((id) => outbox.get(id) ?? [])
    for (const { id } of waiting) outbox.retry(id)
    for (const entry of waiting) this.#outboxChanged(entry)
  }

  #passwordFor({ id, action }: StoredEntry): { readonly password: string } | Problem {
    return action.kind === 'create' && action.hasPassword ? this.#parts.password(id) : { password: '' }
  }

  /** Schedules the next list request after a write. */
  #planAfter(answer: WriteAnswer, entry: StoredEntry, api: TicketApi): void {
    const { clock, poller, status } = this.#parts
    const now = clock.monotonic()
    switch (answer.outcome) {
      case 'done':
        poller.noteWrite(now)
        return
      case 'refused':
        poller.noteWrite(now)
        poller.applyRetryAfter(now, clock.now(), answer.problem)
        return
      case 'unknown':
        status.listIsOutdated()
        poller.noteWrite(now)
        poller.applyRetryAfter(now, clock.now(), answer.problem)
        return
      case 'not-sent':
        // Refusals of old credentials do not apply to new ones.
        if (this.#parts.isCurrent(api)) this.#notSent(entry, answer.problem)
    }
  }

  /** After a failure all entries wait, since further requests would fail as well. */
  #notSent(entry: StoredEntry, problem: Problem): void {
    const { clock, outbox, poller, status } = this.#parts
    const now = clock.monotonic()
    status.listIsOutdated()
    if (!isAboutRights(problem)) {
      poller.failed(now, clock.now(), problem)
      return
    }
    // Regarded as about this write until a list is refused as well.
    this.#refusedIds.push(entry.id)
    outbox.refuse(entry.id, problem)
    this.#outboxChanged(entry)
    poller.requestNow(now, 'wrote')
  }

  /** False if it is not durable. */
  #outboxChanged({ action }: StoredEntry): boolean {
    const { changes, list, write } = this.#parts
    const isDurable = write.outbox()
    const rows = action.kind === 'create' ? [] : list.refreshState([action.ticketId])
    changes.addRows(rows.map(({ id }) => id))
    return isDurable
  }

  #moment(): Moment {
    const { clock, random } = this.#parts
    return { now: clock.monotonic(), wall: clock.now(), random: random() }
  }
}
