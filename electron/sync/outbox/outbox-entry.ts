/** A single outbox entry and its state changes. All times are monotonic. */
import { randomUUID } from 'node:crypto'
import type { WriteAnswer } from '../../api/api.ts'
import type { ServerBaseline, StoredEntry } from '../../storage/schemas.ts'
import { cleanText, oneLine } from '../../tickets/text/text.ts'
import type { Problem } from '../../tickets/problem.ts'
import type { AccountId, EpochMs, Ticket, TicketId } from '../../tickets/ticket.ts'
import { toAscii } from '../../tickets/text/sent-form/ascii.ts'
import { fold } from '../../tickets/text/turkish.ts'
import type {
  OutboxAction,
  OutboxEnd,
  OutboxItem,
  OutboxQuestion,
  OutboxRecord
} from '../../tickets/views.ts'

/**
 * Only a list requested this long after an attempt ended proves absence, because a list may come from a cache that is
 * minutes old. Older caches are an accepted risk (docs/decisions/0001).
 */
export const provenAfterMs = 360_000
/** Maximum number of attempts with an unknown outcome; after that the person decides. */
export const maxUnknownAttempts = 3
/** Additional delay before the third attempt, since the server may recover. */
const pauseMs = 600_000
/** Time and number of lists without an acknowledged entry, after which the person decides. */
export const shownWithinMs = 1_800_000
export const shownWithinLists = 10
/** Time after which the person decides about an uncertain entry for which no list is conclusive. */
export const tellableWithinMs = 900_000
const maxRetryMs = 900_000

export interface Entry {
  readonly stored: StoredEntry
  /** Entries of the same lane are sent one after the other. */
  readonly lane: string
  /** When the last attempt ended. */
  readonly endedAt: number
  /** Earliest next attempt. */
  readonly notBefore: number
  /** Number of sufficiently new lists that did not show it. */
  readonly missed: number
}

/** `queuedAt`: wall clock. `batch`: shared by entries queued by one command. */
export const newEntry = (
  accountId: AccountId,
  action: OutboxAction,
  queuedAt: EpochMs,
  batch: string | null
): StoredEntry => ({
  id: randomUUID(),
  accountId,
  action,
  state: 'queued',
  queuedAt,
  attempts: 0,
  unknowns: 0,
  problem: null,
  baseline: null,
  claimed: [],
  question: null,
  acknowledgedAt: null,
  batch
})

/** The ticket an entry writes to; null for a new one. */
export const ticketOf = ({ action }: Pick<StoredEntry, 'action'>): TicketId | null =>
  action.kind === 'create' ? null : action.ticketId

/** The lane: one per ticket, and one per text for new tickets. */
function laneOf({ action }: StoredEntry): string {
  if (action.kind !== 'create') return `ticket ${action.ticketId}`
  return `new ${oneLine(fold(toAscii(cleanText(action.draft.message))))}`
}

/** An entry that was being sent when the app crashed becomes uncertain. */
export const entryOf = (stored: StoredEntry, endedAt: number, notBefore = 0): Entry => ({
  stored:
    stored.state === 'sending'
      ? { ...stored, state: 'uncertain', unknowns: stored.unknowns + 1 }
      : stored.state === 'undecided' && stored.question === null
        ? { ...stored, question: { kind: 'cannot-tell' } }
        : stored,
  lane: laneOf(stored),
  endedAt,
  notBefore,
  missed: 0
})

/** The view model of an entry. */
export const itemOf = (stored: StoredEntry, nextAttemptAt: EpochMs | null): OutboxItem => ({
  id: stored.id,
  accountId: stored.accountId,
  action: stored.action,
  state: stored.state,
  queuedAt: stored.queuedAt,
  attempts: stored.attempts,
  problem: stored.problem,
  nextAttemptAt,
  question: stored.question,
  acknowledgedAt: stored.acknowledgedAt,
  batch: stored.batch
})

/** The history record of an entry, without access data of servers. */
export const recordOf = (
  stored: StoredEntry,
  end: OutboxEnd,
  endedAt: EpochMs,
  ticketId = ticketOf(stored)
): OutboxRecord => ({
  id: stored.id,
  accountId: stored.accountId,
  action:
    stored.action.kind === 'create'
      ? { ...stored.action, draft: { ...stored.action.draft, serverIp: '', serverUser: '' } }
      : stored.action,
  queuedAt: stored.queuedAt,
  acknowledgedAt: stored.acknowledgedAt,
  endedAt,
  attempts: stored.attempts,
  end,
  ticketId
})

/** Keys of everything that was on the server before the first attempt or belongs to another entry. */
export const knownOf = ({ baseline, claimed }: StoredEntry): ReadonlySet<string> =>
  new Set([...(baseline?.keys ?? []), ...claimed])

/**
 * Stores the state of the server before the attempt. After an attempt with an unknown outcome the earlier state is kept,
 * since later messages may be of that attempt.
 */
export const withAttemptStarted = (
  entry: Entry,
  baseline: ServerBaseline,
  sentForm: StoredEntry['sentForm']
): Entry => ({
  ...entry,
  stored: {
    ...entry.stored,
    state: 'sending',
    attempts: entry.stored.attempts + 1,
    problem: null,
    sentForm,
    baseline: entry.stored.unknowns === 0 ? baseline : (entry.stored.baseline ?? baseline)
  }
})

export interface Moment {
  /** Monotonic milliseconds. */
  readonly now: number
  readonly wall: EpochMs
  /** In [0, 1). */
  readonly random: number
}

export function withAnswer(entry: Entry, answer: WriteAnswer, { now, wall, random }: Moment): Entry {
  const { stored } = entry
  const at = (change: Partial<StoredEntry>, notBefore = 0): Entry => ({
    ...entry,
    stored: { ...stored, problem: null, ...change },
    endedAt: now,
    notBefore,
    missed: 0
  })
  const allowedAt = ({ retryAt }: Problem): number =>
    retryAt === undefined ? 0 : now + Math.max(0, retryAt - wall)
  switch (answer.outcome) {
    case 'done':
      return at({ state: 'sent', acknowledgedAt: wall })
    case 'refused':
      return at({ state: 'refused', problem: answer.problem })
    case 'unknown':
      return at(
        { state: 'uncertain', unknowns: stored.unknowns + 1, problem: answer.problem },
        allowedAt(answer.problem)
      )
    case 'not-sent': {
      const ceiling = Math.min(maxRetryMs, 15_000 * 2 ** Math.min(stored.attempts, 10))
      const own = now + ceiling / 2 + (random * ceiling) / 2
      return at(
        { state: 'queued', problem: answer.problem },
        Math.max(allowedAt(answer.problem), own, entry.notBefore)
      )
    }
  }
}

/** After proven absence: queued again with an increasing delay, or undecided after the maximum of attempts. */
export function withProvenAbsence(entry: Entry, now: number): Entry {
  const { unknowns } = entry.stored
  if (unknowns >= maxUnknownAttempts) return withQuestion(entry, { kind: 'cannot-tell' })
  const notBefore = Math.max(entry.notBefore, unknowns <= 1 ? 0 : now + pauseMs)
  return { ...entry, missed: 0, notBefore, stored: { ...entry.stored, state: 'queued', problem: null } }
}

export const withQuestion = (entry: Entry, question: OutboxQuestion): Entry => ({
  ...entry,
  missed: 0,
  stored: { ...entry.stored, state: 'undecided', question }
})

/** The person has decided that it did not arrive: all current messages are others. */
export const queuedAgain = (entry: Entry): Entry => ({
  ...entry,
  notBefore: 0,
  missed: 0,
  stored: {
    ...entry.stored,
    state: 'queued',
    problem: null,
    question: null,
    unknowns: 0,
    acknowledgedAt: null,
    baseline: null,
    claimed: [
      ...entry.stored.claimed,
      ...(entry.stored.question?.kind === 'similar'
        ? entry.stored.question.candidates.map(({ key }) => key)
        : [])
    ]
  }
})

/** Whether `next` of the same lane may be sent after it. */
export function isOver(
  stored: StoredEntry,
  next: StoredEntry,
  tickets: ReadonlyMap<TicketId, Ticket>
): boolean {
  if (stored.state === 'refused') return stored.action.kind === 'create'
  if (next.action.kind === 'close') return false
  const isAcknowledged =
    stored.state === 'sent' || (stored.state === 'undecided' && stored.acknowledgedAt !== null)
  const ticket = tickets.get(ticketOf(stored) ?? 0)
  return isAcknowledged && !(ticket && ticket.replies.length === 0)
}
