/** Derives the new state of all attempted entries from a list. Pure. */
import type { SentReply, StoredEntry } from '../../storage/schemas.ts'
import { dayMs } from '../../tickets/text/dates.ts'
import type { EpochMs, LocalFacts, TicketId } from '../../tickets/ticket.ts'
import type { OutboxEnd, OutboxRecord } from '../../tickets/views.ts'
import { originalOf, type OriginalText } from '../../tickets/thread/originals.ts'
import { firstMessageKey } from '../../tickets/thread/unread.ts'
import { compareMessage } from '../evidence/compare-text.ts'
import { claimMessages, type Claimant, type Claims } from '../evidence/claim-messages.ts'
import {
  closeEvidence,
  createEvidence,
  customerReplies,
  firstMessageOf,
  isHiddenForSure,
  replyEvidence,
  type Evidence,
  type ListSnapshot,
  type StoredMessage
} from '../evidence/list-evidence.ts'
import { withQuestion, knownOf, provenAfterMs, recordOf, ticketOf, type Entry } from './outbox-entry.ts'
import { groupByTicket } from './sent-log.ts'
import { settleEntry, withClaimed, type ListMoment } from './settle.ts'
import { unpackIds } from '../evidence/server-baseline.ts'

export interface Reconciled {
  /** Keys of replies that were sent from here. */
  readonly ownReplies: readonly { readonly ticketId: TicketId; readonly key: string }[]
  /** Tickets that were closed from here. */
  readonly ownClosed: ReadonlySet<TicketId>
  /** Tickets created here that the list has. */
  readonly made: readonly { readonly id: TicketId; readonly facts: LocalFacts }[]
  /** Finished entries. */
  readonly ended: readonly OutboxRecord[]
  /** Acknowledged replies that the server does not show, to be kept on this machine. */
  readonly hidden: readonly SentReply[]
  /** Ids of kept replies that the list shows. */
  readonly shown: readonly string[]
  /** Original texts of messages that the server has in another form. */
  readonly originals: readonly OriginalText[]
  /** Whether entries or kept replies changed. */
  readonly isChanged: boolean
}

/** Additionally the unfinished entries in their new state. */
type ReconciledEntry = Omit<Reconciled, 'isChanged'> & { readonly entries: readonly Entry[] }

/** Priority of claims on messages: acknowledged entries first, then uncertain ones, then refused ones. */
const ranks = { sent: 1, uncertain: 2, undecided: 2, sending: 2, queued: 3, refused: 4 } as const

export const factsOf = ({ action }: Pick<StoredEntry, 'action'>): LocalFacts | null =>
  action.kind === 'create'
    ? { title: action.draft.title, departmentId: action.draft.departmentId, service: action.draft.service }
    : null

export const sentReplyOf = (stored: StoredEntry, sentAt: EpochMs): SentReply | null =>
  stored.action.kind === 'reply'
    ? {
        id: stored.id,
        ticketId: stored.action.ticketId,
        text: stored.action.text,
        sentAt,
        known: [...knownOf(stored)],
        sentForm: stored.sentForm
      }
    : null

type Written = Pick<StoredEntry, 'id' | 'sentForm'> & { readonly text: string }

export const writtenOf = ({ id, action, sentForm }: StoredEntry): Written => ({
  ...{ id, sentForm },
  text: action.kind === 'reply' ? action.text : action.kind === 'create' ? action.draft.message : ''
})

/**
 * The original text if the server has it in another form; `key`: the message in its thread. Texts sent in ASCII have no
 * letters that could be damaged.
 */
export function typedAs(
  { id, text, sentForm }: Written,
  message: StoredMessage,
  key: string
): OriginalText | null {
  const { verdict, isDamaged } = compareMessage(text, message.text, true)
  const damage = verdict === 'unclear' ? 'words' : sentForm === 'as-written' && isDamaged ? 'letters' : null
  return originalOf({ id, ticketId: message.ticketId, key, text, damage }, message.text)
}

export function reconcile(
  entries: readonly Entry[],
  list: ListSnapshot,
  moment: ListMoment,
  kept: readonly SentReply[]
): ReconciledEntry {
  const work = new Reconciliation(list, moment)
  const writes: { readonly ticketId: TicketId; readonly entry: Entry }[] = []
  const creates: Entry[] = []
  for (const entry of entries) {
    const ticketId = ticketOf(entry.stored)
    if (ticketId === null) creates.push(entry)
    else writes.push({ ticketId, entry })
  }
  const byTicket = groupByTicket(writes)
  const keptBy = groupByTicket(kept)
  for (const ticketId of new Set([...byTicket.keys(), ...keptBy.keys()]))
    work.ticket(ticketId, byTicket.get(ticketId)?.map(({ entry }) => entry) ?? [], keptBy.get(ticketId) ?? [])
  if (creates.length > 0) work.creates(creates)
  return work.result()
}

class Reconciliation {
  readonly #list: ListSnapshot
  readonly #moment: ListMoment
  readonly #ownReplies: { ticketId: TicketId; key: string }[] = []
  readonly #ownClosed = new Set<TicketId>()
  readonly #made: { id: TicketId; facts: LocalFacts }[] = []
  readonly #ended: OutboxRecord[] = []
  readonly #hidden: SentReply[] = []
  readonly #shown: string[] = []
  readonly #originals: OriginalText[] = []
  readonly #entries: Entry[] = []

  constructor(list: ListSnapshot, moment: ListMoment) {
    this.#list = list
    this.#moment = moment
  }

  result(): ReconciledEntry {
    return {
      ownReplies: this.#ownReplies,
      ownClosed: this.#ownClosed,
      made: this.#made,
      ended: this.#ended,
      hidden: this.#hidden,
      shown: this.#shown,
      originals: this.#originals,
      entries: this.#entries
    }
  }

  ticket(ticketId: TicketId, entries: readonly Entry[], kept: readonly SentReply[]): void {
    const ticket = this.#list.unreadable.has(ticketId) ? undefined : this.#list.tickets.get(ticketId)
    const replies = entries.filter(({ stored }) => stored.action.kind === 'reply')
    const claimants = [...kept.map(keptClaimant), ...replies.filter(mayClaim).map(claimantOf)]
    // Closes claim no messages; there may be a thousand.
    const claims = claimMessages(
      claimants,
      ticket && replies.length + kept.length > 0 ? customerReplies(ticket) : []
    )
    for (const { id, text, sentForm } of kept) {
      const message = claims.claimed.get(id)
      if (!message) continue
      this.#shown.push(id)
      this.#noteOriginal({ id, text, sentForm }, message, message.key)
      this.#ownReplies.push({ ticketId, key: message.key })
    }
    const keys = [...claims.claimed.values()].map(({ key }) => key)
    // Stored with the finished entry; otherwise a message could be assigned twice after a crash.
    for (const entry of replies.filter(({ stored }) => !this.#endFound(stored, claims))) {
      const rest = withClaimed(entry, keys)
      this.#settle(rest, this.#replyEvidence(ticketId, rest, claims))
    }
    for (const entry of entries) if (entry.stored.action.kind === 'close') this.#close(ticketId, entry)
  }

  creates(entries: readonly Entry[]): void {
    const known = new Map(entries.map((entry) => [entry.stored.id, knownTickets(entry.stored, this.#list)]))
    const claimants = entries.map((entry): Claimant => ({
      ...claimantOf(entry),
      known: known.get(entry.stored.id) ?? new Set()
    }))
    const messages = [...this.#list.tickets.values()]
      .filter(({ id }) => claimants.some((claimant) => !claimant.known.has(String(id))))
      .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0) || a.id - b.id)
      .map(firstMessageOf)
    const claims = claimMessages(claimants, messages)
    const keys = [...claims.claimed.values()].map(({ key }) => key)
    for (const [i, entry] of entries.entries()) {
      const claimant = claimants[i]
      if (this.#endFound(entry.stored, claims) || !claimant) continue
      const evidence = createEvidence(entry.stored.baseline, claims.open(claimant), this.#list)
      this.#settle(withClaimed(entry, keys), evidence)
    }
  }

  #replyEvidence(ticketId: TicketId, entry: Entry, claims: Claims): Evidence {
    const { stored } = entry
    const evidence = replyEvidence(
      ticketId,
      stored.baseline,
      knownOf(stored),
      claims.open(claimantOf(entry)),
      this.#list
    )
    if (evidence.kind === 'similar' || stored.acknowledgedAt === null) return evidence
    return isHiddenForSure(ticketId, this.#list) ? { kind: 'hidden' } : evidence
  }

  #close(ticketId: TicketId, entry: Entry): void {
    const { stored } = entry
    const evidence = closeEvidence(ticketId, stored.baseline, this.#list)
    const isNewer = this.#moment.askedAt - entry.endedAt >= provenAfterMs
    if (evidence.kind === 'closed') {
      this.#ownClosed.add(ticketId)
      this.#end(stored, 'shown')
    } else if (evidence.kind !== 'moved-on') this.#settle(entry, evidence)
    // An acknowledged close is finished: the ticket is open again because of later activity.
    else if (isNewer && stored.acknowledgedAt !== null) this.#end(stored, 'shown')
    else if (isNewer && stored.state === 'uncertain')
      this.#entries.push(withQuestion(entry, { kind: 'cannot-tell' }))
    else this.#entries.push(entry)
  }

  /** False if the list has no clear match. */
  #endFound(stored: StoredEntry, claims: Claims): boolean {
    const message = claims.claimed.get(stored.id)
    if (!message) return false
    const facts = factsOf(stored)
    if (facts) this.#made.push({ id: message.ticketId, facts })
    else this.#ownReplies.push({ ticketId: message.ticketId, key: message.key })
    this.#noteOriginal(writtenOf(stored), message, facts ? firstMessageKey : message.key)
    this.#end(stored, 'shown', message.ticketId)
    return true
  }

  #noteOriginal(written: Written, message: StoredMessage, key: string): void {
    const original = typedAs(written, message, key)
    if (original) this.#originals.push(original)
  }

  #end(stored: StoredEntry, end: OutboxEnd, ticketId = ticketOf(stored)): void {
    this.#ended.push(recordOf(stored, end, this.#moment.wall, ticketId))
  }

  #settle(entry: Entry, evidence: Evidence): void {
    const { stored } = entry
    const sentAt = stored.acknowledgedAt
    if (evidence.kind === 'hidden' && sentAt !== null) {
      const reply = sentReplyOf(stored, sentAt)
      if (reply) this.#hidden.push(reply)
      this.#end(stored, 'hidden')
    } else this.#entries.push(settleEntry(entry, evidence, this.#moment))
  }
}

/** Without a baseline the same text may be older, so that only acknowledged entries match with certainty. */
const mayClaim = ({ stored: { baseline, acknowledgedAt } }: Entry): boolean =>
  acknowledgedAt !== null || baseline === null || baseline.isKnown

const claimantOf = ({ stored }: Entry): Claimant => ({
  id: stored.id,
  text: writtenOf(stored).text,
  isAcknowledged: stored.acknowledgedAt !== null,
  known: knownOf(stored),
  rank: ranks[stored.state]
})

const keptClaimant = ({ id, text, known }: SentReply): Claimant => ({
  id,
  text,
  isAcknowledged: true,
  known: new Set(known),
  rank: 0
})

/** Maximum lag of the server's dates behind this machine's clock in milliseconds: time zones, wrong clocks. */
const misdatedMs = 2 * dayMs

/** Ids of tickets that existed before; without a baseline, tickets created before the entry was written. */
function knownTickets(
  { baseline, claimed, queuedAt }: StoredEntry,
  { tickets }: ListSnapshot
): { has(key: string): boolean } {
  const ids = unpackIds(baseline?.ids ?? '')
  const others = new Set(claimed)
  const isOlder = (id: TicketId): boolean => (tickets.get(id)?.createdAt ?? Infinity) < queuedAt - misdatedMs
  return {
    has: (key) => ids.has(Number(key)) || others.has(key) || (baseline === null && isOlder(Number(key)))
  }
}
