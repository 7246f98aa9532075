/** Which message that stands at the server is whose. One message belongs to one entry only. */
import type { OutboxCandidate } from '../../tickets/views.ts'
import { compareMessage } from './compare-text.ts'
import type { StoredMessage } from './list-evidence.ts'

/** Something that was sent, and may stand among the messages. */
export interface Claimant {
  readonly id: string
  readonly text: string
  /** The server said that it has it. */
  readonly isAcknowledged: boolean
  /** Names of messages that are not it. */
  readonly known: { has(key: string): boolean }
  /** Where two would claim a message with the same right, the lower one has it. */
  readonly rank: number
}

export interface Claims {
  /** By the claimant's id. */
  readonly claimed: ReadonlyMap<string, StoredMessage>
  /** What may be a claimant's, though the texts do not say so; the most alike first. */
  open(claimant: Claimant): readonly OutboxCandidate[]
}

/** So many are shown at most beside the text that was sent. */
const maxCandidates = 5

interface Pair {
  readonly claimant: Claimant
  readonly message: StoredMessage
  readonly likeness: number
}

/** The most alike first; of texts that are the same each claimant has its own, in their order. */
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
  // Stable: claimants and messages stay in their order.
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
