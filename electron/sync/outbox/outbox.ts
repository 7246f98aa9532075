/**
 * The outbox of one account, in order. An entry is on disk before it is shown: queued → sending → sent, refused or uncertain.
 * Sent entries stay until the list shows them. Uncertain ones are found in the list, queued again if absent, or undecided.
 */
import type { WriteAnswer } from '../../api/api.ts'
import type { SentReply, ServerBaseline, StoredEntry, StoredOutbox } from '../../storage/schemas.ts'
import type { Problem } from '../../tickets/problem.ts'
import type { AccountId, EpochMs, Ticket, TicketId } from '../../tickets/ticket.ts'
import type { OutboxChange, OutboxItem, OutboxState } from '../../tickets/views.ts'
import type { ListSnapshot } from '../evidence/list-evidence.ts'
import { EntryTable } from './entry-table.ts'
import {
  withAnswer,
  withAttemptStarted,
  entryOf,
  itemOf,
  provenAfterMs,
  queuedAgain,
  ticketOf
} from './outbox-entry.ts'
import type { Entry, Moment } from './outbox-entry.ts'
import { reconcile, type Reconciled } from './reconcile.ts'
import { withClaimed } from './settle.ts'

export type { Reconciled } from './reconcile.ts'

/** The most urgent first. */
const urgency = ['undecided', 'refused', 'uncertain', 'sending', 'queued'] as const

/** Belongs to another customer: it must neither be sent to this one nor looked for in this one's list. */
const isForeign = ({ problem }: StoredEntry): boolean => problem?.kind === 'other-customer'

/** For the disk and for windows. */
interface TakenChange {
  readonly stored: StoredOutbox
  readonly told: OutboxChange
  /** What is removed must not stay on the disk until somebody tidies up. */
  readonly isToForget: boolean
}

export class Outbox {
  readonly accountId: AccountId
  readonly #entries = new EntryTable()
  /** Over, and not recorded as such yet: still on disk, so that no crash forgets what became of them. */
  readonly #unrecorded = new Map<string, StoredEntry>()

  constructor(accountId: AccountId, entries: readonly StoredEntry[], now: number) {
    this.accountId = accountId
    for (const stored of entries) this.#entries.put(entryOf(stored, now))
    this.#entries.takeChange()
  }

  /** Nothing of it belongs on the disk. */
  get isEmpty(): boolean {
    return this.#entries.size + this.#unrecorded.size === 0
  }

  /** What belongs on the disk. */
  stored(): readonly StoredEntry[] {
    return [...this.#unrecorded.values(), ...this.#entries.all().map(({ stored }) => stored)]
  }

  /** What people see; a sent one until the list shows it. `wall` − `now` turns monotonic moments into the wall clock's. */
  items(now: number, wall: EpochMs): readonly OutboxItem[] {
    return this.#entries.all().map((entry) => itemAt(entry, now, wall))
  }

  item(id: string, now: number, wall: EpochMs): OutboxItem | null {
    const entry = this.#entries.get(id)
    return entry ? itemAt(entry, now, wall) : null
  }

  /** Whether anything changed since the last `takeChange`. */
  get isChanged(): boolean {
    return this.#entries.isChanged
  }

  /** Of some entries it is not on disk yet how they ended. */
  get hasUnrecorded(): boolean {
    return this.#unrecorded.size > 0
  }

  /** It is on disk how they ended: they may go. */
  forgetRecorded(): void {
    this.forget([...this.#unrecorded.values()])
    this.#unrecorded.clear()
  }

  /** Takes them off the disk with the next change. */
  forget(entries: readonly StoredEntry[]): void {
    for (const stored of entries) this.#entries.removeFromDisk(stored)
  }

  /** The changes since the last call, for the disk and for windows. */
  takeChange(now: number, wall: EpochMs): TakenChange {
    const { changed, removed, removedFromDisk, isToForget } = this.#entries.takeChange()
    return {
      isToForget,
      stored: { entries: changed.map(({ stored }) => stored), removed: removedFromDisk },
      told: { changed: changed.map((entry) => itemAt(entry, now, wall)), removed }
    }
  }

  get(id: string): StoredEntry | null {
    return this.#entries.get(id)?.stored ?? null
  }

  /** The most urgent state of what waits for a ticket. */
  stateOf(id: TicketId): OutboxState | null {
    const entries = this.#entries.ofTicket(id)
    return urgency.find((state) => entries.some(({ stored }) => stored.state === state)) ?? null
  }

  /** Something for this ticket is not over yet. */
  waitsFor(id: TicketId): boolean {
    return this.#entries.ofTicket(id).length > 0
  }

  /** A message of the customer's in this ticket may be one that was sent from here. */
  mayHaveReplied(id: TicketId): boolean {
    return this.#entries
      .ofTicket(id)
      .some(({ stored }) => stored.action.kind === 'reply' && stored.attempts > 0)
  }

  /** Tickets that anything waits for. */
  tickets(): ReadonlySet<TicketId> {
    return new Set(this.#entries.all().flatMap(({ stored }) => ticketOf(stored) ?? []))
  }

  /** Held back until `notBefore` (monotonic), so that they can be taken back; after a restart they are held no longer. */
  add(entries: readonly StoredEntry[], notBefore = 0): void {
    for (const stored of entries) this.#entries.put(entryOf(stored, 0, notBefore))
  }

  /** Returns a function that undoes it, in case the change could not be written. */
  remove(ids: readonly string[]): () => void {
    return this.#entries.remove(ids)
  }

  /**
   * The next to send: the first of each lane only, so that order within a ticket holds. A refused reply holds the ones after
   * it until the person decides. Where a ticket does not show its replies, the one before must have been seen, or it could not
   * be told from the next; before a close all of them must have been, so that whatever comes later is news.
   */
  next(now: number, tickets: ReadonlyMap<TicketId, Ticket>): StoredEntry | null {
    for (const id of this.#entries.queued) {
      const entry = this.#entries.get(id)
      if (entry && entry.notBefore <= now && !this.#isBlocked(entry, tickets)) return entry.stored
    }
    return null
  }

  /** When the next entry may be sent; null when only lists or people can move things. */
  nextAt(now: number, tickets: ReadonlyMap<TicketId, Ticket>): number | null {
    if (this.next(now, tickets)) return now
    let soonest: number | null = null
    for (const id of this.#entries.queued) {
      const at = this.#entries.get(id)?.notBefore ?? 0
      if (at > now && at < (soonest ?? Infinity)) soonest = at
    }
    return soonest
  }

  /** When a list can first prove something about an uncertain entry, of what `askedAt` (monotonic) could not; null for never. */
  proofAt(askedAt: number): number | null {
    let soonest: number | null = null
    for (const id of this.#entries.uncertain) {
      const at = (this.#entries.get(id)?.endedAt ?? 0) + provenAfterMs
      if (at > askedAt && at < (soonest ?? Infinity)) soonest = at
    }
    return soonest
  }

  begin(id: string, baseline: ServerBaseline, sentForm: StoredEntry['sentForm']): StoredEntry | null {
    return this.#change(id, (entry) => withAttemptStarted(entry, baseline, sentForm))
  }

  end(id: string, answer: WriteAnswer, moment: Moment): StoredEntry | null {
    return this.#change(id, (entry) => withAnswer(entry, answer, moment))
  }

  /** By hand: a refused one goes again, a waiting one goes now. What may have arrived is decided, not tried again. */
  retry(id: string): boolean {
    const stored = this.get(id)
    if (!stored || isForeign(stored) || (stored.state !== 'refused' && stored.state !== 'queued'))
      return false
    this.#change(id, (entry) => ({
      ...entry,
      notBefore: 0,
      stored: { ...entry.stored, state: 'queued', problem: null }
    }))
    return true
  }

  /** By hand: the person looked, and it is not there. */
  sendAgain(id: string): boolean {
    const stored = this.get(id)
    if (stored?.state !== 'undecided' || isForeign(stored)) return false
    this.#change(id, queuedAgain)
    return true
  }

  refuse(id: string, problem: Problem): void {
    this.#change(id, (entry) => ({ ...entry, stored: { ...entry.stored, state: 'refused', problem } }))
  }

  /**
   * The account belongs to another customer now: nothing of this may be sent or looked for there. What the old one's
   * server may have stays the person's to decide.
   */
  disown(): void {
    this.forgetRecorded()
    const problem: Problem = { kind: 'other-customer' }
    for (const id of this.#entries.ids())
      this.#change(id, (entry) => {
        const { state, acknowledgedAt } = entry.stored
        if (state === 'queued' || state === 'refused')
          return { ...entry, stored: { ...entry.stored, state: 'refused', problem } }
        const question = { kind: acknowledgedAt === null ? 'cannot-tell' : 'not-shown' } as const
        return { ...entry, stored: { ...entry.stored, state: 'undecided', problem, question } }
      })
  }

  /** What failed may go at once: the network is back, or new credentials are here. What is held back stays so. */
  clearBackoff(): void {
    for (const id of [...this.#entries.queued])
      this.#change(id, (entry) =>
        entry.stored.attempts === 0 || entry.stored.unknowns > 0 ? entry : { ...entry, notBefore: 0 }
      )
  }

  /** The person says that this message is `id`'s: no other entry of the same ticket can be it. */
  claim(id: string, key: string): void {
    const stored = this.get(id)
    if (!stored) return
    for (const other of [...this.#entries.attempted])
      this.#change(other, (entry) =>
        other === id || ticketOf(entry.stored) !== ticketOf(stored) ? entry : withClaimed(entry, [key])
      )
  }

  /**
   * Compares with a good list that was asked for at `askedAt` (monotonic): what is found there is over, and stays on disk
   * until `forgetRecorded`. `kept` are the replies that the server never showed so far.
   */
  reconcile(
    list: ListSnapshot,
    askedAt: number,
    moment: Pick<Moment, 'now' | 'wall'>,
    kept: readonly SentReply[] = []
  ): Reconciled {
    const attempted = [...this.#entries.attempted]
      .flatMap((id) => this.#entries.get(id) ?? [])
      .filter(({ stored, endedAt }) => stored.state !== 'sending' && askedAt >= endedAt && !isForeign(stored))
    const { entries, ...found } = reconcile(attempted, list, { ...moment, askedAt }, kept)
    for (const { id } of found.ended) {
      const stored = this.get(id)
      this.#entries.drop(id)
      if (stored) this.#unrecorded.set(id, stored)
    }
    for (const entry of entries) this.#change(entry.stored.id, () => entry)
    return { ...found, isChanged: this.isChanged || found.shown.length > 0 }
  }

  #isBlocked(entry: Entry, tickets: ReadonlyMap<TicketId, Ticket>): boolean {
    for (const { stored } of this.#entries.before(entry))
      if (!isOver(stored, entry.stored, tickets)) return true
    return false
  }

  #change(id: string, to: (entry: Entry) => Entry): StoredEntry | null {
    const before = this.#entries.get(id)
    if (!before) return null
    const after = to(before)
    if (after !== before) this.#entries.put(after)
    return after.stored
  }
}

/** Of entries for which no attempt is planned: the desktop counts all of them after every change. */
const items = new WeakMap<StoredEntry, OutboxItem>()

function itemAt({ stored, notBefore }: Entry, now: number, wall: EpochMs): OutboxItem {
  if (stored.state === 'queued' && notBefore > now) return itemOf(stored, wall + (notBefore - now))
  const made = items.get(stored) ?? itemOf(stored, null)
  items.set(stored, made)
  return made
}

/** The one after it may go. */
function isOver(stored: StoredEntry, next: StoredEntry, tickets: ReadonlyMap<TicketId, Ticket>): boolean {
  if (stored.state === 'refused') return stored.action.kind === 'create'
  if (next.action.kind === 'close') return false
  const isAcknowledged =
    stored.state === 'sent' || (stored.state === 'undecided' && stored.acknowledgedAt !== null)
  const ticket = tickets.get(ticketOf(stored) ?? 0)
  return isAcknowledged && !(ticket && ticket.replies.length === 0)
}
