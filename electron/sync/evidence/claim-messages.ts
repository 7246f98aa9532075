/** Assigns messages on the server to entries, each to one entry only. */
import type { OutboxCandidate } from '../../tickets/views.ts'
import { compareMessage } from './compare-text.ts'
import type { StoredMessage } from './list-evidence.ts'

/** A sent text that may be among the messages. */
export interface Claimant {
  readonly id: string
  readonly text: string
  /** Whether the server has acknowledged it. */
  readonly isAcknowledged: boolean
  /** Keys of messages that are not it. */
  readonly known: { has(key: string): boolean }
  /** Priority; the lower value wins. */
  readonly rank: number
}

export interface Claims {
  /** Claimed messages by the claimant's id. */
  readonly claimed: ReadonlyMap<string, StoredMessage>
  /** Possible messages of a claimant without a certain match, the most similar first. */
  open(claimant: Claimant): readonly OutboxCandidate[]
}

/** Maximum number of candidates that are shown. */
const maxCandidates = 5

interface Pair {
  readonly claimant: Claimant
  readonly message: StoredMessage
  readonly likeness: number
}

/** Assigns the most similar pairs first; equal texts are assigned in order. */
export function claimMessages(claimants: readonly Claimant[], messages: readonly StoredMessage[]): Claims {
  const likeness = new Map<string, number>()
  const pairs: Pair[] = []
  for (const claimant of claimants)
    for (const message of messages) {
      if (claimant.known.has(message.key)) continue
      const compared = compareMessage(claimant.text, message.text, claimant.isAcknowledged)
      likeness.set(`${claimant.id} ${message.key}`, compared.likeness)
      if (compared.verdict === 'match') pairs.push({ claimant, message, likeness: compared.likeness })
    }
  // A stable sort keeps the order of claimants and messages.
  pairs.sort((a, b) => b.likeness - a.likeness || a.claimant.rank - b.claimant.rank)
  const claimed = new Map<string, StoredMessage>()
  const taken = new Set<string>()
  for (const { claimant, message } of pairs) {
    if (claimed.has(claimant.id) || taken.has(message.key)) continue
    claimed.set(claimant.id, message)
    taken.add(message.key)
  }
  const compare = ({ id, text }: Claimant, message: StoredMessage): number =>
    likeness.get(`${id} ${message.key}`) ?? compareMessage(text, message.text).likeness
  return {
    claimed,
    open: (claimant) =>
      messages
        .filter(({ key }) => !claimant.known.has(key) && !taken.has(key))
        .map((message) => ({ message, likeness: compare(claimant, message) }))
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, maxCandidates)
        .map(({ message }) => message)
  }
}
