import type { Problem } from '../../electron/tickets/problem.ts'
import type { AccountId, Service } from '../../electron/tickets/ticket.ts'
import { call } from '../lib/app.svelte.ts'

/** The services of the account that a ticket is written for. */
export class AccountServices {
  readonly #accountId: () => AccountId | null
  all = $state.raw<readonly Service[]>([])
  state = $state<'loading' | 'known' | 'missing'>('loading')
  /** Why they are missing, where that is known. */
  problem = $state.raw<Problem | null>(null)

  constructor(accountId: () => AccountId | null) {
    this.#accountId = accountId
  }

  async load(accountId: AccountId): Promise<void> {
    this.state = 'loading'
    const answer: { problem: Problem | null } = { problem: null }
    const listed = await call((problem) => (answer.problem = problem), 'services.list', { accountId })
    if (this.#accountId() !== accountId) return
    this.all = listed?.services ?? []
    this.state = listed && !listed.isMissing ? 'known' : 'missing'
    this.problem = listed ? listed.problem : answer.problem
  }
}
