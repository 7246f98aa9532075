/** Controls polling of all accounts: network, battery, sleep, and checks by the person. */
import type { AccountId } from '../tickets/ticket.ts'
import type { Account } from './account.ts'
import type { EngineLog } from './activity-log.ts'
import type { AccountTable } from './accounts/account-table.ts'
import type { ConnectAttempts } from './accounts/connect-attempts.ts'
import type { CredentialStore } from './accounts/credentials.ts'
import type { EngineControl, PowerState } from './types.ts'

export interface PollingParts {
  readonly table: AccountTable
  readonly credentials: CredentialStore
  readonly attempts: ConnectAttempts
  readonly log: Pick<EngineLog, 'note'>
}

export class PollingControl {
  readonly #table: AccountTable
  readonly #credentials: CredentialStore
  readonly #attempts: ConnectAttempts
  readonly #log: Pick<EngineLog, 'note'>
  #slow = false
  #online = true

  constructor(parts: PollingParts) {
    this.#table = parts.table
    this.#credentials = parts.credentials
    this.#attempts = parts.attempts
    this.#log = parts.log
  }

  /** Applies the current state of network and power to a newly opened account. */
  apply(account: Account): void {
    account.setSlow(this.#slow)
    account.setOnline(this.#online)
  }

  async check(reason: Parameters<EngineControl['check']>[0]): Promise<void> {
    void this.#credentials.unlock(reason === 'asked')
    await Promise.all(this.#table.accounts().map((account) => account.check(reason)))
  }

  setOnline(isOnline: boolean): void {
    if (isOnline !== this.#online) this.#log.note(`network: ${isOnline ? 'there' : 'gone'}`)
    this.#online = isOnline
    for (const account of this.#table.accounts()) account.setOnline(isOnline)
  }

  setPower({ onBattery, locked }: PowerState): void {
    this.#slow = onBattery || locked
    for (const account of this.#table.accounts()) account.setSlow(this.#slow)
  }

  intervalChanged(): void {
    for (const account of this.#table.accounts()) account.intervalChanged()
  }

  stopLoading(id: AccountId): void {
    this.#table.account(id)?.stopLoading()
  }

  suspend(): void {
    this.#log.note('asleep: nothing is asked or sent')
    this.#attempts.giveUp()
    for (const account of this.#table.accounts()) account.suspend()
  }
}
