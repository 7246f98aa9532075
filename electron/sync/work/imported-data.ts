/**
 * Own data of accounts: exported without secrets, and imported. An import is written as one file before anything is changed,
 * so that a crash leaves either nothing or all of it; data of accounts that are not here wait in that file.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { serverOf } from '../../api/address.ts'
import { TolerantFile } from '../../storage/files/tolerant-file.ts'
import {
  importParts,
  type OwnData,
  type StoredImport,
  type WaitingData
} from '../../storage/own-data-schema.ts'
import { workFromStored } from '../../storage/work-schema.ts'
import type { TicketId } from '../../tickets/ticket.ts'
import { mergeWork } from '../../tickets/work/merge-work.ts'
import type { ImportSummary } from '../../tickets/work/import-summary.ts'
import type { StoreParts } from '../accounts/account-store.ts'
import type { AccountRegistry } from '../accounts/account-registry.ts'
import type { AccountTable, OpenAccount } from '../accounts/account-table.ts'
import { defaultName } from '../accounts/account-list.ts'
import type { FolderLock } from '../profile/folder-lock.ts'
import { fail } from '../outcome.ts'
import type { Publisher } from '../publisher.ts'
import type { Outcome } from '../types.ts'
import type { Reminders } from './reminders.ts'

interface ImportedDataParts {
  readonly store: StoreParts
  readonly table: AccountTable
  readonly lock: Pick<FolderLock, 'isTaken'>
  readonly publisher: Publisher
  readonly registry: Pick<AccountRegistry, 'save'>
  readonly reminders: Pick<Reminders, 'schedule'>
}

const nothing: StoredImport = { accounts: [], settings: null }

export class ImportedData {
  readonly #parts: ImportedDataParts
  readonly #file: TolerantFile<StoredImport>
  #stored: StoredImport = nothing

  constructor(parts: ImportedDataParts) {
    const { folder, report, clock, disk } = parts.store
    this.#parts = parts
    this.#file = new TolerantFile<StoredImport>({
      path: join(folder, 'imported.json'),
      parts: importParts,
      report,
      now: () => clock.now(),
      ...(disk ? { disk } : {})
    })
  }

  /** Applies what a crash has left. Call it when the accounts are in the table, before their tickets are loaded. */
  open(): void {
    this.#stored = this.#file.read() ?? nothing
    this.#apply(this.#parts.table.all())
  }

  /** Of all accounts but the demo, and of those that wait for their account. */
  exported(): readonly OwnData[] {
    const here = this.#parts.table.all().filter(({ stored }) => !stored.demo)
    const waiting = this.#stored.accounts.map(({ id: _, ...data }): OwnData => data)
    return [...here.map(ownDataOf), ...waiting]
  }

  /** Stores the data durably, then applies them to the accounts that are here. */
  import(accounts: readonly OwnData[], settings: StoredImport['settings']): Outcome<ImportSummary> {
    const { lock, publisher, reminders } = this.#parts
    if (lock.isTaken) return fail('folder-in-use')
    const before = this.#stored
    const added = accounts.map((data): WaitingData => ({ ...data, id: randomUUID() }))
    this.#stored = { accounts: [...before.accounts, ...added], settings }
    if (!this.#file.write(this.#stored)) {
      this.#stored = before
      return fail('storage-failed')
    }
    const { accounts: changed, tickets } = this.#apply(this.#parts.table.all())
    publisher.accounts()
    reminders.schedule()
    const addedIds = new Set(added.map(({ id }) => id))
    const waiting = this.#stored.accounts.filter(({ id }) => addedIds.has(id)).map(({ name }) => name)
    return { ok: true, value: { accounts: changed, tickets, waiting } }
  }

  /** Applies data that wait for this account, which was just added, with their name and colour. */
  applyToNew(entry: OpenAccount): void {
    const [data] = this.#dataFor(entry)
    if (data === undefined) return
    const { stored } = entry
    const name = stored.name === defaultName ? data.name : stored.name
    this.#apply([{ ...entry, stored: { ...stored, name, color: data.color } }])
  }

  /** A patch of the settings that was imported and is not applied yet; null if there is none. */
  settings(): StoredImport['settings'] {
    return this.#stored.settings
  }

  settingsApplied(): void {
    this.#write({ ...this.#stored, settings: null })
  }

  #write(stored: StoredImport): void {
    this.#stored = stored
    this.#file.write(stored)
  }

  #dataFor({ stored, account }: OpenAccount): readonly WaitingData[] {
    if (stored.demo || stored.baseUrl === '') return []
    const server = serverOf(stored.baseUrl)
    const { everSeen } = account.marks
    return this.#stored.accounts.filter(
      (data) =>
        data.server === server &&
        (data.ticketIds.length === 0 ? everSeen.size === 0 : data.ticketIds.some((id) => everSeen.has(id)))
    )
  }

  /** Returns the number of changed accounts, and of tickets with data in them. */
  #apply(entries: readonly OpenAccount[]): { readonly accounts: number; readonly tickets: number } {
    const applied = new Set<WaitingData>()
    let accounts = 0
    for (const entry of entries) {
      const found = this.#dataFor(entry)
      // If it cannot be written, the data wait for the next start.
      if (found.length === 0 || !this.#applyTo(entry, found)) continue
      accounts += 1
      for (const data of found) applied.add(data)
    }
    if (applied.size === 0) return { accounts, tickets: 0 }
    // The file last: after a crash in between, the same data are applied again, which changes nothing.
    this.#parts.registry.save()
    this.#write({ ...this.#stored, accounts: this.#stored.accounts.filter((data) => !applied.has(data)) })
    const tickets = [...applied].reduce((sum, data) => sum + Object.keys(data.tickets).length, 0)
    return { accounts, tickets }
  }

  /** False if it could not be written. */
  #applyTo(entry: OpenAccount, found: readonly WaitingData[]): boolean {
    const { table, publisher } = this.#parts
    const { account, store, stored } = entry
    const { work, list } = account
    const changed = new Set<TicketId>()
    for (const { tickets } of found)
      for (const [key, added] of Object.entries(tickets)) {
        const id = Number(key)
        if (work.set(id, mergeWork(work.get(id), workFromStored(added)))) changed.add(id)
      }
    // What the staff has done since the export is new.
    for (const id of changed) {
      const ticket = list.ticket(id)
      if (ticket) work.noteLoaded(ticket)
    }
    if (changed.size > 0 && !store.writeWork(work)) return false
    table.set({ ...entry, stored: { ...stored, rules: found.at(-1)?.rules ?? stored.rules } })
    account.intervalChanged()
    const rows = list.refreshState(changed)
    if (rows.length > 0) publisher.events.rows({ accountId: stored.id, changed: rows, removed: [] })
    return true
  }
}

function ownDataOf({ stored, account }: OpenAccount): OwnData {
  const { name, color, version, auth, rules, baseUrl } = stored
  return {
    ...{ name, color, version, auth, rules },
    server: baseUrl === '' ? '' : serverOf(baseUrl),
    ticketIds: [...account.marks.everSeen],
    tickets: account.work.stored().tickets
  }
}
