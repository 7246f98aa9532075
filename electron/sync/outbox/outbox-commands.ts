/** Commands of the person on the outbox: enqueue, cancel, retry and decide. Each is one write and one event. */
import { randomUUID } from 'node:crypto'
import type { Drafts, Clock } from '../../storage/types.ts'
import type { StoredEntry } from '../../storage/schemas.ts'
import { maxTextLength } from '../../tickets/limits.ts'
import type { Problem } from '../../tickets/problem.ts'
import type { AccountId, EpochMs, TicketId } from '../../tickets/ticket.ts'
import type {
  OutboxAction,
  OutboxDecision,
  OutboxEnd,
  OutboxItem,
  OutboxRecord
} from '../../tickets/views.ts'
import type { Account } from '../account.ts'
import { confirmArrival } from './confirm-arrival.ts'
import { OrphanEntries, orphanItem } from './orphan-entries.ts'
import { newEntry, recordOf } from './outbox-entry.ts'
import { returnToDraft } from '../drafts/return-to-draft.ts'
import type { Outcome } from '../types.ts'

const fail = (kind: Problem['kind'], field?: string): { readonly ok: false; readonly error: Problem } => ({
  ok: false,
  error: field === undefined ? { kind } : { kind, field }
})
const done: Outcome<null> = { ok: true, value: null }
const maxHistory = 500

export interface OutboxCommandParts {
  readonly clock: Clock
  readonly accounts: () => readonly Account[]
  readonly account: (id: AccountId) => Account | null
  readonly drafts: () => Drafts
  readonly isLockedOut: () => boolean
  /** Why nothing can be written; null if it can. */
  readonly storageProblem: () => Problem['kind']
  /** Writes and publishes the changes. False if they are not durable. */
  readonly save: () => boolean
  readonly saveMarks: (account: Account) => void
  readonly saveSent: (account: Account) => void
  /** Publishes these rows. */
  readonly refresh: (account: Account, ids: readonly TicketId[]) => void
  readonly keepPassword: (entryId: string, password: string) => void
  readonly forgetPassword: (entryIds: readonly string[]) => void
}

/** An entry with its account; null if the account no longer exists. */
interface OwnedEntry {
  readonly stored: StoredEntry
  readonly account: Account | null
}

interface WantedEntry {
  readonly accountId: AccountId
  readonly action: OutboxAction
}

interface EnqueueOptions {
  readonly serverPassword?: string
  readonly holdMs?: number
  /** Id of the batch that the entries join; default: one of their own if there are several. */
  readonly batch?: string
}

const textOf = (action: OutboxAction): string =>
  action.kind === 'reply' ? action.text : action.kind === 'create' ? action.draft.message : ''

export class OutboxCommands {
  readonly #parts: OutboxCommandParts
  readonly #orphans = new OrphanEntries()

  constructor(parts: OutboxCommandParts) {
    this.#parts = parts
  }

  get orphans(): readonly StoredEntry[] {
    return this.#orphans.entries
  }

  setOrphans(entries: readonly StoredEntry[]): void {
    this.#orphans.set(entries)
  }

  /** Ids of orphans removed since the last call. */
  takeRemovedOrphans(): readonly string[] {
    return this.#orphans.takeRemoved()
  }

  items(): readonly OutboxItem[] {
    const [now, wall] = this.#moment()
    return [
      ...this.#parts.accounts().flatMap(({ outbox }) => outbox.items(now, wall)),
      ...this.#orphans.items()
    ]
  }

  history(): readonly OutboxRecord[] {
    return this.#parts
      .accounts()
      .flatMap(({ sent }) => sent.records)
      .sort((a, b) => b.endedAt - a.endedAt)
      .slice(0, maxHistory)
  }

  /** Queues all or none; durable when it returns. */
  enqueue(
    wanted: readonly WantedEntry[],
    { serverPassword = '', holdMs = 0, batch: joined }: EnqueueOptions = {}
  ): Outcome<readonly OutboxItem[]> {
    const { clock, save, storageProblem } = this.#parts
    if (this.#parts.isLockedOut()) return fail('folder-in-use')
    const refusal = this.whyRefused(wanted)
    if (refusal) return refusal
    const batch = joined ?? (wanted.length > 1 ? randomUUID() : null)
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
      // An entry that is not durable is not sent; the text stays in the reply box.
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
    this.#refreshRowsOf(gone)
    for (const account of accountsOf(gone)) account.sendSoon()
    const [only] = found
    if (ids.length !== 1 || gone.length === 1) return done
    if (!only) return fail('invalid-arguments')
    if (!only.account) return fail('unknown-account')
    return fail(only.stored.problem?.kind === 'other-customer' ? 'other-customer' : 'in-flight')
  }

  /** Returns the cancelled entries; for a single entry the reason of a failure. */
  cancel(ids: readonly string[]): Outcome<readonly OutboxItem[]> {
    if (this.#parts.isLockedOut()) return fail('folder-in-use')
    const found = ids.flatMap((id) => this.#find(id) ?? [])
    const free = found.filter((entry) => isFree(this.#itemOf(entry)))
    if (ids.length === 1 && found.length === 0) return fail('invalid-arguments')
    if (ids.length === 1 && free.length === 0) return fail('in-flight')
    return this.#takeOut(free, 'taken-back')
  }

  decide(id: string, decision: OutboxDecision, candidateKey: string | null): Outcome<null> {
    if (this.#parts.isLockedOut()) return fail('folder-in-use')
    const found = this.#find(id)
    if (!found) return fail('invalid-arguments')
    const { stored, account } = found
    // A refused entry can only be discarded.
    const isThrownAway = decision === 'discard' && stored.state === 'refused'
    if (!account || (stored.state !== 'undecided' && !isThrownAway)) return fail('in-flight')
    switch (decision) {
      case 'arrived':
        return this.#arrived(account, stored, candidateKey)
      case 'send-again':
        if (!account.outbox.sendAgain(id)) return fail('other-customer')
        this.#parts.save()
        this.#refreshRowsOf([found])
        account.sendSoon()
        return done
      case 'keep-as-draft': {
        const kept = this.#takeOut([found], 'kept-as-draft')
        return kept.ok ? done : kept
      }
      case 'discard': {
        const gone = this.#takeOut([found], 'discarded')
        return gone.ok ? done : gone
      }
    }
  }

  #moment(): readonly [now: number, wall: EpochMs] {
    const { clock } = this.#parts
    return [clock.monotonic(), clock.now()]
  }

  #find(id: string): OwnedEntry | null {
    for (const account of this.#parts.accounts()) {
      const stored = account.outbox.get(id)
      if (stored) return { stored, account }
    }
    const stored = this.#orphans.find(id)
    return stored ? { stored, account: null } : null
  }

  #itemOf({ stored, account }: OwnedEntry): OutboxItem {
    return account?.outbox.item(stored.id, ...this.#moment()) ?? orphanItem(stored)
  }

  /** Null if all may be queued. */
  whyRefused(all: readonly WantedEntry[]): ReturnType<typeof fail> | null {
    for (const { accountId, action } of all) {
      const account = this.#parts.account(accountId)
      if (!account) return fail('unknown-account')
      if (action.kind !== 'create' && !account.hasSeen(action.ticketId)) return fail('unknown-ticket')
      if (textOf(action).length > maxTextLength)
        return fail('text-too-long', action.kind === 'create' ? 'message' : 'text')
    }
    return null
  }

  #added(account: Account, entries: readonly StoredEntry[], password: string): readonly OutboxItem[] {
    // After its entry: a crash in between leaves an entry without a password, but never a password without an entry.
    if (password) for (const { id } of entries) this.#parts.keepPassword(id, password)
    this.#parts.refresh(account, ticketsOf(entries))
    account.sendSoon()
    return entries.flatMap(({ id }) => account.outbox.item(id, ...this.#moment()) ?? [])
  }

  #refreshRowsOf(found: readonly OwnedEntry[]): void {
    for (const account of accountsOf(found))
      this.#parts.refresh(account, ticketsOf(ofAccount(found, account)))
  }

  #arrived(account: Account, stored: StoredEntry, candidateKey: string | null): Outcome<null> {
    const confirmed = confirmArrival(account, stored, candidateKey, this.#parts)
    if (!confirmed.ok) return confirmed
    const shownAs = confirmed.value
    // The subject may be known only now.
    account.list.refresh(shownAs === null ? [] : [shownAs])
    this.#parts.refresh(account, [...ticketsOf([stored]), ...(shownAs === null ? [] : [shownAs])])
    account.wake()
    return done
  }

  /** Removes entries from the outbox, and returns their texts to drafts unless they are discarded. */
  #takeOut(free: readonly OwnedEntry[], end: OutboxEnd): Outcome<readonly OutboxItem[]> {
    const { save, saveSent, storageProblem, clock } = this.#parts
    const undos: (() => void)[] = []
    if (end !== 'discarded') for (const entry of free) undos.unshift(this.#putInDraft(entry))
    const back = (): ReturnType<typeof fail> => {
      for (const undo of undos) undo()
      return fail(storageProblem())
    }
    // Before they are removed, so that their texts are never lost in a crash.
    if (!this.#parts.drafts().flush()) return back()
    const items = free.map((entry) => this.#itemOf(entry))
    undos.unshift(this.#remove(free))
    if (!save()) {
      // If they stayed on disk, they would be sent after the next start.
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
    this.#refreshRowsOf(free)
    return { ok: true, value: items }
  }

  #putInDraft({ stored, account }: OwnedEntry): () => void {
    return returnToDraft(this.#parts.drafts(), stored, account === null)
  }

  /** Returns a function that undoes it. */
  #remove(found: readonly OwnedEntry[]): () => void {
    const undos: (() => void)[] = []
    for (const account of accountsOf(found))
      undos.push(account.outbox.remove(ofAccount(found, account).map(({ id }) => id)))
    const orphanIds = found.flatMap(({ account, stored }) => (account ? [] : stored.id))
    undos.push(this.#orphans.remove(new Set(orphanIds)))
    return () => {
      for (const undo of undos) undo()
    }
  }
}

const accountsOf = (found: readonly OwnedEntry[]): Iterable<Account> =>
  new Set(found.flatMap(({ account }) => account ?? []))

const ofAccount = (found: readonly OwnedEntry[], account: Account): readonly StoredEntry[] =>
  found.filter((entry) => entry.account === account).map(({ stored }) => stored)

const isFree = ({ state }: OutboxItem): boolean => state === 'queued' || state === 'refused'

const ticketsOf = (entries: readonly StoredEntry[]): readonly TicketId[] => [
  ...new Set(entries.flatMap(({ action }) => (action.kind === 'create' ? [] : action.ticketId)))
]
