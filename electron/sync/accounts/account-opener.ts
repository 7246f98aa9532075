/** Opens accounts from their stored data, and loads their cached tickets. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CachedTickets } from '../../storage/ticket-cache.ts'
import type { StoredEntry } from '../../storage/schemas.ts'
import type { StoredAccount } from '../../storage/types.ts'
import { sentFormOf } from '../../tickets/text/sent-form/sent-form.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { OutboxEnd } from '../../tickets/views.ts'
import { shortId, type ActivityLog, type EngineLog } from '../activity-log.ts'
import { Account } from '../account.ts'
import type { AccountParts } from '../account-parts.ts'
import { AccountStore, type StoreParts } from './account-store.ts'
import type { AccountTable, OpenAccount } from './account-table.ts'
import { withTimeout } from '../requests/interruptible.ts'
import { Marks } from '../marks/marks.ts'
import { applyPendingWithoutTickets } from '../marks/pending-marks.ts'
import type { ReadState } from '../marks/read-state.ts'
import { rebuildMarks } from '../marks/rebuild-marks.ts'
import { connectedSince } from './connected-since.ts'
import type { Notices } from '../profile/notices.ts'
import { SentLog } from '../outbox/sent-log.ts'
import type { OutgoingService } from '../outbox/outgoing-service.ts'
import type { PollingControl } from '../polling-control.ts'
import type { ProfileDrafts } from '../profile/profile-drafts.ts'
import type { Publisher } from '../publisher.ts'
import type { TicketPasswords } from '../outbox/ticket-passwords.ts'
import type { Turns } from '../turns.ts'
import type { Reminders } from '../work/reminders.ts'
import { notifiedEvents } from '../work/notified-events.ts'
import { AccountWork } from '../work/account-work.ts'
import type { EngineOptions } from '../types.ts'

/** Maximum time to wait for a cache, in milliseconds, in case the disk does not respond. */
const openMs = 30_000
/** Pause between slices of loading in milliseconds, because the first window is created meanwhile. */
const openRestMs = 8
/** Ends after which an entry needs no further processing. */
const arrivedEnds: ReadonlySet<OutboxEnd> = new Set(['shown', 'hidden', 'confirmed'])

export interface OpenerParts {
  readonly store: StoreParts
  readonly table: AccountTable
  readonly notices: Notices
  readonly publisher: Publisher
  readonly drafts: ProfileDrafts
  readonly passwords: TicketPasswords
  readonly outgoing: OutgoingService
  readonly polling: PollingControl
  readonly readState: ReadState
  readonly reminders: Reminders
  readonly turns: Turns
  readonly random: EngineOptions['random']
  readonly pollSeconds: EngineOptions['pollSeconds']
  readonly log: EngineLog
}

export class AccountOpener {
  readonly #parts: OpenerParts
  #isStopped = false

  constructor(parts: OpenerParts) {
    this.#parts = parts
  }

  /** Opens the account without its tickets; `openCache` loads them. */
  open(stored: StoredAccount, entries: readonly StoredEntry[], api: AccountParts['api']): OpenAccount {
    const { log, passwords, polling } = this.#parts
    const store = new AccountStore(this.#parts.store, stored.id)
    const storedMarks = store.readMarks()
    const sent = new SentLog(store.readSent())
    const work = new AccountWork(store.readWork())
    // The app ended between recording the end of the entry and removing it.
    const overIds = new Set(sent.records.flatMap(({ id, end }) => (arrivedEnds.has(end) ? [id] : [])))
    const over = entries.filter(({ id }) => overIds.has(id))
    passwords.forget(over.map(({ id }) => id))
    const account = this.#create(stored, store, {
      api,
      marks: new Marks(storedMarks),
      entries: entries.filter(({ id }) => !overIds.has(id)),
      ...{ sent, work, log }
    })
    account.outbox.forget(over)
    if (account.marks.letterDamage === 'untold') this.#tellLetterDamage(stored, account.marks)
    polling.apply(account)
    return {
      ...{ stored, account, store, opened: Promise.resolve(), stopOpening: new AbortController() },
      areMarksLost: storedMarks === null || store.areMarksSalvaged
    }
  }

  /** Loads the cached tickets. Without a readable cache the next list brings them. Never rejects. */
  async openCache(entry: OpenAccount): Promise<void> {
    const { stored, account, store, stopOpening } = entry
    const { notices } = this.#parts
    const { signal } = stopOpening
    const reading: { cached?: CachedTickets | null } = {}
    const read = store.readTickets(signal).then((cached) => (reading.cached = cached))
    const aborted = new Promise<null>((resolve) => {
      signal.addEventListener('abort', () => resolve((reading.cached = null)))
    })
    await withTimeout(this.#parts.store.clock, openMs, Promise.race([read, aborted])).catch(() => undefined)
    if (!this.#isCurrent(entry)) return
    this.#parts.log.note(`cache ${shortId(stored.id)}: ${reading.cached?.tickets.length ?? 'no'} tickets`)
    if (reading.cached === undefined) notices.add({ kind: 'cache-set-aside' })
    if (entry.areMarksLost) await this.#rebuildMarks(entry, reading.cached?.tickets ?? [])
    if (!this.#isCurrent(entry)) return
    this.#noteConnected(entry, reading.cached?.tickets ?? [])
    const hadPending = account.marks.pending.size > 0
    await account.open(reading.cached ?? null, () => sleep(openRestMs))
    // The app or account was stopped before all were loaded.
    if (!this.#isCurrent(entry)) return
    if (account.work.hasChanged) store.writeWork(account.work)
    this.#parts.reminders.schedule()
    if (hadPending) {
      applyPendingWithoutTickets(account.marks)
      store.writeMarks(account.marks)
    }
    account.wake()
  }

  #isCurrent({ stored, account }: OpenAccount): boolean {
    return !this.#isStopped && this.#parts.table.account(stored.id) === account
  }

  /** Aborts the loading of caches. */
  stop(): void {
    this.#isStopped = true
    for (const { stopOpening } of this.#parts.table.all()) stopOpening.abort()
  }

  #create(
    stored: StoredAccount,
    store: AccountStore,
    own: Pick<AccountParts, 'api' | 'marks' | 'entries' | 'sent' | 'work'> & { readonly log: ActivityLog }
  ): Account {
    const { passwords, drafts, random, pollSeconds, table, turns, readState } = this.#parts
    const account: Account = new Account({
      ...own,
      id: stored.id,
      version: stored.version,
      clock: this.#parts.store.clock,
      random,
      turns,
      marksSettled: () => readState.settled(),
      intervalSeconds: () => pollSeconds(table.get(stored.id)?.stored ?? stored),
      paused: stored.paused,
      sentForm: () => {
        const { rules } = table.get(stored.id)?.stored ?? stored
        return sentFormOf(rules.textForm, stored.version, own.marks.letterDamage !== null)
      },
      password: (entryId) => passwords.get(entryId),
      hasDraft: (ticketId) => drafts.hasReply({ accountId: stored.id, ticketId }),
      tell: {
        ...this.#listeners(stored, own.work),
        marks: () => store.writeMarks(own.marks),
        work: () => void store.writeWork(own.work),
        letterDamage: () => this.#tellLetterDamage(stored, own.marks),
        sent: () => store.writeSent(own.sent),
        tickets: () =>
          store.writeTickets(() => ({ tickets: account.list.stored(), fingerprint: account.fingerprint })),
        ticketsNow: () => store.flush()
      }
    })
    return account
  }

  /** The account's events that concern more than its own files. */
  #listeners(
    { id, name }: StoredAccount,
    work: AccountWork
  ): Pick<AccountParts['tell'], 'outbox' | 'connection' | 'rows' | 'ticketEvents' | 'signedOut' | 'ended'> {
    const { table, publisher, outgoing, passwords, reminders } = this.#parts
    return {
      outbox: () => outgoing.save(),
      connection: () => publisher.accounts(),
      rows: (changed, removed) => {
        publisher.events.rows({ accountId: id, changed, removed })
        publisher.accounts()
        reminders.schedule()
      },
      ticketEvents: (ticketEvents) => {
        const told = notifiedEvents(ticketEvents, work)
        if (told.length > 0) publisher.events.ticketEvents(told)
      },
      signedOut: () => {
        const accountName = table.get(id)?.stored.name ?? name
        publisher.events.ticketEvents([{ kind: 'signed-out', accountId: id, accountName }])
      },
      ended: (entryIds) => passwords.forget(entryIds)
    }
  }

  /** Adds a notice until the person dismisses it, unless they have chosen the form of texts themselves. */
  #tellLetterDamage({ id, name, rules }: StoredAccount, marks: Marks): void {
    const { stored = null } = this.#parts.table.get(id) ?? {}
    if ((stored?.rules ?? rules).textForm !== 'auto') marks.letterDamage = 'told'
    else this.#parts.notices.add({ kind: 'letters-damaged', detail: stored?.name ?? name })
  }

  /** Determines when the account was connected, if earlier versions did not store it or marks were lost. */
  #noteConnected({ account, store }: OpenAccount, cached: readonly Ticket[]): void {
    const { marks, outbox, sent } = account
    if (!marks.baseline || marks.connectedAt !== null) return
    const sentFromHere = [...outbox.stored(), ...sent.records].map(({ queuedAt }) => queuedAt)
    const keptReplies = sent.replies.map(({ sentAt }) => sentAt)
    marks.connectedAt = connectedSince({
      marks,
      cached,
      sentAt: [...sentFromHere, ...keptReplies],
      now: this.#parts.store.clock.now()
    })
    store.writeMarks(marks)
  }

  /** Rebuilds lost marks from the cache, and adds a notice. */
  async #rebuildMarks({ stored, account, store }: OpenAccount, cached: readonly Ticket[]): Promise<void> {
    if (cached.length === 0 && !store.areMarksSalvaged) return
    await this.#parts.turns.run(rebuildMarks(account.marks, cached))
    store.writeMarks(account.marks)
    this.#parts.notices.add({ kind: 'read-marks-lost', detail: stored.name })
  }
}
