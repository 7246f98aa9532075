/**
 * What waits to be sent by one account, in the order it was written. An entry is on disk before anybody sees
 * it. Its way: queued → sending → sent, refused, or uncertain; an uncertain one is looked up in the ticket
 * list and becomes sent, or queued again after a fair wait, or, where no list can tell, the person's to decide.
 */
import type { WriteAnswer } from '../api/api.ts'
import type { StoredEntry } from '../storage/schemas.ts'
import type { Problem } from '../tickets/problem.ts'
import type { AccountId, EpochMs, LocalFacts, Ticket, TicketId } from '../tickets/ticket.ts'
import type { OutboxItem, OutboxState } from '../tickets/views.ts'
import { evidenceOf, laneOf, namesBefore, type Before, type Sight } from './match.ts'

/** Lists asked for this long after an attempt ended must lack it, before it is sent again. */
export const fairWaitMs = 60_000
const fairLists = 2
/** So many lists that show nothing, or cannot, and an entry waits no longer for them. */
const patientLists = 10
const longestRetryMs = 900_000

interface Entry {
  readonly stored: StoredEntry
  /** Monotonic; when the last attempt ended. */
  readonly endedAt: number
  /** Monotonic; earliest next attempt. */
  readonly notBefore: number
  /** Good lists since the attempt ended that did not show it. */
  readonly missed: number
}

export interface Reconciled {
  /** Of replies that are this machine's own. */
  readonly ownReplies: readonly { readonly ticketId: TicketId; readonly key: string }[]
  /** Tickets closed from here. */
  readonly ownClosed: ReadonlySet<TicketId>
  /** Tickets made here, found in the list. */
  readonly made: readonly { readonly id: TicketId; readonly facts: LocalFacts }[]
  /** Entries that are over: found. */
  readonly ended: readonly string[]
  readonly changed: boolean
}

/** Whose claim counts first: the server's own word, then what may be, then what the server refused. */
const claimOrder: readonly OutboxState[] = ['sent', 'uncertain', 'queued', 'refused']

export class Outbox {
  readonly accountId: AccountId
  #entries: readonly Entry[]

  /** `entries` as they lay on disk: what was being sent when the app died is uncertain. */
  constructor(accountId: AccountId, entries: readonly StoredEntry[], now: number) {
    this.accountId = accountId
    this.#entries = entries.map((stored) => ({
      stored: stored.state === 'sending' ? { ...stored, state: 'uncertain' } : stored,
      endedAt: now,
      notBefore: 0,
      missed: 0
    }))
  }

  stored(): readonly StoredEntry[] {
    return this.#entries.map(({ stored }) => stored)
  }

  /** What people see; a sent one until the list shows it. `wall` − `now` turns monotonic moments into the wall clock's. */
  items(now: number, wall: EpochMs): readonly OutboxItem[] {
    return this.#entries.map(({ stored, notBefore }) =>
      itemOf(stored, stored.state === 'queued' && notBefore > now ? wall + (notBefore - now) : null)
    )
  }

  get(id: string): StoredEntry | null {
    return this.#entries.find(({ stored }) => stored.id === id)?.stored ?? null
  }

  /** The most urgent state of what waits for a ticket. */
  stateOf(id: TicketId): OutboxState | null {
    const states = new Set(
      this.#entries
        .filter(({ stored }) => ticketOf(stored) === id && stored.state !== 'sent')
        .map(({ stored }) => stored.state)
    )
    const order = ['undecided', 'refused', 'uncertain', 'sending', 'queued'] as const
    return order.find((state) => states.has(state)) ?? null
  }

  /** Tickets that anything waits for. */
  tickets(): ReadonlySet<TicketId> {
    return new Set(this.#entries.flatMap(({ stored }) => ticketOf(stored) ?? []))
  }

  /**
   * Held back until `notBefore` (monotonic), so that it can be taken back; after a restart it is held no longer.
   * Answers what undoes the change, for one that could not be made durable.
   */
  add(entry: StoredEntry, notBefore = 0): () => void {
    const before = this.#entries
    this.#entries = [...before, { stored: entry, endedAt: 0, notBefore, missed: 0 }]
    return () => (this.#entries = before)
  }

  /** As `add`. */
  remove(id: string): () => void {
    const before = this.#entries
    this.#entries = before.filter(({ stored }) => stored.id !== id)
    return () => (this.#entries = before)
  }

  /**
   * The next to send: the first of each lane only, so that order within a ticket holds. A refused reply holds the
   * ones after it until the person decides, because they may build on it. Where a ticket does not show its
   * replies, the one before must have been seen, or it could not be told from the next.
   */
  next(now: number, tickets: ReadonlyMap<TicketId, Ticket>): StoredEntry | null {
    const blocked = new Set<string>()
    for (const { stored, notBefore } of this.#entries) {
      const lane = laneOf(stored)
      if (stored.state === 'queued' && notBefore <= now && !blocked.has(lane)) return stored
      const ticket = tickets.get(ticketOf(stored) ?? 0)
      const isOver =
        (stored.state === 'sent' && !(ticket && ticket.replies.length === 0)) ||
        (stored.state === 'refused' && stored.action.kind === 'create')
      if (!isOver) blocked.add(lane)
    }
    return null
  }

  /** When the next entry may be sent; null when only lists or people can move things. */
  nextAt(now: number, tickets: ReadonlyMap<TicketId, Ticket>): number | null {
    if (this.next(now, tickets)) return now
    const times = this.#entries
      .filter(({ stored, notBefore }) => stored.state === 'queued' && notBefore > now)
      .map(({ notBefore }) => notBefore)
    return times.length === 0 ? null : Math.min(...times)
  }

  /** Notes what stands at the server already, before the first attempt; keeps it for later ones. */
  begin(id: string, before: Before, serverNow: EpochMs | null): StoredEntry | null {
    return this.#change(id, ({ stored, ...rest }) => {
      const first = stored.attempts === 0
      return {
        ...rest,
        stored: {
          ...stored,
          state: 'sending',
          attempts: stored.attempts + 1,
          problem: null,
          since: first ? serverNow : stored.since,
          known: first
            ? [...new Set([...stored.known, ...namesBefore(stored, before, serverNow)])]
            : stored.known
        }
      }
    })
  }

  end(id: string, answer: WriteAnswer, now: number, wall: EpochMs, random: number): StoredEntry | null {
    return this.#change(id, ({ stored }) => {
      const at = (state: OutboxState, problem: Problem | null, notBefore = 0): Entry => ({
        stored: { ...stored, state, problem },
        endedAt: now,
        notBefore,
        missed: 0
      })
      const allowedAt = (problem: Problem): number =>
        problem.retryAt === undefined ? 0 : now + Math.max(0, problem.retryAt - wall)
      switch (answer.outcome) {
        case 'done':
          return at('sent', null)
        case 'refused':
          return at('refused', answer.problem)
        case 'unknown':
          return at('uncertain', answer.problem, allowedAt(answer.problem))
        case 'not-sent': {
          const ceiling = Math.min(longestRetryMs, 15_000 * 2 ** Math.min(stored.attempts, 10))
          const own = now + ceiling / 2 + (random * ceiling) / 2
          return at('queued', answer.problem, Math.max(allowedAt(answer.problem), own))
        }
      }
    })
  }

  /** By hand: a refused one goes again, a waiting one goes now. An uncertain one waits for the list all the same. */
  retry(id: string): boolean {
    const changed = this.#change(id, (entry) => {
      if (entry.stored.state !== 'refused' && entry.stored.state !== 'queued') return entry
      return { ...entry, notBefore: 0, stored: { ...entry.stored, state: 'queued', problem: null } }
    })
    return changed?.state === 'queued'
  }

  refuse(id: string, problem: Problem): void {
    this.#change(id, (entry) => ({ ...entry, stored: { ...entry.stored, state: 'refused', problem } }))
  }

  /** What failed may go at once: the network is back, or new credentials are here. What is held back stays so. */
  hurry(): void {
    this.#entries = this.#entries.map((entry) =>
      entry.stored.attempts === 0 ? entry : { ...entry, notBefore: 0 }
    )
  }

  /**
   * Compares with a good list that was asked for at `askedAt` (monotonic). Sent entries claim what they became
   * and go; uncertain ones are found, or, after a fair wait, queued again.
   */
  reconcile(sight: Sight, askedAt: number): Reconciled {
    const ownReplies: { ticketId: TicketId; key: string }[] = []
    const ownClosed = new Set<TicketId>()
    const made: { id: TicketId; facts: LocalFacts }[] = []
    const ended: string[] = []
    let changed = false
    const attempted = this.#entries.filter(
      ({ stored, endedAt }) => stored.attempts > 0 && stored.state !== 'sending' && askedAt >= endedAt
    )
    for (const state of claimOrder)
      for (const entry of attempted) {
        if (entry.stored.state !== state) continue
        // Read anew: an entry before it may have claimed something.
        const stored = this.get(entry.stored.id) ?? entry.stored
        const { action } = stored
        const evidence = evidenceOf(stored, sight)
        if (evidence.kind === 'found') {
          changed = true
          ended.push(stored.id)
          this.#claim(stored, evidence.key)
          if (action.kind === 'reply') ownReplies.push({ ticketId: action.ticketId, key: evidence.key })
          if (action.kind === 'close') ownClosed.add(action.ticketId)
          if (action.kind === 'create') {
            const { title, departmentId, service } = action.draft
            made.push({ id: Number(evidence.key), facts: { title, departmentId, service } })
          }
        } else if (state === 'sent' || state === 'uncertain') {
          changed = this.#miss(entry, evidence.kind === 'absent', askedAt) || changed
        }
      }
    return { ownReplies, ownClosed, made, ended, changed }
  }

  /** What one entry became cannot be another one's too, nor is an own reply what opened a closed ticket again. */
  #claim(stored: StoredEntry, key: string): void {
    this.remove(stored.id)
    this.#entries = this.#entries.map((entry) =>
      sameTarget(entry.stored, stored)
        ? { ...entry, stored: { ...entry.stored, known: [...entry.stored.known, key] } }
        : entry
    )
  }

  /**
   * A good list lacks it, or cannot tell. The server's own "done" counts more than a few lists without it; for ever
   * it does not. What no list can tell is never sent again by itself. Answers whether the state is another now.
   */
  #miss({ stored: { id }, endedAt, missed: before }: Entry, isAbsent: boolean, askedAt: number): boolean {
    const missed = before + 1
    const isFair = askedAt - endedAt >= fairWaitMs
    const isPatient = isFair && missed >= patientLists
    let changed = false
    this.#change(id, (entry) => {
      const { stored } = entry
      if (stored.state === 'uncertain' && isAbsent && isFair && missed >= fairLists) {
        changed = true
        return { ...entry, missed: 0, stored: { ...stored, state: 'queued', problem: null } }
      }
      if (stored.state === 'uncertain' && !isAbsent && isPatient) {
        changed = true
        const problem: Problem = stored.problem ?? { kind: 'connection-lost' }
        return { ...entry, missed: 0, stored: { ...stored, state: 'refused', problem } }
      }
      return { ...entry, missed }
    })
    if (this.get(id)?.state !== 'sent' || !isPatient) return changed
    this.remove(id)
    return true
  }

  #change(id: string, to: (entry: Entry) => Entry): StoredEntry | null {
    this.#entries = this.#entries.map((entry) => (entry.stored.id === id ? to(entry) : entry))
    return this.get(id)
  }
}

/** What people see of an entry. */
export const itemOf = (stored: StoredEntry, nextAttemptAt: EpochMs | null): OutboxItem => ({
  id: stored.id,
  accountId: stored.accountId,
  action: stored.action,
  state: stored.state,
  queuedAt: stored.queuedAt,
  attempts: stored.attempts,
  problem: stored.problem,
  nextAttemptAt,
  question: null,
  acknowledgedAt: null,
  batch: null
})

/** The ticket an entry writes to; null for a new one. */
export const ticketOf = ({ action }: StoredEntry): TicketId | null =>
  action.kind === 'create' ? null : action.ticketId

const sameTarget = (a: StoredEntry, b: StoredEntry): boolean => ticketOf(a) === ticketOf(b)
