import type { ApiOptions, Credentials, TicketApi } from '../api/api.ts'
import type { Clock, NewTicketDraft, Vault } from '../storage/types.ts'
import type { AccountRules } from '../tickets/account-rules.ts'
import type { ImportSummary } from '../tickets/work/import-summary.ts'
import type { OwnData } from '../storage/own-data-schema.ts'
import type { ReminderKind, WorkChange } from '../tickets/work/ticket-work.ts'
import type { Problem } from '../tickets/problem.ts'
import type {
  AccountId,
  ApiVersionChoice,
  DraftId,
  DraftList,
  LocalFacts,
  NewTicket,
  Status,
  Ticket,
  TicketId,
  TicketRef
} from '../tickets/ticket.ts'
import type {
  AccountView,
  ListLoading,
  Notice,
  OutboxChange,
  OutboxDecision,
  OutboxItem,
  OutboxRecord,
  SearchAnswer,
  Thread,
  TicketRow,
  ServiceList
} from '../tickets/views.ts'

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem }

/** An event for notifications, found by comparing two lists. Emitted exactly once, also across restarts. */
export type TicketEvent =
  | {
      readonly kind: 'reply'
      readonly ref: TicketRef
      readonly subject: string
      readonly name: string
      readonly excerpt: string
    }
  | {
      readonly kind: 'status' | 'closed'
      readonly ref: TicketRef
      readonly subject: string
      readonly status: Status
    }
  | {
      readonly kind: ReminderKind
      readonly ref: TicketRef
      readonly subject: string
      readonly name: string
      readonly excerpt: string
      /** Set by a rule of the account, not by the person. */
      readonly byRule: boolean
    }
  | { readonly kind: 'signed-out'; readonly accountId: AccountId; readonly accountName: string }

export type Reminder = Extract<TicketEvent, { readonly kind: ReminderKind }>

export interface EngineEvents {
  readonly accounts: (accounts: readonly AccountView[]) => void
  readonly rows: (change: {
    readonly accountId: AccountId
    readonly changed: readonly TicketRow[]
    readonly removed: readonly TicketId[]
  }) => void
  readonly outbox: (change: OutboxChange) => void
  readonly ticketEvents: (ticketEvents: readonly TicketEvent[]) => void
  readonly notices: (notices: readonly Notice[]) => void
}

/** What to do when new credentials for an account belong to another customer. */
export type OtherCustomer = 'ask' | 'add' | 'replace'

export type AccountAddress = Pick<ConnectInput, 'baseUrl' | 'version'>

export type PowerState = { readonly onBattery: boolean; readonly locked: boolean }

export interface ConnectInput {
  readonly name: string
  readonly baseUrl: string
  readonly version: ApiVersionChoice
  readonly credentials: Credentials
  readonly thisRunOnly: boolean
  readonly demo?: boolean
}

/** Cancellation and progress of connecting an account. */
export interface ConnectWatch {
  /** If aborted, connecting fails with `stopped` and nothing is changed. */
  readonly signal?: AbortSignal
  /** Called with the progress of the list, a few times per second once it takes long. */
  readonly onProgress?: (loading: ListLoading) => void
}

export interface EngineOptions {
  /** Folder for caches, outbox and drafts; created if missing. */
  readonly folder: string
  readonly vault: Vault
  readonly clock: Clock
  /** In [0, 1), like Math.random. */
  readonly random: () => number
  readonly createApi: (
    options: Pick<ApiOptions, 'baseUrl' | 'version' | 'credentials' | 'keep'> & { accountId: AccountId }
  ) => TicketApi
  readonly events: EngineEvents
  /** Whether reminders wait now (quiet hours, a pause); asked again every minute. Default: never. */
  readonly holdsBack?: ((reminder: Reminder, rules: AccountRules) => boolean) | undefined
  /** Receives log lines, see `activity-log.ts`. */
  readonly log?: (line: string) => void
  /** Polling interval of an account in seconds; read whenever a poll is scheduled. */
  readonly pollSeconds: (account: { readonly demo: boolean; readonly rules: AccountRules }) => number
}

/** Commands on accounts. */
export interface EngineAccounts {
  list(): readonly AccountView[]
  /** Tests the credentials with a list request, whose list becomes the baseline. `auto` tries the newest version first. */
  connect(input: ConnectInput, watch?: ConnectWatch): Promise<Outcome<AccountView>>
  /** With `ask` (default), credentials of another customer fail with `other-customer`. */
  reconnect(
    id: AccountId,
    credentials: Credentials,
    thisRunOnly: boolean,
    otherCustomer?: OtherCustomer,
    /** New address of an account whose address was lost; ignored for others. */
    address?: AccountAddress | null,
    watch?: ConnectWatch
  ): Promise<Outcome<AccountView>>
  /** For the demo, whose port changes with each run. */
  rebase(id: AccountId, baseUrl: string): void
  rename(id: AccountId, name: string): Outcome<null>
  /** `color`: 0–7. */
  recolor(id: AccountId, color: number): Outcome<null>
  pause(id: AccountId, paused: boolean): Outcome<null>
  /** Changes only the given rules. */
  setRules(id: AccountId, rules: Partial<AccountRules>): Outcome<null>
  remove(id: AccountId): Promise<Outcome<null>>
  services(id: AccountId): Promise<Outcome<ServiceList>>
}

/** Queries and commands on tickets. */
export interface EngineTickets {
  /** Grouped by account, newest activity first. */
  rows(): readonly TicketRow[]
  thread(ref: TicketRef): Outcome<Thread>
  search(query: string): SearchAnswer
  /** Prepares the first search ticket by ticket; the caller schedules the steps. */
  foldForSearch(): Iterator<void>
  ticket(ref: TicketRef): {
    readonly ticket: Ticket
    readonly facts: LocalFacts | null
    readonly row: TicketRow
    readonly note: string
  } | null
  /** Resolves when the marks are on disk. Synchronous for a few tickets. */
  markRead(refs: readonly TicketRef[]): Promise<Outcome<null>>
  /** Makes the newest staff reply unread again. */
  markUnread(refs: readonly TicketRef[]): Promise<Outcome<null>>
  /** Changes what the person keeps about these tickets. Resolves when it is on disk. */
  setWork(refs: readonly TicketRef[], change: WorkChange): Promise<Outcome<null>>
  /** Tickets with exactly this tag, also those that are not in the list any more. */
  withTag(name: string): readonly TicketRef[]
  recentDepartments(): Readonly<Record<AccountId, readonly number[]>>
  recentServices(): Readonly<Record<AccountId, readonly string[]>>
}

/** Where a reply was written. */
export type WrittenIn = 'draft' | 'notification' | 'command line'

/** Drafts, outbox and history. */
export interface EngineOutgoing {
  /**
   * Durable when this resolves; sent afterwards. Marks the ticket as read. Clears the ticket's draft if the text comes
   * `from` it; the draft stays if the text was written elsewhere. Not sent for `holdMs` milliseconds (default 0), so that it
   * can be cancelled.
   */
  reply(ref: TicketRef, text: string, from?: WrittenIn, holdMs?: number): Promise<Outcome<OutboxItem>>
  /** Queues all or none, as one batch, held as in `reply`. */
  replyAndClose(
    ref: TicketRef,
    text: string,
    holdMs: number,
    from?: WrittenIn
  ): Promise<Outcome<readonly OutboxItem[]>>
  close(refs: readonly TicketRef[], holdMs?: number): Promise<Outcome<readonly OutboxItem[]>>
  /** Held as in `reply`. */
  create(
    id: AccountId,
    draft: NewTicket,
    serverPassword: string,
    holdMs?: number
  ): Promise<Outcome<OutboxItem>>
  items(): readonly OutboxItem[]
  retry(outboxId: string): Promise<Outcome<null>>
  retryAll(outboxIds: readonly string[]): Promise<Outcome<null>>
  cancel(outboxId: string): Promise<Outcome<OutboxItem>>
  /** Returns the cancelled entries. Entries that are being sent or may have arrived stay. */
  cancelAll(outboxIds: readonly string[]): Promise<Outcome<readonly OutboxItem[]>>
  /** Decides an undecided entry or discards a refused one; fails with `in-flight` for others. */
  decide(outboxId: string, decision: OutboxDecision, candidateKey: string | null): Promise<Outcome<null>>
  /** Newest first, limited in number. */
  history(): readonly OutboxRecord[]
  /** Appends the text of a history entry to its draft. */
  writeAgain(id: string): Outcome<OutboxRecord>
  replyDraft(ref: TicketRef): string
  setReplyDraft(ref: TicketRef, text: string): void
  /** The draft shown in the new-ticket window. */
  composeDraft(): NewTicketDraft | null
  /** Number of queued drafts of new tickets. */
  composeLater(): number
  /** Shows the next draft of the queue, of this account if given; false if there is none. */
  nextComposeDraft(accountId: AccountId | null): boolean
  setComposeDraft(accountId: AccountId | null, draft: NewTicket): void
}

/** Own data of accounts, for a file. */
export interface EngineOwnData {
  /** Of all accounts but the demo. Contains no secrets. */
  exported(): readonly OwnData[]
  /** Adds the data to the accounts with the same server and customer; data of others wait until such an account is added. */
  import(
    accounts: readonly OwnData[],
    settings: Readonly<Record<string, unknown>> | null
  ): Outcome<ImportSummary>
  /** Settings that were imported but not applied yet, also in an earlier run; null if there are none. */
  importedSettings(): Readonly<Record<string, unknown>> | null
  settingsApplied(): void
}

/** The list of all drafts. */
export interface EngineDrafts {
  list(): DraftList
  /** The new-ticket window begins an empty draft; the one shown before waits behind the others. */
  startNew(): void
  /** The new-ticket window shows this draft; false if there is none with this id. */
  open(id: string): boolean
  /** False if there is no such draft. */
  discard(draft: DraftId): boolean
  /** Restores the draft discarded last; false if there is none. */
  restore(): boolean
}

/** Start and stop, network and power state, notices. */
export interface EngineControl {
  /**
   * Resolves when accounts, outbox and drafts are loaded, independent of the size of the caches: their tickets follow as
   * `rows` events, then polling begins. Never rejects; problems become notices.
   */
  start(): Promise<void>
  /** Resolves when every cache has been loaded or set aside. */
  opened(): Promise<void>
  /** Ends requests and writes pending changes, within two seconds. */
  stop(): Promise<void>
  /** Requests the lists of all accounts now; resolves when each has ended. */
  check(reason: 'asked' | 'opened' | 'wake' | 'online'): Promise<void>
  /** Aborts the list request of an account; it is retried as after a failure. */
  stopLoading(id: AccountId): void
  setOnline(online: boolean): void
  setPower(power: PowerState): void
  /** Called when `pollSeconds` or rules of notifications may have changed; a shorter interval applies at once. */
  settingsChanged(): void
  /** Called before the machine sleeps: aborts requests and makes none until `check('wake')`. */
  suspend(): void
  notices(): readonly Notice[]
  /** Dismisses a notice for the person; without `detail` all of this kind. */
  dismiss(kind: Notice['kind'], detail?: string): void
  /** Path of a damaged file that was set aside and not dismissed; null if there is none. */
  setAsidePath(name: string): string | null
  /** Facts for diagnostics: poller states, times and problem kinds; no text, address or secret. */
  diagnostics(): readonly string[]
}

/** All accounts with their pollers, caches, marks and outboxes: the single source of truth about tickets. */
export interface Engine {
  readonly accounts: EngineAccounts
  readonly tickets: EngineTickets
  readonly outgoing: EngineOutgoing
  readonly ownData: EngineOwnData
  readonly drafts: EngineDrafts
  readonly control: EngineControl
}
