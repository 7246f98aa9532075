/** What people do to the outbox: put into it, take out of it, try again and decide. Each command is one write and one event. */
import { randomUUID } from 'node:crypto'
import type { Drafts, Clock } from '../../storage/types.ts'
import type { StoredEntry } from '../../storage/schemas.ts'
import { longestText } from '../../tickets/limits.ts'
import type { Problem } from '../../tickets/problem.ts'
import { appendParagraph } from '../../tickets/text/text.ts'
import type { AccountId, EpochMs, TicketId } from '../../tickets/ticket.ts'
import type {
  OutboxAction,
  OutboxDecision,
  OutboxEnd,
  OutboxItem,
  OutboxRecord
} from '../../tickets/views.ts'
import type { Account } from '../account.ts'
import { itemOf, recordOf } from './outbox-entry.ts'
import type { Outcome } from '../types.ts'
import { factsOf, sentReplyOf } from './reconcile.ts'

const fail = (kind: Problem['kind'], field?: string): { readonly ok: false; readonly error: Problem } => ({
  ok: false,
  error: field === undefined ? { kind } : { kind, field }
})
const done: Outcome<null> = { ok: true, value: null }
const mostRecords = 500

export interface OutboxCommandParts {
  readonly clock: Clock
  readonly accounts: () => readonly Account[]
  readonly account: (id: AccountId) => Account | null
  readonly drafts: () => Drafts
  readonly isLockedOut: () => boolean
  /** Why the disk takes nothing. */
  readonly storageProblem: () => Problem['kind']
  /** Writes what changed, and tells it. False when it could not be made durable. */
  readonly save: () => boolean
  readonly saveMarks: (account: Account) => void
  readonly saveSent: (account: Account) => void
  /** Tells these rows anew. */
  readonly refresh: (account: Account, ids: readonly TicketId[]) => void
  readonly keepPassword: (entryId: string, password: string) => void
  readonly forgetPassword: (entryIds: readonly string[]) => void
}

/** An entry, and whose; `account` is null when it is in no list any more. */
interface Found {
  readonly stored: StoredEntry
  readonly account: Account | null
}

interface Wanted {
  readonly serverPassword?: string
  readonly holdMs?: number
}

/** Nobody can send it: its account is in no list any more, and only the person knows where it belongs. */
const orphanItem = (stored: StoredEntry): OutboxItem =>
  itemOf({ ...stored, state: 'refused', problem: { kind: 'unknown-account' }, question: null }, null)

const textOf = (action: OutboxAction): string =>
  action.kind === 'reply' ? action.text : action.kind === 'create' ? action.draft.message : ''

export class OutboxCommands {
  readonly #parts: OutboxCommandParts
  /** Of accounts that are in no list any more, for example because it was damaged. */
  #orphans: readonly StoredEntry[] = []
  readonly #removedOrphans: string[] = []

  constructor(parts: OutboxCommandParts) {
    this.#parts = parts
  }

  get orphans(): readonly StoredEntry[] {
    return this.#orphans
  }

  setOrphans(entries: readonly StoredEntry[]): void {
    this.#orphans = entries
  }

  /** Ids of orphans taken out since this was asked last. */
  takeRemovedOrphans(): readonly string[] {
    return this.#removedOrphans.splice(0)
  }

  items(): readonly OutboxItem[] {
    const [now, wall] = this.#moment()
    return [
      ...this.#parts.accounts().flatMap(({ outbox }) => outbox.items(now, wall)),
      ...this.#orphans.map(orphanItem)
    ]
  }

  history(): readonly OutboxRecord[] {
    return this.#parts
      .accounts()
      .flatMap(({ sent }) => sent.records)
      .sort((a, b) => b.endedAt - a.endedAt)
      .slice(0, mostRecords)
  }

  /** All or none; durable when it returns. */
  enqueue(
    wanted: readonly { readonly accountId: AccountId; readonly action: OutboxAction }[],
    { serverPassword = '', holdMs = 0 }: Wanted = {}
  ): Outcome<readonly OutboxItem[]> {
    const { clock, save, storageProblem } = this.#parts
    if (this.#parts.isLockedOut()) return fail('folder-in-use')
    for (const { accountId, action } of wanted) {
      const wrong = this.#whyNot(accountId, action)
      if (wrong) return wrong
    }
    const batch = wanted.length > 1 ? randomUUID() : null
    const added = new Map<Account, StoredEntry[]>()
    for (const { accountId, action } of wanted) {
      const account = this.#parts.account(accountId)
      if (!account) continue
      const stored = newEntry(accountId, action, clock.now(), batch)
      const own = added.get(account)
      if (own) own.push(stored)
      else added.set(account, [stored])
    }
    for (const [account, entries] of added)
      account.outbox.add(entries, holdMs === 0 ? 0 : clock.monotonic() + holdMs)
    if (!save()) {
      // Not on disk is not sent: the words stay where they were typed.
      for (const [account, entries] of added) account.outbox.remove(entries.map(({ id }) => id))
      save()
      return fail(storageProblem())
    }
    const items: OutboxItem[] = []
    for (const [account, entries] of added) items.push(...this.#added(account, entries, serverPassword))
    return { ok: true, value: items }
  }

  retry(ids: readonly string[]): Outcome<null> {
    if (this.#parts.isLockedOut()) return fail('folder-in-use')
    const found = ids.flatMap((id) => this.#find(id) ?? [])
    const gone = found.filter(({ stored, account }) => account?.outbox.retry(stored.id) === true)
    if (gone.length > 0) this.#parts.save()
    this.#touched(gone)
    for (const account of accountsOf(gone)) account.wrote()
    const [only] = found
    if (ids.length !== 1 || gone.length === 1) return done
    if (!only) return fail('invalid-arguments')
    if (!only.account) return fail('unknown-account')
    return fail(only.stored.problem?.kind === 'other-customer' ? 'other-customer' : 'in-flight')
  }

  /** Answers what was taken back. Of one entry it says why not. */
  cancel(ids: readonly string[]): Outcome<readonly OutboxItem[]> {
    if (this.#parts.isLockedOut()) return fail('folder-in-use')
    const found = ids.flatMap((id) => this.#find(id) ?? [])
    const free = found.filter((one) => isFree(this.#itemOf(one)))
    if (ids.length === 1 && found.length === 0) return fail('invalid-arguments')
    if (ids.length === 1 && free.length === 0) return fail('in-flight')
    return this.#takeOut(free, 'taken-back', ids.length === 1)
  }

  decide(id: string, decision: OutboxDecision, candidateKey: string | null): Outcome<null> {
    if (this.#parts.isLockedOut()) return fail('folder-in-use')
    const found = this.#find(id)
    if (!found) return fail('invalid-arguments')
    const { stored, account } = found
    // What was refused is nowhere but here: it can be thrown away, and nothing else is to be decided of it.
    const isThrownAway = decision === 'discard' && stored.state === 'refused'
    if (!account || (stored.state !== 'undecided' && !isThrownAway)) return fail('in-flight')
    switch (decision) {
      case 'arrived':
        return this.#arrived(account, stored, candidateKey)
      case 'send-again':
        if (!account.outbox.sendAgain(id)) return fail('other-customer')
        this.#parts.save()
        this.#touched([found])
        account.wrote()
        return done
      case 'keep-as-draft': {
        const kept = this.#takeOut([found], 'kept-as-draft', true)
        return kept.ok ? done : kept
      }
      case 'discard': {
        const gone = this.#takeOut([found], 'discarded', true)
        return gone.ok ? done : gone
      }
    }
  }

  #moment(): readonly [now: number, wall: EpochMs] {
    const { clock } = this.#parts
    return [clock.monotonic(), clock.now()]
  }

  #find(id: string): Found | null {
    for (const account of this.#parts.accounts()) {
      const stored = account.outbox.get(id)
      if (stored) return { stored, account }
    }
    const stored = this.#orphans.find((one) => one.id === id)
    return stored ? { stored, account: null } : null
  }

  #itemOf({ stored, account }: Found): OutboxItem {
    return account?.outbox.item(stored.id, ...this.#moment()) ?? orphanItem(stored)
  }

  #whyNot(accountId: AccountId, action: OutboxAction): ReturnType<typeof fail> | null {
    const account = this.#parts.account(accountId)
    if (!account) return fail('unknown-account')
    if (action.kind !== 'create' && !account.knows(action.ticketId)) return fail('unknown-ticket')
    if (textOf(action).length > longestText)
      return fail('text-too-long', action.kind === 'create' ? 'message' : 'text')
    return null
  }

  #added(account: Account, entries: readonly StoredEntry[], password: string): readonly OutboxItem[] {
    // After its entry: a crash between the two leaves an entry that asks for the password, and no password without one.
    if (password) for (const { id } of entries) this.#parts.keepPassword(id, password)
    this.#parts.refresh(account, ticketsOf(entries))
    account.wrote()
    return entries.flatMap(({ id }) => account.outbox.item(id, ...this.#moment()) ?? [])
  }

  #touched(found: readonly Found[]): void {
    for (const account of accountsOf(found))
      this.#parts.refresh(account, ticketsOf(ofAccount(found, account)))
  }

  /** The person says that it is there: as this message, or as one that no list shows. */
  #arrived(account: Account, stored: StoredEntry, key: string | null): Outcome<null> {
    const candidates = stored.question?.kind === 'similar' ? stored.question.candidates : []
    const candidate = candidates.find((one) => one.key === key)
    if (key !== null && !candidate) return fail('invalid-arguments')
    const { saveMarks, saveSent, clock } = this.#parts
    const kept = candidate ? null : sentReplyOf(stored, stored.acknowledgedAt ?? clock.now())
    if (candidate) {
      const facts = factsOf(stored)
      if (facts) account.marks.learn(candidate.ticketId, facts)
      else account.marks.own(candidate.ticketId, candidate.key)
      saveMarks(account)
      account.outbox.claim(stored.id, candidate.key)
      // Before the entry is known to be over, or after a crash another might take the same message for its own.
      this.#parts.save()
    }
    // Its words stay in the thread, as long as the server does not show them.
    account.sent.add({
      records: [recordOf(stored, 'confirmed', clock.now(), candidate?.ticketId)],
      replies: kept ? [kept] : []
    })
    saveSent(account)
    account.outbox.remove([stored.id])
    this.#parts.forgetPassword([stored.id])
    this.#parts.save()
    // Its subject may be known only now.
    account.list.refresh(candidate ? [candidate.ticketId] : [])
    this.#parts.refresh(account, [...ticketsOf([stored]), ...(candidate ? [candidate.ticketId] : [])])
    account.wake()
    return done
  }

  /** Out of the outbox; into the draft, unless it is thrown away. `isOne`: says what is wrong with it. */
  #takeOut(found: readonly Found[], end: OutboxEnd, isOne: boolean): Outcome<readonly OutboxItem[]> {
    const { save, saveSent, storageProblem, clock } = this.#parts
    const undos: (() => void)[] = []
    const free: Found[] = []
    for (const one of found) {
      const undo = end === 'discarded' ? (): void => undefined : this.#putInDraft(one)
      if (undo === null) continue
      undos.unshift(undo)
      free.push(one)
    }
    if (isOne && free.length < found.length) return fail('other-draft')
    const back = (): ReturnType<typeof fail> => {
      for (const undo of undos) undo()
      return fail(storageProblem())
    }
    // Before they are taken out, so that their words are always somewhere, also after a crash.
    if (!this.#parts.drafts().flush()) return back()
    const items = free.map((one) => this.#itemOf(one))
    undos.unshift(this.#remove(free))
    if (!save()) {
      // Still on disk, they would be sent after the next start.
      const failed = back()
      save()
      return failed
    }
    for (const account of accountsOf(free)) {
      const own = ofAccount(free, account)
      account.sent.add({ records: own.map((stored) => recordOf(stored, end, clock.now())) })
      saveSent(account)
      account.wake()
    }
    this.#parts.forgetPassword(free.map(({ stored }) => stored.id))
    this.#touched(free)
    return { ok: true, value: items }
  }

  /** Answers what undoes it. */
  #remove(found: readonly Found[]): () => void {
    const undos: (() => void)[] = []
    for (const account of accountsOf(found))
      undos.push(account.outbox.remove(ofAccount(found, account).map(({ id }) => id)))
    const ids = new Set(found.filter(({ account }) => !account).map(({ stored }) => stored.id))
    const before = this.#orphans
    this.#orphans = before.filter(({ id }) => !ids.has(id))
    this.#removedOrphans.push(...ids)
    return () => {
      for (const undo of undos) undo()
      this.#orphans = before
    }
  }

  /**
   * Null where another new ticket is being written. A reply to an account or a customer that is gone has no place where
   * it is written.
   */
  #putInDraft({ stored, account }: Found): (() => void) | null {
    const { accountId, action } = stored
    const drafts = this.#parts.drafts()
    if (action.kind === 'create') {
      const before = drafts.compose()
      const { title = '', message = '' } = before?.draft ?? {}
      if (title.trim() !== '' || message.trim() !== '') return null
      drafts.setCompose(account ? accountId : null, action.draft)
      return () => {
        if (before) drafts.setCompose(before.accountId, before.draft)
        else drafts.forgetCompose()
      }
    }
    if (action.kind !== 'reply' || !account) return () => undefined
    const { ticketId, text } = action
    const before = drafts.reply(accountId, ticketId)
    drafts.setReply(accountId, ticketId, appendParagraph(before, text))
    return () => drafts.setReply(accountId, ticketId, before)
  }
}

const newEntry = (
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

const accountsOf = (found: readonly Found[]): Iterable<Account> =>
  new Set(found.flatMap(({ account }) => account ?? []))

const ofAccount = (found: readonly Found[], account: Account): readonly StoredEntry[] =>
  found.filter((one) => one.account === account).map(({ stored }) => stored)

const isFree = ({ state }: OutboxItem): boolean => state === 'queued' || state === 'refused'

const ticketsOf = (entries: readonly StoredEntry[]): readonly TicketId[] => [
  ...new Set(entries.flatMap(({ action }) => (action.kind === 'create' ? [] : action.ticketId)))
]
