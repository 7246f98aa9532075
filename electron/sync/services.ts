/** Creates the parts of the engine in the order of their dependencies. */
import { realDisk } from '../storage/files/disk.ts'
import { createEngineLog } from './activity-log.ts'
import { AccountOpener } from './accounts/account-opener.ts'
import { AccountRegistry } from './accounts/account-registry.ts'
import type { StoreParts } from './accounts/account-store.ts'
import { AccountTable } from './accounts/account-table.ts'
import { AccountConnector } from './accounts/connect-account.ts'
import { ConnectAttempts } from './accounts/connect-attempts.ts'
import { CredentialStore } from './accounts/credentials.ts'
import { FolderLock, underLock, rejectWritesIfTaken } from './profile/folder-lock.ts'
import { Notices } from './profile/notices.ts'
import { ProfileDraftList } from './drafts/draft-list.ts'
import { OutboxActivity } from './outbox/outbox-activity.ts'
import { OutgoingService } from './outbox/outgoing-service.ts'
import { PollingControl } from './polling-control.ts'
import { Profile } from './profile/profile.ts'
import { ProfileDrafts } from './profile/profile-drafts.ts'
import { ProfileFiles } from './profile/profile-files.ts'
import { Publisher } from './publisher.ts'
import { ReadState } from './marks/read-state.ts'
import { SafeEvents } from './safe-events.ts'
import { TicketPasswords } from './outbox/ticket-passwords.ts'
import { TicketQueries } from './list/ticket-queries.ts'
import { Turns } from './turns.ts'
import type { EngineOptions } from './types.ts'
import { ImportedData } from './work/imported-data.ts'
import { Reminders } from './work/reminders.ts'
import { WorkService } from './work/work-service.ts'

export type ServiceOptions = EngineOptions &
  Pick<StoreParts, 'disk' | 'cache'> & {
    /** Number of steps per slice of `Turns`; tests use few, to interleave other work. */
    readonly stepsInTurn?: number
  }

export interface Services {
  readonly events: SafeEvents
  readonly notices: Notices
  readonly lock: FolderLock
  readonly files: ProfileFiles
  readonly publisher: Publisher
  readonly drafts: ProfileDrafts
  readonly draftList: ProfileDraftList
  readonly queries: TicketQueries
  readonly readState: ReadState
  readonly work: WorkService
  readonly reminders: Reminders
  readonly imported: ImportedData
  readonly outgoing: OutgoingService
  readonly polling: PollingControl
  readonly registry: AccountRegistry
  readonly connector: AccountConnector
  readonly profile: Profile
}

export function createServices(options: ServiceOptions): Services {
  const { folder, vault, clock, random, pollSeconds, cache, disk = realDisk } = options
  const log = createEngineLog(options.log ?? (() => undefined), () => clock.monotonic())
  const events = new SafeEvents(options.events, log)
  const notices = new Notices(events.notices, (line) => {
    log.note(line)
  })
  const lock = new FolderLock({ folder, disk, clock, log, report: notices.report })
  const turns = new Turns(clock, options.stepsInTurn)
  const store: StoreParts = {
    ...{ folder, clock, turns, report: notices.report, disk: rejectWritesIfTaken(lock, disk) },
    ...(cache ? { cache } : {})
  }
  const table = new AccountTable()
  const credentials = new CredentialStore({
    ...{ vault, table, notices },
    createApi: (wanted) => underLock(lock, options.createApi(wanted))
  })
  const publisher = new Publisher(events, table, credentials)
  const drafts = new ProfileDrafts(store)
  const passwords = new TicketPasswords(vault, notices)
  const files = new ProfileFiles({ store, credentials, passwords, drafts, notices })
  const readState = new ReadState(table, publisher, turns)
  const reminders = new Reminders({
    ...{ log, clock, lock, table, publisher, turns },
    holdsBack: options.holdsBack ?? (() => false)
  })
  const work = new WorkService({ table, publisher, turns, reminders })
  const shared = { log, clock, lock, table, notices, publisher, drafts, passwords, credentials }
  const outgoing = new OutgoingService({
    ...shared,
    file: files.outbox,
    readState,
    turns,
    activity: new OutboxActivity(log)
  })
  const attempts = new ConnectAttempts(clock)
  const polling = new PollingControl({ ...shared, attempts })
  const opener = new AccountOpener({
    ...{ ...shared, store, outgoing, polling, readState, reminders, turns, random, pollSeconds }
  })
  const registry = new AccountRegistry({ ...shared, reminders, list: files.accounts, outgoing })
  const imported = new ImportedData({ store, table, lock, publisher, registry, reminders })
  const working = { ...shared, imported, attempts, opener, registry, outgoing }
  return {
    ...{
      events,
      notices,
      lock,
      files,
      publisher,
      drafts,
      readState,
      work,
      reminders,
      imported,
      outgoing,
      polling,
      registry
    },
    queries: new TicketQueries(table, drafts),
    draftList: new ProfileDraftList({
      drafts,
      setReplyDraft: (ref, text) => outgoing.setReplyDraft(ref, text)
    }),
    connector: new AccountConnector(working),
    profile: new Profile({ ...working, readState, work, reminders, vault, files })
  }
}
