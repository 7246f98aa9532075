/** Marks tickets as read or unread: the marks of their accounts, and the rows that follow from them. */
import type { AccountId, TicketId, TicketRef } from '../../tickets/ticket.ts'
import type { AccountTable } from '../accounts/account-table.ts'
import { done, fail } from '../outcome.ts'
import type { Publisher } from '../publisher.ts'
import type { Turns } from '../turns.ts'
import type { Outcome } from '../types.ts'

/** A command in progress. */
interface MarkCommand {
  readonly wish: 'read' | 'unread'
  /** Tickets that are not marked yet, by `keyOf`. */
  readonly remaining: Map<string, TicketRef>
  /** Tickets that are marked, but neither written nor published yet. */
  readonly marked: Map<AccountId, TicketId[]>
}

const keyOf = ({ accountId, ticketId }: TicketRef): string => `${ticketId} ${accountId}`

export class ReadState {
  readonly #table: AccountTable
  readonly #publisher: Publisher
  readonly #turns: Turns
  readonly #running = new Set<MarkCommand>()

  constructor(table: AccountTable, publisher: Publisher, turns: Turns) {
    this.#table = table
    this.#publisher = publisher
    this.#turns = turns
  }

  /** Resolves when the marks are on disk. A few tickets are marked before it returns, thousands in turns. */
  markRead(refs: readonly TicketRef[]): Promise<Outcome<null>> {
    return this.#mark(refs, 'read')
  }

  /** Makes the newest staff reply unread again; otherwise like `markRead`. */
  markUnread(refs: readonly TicketRef[]): Promise<Outcome<null>> {
    return this.#mark(refs, 'unread')
  }

  /** Resolves when no command is in progress. A list must not change tickets that are still to be marked. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await this.#turns.pause()
  }

  /** Completes the commands in progress at once: the app is closing. */
  finish(): void {
    for (const command of this.#running) {
      const work = this.#markEach(command)
      while (work.next().done !== true);
      this.#save(command)
    }
  }

  async #mark(refs: readonly TicketRef[], wish: 'read' | 'unread'): Promise<Outcome<null>> {
    if (refs.some(({ accountId }) => this.#table.get(accountId) === null)) return fail('unknown-account')
    const command: MarkCommand = {
      wish,
      remaining: new Map(refs.map((ref) => [keyOf(ref), ref])),
      marked: new Map()
    }
    // The latest command about a ticket wins.
    for (const { remaining } of this.#running)
      for (const key of command.remaining.keys()) remaining.delete(key)
    this.#running.add(command)
    try {
      this.#keepForLater(command)
      await this.#turns.run(this.#markEach(command), () => {
        this.#save(command)
      })
    } finally {
      this.#running.delete(command)
    }
    return done
  }

  /** Stores the marks of tickets that are not read from the cache yet; the app may close before they are. */
  #keepForLater({ remaining, wish }: MarkCommand): void {
    const accounts = new Set<AccountId>()
    for (const [key, ref] of remaining) {
      const account = this.#table.account(ref.accountId)
      if (!account?.isOpening || account.list.ticket(ref.ticketId) !== null) continue
      account.marks.pending.set(ref.ticketId, wish)
      accounts.add(ref.accountId)
      remaining.delete(key)
    }
    for (const accountId of accounts) {
      const entry = this.#table.get(accountId)
      entry?.store.writeMarks(entry.account.marks)
    }
  }

  *#markEach({ remaining, marked, wish }: MarkCommand): Generator<undefined, void> {
    for (const [key, ref] of remaining) {
      remaining.delete(key)
      if (!this.#markOne(ref, wish)) continue
      const ids = marked.get(ref.accountId)
      if (ids) ids.push(ref.ticketId)
      else marked.set(ref.accountId, [ref.ticketId])
      if (remaining.size > 0) yield
    }
  }

  /** False if nothing changed. */
  #markOne(ref: TicketRef, wish: 'read' | 'unread'): boolean {
    const marks = this.#table.account(ref.accountId)?.marks
    if (!marks) return false
    const ticket = this.#table.ticket(ref)
    if (ticket === null) return wish === 'read' && marks.markNotifiedSeen(ref.ticketId)
    return wish === 'read' ? marks.markAllSeen(ticket) : marks.markUnseen(ticket)
  }

  #save({ marked }: MarkCommand): void {
    if (marked.size === 0) return
    for (const [accountId, ids] of marked) {
      const entry = this.#table.get(accountId)
      if (!entry) continue
      entry.store.writeMarks(entry.account.marks)
      const changed = entry.account.list.refreshState(ids)
      if (changed.length > 0) this.#publisher.events.rows({ accountId, changed, removed: [] })
    }
    marked.clear()
    this.#publisher.accounts()
  }
}
