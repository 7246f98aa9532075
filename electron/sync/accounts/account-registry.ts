/** Commands on accounts: name, colour, pause, rules, removal, services. */
import { RetryingWriter } from '../../storage/files/retrying-writer.ts'
import type { Clock, StoredAccount } from '../../storage/types.ts'
import type { AccountRules } from '../../tickets/account-rules.ts'
import type { AccountId, Service } from '../../tickets/ticket.ts'
import type { ServiceList } from '../../tickets/views.ts'
import { shortId, type EngineLog } from '../activity-log.ts'
import type { AccountList } from './account-list.ts'
import type { AccountTable, OpenAccount } from './account-table.ts'
import type { CredentialStore } from './credentials.ts'
import { done, fail } from '../outcome.ts'
import type { OutgoingService } from '../outbox/outgoing-service.ts'
import type { ProfileDrafts } from '../profile/profile-drafts.ts'
import type { Publisher } from '../publisher.ts'
import type { Outcome } from '../types.ts'
import type { Reminders } from '../work/reminders.ts'

/** How long a list of services is reused, in milliseconds, since it rarely changes. */
const servicesFreshMs = 600_000

export interface RegistryParts {
  readonly clock: Clock
  readonly list: AccountList
  readonly table: AccountTable
  readonly credentials: CredentialStore
  readonly publisher: Publisher
  readonly outgoing: OutgoingService
  readonly drafts: ProfileDrafts
  readonly reminders: Pick<Reminders, 'check'>
  readonly log: Pick<EngineLog, 'note'>
}

export class AccountRegistry {
  readonly #parts: RegistryParts
  readonly #writer: RetryingWriter
  readonly #services = new Map<AccountId, { readonly at: number; readonly services: readonly Service[] }>()

  constructor(parts: RegistryParts) {
    this.#parts = parts
    this.#writer = new RetryingWriter(parts.clock, () => {
      if (!parts.list.write(parts.table.stored())) return false
      this.saveRows()
      return true
    })
  }

  /** Writes the list of accounts; retries if that fails. */
  save(): void {
    this.#writer.now()
  }

  /** Writes a copy of each account's row into its folder. */
  saveRows(): void {
    for (const { stored, store } of this.#parts.table.all()) store.writeAccount(stored)
  }

  /** Stops retrying failed writes. */
  stop(): void {
    this.#writer.stop()
  }

  change(id: AccountId, to: (stored: StoredAccount) => StoredAccount): Outcome<null> {
    const { table, publisher } = this.#parts
    const entry = table.get(id)
    if (!entry) return fail('unknown-account')
    table.set({ ...entry, stored: to(entry.stored) })
    this.save()
    publisher.accounts()
    return done
  }

  /** Ignores an empty name. */
  rename(id: AccountId, name: string): Outcome<null> {
    return this.change(id, (stored) => ({ ...stored, name: name.trim() || stored.name }))
  }

  pause(id: AccountId, paused: boolean): Outcome<null> {
    const changed = this.change(id, (stored) => ({ ...stored, paused }))
    this.#parts.table.account(id)?.setPaused(paused)
    this.#parts.log.note(`account ${shortId(id)}: ${paused ? 'paused' : 'goes on'}`)
    return changed
  }

  setRules(id: AccountId, rules: Partial<AccountRules>): Outcome<null> {
    const changed = this.change(id, (stored) => ({ ...stored, rules: { ...stored.rules, ...rules } }))
    this.#parts.reminders.check()
    if (rules.pollSeconds !== undefined) this.#parts.table.account(id)?.intervalChanged()
    return changed
  }

  /** Dismisses the notice about damaged letters; `name` as in the notice, null for all accounts. */
  dismissLetterDamage(name: string | null): void {
    for (const { stored, account, store } of this.#parts.table.all()) {
      if (account.marks.letterDamage !== 'untold' || (name !== null && stored.name !== name)) continue
      account.marks.letterDamage = 'told'
      store.writeMarks(account.marks)
    }
  }

  async remove(id: AccountId): Promise<Outcome<null>> {
    const { table, outgoing, drafts, credentials, publisher } = this.#parts
    const entry = table.get(id)
    if (!entry) return fail('unknown-account')
    entry.stopOpening.abort()
    await entry.account.stop()
    const gone = [...entry.account.list.tickets.keys()]
    table.delete(id)
    // The account itself last: after a crash in between it still exists and can be removed again.
    outgoing.removeAccount(id, entry.account.outbox.stored())
    drafts.get().forget(id)
    await entry.store.remove()
    credentials.erase(id)
    this.save()
    this.#parts.log.note(`account ${shortId(id)}: removed`)
    publisher.rowsGone(id, gone)
    publisher.accounts()
    return done
  }

  async services(id: AccountId): Promise<Outcome<ServiceList>> {
    const entry = this.#parts.table.get(id)
    if (!entry) return fail('unknown-account')
    await entry.opened
    const remembered = entry.account.marks.recentServices.map((service): Service => ({
      id: service,
      product: '',
      status: ''
    }))
    const listed = await this.#listedServices(entry)
    const ids = new Set(listed.services.map((service) => service.id))
    const services = [...listed.services, ...remembered.filter((service) => !ids.has(service.id))]
    return { ok: true, value: { ...listed, services } }
  }

  /** The services; if they cannot be loaded, the last known ones. */
  async #listedServices({ stored: { id }, account, store }: OpenAccount): Promise<ServiceList> {
    const found = (services: readonly Service[]): ServiceList => ({
      services,
      isMissing: false,
      problem: null
    })
    const { clock } = this.#parts
    const known = this.#services.get(id)
    if (known && clock.monotonic() - known.at < servicesFreshMs) return found(known.services)
    const answer = await account.services()
    if (answer?.outcome === 'services') {
      this.#services.set(id, { at: clock.monotonic(), services: answer.services })
      store.writeServices(answer.services)
      return found(answer.services)
    }
    if (answer?.outcome === 'unsupported') return found([])
    const last = known?.services ?? store.readServices()
    if (last.length > 0) return found(last)
    const problem = answer?.problem ?? account.connection().problem
    return { services: [], isMissing: true, problem }
  }
}
