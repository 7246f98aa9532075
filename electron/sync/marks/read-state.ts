/** What people have read: marks of the accounts, and the rows that follow from them. */
import type { AccountId, TicketRef } from '../../tickets/ticket.ts'
import type { AccountTable } from '../accounts/account-table.ts'
import { done, fail } from '../outcome.ts'
import type { Publisher } from '../publisher.ts'
import type { Outcome } from '../types.ts'

export class ReadState {
  readonly #table: AccountTable
  readonly #publisher: Publisher

  constructor(table: AccountTable, publisher: Publisher) {
    this.#table = table
    this.#publisher = publisher
  }

  markRead(refs: readonly TicketRef[]): Outcome<null> {
    return this.#mark(refs, 'read')
  }

  /** Makes the newest staff reply unread again. */
  markUnread(refs: readonly TicketRef[]): Outcome<null> {
    return this.#mark(refs, 'unread')
  }

  #mark(refs: readonly TicketRef[], wish: 'read' | 'unread'): Outcome<null> {
    const touched = new Map<AccountId, number[]>()
    for (const ref of refs) {
      const entry = this.#table.get(ref.accountId)
      if (!entry) return fail('unknown-account')
      const { marks, isOpening } = entry.account
      const ticket = this.#table.ticket(ref)
      // Its replies are not known yet; the app may end before they are.
      if (ticket === null && isOpening) {
        marks.pending.set(ref.ticketId, wish)
        entry.store.writeMarks(marks)
      }
      if (ticket === null || !(wish === 'read' ? marks.markAllSeen(ticket) : marks.markUnseen(ticket)))
        continue
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
