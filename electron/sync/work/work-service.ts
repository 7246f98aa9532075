/** Changes what the person keeps about tickets: stored at once, told with one event per account. */
import type { Ticket, TicketId, TicketRef, AccountId } from '../../tickets/ticket.ts'
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
  readonly refs: readonly TicketRef[]
  readonly change: WorkChange
  /** The tickets as they were when the command looked at them. */
  readonly known: Map<Ticket, KnownState>
}

interface WorkParts {
  readonly table: AccountTable
  readonly publisher: Publisher
  readonly turns: Turns
  readonly reminders: Pick<Reminders, 'schedule'>
}

export class WorkService {
  readonly #table: AccountTable
  readonly #publisher: Publisher
  readonly #turns: Turns
  readonly #reminders: Pick<Reminders, 'schedule'>
  readonly #running = new Set<WorkCommand>()

  constructor({ table, publisher, turns, reminders }: WorkParts) {
    this.#table = table
    this.#publisher = publisher
    this.#turns = turns
    this.#reminders = reminders
  }

  /** Resolves when it is stored. A few tickets are changed before it returns; thousands are looked at in turns. */
  async set(refs: readonly TicketRef[], change: WorkChange): Promise<Outcome<null>> {
    if (refs.some(({ accountId }) => this.#table.get(accountId) === null)) return fail('unknown-account')
    const command: WorkCommand = { refs, change, known: new Map() }
    this.#running.add(command)
    await this.#turns.run(this.#look(command))
    return this.#apply(command)
  }

  /** Completes the commands in progress at once: the app is closing. */
  finish(): void {
    for (const command of this.#running) this.#apply(command)
  }

  *#look({ refs, change, known }: WorkCommand): Generator<undefined, void> {
    if (!change.done && !change.snoozedUntil && !change.followUpAt) return
    for (const ref of refs) {
      const ticket = this.#table.ticket(ref)
      if (!ticket) continue
      known.set(ticket, knownStateOf(ticket))
      yield
    }
  }

  #apply(command: WorkCommand): Outcome<null> {
    // Completed when the app closes.
    if (!this.#running.delete(command)) return done
    const byAccount = new Map<AccountId, TicketId[]>()
    for (const ref of command.refs) {
      const ids = byAccount.get(ref.accountId)
      if (ids) ids.push(ref.ticketId)
      else byAccount.set(ref.accountId, [ref.ticketId])
    }
    let isStored = true
    for (const [accountId, ids] of byAccount) {
      const entry = this.#table.get(accountId)
      if (entry && !this.#applyTo(entry, ids, command)) isStored = false
    }
    this.#publisher.accounts()
    this.#reminders.schedule()
    return isStored ? done : fail('storage-failed')
  }

  /** False if it could not be written; it is retried, and applies to this run. */
  #applyTo({ stored, account, store }: OpenAccount, ids: readonly TicketId[], command: WorkCommand): boolean {
    const { work, list } = account
    const changed = ids.filter((id) => {
      const before = work.get(id)
      const ticket = list.ticket(id)
      // What is watched already stays as it was seen, so that nothing is lost that came between.
      const known = (): KnownState | null =>
        (isWatched(before) ? before.known : null) ??
        (ticket && (command.known.get(ticket) ?? knownStateOf(ticket)))
      return work.set(id, changeWork(before, command.change, known))
    })
    if (changed.length === 0) return true
    const isWritten = store.writeWork(work)
    const rows = list.refreshState(changed)
    if (rows.length > 0) this.#publisher.events.rows({ accountId: stored.id, changed: rows, removed: [] })
    return isWritten
  }
}
