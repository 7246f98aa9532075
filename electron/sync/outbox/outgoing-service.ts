/** Outgoing messages: the outbox commands together with drafts and passwords. */
import type { Clock } from '../../storage/types.ts'
import type { StoredEntry } from '../../storage/schemas.ts'
import { serviceKey } from '../../tickets/services.ts'
import type { AccountId, NewTicket, TicketRef } from '../../tickets/ticket.ts'
import type { OutboxDecision, OutboxItem, OutboxRecord } from '../../tickets/views.ts'
import type { outboxFile } from '../accounts/account-store.ts'
import type { AccountTable } from '../accounts/account-table.ts'
import type { FolderLock } from '../profile/folder-lock.ts'
import type { Notices } from '../profile/notices.ts'
import { done, fail } from '../outcome.ts'
import { cancelEach, closeEach, CommandsInTurns, type RunCommands } from './commands-in-turns.ts'
import { OutboxCommands } from './outbox-commands.ts'
import type { OutboxActivity } from './outbox-activity.ts'
import { OutboxWrite } from './outbox-write.ts'
import { returnToDraft } from '../drafts/return-to-draft.ts'
import type { ProfileDrafts } from '../profile/profile-drafts.ts'
import type { Publisher } from '../publisher.ts'
import { rememberRecent } from '../marks/recent-choices.ts'
import type { ReadState } from '../marks/read-state.ts'
import type { Turns } from '../turns.ts'
import type { TicketPasswords } from './ticket-passwords.ts'
import type { Outcome, WrittenIn } from '../types.ts'

/** The outcome of a command on a single entry. */
function first(all: Outcome<readonly OutboxItem[]>): Outcome<OutboxItem> {
  if (!all.ok) return all
  const [item] = all.value
  return item ? { ok: true, value: item } : fail('internal')
}

export interface OutgoingParts {
  readonly clock: Clock
  readonly lock: FolderLock
  readonly table: AccountTable
  readonly file: ReturnType<typeof outboxFile>
  readonly notices: Notices
  readonly publisher: Publisher
  readonly drafts: ProfileDrafts
  readonly passwords: TicketPasswords
  readonly readState: ReadState
  readonly activity: OutboxActivity
  readonly turns: Turns
}

export class OutgoingService {
  readonly #parts: OutgoingParts
  readonly #commands: OutboxCommands
  readonly #write: OutboxWrite
  readonly #inTurns: CommandsInTurns
  /** Entries of accounts of a later version. */
  #foreign: readonly StoredEntry[] = []

  constructor(parts: OutgoingParts) {
    this.#parts = parts
    this.#commands = this.#createCommands()
    this.#inTurns = new CommandsInTurns(parts.turns)
    this.#write = new OutboxWrite(parts.clock, parts.file, () => [
      ...parts.table.accounts().flatMap(({ outbox }) => outbox.stored()),
      ...this.#foreign,
      ...this.#commands.orphans
    ])
  }

  /**
   * Sets the entries without an open account. `foreign`: their account is of a later version of the app. `orphans`: their
   * account is missing in the list.
   */
  setEntriesWithoutAccount(foreign: readonly StoredEntry[], orphans: readonly StoredEntry[]): void {
    this.#foreign = foreign
    this.#commands.setOrphans(orphans)
  }

  items(): readonly OutboxItem[] {
    return this.#commands.items()
  }

  /** Newest first, limited in number. */
  history(): readonly OutboxRecord[] {
    return this.#commands.history()
  }

  /**
   * Writes and publishes the changes, as one write and one event. `gone`: entries of a removed account. False if the write
   * is not durable.
   */
  save(gone: readonly string[] = []): boolean {
    const { activity, clock, table, publisher } = this.#parts
    const [now, wall] = [clock.monotonic(), clock.now()]
    const changes = table.accounts().map(({ outbox }) => outbox.takeChange(now, wall))
    const removedElsewhere = [...gone, ...this.#commands.takeRemovedOrphans()]
    const told = {
      changed: changes.flatMap((change) => change.told.changed),
      removed: [...removedElsewhere, ...changes.flatMap((change) => change.told.removed)]
    }
    const toStore = {
      entries: changes.flatMap((change) => change.stored.entries),
      removed: [...removedElsewhere, ...changes.flatMap((change) => change.stored.removed)]
    }
    const isEmpty = table.accounts().every(({ outbox }) => outbox.isEmpty)
    const isToForget = isEmpty || gone.length > 0 || changes.some((change) => change.isToForget)
    const isDurable = this.#write.add(toStore, isToForget)
    const ended = told.removed.length > 0 ? table.accounts().flatMap(({ sent }) => sent.records) : []
    if (told.changed.length + told.removed.length === 0) return isDurable
    activity.saved(told, ended, isDurable)
    publisher.events.outbox(told)
    return isDurable
  }

  /** Called after a start with the stored entries of all accounts. */
  opened(stored: readonly StoredEntry[]): void {
    this.#parts.activity.opened(stored, this.items())
    this.publishAll()
  }

  /** Publishes all entries. */
  publishAll(): void {
    this.#parts.publisher.events.outbox({ changed: this.items(), removed: [] })
  }

  /** Removes the entries of an account, also those that were not understood. */
  removeAccount(id: AccountId, entries: readonly StoredEntry[]): void {
    const ids = [
      ...entries.map((entry) => entry.id),
      ...this.#parts.file.dropUnknownRows('entries', ({ accountId }) => accountId === id)
    ]
    this.#parts.passwords.forget(ids)
    this.#parts.activity.because('its account was removed', () => this.save(ids))
  }

  /** Stops retrying failed writes. */
  stop(): void {
    this.#write.stop()
  }

  reply(ref: TicketRef, text: string, from: WrittenIn, holdMs: number): Outcome<OutboxItem> {
    if (text.trim() === '') return fail('invalid-arguments')
    const action = { kind: 'reply', ticketId: ref.ticketId, text } as const
    const queued = first(
      this.#by(`written in a ${from}`, (commands) =>
        commands.enqueue([{ accountId: ref.accountId, action }], { holdMs })
      )
    )
    if (queued.ok) this.#replyIsQueued(ref, from)
    return queued
  }

  /** Queues a reply and a close, held for `holdMs` milliseconds. The ticket is closed once the list shows the reply. */
  replyAndClose(
    ref: TicketRef,
    text: string,
    holdMs: number,
    from: WrittenIn
  ): Outcome<readonly OutboxItem[]> {
    if (text.trim() === '') return fail('invalid-arguments')
    const { accountId, ticketId } = ref
    const queued = this.#by(`written in a ${from}, and closed by the person`, (commands) =>
      commands.enqueue(
        [
          { accountId, action: { kind: 'reply', ticketId, text } },
          { accountId, action: { kind: 'close', ticketId } }
        ],
        { holdMs }
      )
    )
    if (queued.ok) this.#replyIsQueued(ref, from)
    return queued
  }

  #replyIsQueued(ref: TicketRef, from: WrittenIn): void {
    if (from === 'draft') {
      this.setReplyDraft(ref, '')
      this.#parts.drafts.flush()
    }
    void this.#parts.readState.markRead([ref])
  }

  /**
   * Closes all or none, as one batch; very many in turns. If the app ends abnormally meanwhile, those on the disk by then are
   * closed.
   */
  close(refs: readonly TicketRef[], holdMs: number): Promise<Outcome<readonly OutboxItem[]>> {
    return this.#inTurns.run(closeEach(this.#commands, this.#by, refs, holdMs, this.#withdraw))
  }

  create(
    accountId: AccountId,
    draft: NewTicket,
    serverPassword: string,
    holdMs: number
  ): Outcome<OutboxItem> {
    const action = { kind: 'create', draft, hasPassword: serverPassword !== '' } as const
    const queued = first(
      this.#by('written as a new ticket', (commands) =>
        commands.enqueue([{ accountId, action }], { serverPassword, holdMs })
      )
    )
    const entry = this.#parts.table.get(accountId)
    if (queued.ok && entry) {
      rememberRecent(entry.account.marks, draft.departmentId, serviceKey(draft.service))
      entry.store.writeMarks(entry.account.marks)
    }
    return queued
  }

  retry(id: string): Outcome<null> {
    return this.#by('retried by the person', (commands) => commands.retry([id]))
  }

  retryAll(ids: readonly string[]): Outcome<null> {
    const retried = this.#by('retried by the person', (commands) => commands.retry(ids))
    return !retried.ok && retried.error.kind === 'folder-in-use' ? retried : done
  }

  cancel(id: string): Outcome<OutboxItem> {
    return first(this.#by('taken back by the person', (commands) => commands.cancel([id])))
  }

  /** Removes all that may be removed; very many in turns. */
  cancelAll(ids: readonly string[]): Promise<Outcome<readonly OutboxItem[]>> {
    return this.#inTurns.run(cancelEach(this.#by, ids))
  }

  /** Completes the commands in progress at once: the app is closing. */
  finish(): void {
    this.#inTurns.finish()
  }

  decide(id: string, decision: OutboxDecision, candidateKey: string | null): Outcome<null> {
    return this.#by(`the person says ${decision}`, (commands) => commands.decide(id, decision, candidateKey))
  }

  /** Appends the text of a history entry to the draft; the entry stays in the history. */
  writeAgain(id: string): Outcome<OutboxRecord> {
    const { drafts, lock, publisher, table } = this.#parts
    if (lock.isTaken) return fail('folder-in-use')
    const record = this.history().find((one) => one.id === id)
    if (!record || record.action.kind === 'close') return fail('invalid-arguments')
    const { accountId, action } = record
    const account = table.account(accountId)
    if (!account) return fail('unknown-account')
    if (action.kind === 'reply' && !account.hasSeen(action.ticketId)) return fail('unknown-ticket')
    returnToDraft(drafts.get(), record, false)
    drafts.flush()
    if (action.kind === 'reply') publisher.refreshRows(accountId, [action.ticketId])
    return { ok: true, value: record }
  }

  /** Publishes the row when a draft is started or emptied, not at every key. */
  setReplyDraft(ref: TicketRef, text: string): void {
    const { drafts, publisher } = this.#parts
    const had = drafts.hasReply(ref)
    drafts.get().setReply(ref.accountId, ref.ticketId, text)
    if (drafts.hasReply(ref) !== had) publisher.refreshRows(ref.accountId, [ref.ticketId])
  }

  /** Removes entries whose batch could not be stored; like theirs, the write of their removal is retried. */
  readonly #withdraw = (items: readonly OutboxItem[]): void => {
    const { table, publisher } = this.#parts
    const ids = new Set(items.map(({ id }) => id))
    const removed = table.accounts().map(({ outbox }) => {
      const own = outbox.stored().filter(({ id }) => ids.has(id))
      outbox.remove(own.map(({ id }) => id))
      const tickets = own.flatMap(({ action }) => (action.kind === 'create' ? [] : action.ticketId))
      return { accountId: outbox.accountId, tickets }
    })
    this.save()
    for (const { accountId, tickets } of removed) publisher.refreshRows(accountId, tickets)
  }

  readonly #by: RunCommands = (cause, run) => this.#parts.activity.because(cause, () => run(this.#commands))

  #createCommands(): OutboxCommands {
    const { clock, lock, table, notices, publisher, drafts, passwords } = this.#parts
    return new OutboxCommands({
      clock,
      accounts: () => table.accounts(),
      account: (id) => table.account(id),
      drafts: () => drafts.get(),
      isLockedOut: () => lock.isTaken,
      storageProblem: () => notices.storageProblem() ?? 'storage-failed',
      save: () => this.save(),
      saveMarks: ({ outbox, marks }) => table.get(outbox.accountId)?.store.writeMarks(marks),
      saveSent: ({ outbox, sent }) => void table.get(outbox.accountId)?.store.writeSent(sent),
      refresh: ({ outbox }, ids) => publisher.refreshRows(outbox.accountId, ids),
      keepPassword: (id, password) => passwords.keep(id, password),
      forgetPassword: (ids) => passwords.forget(ids)
    })
  }
}
