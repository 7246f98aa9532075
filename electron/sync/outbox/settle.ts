/** Derives the new state of an entry that a list does not show from the evidence. */
import type { EpochMs } from '../../tickets/ticket.ts'
import type { OutboxQuestion } from '../../tickets/views.ts'
import type { Evidence } from '../evidence/list-evidence.ts'
import {
  withQuestion,
  knownOf,
  withProvenAbsence,
  provenAfterMs,
  shownWithinLists,
  shownWithinMs,
  tellableWithinMs,
  type Entry
} from './outbox-entry.ts'

export interface ListMoment {
  /** Monotonic milliseconds. */
  readonly now: number
  readonly wall: EpochMs
  /** When the list was requested (monotonic). */
  readonly askedAt: number
}

/** Returns the same object if nothing changed. */
export function withClaimed(entry: Entry, keys: readonly string[]): Entry {
  const known = knownOf(entry.stored)
  const fresh = keys.filter((key) => !known.has(key))
  if (fresh.length === 0) return entry
  return { ...entry, stored: { ...entry.stored, claimed: [...entry.stored.claimed, ...fresh] } }
}

/** Returns the same object if nothing changed. */
export function settleEntry(entry: Entry, evidence: Evidence, { now, wall, askedAt }: ListMoment): Entry {
  const { stored } = entry
  const isNewer = askedAt - entry.endedAt >= provenAfterMs
  const missed = entry.missed + (isNewer ? 1 : 0)
  const waiting = missed === entry.missed ? entry : { ...entry, missed }
  switch (stored.state) {
    case 'uncertain': {
      if (!isNewer) return entry
      if (evidence.kind === 'absent') return withProvenAbsence(entry, now)
      if (evidence.kind === 'similar') return withQuestion(entry, evidence)
      const isLong = askedAt - entry.endedAt >= tellableWithinMs || missed >= shownWithinLists
      return isLong ? withQuestion(entry, { kind: 'cannot-tell' }) : waiting
    }
    case 'sent': {
      if (isNewer && evidence.kind === 'similar') return withQuestion(entry, evidence)
      const waited = Math.max(now - entry.endedAt, wall - (stored.acknowledgedAt ?? wall))
      const isLong = waited >= shownWithinMs && missed >= shownWithinLists
      return isLong ? withQuestion(entry, { kind: 'not-shown' }) : waiting
    }
    case 'undecided':
      return updateQuestion(entry, evidence)
    case 'queued':
    case 'refused':
    case 'sending':
      return entry
  }
}

/** Updates the question of an undecided entry to the newest list. */
function updateQuestion(entry: Entry, evidence: Evidence): Entry {
  const { stored } = entry
  const question: OutboxQuestion =
    evidence.kind === 'similar'
      ? evidence
      : { kind: stored.acknowledgedAt === null ? 'cannot-tell' : 'not-shown' }
  const isSame = JSON.stringify(question) === JSON.stringify(stored.question)
  return isSame ? entry : { ...entry, stored: { ...stored, question } }
}
