/** Notifies some days before a service is renewed, once for each service and date, also across restarts. */
import type { Settings } from '../../ipc/contract.ts'
import type { KeyValueStore, SettingsStore } from '../../storage/settings.ts'
import type { Engine } from '../../sync/types.ts'
import type { EpochMs, Service } from '../../tickets/ticket.ts'
import type { AccountView } from '../../tickets/views.ts'
import type { AppMessages } from './app-messages.ts'

export interface RenewalNoticeParts {
  readonly engine: { readonly accounts: Pick<Engine['accounts'], 'list' | 'services'> }
  readonly settings: Pick<SettingsStore<Settings>, 'current'>
  /** Stores what was told, across restarts. */
  readonly store: KeyValueStore
  readonly messages: Pick<AppMessages, 'notifyRenewal'>
  readonly now: () => EpochMs
}

const toldKey = 'toldRenewals'
const dayMs = 86_400_000
/** Services change rarely, and their list is cached by the engine; also the longest delay of a notice. */
const checkEveryMs = 6 * 3_600_000
/** Renewals that are remembered as told; the oldest are past by then. */
const mostTold = 1000

const readTold = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

export class RenewalNotices {
  readonly #parts: RenewalNoticeParts
  #lastCheck = -Infinity
  #days: Settings['renewalNoticeDays'] = 0
  #checking: Promise<void> | null = null

  constructor(parts: RenewalNoticeParts) {
    this.#parts = parts
  }

  /** Call it after any change of accounts or settings and from time to time; it asks for services only when it is due. */
  changed(): Promise<void> {
    const { settings, engine, now } = this.#parts
    const { renewalNoticeDays } = settings.current()
    const accounts = engine.accounts.list().filter(({ connection }) => connection.state === 'ok')
    const isDue = now() - this.#lastCheck >= checkEveryMs || renewalNoticeDays > this.#days
    this.#days = renewalNoticeDays
    if (renewalNoticeDays === 0 || accounts.length === 0 || !isDue || this.#checking)
      return this.#checking ?? Promise.resolve()
    this.#lastCheck = now()
    this.#checking = this.#check(accounts).finally(() => (this.#checking = null))
    return this.#checking
  }

  async #check(accounts: readonly AccountView[]): Promise<void> {
    for (const account of accounts) {
      const listed = await this.#parts.engine.accounts.services(account.id)
      for (const service of listed.ok ? listed.value.services : []) this.#notify(account, service)
    }
  }

  #notify(account: AccountView, service: Service): void {
    const { store, messages, now } = this.#parts
    const { renewsAt } = service
    if (renewsAt === undefined || renewsAt < now() || renewsAt > now() + this.#days * dayMs) return
    const told = readTold(store.get(toldKey))
    const key = `${account.id}/${service.id}/${renewsAt}`
    if (told.includes(key)) return
    store.set(toldKey, [...told, key].slice(-mostTold))
    messages.notifyRenewal(account.name, service, renewsAt).catch(() => undefined)
  }
}
