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
  isOver,
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

/** Whether the entry belongs to another customer: it must not be sent, nor searched for in this customer's list. */
const isForeign = ({ problem }: StoredEntry): boolean => problem?.kind === 'other-customer'

/** Changes for the disk and for windows. */
interface TakenChange {
  readonly stored: StoredOutbox
  readonly told: OutboxChange
  /** Whether removed entries must be deleted from the file at once. */
  readonly isToForget: boolean
}

export class Outbox {
  readonly accountId: AccountId
  readonly #entries = new EntryTable()
  /** Finished entries that are not in the log yet: they stay on disk until they are. */
  readonly #unrecorded = new Map<string, StoredEntry>()

  constructor(accountId: AccountId, entries: readonly StoredEntry[], now: number) {
    this.accountId = accountId
    for (const stored of entries) this.#entries.put(entryOf(stored, now))
    this.#entries.takeChange()
  }

  /** Whether there is nothing to store. */
  get isEmpty(): boolean {
    return this.#entries.size + this.#unrecorded.size === 0
  }

  /** The entries to store. */
  stored(): readonly StoredEntry[] {
    return [...this.#unrecorded.values(), ...this.#entries.all().map(({ stored }) => stored)]
  }

  /** The visible entries; sent ones until the list shows them. `wall` − `now` converts monotonic times to wall-clock times. */
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

  /** Whether some finished entries are not in the log yet. */
  get hasUnrecorded(): boolean {
    return this.#unrecorded.size > 0
  }

  /** Finished entries of a ticket that are not in the log yet; windows are told of their end afterwards. */
  finishedIds(ticketId: TicketId): readonly string[] {
    const entries = [...this.#unrecorded.values()]
    return entries.filter((stored) => ticketOf(stored) === ticketId).map(({ id }) => id)
  }

  /** Releases finished entries, after they were written to the log. */
  forgetRecorded(): void {
    this.forget([...this.#unrecorded.values()])
    this.#unrecorded.clear()
  }

  /** Removes entries from the disk with the next change. */
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

  /** The most urgent state of a ticket's entries. */
  stateOf(id: TicketId): OutboxState | null {
    const entries = this.#entries.ofTicket(id)
    return urgency.find((state) => entries.some(({ stored }) => stored.state === state)) ?? null
  }

  /** Whether there is an unfinished entry for this ticket. */
  waitsFor(id: TicketId): boolean {
    return this.#entries.ofTicket(id).length > 0
  }

  /** Whether a message of the customer in this ticket may have been sent from here. */
  mayHaveReplied(id: TicketId): boolean {
    return this.#entries
      .ofTicket(id)
      .some(({ stored }) => stored.action.kind === 'reply' && stored.attempts > 0)
  }

  /** Tickets with unfinished entries. */
  tickets(): ReadonlySet<TicketId> {
    return new Set(this.#entries.all().flatMap(({ stored }) => ticketOf(stored) ?? []))
  }

  /** Not sent before `notBefore` (monotonic), so that they can be cancelled; after a restart they are sent at once. */
  add(entries: readonly StoredEntry[], notBefore = 0): void {
    for (const stored of entries) this.#entries.put(entryOf(stored, 0, notBefore))
  }

  /** Returns a function that undoes it, in case the change could not be written. */
  remove(ids: readonly string[]): () => void {
    return this.#entries.remove(ids)
  }

  /**
   * The next entry to send: only the first of each lane, to keep the order within a ticket. A refused reply blocks later ones
   * until the person decides. If a ticket hides replies, the previous one must have been found first, or the two could not be
   * distinguished; before a close all of them must have been found, so that later replies count as new.
   */
  next(now: number, tickets: ReadonlyMap<TicketId, Ticket>): StoredEntry | null {
    for (const id of this.#entries.queued) {
      const entry = this.#entries.get(id)
      if (entry && entry.notBefore <= now && !this.#isBlocked(entry, tickets)) return entry.stored
    }
    return null
  }

  /** When the next entry may be sent; null if that depends on a list or the person. */
  nextAt(now: number, tickets: ReadonlyMap<TicketId, Ticket>): number | null {
    if (this.next(now, tickets)) return now
    let soonest: number | null = null
    for (const id of this.#entries.queued) {
      const at = this.#entries.get(id)?.notBefore ?? 0
      if (at > now && at < (soonest ?? Infinity)) soonest = at
    }
    return soonest
  }

  /** When a list can first prove more about an uncertain entry than that of `askedAt` (monotonic); null for never. */
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

  /** Retries a refused entry, or sends a waiting one now. Entries that may have arrived cannot be retried. */
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

  /** The person has decided that it did not arrive: queues it again. */
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
   * Called when the account belongs to another customer: no entry may be sent to, or searched for in, the new customer's
   * account. The person decides about uncertain ones.
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

  /** Ends the backoff of failed entries, after the network returned or credentials changed. Held entries stay held. */
  clearBackoff(): void {
    for (const id of [...this.#entries.queued])
      this.#change(id, (entry) =>
        entry.stored.attempts === 0 || entry.stored.unknowns > 0 ? entry : { ...entry, notBefore: 0 }
      )
  }

  /** Assigns a message to the entry `id` by the person's decision: no other entry of the ticket can claim it. */
  claim(id: string, key: string): void {
    const stored = this.get(id)
    if (!stored) return
    for (const other of [...this.#entries.attempted])
      this.#change(other, (entry) =>
        other === id || ticketOf(entry.stored) !== ticketOf(stored) ? entry : withClaimed(entry, [key])
      )
  }

  /**
   * Compares with a good list requested at `askedAt` (monotonic): found entries are finished and stay on disk until
   * `forgetRecorded`. `kept`: acknowledged replies that no list has shown so far.
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

/** Cached view of entries without a scheduled attempt, because all are read after every change. */
const items = new WeakMap<StoredEntry, OutboxItem>()

function itemAt({ stored, notBefore }: Entry, now: number, wall: EpochMs): OutboxItem {
  if (stored.state === 'queued' && notBefore > now) return itemOf(stored, wall + (notBefore - now))
  const made = items.get(stored) ?? itemOf(stored, null)
  items.set(stored, made)
  return made
}
