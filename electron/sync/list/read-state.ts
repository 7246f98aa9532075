/** What people have read: marks of the accounts, and the rows that follow from them. */
import type { AccountId, Ticket, TicketRef } from '../../tickets/ticket.ts'
import type { AccountTable } from '../accounts/account-table.ts'
import type { Marks } from './marks.ts'
import { done, fail } from '../outcome.ts'
import type { Publisher } from '../publisher.ts'
import type { Outcome } from '../types.ts'

/** False where it changes nothing. */
type Change = (marks: Marks, ticket: Ticket) => boolean

export class ReadState {
  readonly #table: AccountTable
  readonly #publisher: Publisher

  constructor(table: AccountTable, publisher: Publisher) {
    this.#table = table
    this.#publisher = publisher
  }

  markRead(refs: readonly TicketRef[]): Outcome<null> {
    return this.#mark(refs, (marks, ticket) => marks.markAllSeen(ticket))
  }

  /** Makes the newest staff reply unread again. */
  markUnread(refs: readonly TicketRef[]): Outcome<null> {
    return this.#mark(refs, (marks, ticket) => marks.markUnseen(ticket))
  }

  #mark(refs: readonly TicketRef[], change: Change): Outcome<null> {
    const touched = new Map<AccountId, number[]>()
    for (const ref of refs) {
      const entry = this.#table.get(ref.accountId)
      if (!entry) return fail('unknown-account')
      // Its replies are not known yet.
      if (entry.account.isOpening) {
        void entry.opened.then(() => (entry.account.isOpening ? fail('internal') : this.#mark([ref], change)))
        continue
      }
      const ticket = this.#table.ticket(ref)
      if (ticket === null || !change(entry.account.marks, ticket)) continue
      const ids = touched.get(ref.accountId)
      if (ids) ids.push(ref.ticketId)
      else touched.set(ref.accountId, [ref.ticketId])
    }
    for (const [accountId, ids] of touched) {
      const entry = this.#table.get(accountId)
      if (!entry) continue
      entry.store.writeMarks(entry.account.marks)
      const changed = entry.account.list.refreshState(ids)
      this.#publisher.events.rows({ accountId, changed, removed: [] })
    }
    if (touched.size > 0) this.#publisher.accounts()
    return done
  }
}
