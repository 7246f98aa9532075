/** Read-only queries of windows. */
import { TicketSearch } from '../../tickets/list/search.ts'
import { firstResponseMs, lastResponseMs, threadMessages } from '../../tickets/thread/thread.ts'
import { waitingSince } from '../../tickets/thread/unread.ts'
import type { AccountId, TicketRef } from '../../tickets/ticket.ts'
import type { SearchAnswer, Thread, TicketRow } from '../../tickets/views.ts'
import type { AccountTable } from '../accounts/account-table.ts'
import type { Marks } from '../marks/marks.ts'
import { fail } from '../outcome.ts'
import type { ProfileDrafts } from '../profile/profile-drafts.ts'
import type { EngineTickets, Outcome } from '../types.ts'

export class TicketQueries {
  readonly #table: AccountTable
  readonly #drafts: ProfileDrafts
  readonly #search = new TicketSearch()

  constructor(table: AccountTable, drafts: ProfileDrafts) {
    this.#table = table
    this.#drafts = drafts
  }

  /** Grouped by account, newest activity first. */
  rows(): readonly TicketRow[] {
    return this.#table.accounts().flatMap(({ list }) => list.rows())
  }

  thread(ref: TicketRef): Outcome<Thread> {
    const account = this.#table.account(ref.accountId)
    if (!account) return fail('unknown-account')
    const { list, marks, outbox, sent } = account
    const ticket = list.typedTicket(ref.ticketId)
    if (!ticket || !list.row(ref.ticketId)) return fail('unknown-ticket')
    return {
      ok: true,
      value: {
        service: marks.facts(ref.ticketId)?.service ?? null,
        messages: threadMessages(ticket, marks.seen(ref.ticketId), sent.repliesTo(ref.ticketId)),
        finishedEntryIds: outbox.finishedIds(ref.ticketId),
        waitingSince: waitingSince(ticket),
        firstResponseMs: firstResponseMs(ticket),
        lastResponseMs: lastResponseMs(ticket),
        draft: this.#drafts.get().reply(ref.accountId, ref.ticketId),
        note: account.work.get(ref.ticketId).note
      }
    }
  }

  ticket(ref: TicketRef): ReturnType<EngineTickets['ticket']> {
    const account = this.#table.account(ref.accountId)
    const ticket = account?.list.wholeTicket(ref.ticketId)
    const row = account?.list.row(ref.ticketId)
    if (!account || !ticket || !row) return null
    const { marks, work } = account
    return { ticket, row, facts: marks.facts(ref.ticketId), note: work.get(ref.ticketId).note }
  }

  search(query: string): SearchAnswer {
    return this.#search.search(
      query,
      this.#table.all().map(({ stored: { name }, account }) => ({ name, entries: account.list.entries() }))
    )
  }

  withTag(name: string): readonly TicketRef[] {
    return this.#table
      .all()
      .flatMap(({ stored: { id }, account }) =>
        account.work.withTag(name).map((ticketId) => ({ accountId: id, ticketId }))
      )
  }

  /** Prepares the first search ticket by ticket. */
  *foldForSearch(): Generator<undefined, void> {
    for (const { list } of this.#table.accounts())
      for (const entry of list.entries()) if (this.#search.prepare(entry)) yield
  }

  recentDepartments(): Readonly<Record<AccountId, readonly number[]>> {
    return this.#perAccount((marks) => marks.recentDepartments)
  }

  recentServices(): Readonly<Record<AccountId, readonly string[]>> {
    return this.#perAccount((marks) => marks.recentServices)
  }

  #perAccount<T>(read: (marks: Marks) => T): Readonly<Record<AccountId, T>> {
    return Object.fromEntries(
      this.#table.all().map(({ stored, account }) => [stored.id, read(account.marks)])
    )
  }
}
