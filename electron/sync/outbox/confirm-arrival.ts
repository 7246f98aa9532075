import type { StoredEntry } from '../../storage/schemas.ts'
import { firstMessageKey } from '../../tickets/thread/unread.ts'
import type { Clock } from '../../storage/types.ts'
import type { TicketId } from '../../tickets/ticket.ts'
import type { Account } from '../account.ts'
import type { Outcome } from '../types.ts'
import { recordOf } from './outbox-entry.ts'
import { factsOf, sentReplyOf, typedAs, writtenOf } from './reconcile.ts'

interface ConfirmDeps {
  readonly clock: Clock
  /** Writes the changes of the outbox. */
  readonly save: () => boolean
  readonly saveMarks: (account: Account) => void
  readonly saveSent: (account: Account) => void
  readonly forgetPassword: (entryIds: readonly string[]) => void
}

/**
 * Finishes an entry by the person's decision that it arrived: as the message `candidateKey`, or as one that no list shows
 * (null). Returns the ticket that shows it.
 */
export function confirmArrival(
  account: Account,
  stored: StoredEntry,
  candidateKey: string | null,
  { clock, save, saveMarks, saveSent, forgetPassword }: ConfirmDeps
): Outcome<TicketId | null> {
  const candidates = stored.question?.kind === 'similar' ? stored.question.candidates : []
  const candidate = candidates.find(({ key }) => key === candidateKey)
  if (candidateKey !== null && !candidate) return { ok: false, error: { kind: 'invalid-arguments' } }
  const kept = candidate ? null : sentReplyOf(stored, stored.acknowledgedAt ?? clock.now())
  const key = stored.action.kind === 'create' ? firstMessageKey : candidate?.key
  const original = candidate && key !== undefined ? typedAs(writtenOf(stored), candidate, key) : null
  const originals = original ? [original] : []
  if (candidate) {
    const facts = factsOf(stored)
    if (facts) account.marks.setLocalFacts(candidate.ticketId, facts)
    else account.marks.markOwnReply(candidate.ticketId, candidate.key)
    account.noteLetterDamage(originals)
    saveMarks(account)
    account.outbox.claim(stored.id, candidate.key)
    // Before the entry is finished; otherwise another entry could claim the same message after a crash.
    save()
  }
  // The text stays in the thread until the server shows it.
  account.sent.add({
    originals,
    records: [recordOf(stored, 'confirmed', clock.now(), candidate?.ticketId)],
    replies: kept ? [kept] : []
  })
  saveSent(account)
  account.outbox.remove([stored.id])
  forgetPassword([stored.id])
  save()
  return { ok: true, value: candidate?.ticketId ?? null }
}
