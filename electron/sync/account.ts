/** One account: its requests, ticket list and outbox. Publishes changes once per turn. */
import type { ListAnswer, ServicesAnswer, TicketApi } from '../api/api.ts'
import type { CachedTickets } from '../storage/ticket-cache.ts'
import type { EpochMs, TicketId } from '../tickets/ticket.ts'
import type { SentForm } from '../tickets/account-rules.ts'
import type { OriginalText } from '../tickets/thread/originals.ts'
import type { Connection } from '../tickets/views.ts'
import type { AccountParts } from './account-parts.ts'
import { ListPolling } from './list/list-polling.ts'
import { ListSync, type GoodAnswer } from './list/list-sync.ts'
import { loadCachedTickets } from './list/load-cached-tickets.ts'
import type { Marks } from './marks/marks.ts'
import { PendingChanges } from './list/pending-changes.ts'
import { TicketList } from './list/ticket-list.ts'
import { Outbox } from './outbox/outbox.ts'
import { Sender } from './outbox/sender.ts'
import type { SentLog } from './outbox/sent-log.ts'
import type { AccountWork } from './work/account-work.ts'
import { ConnectionStatus } from './requests/connection-status.ts'
import { nextRequest, nextRequestAt, type DueParts } from './requests/due-request.ts'
import { Poller } from './requests/poller.ts'
import { RequestLoop, type SendRequest } from './requests/request-loop.ts'

export class Account {
  readonly list: TicketList
  readonly outbox: Outbox
  readonly sent: SentLog
  readonly marks: Marks
  readonly work: AccountWork
  readonly #parts: AccountParts
  readonly #poller: Poller
  readonly #status = new ConnectionStatus()
  readonly #loop: RequestLoop
  readonly #polling: ListPolling
  readonly #sync: ListSync
  readonly #sender: Sender
  readonly #changes: PendingChanges
  readonly #due: DueParts

  constructor(parts: AccountParts) {
    const { id: accountId, clock, marks, sent, work, random, tell, turns } = parts
    this.#parts = parts
    const outbox = new Outbox(accountId, parts.entries, clock.monotonic())
    const poller = new Poller({ random, intervalSeconds: parts.intervalSeconds })
    const list = new TicketList({
      ...{ accountId, marks, work, version: parts.version },
      outboxState: (id) => outbox.stateOf(id),
      waitsFor: (id) => outbox.waitsFor(id),
      keptReplies: (id) => sent.repliesTo(id),
      originals: (id) => sent.originalsOf(id),
      hasDraft: (id) => parts.hasDraft(id)
    })
    const changes = new PendingChanges((id) => list.row(id), tell)
    const loop = this.#createLoop(poller)
    this.sent = sent
    this.marks = marks
    this.work = work
    this.outbox = outbox
    this.list = list
    this.#poller = poller
    this.#changes = changes
    this.#loop = loop
    this.#sync = new ListSync({
      ...{ accountId, list, marks, outbox, sent, clock, turns, work, write: tell },
      marksSettled: () => parts.marksSettled(),
      isStopped: () => loop.isStopped
    })
    this.#sender = new Sender({
      ...{ clock, random, outbox, list, poller, changes, write: tell },
      ...{ send: this.#send, status: this.#status },
      password: (entryId) => parts.password(entryId),
      sentForm: () => parts.sentForm(),
      isCurrent: (api) => api === loop.api
    })
    this.#polling = new ListPolling({
      ...{ accountId, clock, marks, list, poller, changes, tell, turns, log: parts.log },
      send: this.#send,
      status: this.#status,
      sync: this.#sync,
      sender: this.#sender,
      isCurrent: (api) => !loop.isStopped && api === loop.api
    })
    this.#due = { poller, outbox, list, status: this.#status, sender: this.#sender, polling: this.#polling }
    if (typeof parts.api === 'string') this.#polling.signOut({ kind: parts.api })
  }

  #createLoop(poller: Poller): RequestLoop {
    const { api, clock, paused } = this.#parts
    return new RequestLoop({
      clock,
      poller,
      api: typeof api === 'string' ? null : api,
      isPaused: paused,
      next: (current, now) => nextRequest(this.#due, current, now),
      nextAt: (now) => nextRequestAt(this.#due, now),
      turnEnded: () => {
        this.#changes.publish()
        if (!this.#loop.canSend || poller.isStopped) this.#polling.releaseWaiters()
      },
      turnFailed: (error) => {
        this.#parts.log.error('account turn', error)
        this.#polling.noteFailure({ kind: 'internal' })
      }
    })
  }

  /** Publishes pending changes before waiting for the server. */
  readonly #send: SendRequest = (isWrite, send) => {
    this.#changes.publish()
    return this.#loop.send(isWrite, send)
  }

  get hasCredentials(): boolean {
    return this.#loop.api !== null
  }

  /** Whether cached tickets are still being loaded. Until then no requests are made. */
  get isOpening(): boolean {
    return !this.#loop.isOpen
  }

  /** For the cache. Null if the next run must read the list completely. */
  get fingerprint(): string | null {
    return this.#sync.fingerprint
  }

  /** The form in which messages are sent now. */
  get sentForm(): SentForm {
    return this.#parts.sentForm()
  }

  /** Checks messages that the person has claimed as theirs for damaged letters. The caller writes the marks. */
  noteLetterDamage(originals: readonly OriginalText[]): void {
    this.#sync.noteLetterDamage(originals)
  }

  /** Whether the ticket is in the list; while the cache is being loaded, whether it was in the last list. */
  hasSeen(id: TicketId): boolean {
    const { everSeen, gone } = this.#parts.marks
    return this.list.tickets.has(id) || (this.isOpening && everSeen.has(id) && !gone.has(id))
  }

  connection(): Connection {
    return this.#status.connection({
      loop: this.#loop,
      poller: this.#poller,
      clock: this.#parts.clock,
      isLoading: this.#polling.isLoading,
      loading: this.#polling.progress,
      brokenTickets: this.#sync.brokenTickets
    })
  }

  /** The server's time, by which its dates are measured; null before the first answer of this run. */
  get serverNow(): EpochMs | null {
    return this.#sync.serverNow
  }

  /** Loads the cached tickets, with a `pause` now and then; then requests may be made. */
  async open(
    cached: CachedTickets | null,
    pause: () => Promise<void> = () => Promise.resolve()
  ): Promise<void> {
    const { clock, marks, tell } = this.#parts
    const untold = await loadCachedTickets(this.list, cached?.tickets ?? [], {
      ...{ clock, pause },
      tell: (rows) => tell.rows(rows, []),
      isStopped: () => this.#loop.isStopped
    })
    if (cached) {
      // After the clock was set back, the stored time may be in the future.
      this.#status.setCachedAt(marks.listAt === null ? null : Math.min(marks.listAt, clock.now()))
      this.#sync.knowCached(cached)
    }
    this.#loop.open()
    if (untold.length > 0) tell.rows(untold, [])
    else tell.connection()
  }

  /** Processes a list that was fetched before this account existed: its baseline. Only within `runExclusive`. */
  async accept(answer: ListAnswer): Promise<void> {
    await this.#polling.take(answer, this.#parts.clock.monotonic())
  }

  /** Whether the list belongs to another customer. */
  isOtherCustomers(answer: GoodAnswer): boolean {
    return this.#sync.isOtherCustomers(answer)
  }

  /** The next list becomes a new baseline. Returns the removed tickets. */
  forget(): readonly TicketId[] {
    return this.#sync.clear()
  }

  /** Requested between other requests. Null without credentials, while paused or offline, or during Retry-After. */
  services(): Promise<ServicesAnswer | null> {
    const { clock } = this.#parts
    return new Promise((resolve) => {
      this.#loop.queue(async (api) => {
        const answer = api && (await this.#send(false, (signal) => api.services(signal)))
        if (answer?.outcome === 'failed')
          this.#poller.applyRetryAfter(clock.monotonic(), clock.now(), answer.problem)
        resolve(answer)
      })
    })
  }

  /** Runs other requests, such as a test of new credentials, while no regular request is in flight. */
  runExclusive<T>(run: () => Promise<T>): Promise<T> {
    return this.#loop.runExclusive(run)
  }

  /** Sends what is due, unless a turn is in progress. */
  wake(): void {
    this.#loop.wake()
  }

  /** Sends a new entry soon; requests the list first if it is outdated. */
  sendSoon(): void {
    if (!this.#status.listIsCurrent) this.#poller.requestNow(this.#parts.clock.monotonic(), 'wrote')
    this.#loop.wake()
    this.#loop.schedule()
  }

  /** Resolves after the next list request, or at once if none can be made. */
  check(reason: 'asked' | 'opened' | 'wake' | 'online'): Promise<void> {
    if (reason === 'wake') {
      this.#loop.resume()
      this.#status.listIsOutdated()
    }
    const now = this.#parts.clock.monotonic()
    this.#poller.requestNow(now, reason)
    if (!this.#loop.canSend || !this.#poller.isDue(now)) {
      this.#loop.schedule()
      return Promise.resolve()
    }
    const asked = this.#polling.afterNextRequest()
    this.#loop.wake()
    return asked
  }

  setOnline(isOnline: boolean): void {
    if (this.#loop.isOnline === isOnline) return
    this.#loop.setOnline(isOnline)
    if (isOnline) {
      this.#status.listIsOutdated()
      this.outbox.clearBackoff()
      this.#poller.requestNow(this.#parts.clock.monotonic(), 'online')
    } else this.#polling.recordFreshness()
    this.#parts.tell.connection()
    this.#loop.wake()
  }

  setSlow(isSlow: boolean): void {
    this.#poller.setSlow(isSlow, this.#parts.clock.monotonic())
    this.#loop.schedule()
  }

  /** Called when the polling interval has changed. */
  intervalChanged(): void {
    this.#poller.intervalChanged(this.#parts.clock.monotonic())
    this.#loop.schedule()
  }

  setPaused(isPaused: boolean): void {
    this.#loop.setPaused(isPaused)
    if (!isPaused) this.#poller.requestNow(this.#parts.clock.monotonic(), 'asked')
    this.#parts.tell.connection()
    this.#loop.wake()
  }

  /** Only within `runExclusive`, so that no request is in flight with the old credentials. */
  setApi(api: TicketApi): void {
    this.#loop.setApi(api)
    this.#status.credentialsChanged()
    this.#sync.forgetKnown()
    this.#poller.credentialsChanged(this.#parts.clock.monotonic())
    this.outbox.clearBackoff()
    this.#parts.tell.connection()
  }

  /** Aborts the list request for the person; it is retried as after a failure. */
  stopLoading(): void {
    if (this.#polling.cancel()) this.#loop.interrupt()
  }

  /** Aborts a list request; it is repeated after waking. */
  suspend(): void {
    this.#polling.recordFreshness()
    this.#loop.suspend()
  }

  /** Resolves when the current request has ended or was aborted, within a second. */
  async stop(): Promise<void> {
    this.#polling.recordFreshness()
    const stopped = this.#loop.stop()
    this.#polling.releaseWaiters()
    await stopped
  }
}
