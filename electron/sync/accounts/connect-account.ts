/** Connects new accounts, and reconnects existing ones with new credentials or a new address. */
import { randomUUID } from 'node:crypto'
import { canonicalAddress } from '../../api/address.ts'
import type { Credentials, ListAnswer, TicketApi } from '../../api/api.ts'
import type { Clock, StoredAccount } from '../../storage/types.ts'
import { defaultAccountRules } from '../../tickets/account-rules.ts'
import type { AccountId } from '../../tickets/ticket.ts'
import type { AccountView } from '../../tickets/views.ts'
import { shortId, type EngineLog } from '../activity-log.ts'
import { defaultName, freeColor, nextName } from './account-list.ts'
import type { AccountOpener } from './account-opener.ts'
import type { AccountRegistry } from './account-registry.ts'
import type { AccountTable, OpenAccount } from './account-table.ts'
import type { Attempt, ConnectAttempts } from './connect-attempts.ts'
import { tryConnect } from './connect.ts'
import type { CredentialStore } from './credentials.ts'
import type { FolderLock } from '../profile/folder-lock.ts'
import { Interruptible } from '../requests/interruptible.ts'
import type { Notices } from '../profile/notices.ts'
import { fail } from '../outcome.ts'
import type { OutgoingService } from '../outbox/outgoing-service.ts'
import type { Publisher } from '../publisher.ts'
import type { TicketPasswords } from '../outbox/ticket-passwords.ts'
import type { ImportedData } from '../work/imported-data.ts'
import type { AccountAddress, ConnectInput, ConnectWatch, OtherCustomer, Outcome } from '../types.ts'

export interface ConnectorParts {
  readonly clock: Clock
  readonly lock: FolderLock
  readonly table: AccountTable
  readonly attempts: ConnectAttempts
  readonly opener: AccountOpener
  readonly registry: AccountRegistry
  readonly credentials: CredentialStore
  readonly passwords: TicketPasswords
  readonly outgoing: OutgoingService
  readonly publisher: Publisher
  readonly notices: Notices
  readonly imported: Pick<ImportedData, 'applyToNew'>
  readonly log: Pick<EngineLog, 'note'>
}

/** Input for reconnecting an account. */
interface Wanted {
  readonly credentials: Credentials
  readonly thisRunOnly: boolean
  readonly otherCustomer: OtherCustomer
}

type GoodList = Exclude<ListAnswer, { readonly outcome: 'failed' }>

export class AccountConnector {
  readonly #parts: ConnectorParts

  constructor(parts: ConnectorParts) {
    this.#parts = parts
  }

  async connect(input: ConnectInput, watch: ConnectWatch): Promise<Outcome<AccountView>> {
    const { table, lock, attempts } = this.#parts
    await table.filled
    if (lock.isTaken) return fail('folder-in-use')
    return attempts.run(watch, (attempt) => this.#connect(input, attempt))
  }

  async reconnect(
    id: AccountId,
    wanted: Wanted,
    address: AccountAddress | null,
    watch: ConnectWatch
  ): Promise<Outcome<AccountView>> {
    const { table, attempts } = this.#parts
    const entry = table.get(id)
    if (!entry) return fail('unknown-account')
    const { stored } = entry
    const isLost = stored.baseUrl === ''
    if (isLost && !address) return fail('no-address')
    const { credentials, thisRunOnly } = wanted
    if (wanted.otherCustomer === 'add') {
      const name = nextName(stored.name, table.stored())
      return this.connect({ ...stored, ...(isLost ? address : {}), credentials, thisRunOnly, name }, watch)
    }
    if (isLost && address)
      return attempts.run(watch, (attempt) => this.#reconnectAt(entry, address, wanted, attempt))
    return attempts.run(watch, (attempt) => this.#reconnect(entry, wanted, attempt))
  }

  async #connect(input: ConnectInput, attempt: Attempt): Promise<Outcome<AccountView>> {
    const { credentials, opener, publisher, registry, table } = this.#parts
    const id = randomUUID()
    const tried = await tryConnect(
      input.baseUrl,
      input.version,
      (baseUrl, version) => credentials.api({ id, baseUrl, version }, input.credentials),
      attempt.signal,
      attempt.onProgress
    )
    if (!tried.ok) return tried
    if (!attempt.commit()) return fail('stopped')
    if (this.#isThere(tried.baseUrl, input.credentials)) return fail('account-exists')
    const stored = this.#newAccount(id, input, tried)
    credentials.keep(id, input.credentials, input.thisRunOnly)
    const entry = opener.open(stored, [], tried.api)
    await entry.account.open(null)
    // A parallel attempt was faster.
    if (this.#isThere(tried.baseUrl, input.credentials)) {
      credentials.erase(id)
      await entry.account.stop()
      return fail('account-exists')
    }
    table.set(entry)
    this.#parts.log.note(`account ${shortId(id)}: connected, ${stored.version}`)
    registry.save()
    await entry.account.runExclusive(async () => {
      await entry.account.accept(tried.answer)
      // The tickets must be on disk before entries for them, in case of a crash.
      await entry.store.flush()
    })
    this.#parts.imported.applyToNew(entry)
    publisher.accounts()
    return { ok: true, value: publisher.view(table.get(id) ?? entry) }
  }

  #isThere(baseUrl: string, credentials: Credentials): boolean {
    return this.#parts.table
      .stored()
      .some(
        (stored) =>
          canonicalAddress(stored.baseUrl) === baseUrl &&
          this.#parts.credentials.isSame(credentials, stored.id)
      )
  }

  #newAccount(
    id: AccountId,
    input: ConnectInput,
    { baseUrl, api }: { readonly baseUrl: string; readonly api: TicketApi }
  ): StoredAccount {
    return {
      id,
      name: input.name.trim() || defaultName,
      color: freeColor(this.#parts.table.stored()),
      version: api.version,
      baseUrl,
      auth: input.credentials.kind,
      paused: false,
      rules: defaultAccountRules,
      demo: input.demo ?? false
    }
  }

  #reconnect(entry: OpenAccount, wanted: Wanted, attempt: Attempt): Promise<Outcome<AccountView>> {
    const { credentials: store, publisher, registry, table } = this.#parts
    const { stored, account } = entry
    const { credentials, thisRunOnly } = wanted
    return account.runExclusive(async () => {
      if (attempt.signal.aborted) return fail('stopped')
      const api = store.api(stored, credentials)
      const answer = await this.#list(api, attempt)
      if (answer === null) return fail('stopped')
      if (answer.outcome === 'failed') return { ok: false, error: answer.problem }
      if (!table.get(stored.id)) return fail('unknown-account')
      // The demo is recreated in every run, and the same key always belongs to the same customer.
      const isKnown = stored.demo || store.isSame(credentials, stored.id)
      const agreed = await this.#agree(entry, answer, wanted, attempt, isKnown)
      if (!agreed.ok) return agreed
      store.keep(stored.id, credentials, thisRunOnly)
      registry.change(stored.id, (before) => ({ ...before, auth: credentials.kind }))
      // Before the account continues, or queued entries would be sent with the rejected credentials.
      account.setApi(api)
      this.#parts.log.note(`account ${shortId(stored.id)}: new credentials, ${agreed.value}`)
      if (agreed.value === 'other-customer') await account.accept(answer)
      return { ok: true, value: publisher.view(table.get(stored.id) ?? entry) }
    })
  }

  /** Null if the attempt was cancelled. */
  async #list(api: TicketApi, { signal: givenUp, onProgress }: Attempt): Promise<ListAnswer | null> {
    const request = new Interruptible(this.#parts.clock, (signal) => {
      givenUp.addEventListener('abort', () => request.interrupt(0))
      return api.list(null, signal, onProgress)
    })
    return request.answer
  }

  /** Sets the address of an account whose address was lost with the list of accounts. */
  async #reconnectAt(
    entry: OpenAccount,
    address: AccountAddress,
    wanted: Wanted,
    attempt: Attempt
  ): Promise<Outcome<AccountView>> {
    const { stored, account } = entry
    const tried = await tryConnect(
      address.baseUrl,
      address.version,
      (baseUrl, version) =>
        this.#parts.credentials.api({ id: stored.id, baseUrl, version }, wanted.credentials),
      attempt.signal,
      attempt.onProgress
    )
    if (!tried.ok) return tried
    if (this.#parts.table.get(stored.id) !== entry) return fail('unknown-account')
    const { answer, api, baseUrl } = tried
    if (answer.outcome === 'failed') return fail(answer.problem.kind)
    const agreed = await this.#agree(entry, answer, wanted, attempt, false)
    if (!agreed.ok) return agreed
    entry.stopOpening.abort()
    await account.stop()
    await entry.store.stop()
    const known = { ...stored, baseUrl, version: api.version, auth: wanted.credentials.kind }
    return { ok: true, value: await this.#replace(entry, known, api, answer, wanted) }
  }

  /** Reopens the account, because the names of departments depend on the version. */
  async #replace(
    { account }: OpenAccount,
    known: StoredAccount,
    api: TicketApi,
    answer: GoodList,
    { credentials, thisRunOnly }: Wanted
  ): Promise<AccountView> {
    const { opener, outgoing, publisher, registry, table } = this.#parts
    const next = opener.open(known, account.outbox.stored(), api)
    table.set(next)
    this.#parts.log.note(`account ${shortId(known.id)}: new address, ${known.version}`)
    this.#parts.credentials.keep(known.id, credentials, thisRunOnly)
    registry.save()
    next.opened = opener.openCache(next)
    await next.opened
    await next.account.runExclusive(() => next.account.accept(answer))
    publisher.accounts()
    outgoing.publishAll()
    return publisher.view(next)
  }

  /**
   * Checks whose list it is and whether the account may continue with it; after that it cannot be cancelled. Another
   * customer's list is accepted only if the person agreed; the account is then reset.
   */
  async #agree(
    entry: OpenAccount,
    answer: GoodList,
    { otherCustomer }: Wanted,
    attempt: Attempt,
    isKnown: boolean
  ): Promise<Outcome<'same-customer' | 'other-customer'>> {
    const isOther = !isKnown && entry.account.isOtherCustomers(answer)
    if (isOther && otherCustomer === 'ask') return fail('other-customer')
    if (!attempt.commit()) return fail('stopped')
    if (!isOther) return { ok: true, value: 'same-customer' }
    if (await this.#startOver(entry)) return { ok: true, value: 'other-customer' }
    return fail(this.#parts.notices.storageProblem() ?? 'storage-failed')
  }

  /**
   * Resets the account for another customer: nothing of the previous one is shown, sent or searched for any more. False if
   * that is not durable: then reconnecting fails.
   */
  async #startOver({ account, store, opened, stopOpening }: OpenAccount): Promise<boolean> {
    const { outgoing, passwords, publisher } = this.#parts
    // The cache belongs to the previous customer.
    stopOpening.abort()
    await opened
    account.outbox.disown()
    if (!outgoing.save()) return false
    passwords.forget(account.outbox.stored().map(({ id }) => id))
    const gone = account.forget()
    store.replaceMarks(account.marks)
    store.writeWork(account.work)
    store.writeTickets(() => ({ tickets: account.list.stored(), fingerprint: account.fingerprint }), 0)
    await store.flush()
    publisher.rowsGone(account.outbox.accountId, gone)
    return true
  }
}
