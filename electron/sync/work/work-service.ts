/** Changes what the person keeps about tickets: one write and one event for each account of a command. */
import type { AccountId, TicketId, TicketRef } from '../../tickets/ticket.ts'
import { knownStateOf } from '../../tickets/work/known-state.ts'
import { changeWork, isWatched, type KnownState, type WorkChange } from '../../tickets/work/ticket-work.ts'
import type { AccountTable, OpenAccount } from '../accounts/account-table.ts'
import { done, fail } from '../outcome.ts'
import type { Publisher } from '../publisher.ts'
import type { Turns } from '../turns.ts'
import type { Outcome } from '../types.ts'
import type { Reminders } from './reminders.ts'

/** A command in progress. */
interface WorkCommand {
  readonly change: WorkChange
  /** Tickets that are not changed yet. */
  readonly remaining: TicketRef[]
  /** Tickets that are changed, but neither written nor published yet. */
  readonly changed: Map<AccountId, TicketId[]>
}

interface WorkParts {
  readonly table: AccountTable
  readonly publisher: Publisher
  readonly turns: Turns
  readonly reminders: Pick<Reminders, 'schedule'>
}

export class WorkService {
  readonly #parts: WorkParts
  readonly #running = new Map<WorkCommand, Promise<unknown>>()

  constructor(parts: WorkParts) {
    this.#parts = parts
  }

  /** Resolves when it is stored. A few tickets are changed before it returns, thousands in turns. */
  async set(refs: readonly TicketRef[], change: WorkChange): Promise<Outcome<null>> {
    const { table, turns } = this.#parts
    if (refs.some(({ accountId }) => table.get(accountId) === null)) return fail('unknown-account')
    const command: WorkCommand = { change, remaining: [...refs].reverse(), changed: new Map() }
    // In their order, so that the latest command about a ticket wins.
    const earlier = [...this.#running.values()]
    const work =
      earlier.length === 0
        ? turns.run(this.#changeEach(command))
        : Promise.all(earlier).then(() => turns.run(this.#changeEach(command)))
    this.#running.set(command, work)
    await work
    return this.#save(command)
  }

  /** Completes the commands in progress at once: the app is closing. */
  finish(): void {
    for (const command of this.#running.keys()) {
      const work = this.#changeEach(command)
      while (work.next().done !== true);
      this.#save(command)
    }
  }

  *#changeEach({ change, remaining, changed }: WorkCommand): Generator<undefined, void> {
    for (let ref = remaining.pop(); ref; ref = remaining.pop()) {
      const entry = this.#parts.table.get(ref.accountId)
      if (!entry || !this.#changeOne(entry, ref.ticketId, change)) continue
      const ids = changed.get(ref.accountId)
      if (ids) ids.push(ref.ticketId)
      else changed.set(ref.accountId, [ref.ticketId])
      if (remaining.length > 0) yield
    }
  }

  /** False if nothing changed. */
  #changeOne({ account: { work, list } }: OpenAccount, id: TicketId, change: WorkChange): boolean {
    const before = work.get(id)
    const ticket = list.ticket(id)
    // What is watched already stays as it was seen, so that nothing is lost that came between.
    const known = (): KnownState | null =>
      (isWatched(before) ? before.known : null) ?? (ticket && knownStateOf(ticket))
    return work.set(id, changeWork(before, change, known))
  }

  /** Fails if it could not be written; it is retried, and applies to this run. */
  #save(command: WorkCommand): Outcome<null> {
    const { table, publisher, reminders } = this.#parts
    // It was completed when the app closed.
    if (!this.#running.delete(command)) return done
    let isStored = true
    for (const [accountId, ids] of command.changed) {
      const entry = table.get(accountId)
      if (!entry) continue
      if (!entry.store.writeWork(entry.account.work)) isStored = false
      const changed = entry.account.list.refreshState(ids)
      if (changed.length > 0) publisher.events.rows({ accountId, changed, removed: [] })
    }
    publisher.accounts()
    reminders.schedule()
    return isStored ? done : fail('storage-failed')
  }
}
