import type { ApiOptions, Credentials, TicketApi } from '../api/api.ts'
import type { Clock, NewTicketDraft, Vault } from '../storage/types.ts'
import type { AccountRules } from '../tickets/account-rules.ts'
import type { Problem } from '../tickets/problem.ts'
import type {
  AccountId,
  ApiVersionChoice,
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

/** Something worth telling, found by comparing two lists. Given out exactly once per event, across restarts. */
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
  | { readonly kind: 'signed-out'; readonly accountId: AccountId; readonly accountName: string }

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

/** For who waits for a connection to be made. */
export interface ConnectWatch {
  /** Aborted, it is given up with `stopped`, and nothing was changed. */
  readonly signal?: AbortSignal
  /** How far its list is, a few times per second once it takes long. */
  readonly onProgress?: (loading: ListLoading) => void
}

export interface EngineOptions {
  /** Folder for the caches, outbox and drafts; made when missing. */
  readonly folder: string
  readonly vault: Vault
  readonly clock: Clock
  /** [0, 1), as Math.random. */
  readonly random: () => number
  readonly createApi: (
    options: Pick<ApiOptions, 'baseUrl' | 'version' | 'credentials'> & { accountId: AccountId }
  ) => TicketApi
  readonly events: EngineEvents
  /** What happened, as lines of ids, kinds and counts: see `activity-log.ts`. */
  readonly log?: (line: string) => void
  /** Seconds between two polls of an account; read at every planning. */
  readonly pollSeconds: (account: { readonly demo: boolean; readonly rules: AccountRules }) => number
}

/** The accounts, and what belongs to one as a whole. */
export interface EngineAccounts {
  list(): readonly AccountView[]
  /** Tests the credentials with one list, which becomes the baseline. `auto` asks the newest version first. */
  connect(input: ConnectInput, watch?: ConnectWatch): Promise<Outcome<AccountView>>
  /** With `ask` (the default) credentials of another customer fail with `other-customer`. */
  reconnect(
    id: AccountId,
    credentials: Credentials,
    thisRunOnly: boolean,
    otherCustomer?: OtherCustomer,
    /** Of an account whose address was lost; any other keeps its own. */
    address?: AccountAddress | null,
    watch?: ConnectWatch
  ): Promise<Outcome<AccountView>>
  /** For the demo, whose port changes from run to run. */
  rebase(id: AccountId, baseUrl: string): void
  rename(id: AccountId, name: string): Outcome<null>
  /** 0–7. */
  recolor(id: AccountId, color: number): Outcome<null>
  pause(id: AccountId, paused: boolean): Outcome<null>
  /** Only the rules that are named change. */
  setRules(id: AccountId, rules: Partial<AccountRules>): Outcome<null>
  remove(id: AccountId): Promise<Outcome<null>>
  services(id: AccountId): Promise<Outcome<ServiceList>>
}

/** What the last lists hold, and what was read of it. */
export interface EngineTickets {
  /** Account by account, of each the newest activity first. */
  rows(): readonly TicketRow[]
  thread(ref: TicketRef): Outcome<Thread>
  search(query: string): SearchAnswer
  /** Does ticket by ticket what the first search would do at once; whoever takes the steps chooses when. */
  foldForSearch(): Iterator<void>
  ticket(
    ref: TicketRef
  ): { readonly ticket: Ticket; readonly facts: LocalFacts | null; readonly row: TicketRow } | null
  /** Resolves when the marks are on disk; of a few tickets they are when it returns. */
  markRead(refs: readonly TicketRef[]): Promise<Outcome<null>>
  /** Makes the newest staff reply unread again. */
  markUnread(refs: readonly TicketRef[]): Promise<Outcome<null>>
  recentDepartments(): Readonly<Record<AccountId, readonly number[]>>
  recentServices(): Readonly<Record<AccountId, readonly string[]>>
}

/** What is written here: drafts, what waits to be sent, and what became of it. */
export interface EngineOutgoing {
  /**
   * Durable when this resolves; sent afterwards. The staff replies before it are read. The ticket's draft is over
   * when the text comes `from` it, and stays when it was written in a notification.
   */
  reply(ref: TicketRef, text: string, from?: 'draft' | 'notification'): Promise<Outcome<OutboxItem>>
  /** All or none, as one batch; held back for `holdMs`, so that it can be taken back. */
  replyAndClose(ref: TicketRef, text: string, holdMs: number): Promise<Outcome<readonly OutboxItem[]>>
  close(refs: readonly TicketRef[], holdMs?: number): Promise<Outcome<readonly OutboxItem[]>>
  create(id: AccountId, draft: NewTicket, serverPassword: string): Promise<Outcome<OutboxItem>>
  items(): readonly OutboxItem[]
  retry(outboxId: string): Promise<Outcome<null>>
  retryAll(outboxIds: readonly string[]): Promise<Outcome<null>>
  cancel(outboxId: string): Promise<Outcome<OutboxItem>>
  /** What is being sent or may have arrived stays; answers what was taken back. */
  cancelAll(outboxIds: readonly string[]): Promise<Outcome<readonly OutboxItem[]>>
  /** Of an undecided entry, or to discard a refused one; any other fails with `in-flight`. */
  decide(outboxId: string, decision: OutboxDecision, candidateKey: string | null): Promise<Outcome<null>>
  /** Newest first, bounded. */
  history(): readonly OutboxRecord[]
  /** Of the history: its words become a draft again. */
  writeAgain(id: string): Outcome<OutboxRecord>
  replyDraft(ref: TicketRef): string
  setReplyDraft(ref: TicketRef, text: string): void
  /** The one that stands in the new-ticket window. */
  composeDraft(): NewTicketDraft | null
  /** How many new tickets wait behind it. */
  composeLater(): number
  /** The next one comes to the front, of this account where one is named; false where there is none. */
  nextComposeDraft(accountId: AccountId | null): boolean
  setComposeDraft(accountId: AccountId | null, draft: NewTicket): void
}

/** The engine itself: its start and end, the network, the machine, what is wrong with it. */
export interface EngineControl {
  /**
   * Resolves when accounts, outbox and drafts are there, however large the caches are: their tickets come later, as
   * `rows`, and polling begins. Never throws; trouble becomes notices.
   */
  start(): Promise<void>
  /** Resolves when every cache was read, or set aside. */
  opened(): Promise<void>
  /** Ends requests, writes what is unwritten. Within two seconds, whatever hangs. */
  stop(): Promise<void>
  /** Asks all accounts now; resolves when each has answered. */
  check(reason: 'asked' | 'opened' | 'wake' | 'online'): Promise<void>
  /** Gives up the list that an account is loading; it is asked for again as after a failure. */
  stopLoading(id: AccountId): void
  setOnline(online: boolean): void
  setPower(power: PowerState): void
  /** `pollSeconds` answers something else now: what is shorter counts at once. */
  pollSecondsChanged(): void
  /** The machine goes to sleep: what is on its way is given up, and nothing is asked until `check('wake')`. */
  suspend(): void
  notices(): readonly Notice[]
  /** By the person. With `detail` only the one that has it; without, all of the kind. */
  dismiss(kind: Notice['kind'], detail?: string): void
  /** Where a damaged file was moved to, that the person has not dealt with; null where there is none. */
  setAsidePath(name: string): string | null
  /** Facts for diagnostics: poller states, times and problem kinds; no text, address or secret. */
  diagnostics(): readonly string[]
}

/** All accounts: their pollers, caches, read marks and outboxes. The one owner of what is true about tickets. */
export interface Engine {
  readonly accounts: EngineAccounts
  readonly tickets: EngineTickets
  readonly outgoing: EngineOutgoing
  readonly control: EngineControl
}
