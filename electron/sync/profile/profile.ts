/** Opens and closes the profile folder, and hands it over to and from another copy of the app. */
import { isDeepStrictEqual } from 'node:util'
import type { Clock, Vault } from '../../storage/types.ts'
import type { StoredEntry } from '../../storage/schemas.ts'
import type { EngineLog } from '../activity-log.ts'
import type { AccountOpener } from '../accounts/account-opener.ts'
import type { AccountRegistry } from '../accounts/account-registry.ts'
import type { AccountTable } from '../accounts/account-table.ts'
import type { ConnectAttempts } from '../accounts/connect-attempts.ts'
import type { CredentialStore } from '../accounts/credentials.ts'
import type { FolderLock } from './folder-lock.ts'
import { withTimeout } from '../requests/interruptible.ts'
import type { ReadState } from '../marks/read-state.ts'
import type { Notices } from './notices.ts'
import type { OutgoingService } from '../outbox/outgoing-service.ts'
import type { ProfileDrafts } from './profile-drafts.ts'
import type { ProfileFiles } from './profile-files.ts'
import type { Publisher } from '../publisher.ts'
import type { ImportedData } from '../work/imported-data.ts'
import type { Reminders } from '../work/reminders.ts'
import type { WorkService } from '../work/work-service.ts'

/** Maximum time for the last writes, in milliseconds. Requests get the other of the two seconds that stopping may take. */
const lastWritesMs = 1000

export interface ProfileParts {
  readonly clock: Clock
  readonly vault: Vault
  readonly lock: FolderLock
  readonly files: ProfileFiles
  readonly table: AccountTable
  readonly opener: AccountOpener
  readonly registry: AccountRegistry
  readonly attempts: ConnectAttempts
  readonly credentials: CredentialStore
  readonly drafts: ProfileDrafts
  readonly readState: ReadState
  readonly work: WorkService
  readonly reminders: Reminders
  readonly imported: Pick<ImportedData, 'open'>
  readonly outgoing: OutgoingService
  readonly publisher: Publisher
  readonly notices: Notices
  readonly log: Pick<EngineLog, 'note'>
}

export class Profile {
  readonly #parts: ProfileParts

  constructor(parts: ProfileParts) {
    this.#parts = parts
  }

  /** Resolves when accounts, outbox and drafts are loaded. */
  async start(): Promise<void> {
    const { lock, table } = this.#parts
    lock.take({
      onTaken: (computer) => {
        this.#leaveToOther(computer)
      },
      onFree: () => void this.#takeOver()
    })
    if (!lock.isTaken) await this.#open()
    table.setFilled()
  }

  /** Resolves when every cache has been loaded or set aside. */
  async opened(): Promise<void> {
    const { table } = this.#parts
    await table.filled
    await Promise.all(table.all().map((entry) => entry.opened))
  }

  /** Ends requests and writes pending changes. */
  async stop(): Promise<void> {
    const { drafts, readState, work, opener, attempts, table, outgoing, registry } = this.#parts
    const { reminders, clock, vault, lock } = this.#parts
    // First what is only in memory, since the caller may not wait for the rest.
    drafts.flush()
    outgoing.finish()
    readState.finish()
    work.finish()
    reminders.stop()
    attempts.giveUp()
    opener.stop()
    await Promise.all(table.accounts().map((account) => account.stop()))
    drafts.flush()
    outgoing.stop()
    registry.stop()
    const written = Promise.all([vault.settled(), ...table.all().map(({ store }) => store.stop())])
    await withTimeout(clock, lastWritesMs, written)
    lock.release()
    this.#parts.log.note('folder: closed')
  }

  /** Loads everything; accounts start as soon as their caches are loaded. */
  async #open(): Promise<void> {
    const { log, table, opener, credentials, registry, drafts, outgoing, publisher } = this.#parts
    await credentials.open()
    const { accounts, unknownIds, isRebuilt, entries } = this.#parts.files.read()
    log.note(`folder: ${accounts.length} accounts, ${entries.length} entries in the outbox`)
    // All accounts before any write, which would lose data of accounts that are not open yet.
    for (const stored of accounts) {
      const api = credentials.storedApi(stored)
      credentials.noticeUnreadable(stored)
      const own = entries.filter(({ accountId }) => accountId === stored.id)
      table.set(opener.open(stored, own, api))
    }
    this.#setEntriesWithoutAccount(entries, unknownIds)
    if (isRebuilt) registry.save()
    else registry.saveRows()
    this.#parts.imported.open()
    drafts.get()
    for (const entry of table.all()) entry.opened = opener.openCache(entry)
    publisher.accounts()
    outgoing.opened(entries)
    void credentials.unlock(true)
  }

  /** `unknownIds`: ids of accounts of a later version; null if they are not known. */
  #setEntriesWithoutAccount(entries: readonly StoredEntry[], unknownIds: ReadonlySet<string> | null): void {
    const { table, outgoing } = this.#parts
    const strays = entries.filter(({ accountId }) => !table.get(accountId))
    const isForeign = ({ accountId }: StoredEntry): boolean => unknownIds?.has(accountId) ?? true
    outgoing.setEntriesWithoutAccount(
      strays.filter(isForeign),
      strays.filter((entry) => !isForeign(entry) && entry.state !== 'sent')
    )
  }

  /** Stops all requests, because another copy of the app holds the folder. */
  #leaveToOther(computer: string | null): void {
    const { log, notices, table } = this.#parts
    log.note(`folder: held by another copy of the app on ${computer === null ? 'this' : 'another'} computer`)
    notices.dismiss('folder-in-use')
    notices.add(computer === null ? { kind: 'folder-in-use' } : { kind: 'folder-in-use', detail: computer })
    for (const { account, stopOpening } of table.all()) {
      stopOpening.abort()
      void account.stop()
    }
  }

  /** Reloads the folder after the other copy has released it. Texts typed here meanwhile stay. */
  async #takeOver(): Promise<void> {
    const { log, notices, drafts, publisher, table } = this.#parts
    log.note('folder: taken over from the other copy of the app')
    notices.dismiss('folder-in-use')
    const written = drafts.close()
    for (const { stored, account } of table.all())
      publisher.rowsGone(stored.id, [...account.list.tickets.keys()])
    table.clear()
    await this.#open()
    if (written && !isDeepStrictEqual(written, drafts.get().compose())) drafts.get().putInFront(written)
  }
}
