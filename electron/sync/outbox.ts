/**
 * What waits to be sent by one account, in the order it was written. An entry is on disk before anybody sees
 * it. Its way: queued → sending → sent, refused, or uncertain; an uncertain one is looked up in the ticket
 * list and becomes sent, or queued again after a fair wait.
 */
import type { WriteAnswer } from '../api/api.ts'
import type { StoredEntry } from '../storage/schemas.ts'
import type { Problem } from '../tickets/problem.ts'
import { isClosed } from '../tickets/status.ts'
import type { AccountId, EpochMs, LocalFacts, Ticket, TicketId } from '../tickets/ticket.ts'
import type { OutboxItem, OutboxState } from '../tickets/views.ts'
import { matchingReplies, matchingTickets, normalText } from './match.ts'

/** Lists asked for this long after an attempt ended must lack it, before it is sent again. */
export const fairWaitMs = 60_000
const fairLists = 2
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
  /** Keys of replies that are this machine's own. */
  readonly ownReplies: ReadonlySet<string>
  /** Tickets closed from here. */
  readonly ownClosed: ReadonlySet<TicketId>
  /** Tickets made here, found in the list. */
  readonly made: readonly { readonly id: TicketId; readonly facts: LocalFacts }[]
  readonly changed: boolean
}

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
    return this.#entries.map(({ stored, notBefore }) => ({
      id: stored.id,
      accountId: stored.accountId,
      action: stored.action,
      state: stored.state,
      queuedAt: stored.queuedAt,
      attempts: stored.attempts,
      problem: stored.problem,
      nextAttemptAt: stored.state === 'queued' && notBefore > now ? wall + (notBefore - now) : null
    }))
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
    const order = ['refused', 'uncertain', 'sending', 'queued'] as const
    return order.find((state) => states.has(state)) ?? null
  }

  add(entry: StoredEntry): void {
    this.#entries = [...this.#entries, { stored: entry, endedAt: 0, notBefore: 0, missed: 0 }]
  }

  remove(id: string): void {
    this.#entries = this.#entries.filter(({ stored }) => stored.id !== id)
  }

  /** The next to send: the first of each lane only, so that order holds. */
  next(now: number): StoredEntry | null {
    const blocked = new Set<string>()
    for (const { stored, notBefore } of this.#entries) {
      if (stored.state === 'sent') continue
      const lane = laneOf(stored)
      if (blocked.has(lane)) continue
      if (stored.state === 'queued' && notBefore <= now) return stored
      blocked.add(lane)
    }
    return null
  }

  /** When the next entry may be sent; null when only lists or people can move things. */
  nextAt(now: number): number | null {
    if (this.next(now)) return now
    const times = this.#entries
      .filter(({ stored, notBefore }) => stored.state === 'queued' && notBefore > now)
      .map(({ notBefore }) => notBefore)
    return times.length === 0 ? null : Math.min(...times)
  }

  /** Is anything waiting for the list to tell what became of it. */
  get isWaitingForList(): boolean {
    return this.#entries.some(({ stored }) => stored.state === 'uncertain' || stored.state === 'sent')
  }

  /** Notes what stands at the server already, before the first attempt; keeps it for later ones. */
  begin(id: string, tickets: ReadonlyMap<TicketId, Ticket>, serverNow: EpochMs | null): StoredEntry | null {
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
            ? [...new Set([...stored.known, ...matches(stored, tickets, serverNow)])]
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
      switch (answer.outcome) {
        case 'done':
          return at('sent', null)
        case 'refused':
          return at('refused', answer.problem)
        case 'unknown':
          return at('uncertain', answer.problem)
        case 'not-sent': {
          const ceiling = Math.min(longestRetryMs, 15_000 * 2 ** Math.min(stored.attempts, 10))
          const asked = answer.problem.retryAt === undefined ? 0 : answer.problem.retryAt - wall
          return at('queued', answer.problem, now + Math.max(asked, ceiling / 2 + (random * ceiling) / 2))
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

  /** Everything may go at once: the network is back, or new credentials are here. */
  hurry(): void {
    this.#entries = this.#entries.map((entry) => ({ ...entry, notBefore: 0 }))
  }

  /**
   * Compares with a good list that was asked for at `askedAt` (monotonic). Sent entries claim what they became
   * and go; uncertain ones are found, or, after a fair wait, queued again.
   */
  reconcile(tickets: ReadonlyMap<TicketId, Ticket>, askedAt: number, wall: EpochMs): Reconciled {
    const ownReplies = new Set<string>()
    const ownClosed = new Set<TicketId>()
    const made: { id: TicketId; facts: LocalFacts }[] = []
    let changed = false
    for (const id of this.#entries.map((entry) => entry.stored.id)) {
      // Anew each time: a claim changes what the entries after it know.
      const entry = this.#entries.find((one) => one.stored.id === id)
      if (!entry) continue
      const { stored } = entry
      const relevant =
        stored.state === 'sent' ||
        stored.state === 'uncertain' ||
        (stored.state === 'queued' && stored.attempts > 0)
      if (!relevant || askedAt < entry.endedAt) continue
      const found = this.#find(stored, tickets)
      if (found !== null) {
        changed = true
        this.#claim(stored, found)
        if (stored.action.kind === 'reply') ownReplies.add(found)
        if (stored.action.kind === 'close') ownClosed.add(stored.action.ticketId)
        if (stored.action.kind === 'create') {
          const { title, departmentId, service } = stored.action.draft
          made.push({ id: Number(found), facts: { title, departmentId, service } })
        }
        continue
      }
      if (stored.state === 'queued') continue
      changed = this.#miss(entry, askedAt, wall) || changed
    }
    return { ownReplies, ownClosed, made, changed }
  }

  #find(stored: StoredEntry, tickets: ReadonlyMap<TicketId, Ticket>): string | null {
    const { action } = stored
    if (action.kind === 'close') {
      const ticket = tickets.get(action.ticketId)
      return ticket && isClosed(ticket.status) ? 'closed' : null
    }
    const known = new Set(stored.known)
    return matches(stored, tickets, stored.since).find((key) => !known.has(key)) ?? null
  }

  /** What one entry became cannot be another one's too. */
  #claim(stored: StoredEntry, key: string): void {
    this.remove(stored.id)
    this.#entries = this.#entries.map((entry) =>
      sameTarget(entry.stored, stored)
        ? { ...entry, stored: { ...entry.stored, known: [...entry.stored.known, key] } }
        : entry
    )
  }

  /** A good list lacks it. The server's own "done" counts more than a few lists without it; for ever it does not. */
  #miss(entry: Entry, askedAt: number, wall: EpochMs): boolean {
    const missed = entry.missed + 1
    const waited = askedAt - entry.endedAt >= fairWaitMs
    if (entry.stored.state === 'sent') {
      if (missed >= 10 && waited) this.remove(entry.stored.id)
      else this.#change(entry.stored.id, () => ({ ...entry, missed }))
      return missed >= 10 && waited
    }
    const again = missed >= fairLists && waited
    this.#change(entry.stored.id, () => ({
      ...entry,
      missed: again ? 0 : missed,
      stored: again
        ? { ...entry.stored, state: 'queued', problem: null, queuedAt: Math.min(entry.stored.queuedAt, wall) }
        : entry.stored
    }))
    return again
  }

  #change(id: string, to: (entry: Entry) => Entry): StoredEntry | null {
    this.#entries = this.#entries.map((entry) => (entry.stored.id === id ? to(entry) : entry))
    return this.get(id)
  }
}

/** The ticket an entry writes to; null for a new one. */
const ticketOf = ({ action }: StoredEntry): TicketId | null =>
  action.kind === 'create' ? null : action.ticketId

/**
 * Entries of one lane go one after the other: everything for one ticket, and new tickets of the same words, which
 * could not be told apart in the list.
 */
const laneOf = ({ action }: StoredEntry): string =>
  action.kind === 'create' ? `create ${normalText(action.draft.message)}` : `ticket ${action.ticketId}`

function matches(
  stored: StoredEntry,
  tickets: ReadonlyMap<TicketId, Ticket>,
  since: EpochMs | null
): readonly string[] {
  const { action } = stored
  switch (action.kind) {
    case 'close':
      return []
    case 'reply': {
      const ticket = tickets.get(action.ticketId)
      return ticket ? matchingReplies(ticket, action.text, since) : []
    }
    case 'create':
      return matchingTickets(tickets.values(), action.draft.message, since).map(({ id }) => String(id))
  }
}

const sameTarget = (a: StoredEntry, b: StoredEntry): boolean =>
  a.action.kind === b.action.kind && laneOf(a) === laneOf(b)
