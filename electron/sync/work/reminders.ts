/**
 * Reminds of snoozed tickets that return, and of tickets that the staff has not answered. Each reminder is told once: at its
 * time, or, where notifications are held back then, when that ends.
 */
import type { Clock } from '../../storage/types.ts'
import { waitingSince } from '../../tickets/thread/unread.ts'
import type { EpochMs, TicketId } from '../../tickets/ticket.ts'
import type { TicketRow } from '../../tickets/views.ts'
import { followUpRuleOf } from '../../tickets/work/follow-up-rules.ts'
import { knownStateOf } from '../../tickets/work/known-state.ts'
import {
  workAfterReminder,
  workAfterTelling,
  type ReminderKind,
  type TicketWork
} from '../../tickets/work/ticket-work.ts'
import type { EngineLog } from '../activity-log.ts'
import type { AccountTable, OpenAccount } from '../accounts/account-table.ts'
import type { FolderLock } from '../profile/folder-lock.ts'
import type { Publisher } from '../publisher.ts'
import type { Turns } from '../turns.ts'
import type { EngineOptions, Reminder } from '../types.ts'
import { notifiedEvents } from './notified-events.ts'

/** Maximum time between two checks, in milliseconds: timers stand still in sleep, and the clock may be set. */
const checkEveryMs = 60_000
/** Tickets that are looked at in a fraction of a millisecond. */
const ticketsInStep = 250
const hourMs = 3_600_000

interface ReminderParts {
  readonly clock: Clock
  readonly table: AccountTable
  readonly publisher: Publisher
  readonly turns: Turns
  readonly lock: Pick<FolderLock, 'isTaken'>
  readonly log: Pick<EngineLog, 'error'>
  readonly holdsBack: NonNullable<EngineOptions['holdsBack']>
}

/** A reminder that is due, with the work of its ticket afterwards. */
interface DueReminder {
  readonly id: TicketId
  readonly work: TicketWork
}

export class Reminders {
  readonly #parts: ReminderParts
  #timer: unknown = null
  /** Start of the last check, by this machine's clock. */
  #checkedAt: EpochMs = -Infinity
  #isChecking = false
  #isStopped = false

  constructor(parts: ReminderParts) {
    this.#parts = parts
  }

  /** Call it when tickets, what is kept about them, or rules have changed. */
  schedule(): void {
    const { clock } = this.#parts
    if (this.#timer !== null) clock.clearTimeout(this.#timer)
    this.#timer = null
    const next = this.#isStopped || this.#isChecking ? null : this.#nextAt()
    if (next === null) return
    const ms = Math.max(0, Math.min(next - clock.now(), checkEveryMs))
    this.#timer = clock.setTimeout(() => this.check(), ms)
  }

  /** Tells what is due now. */
  check(): void {
    if (this.#isChecking || this.#isStopped) return
    this.#isChecking = true
    this.#checkedAt = this.#parts.clock.now()
    this.#checkAll()
      .catch((error: unknown) => {
        this.#parts.log.error('reminders', error)
      })
      .finally(() => {
        this.#isChecking = false
        this.schedule()
      })
  }

  stop(): void {
    this.#isStopped = true
    this.schedule()
  }

  #nextAt(): EpochMs | null {
    let next: EpochMs | null = null
    for (const { stored, account } of this.#open()) {
      // When a rule is broken, or when notifications are not held back any more, has no time that is known now.
      if (stored.rules.followUp.length > 0 || this.#untold(account).length > 0)
        next = Math.min(next ?? Infinity, this.#checkedAt + checkEveryMs)
      for (const [id, at] of account.work.reminders())
        // A ticket that is not in the list is looked at when it is there again.
        if (account.list.ticket(id)) next = Math.min(next ?? Infinity, at)
    }
    return next
  }

  /** Tickets of the list with reminders that are due, of which the person was not told. */
  #untold({ work, list }: OpenAccount['account']): readonly TicketId[] {
    return [...work.untold()].filter((id) => list.ticket(id) !== null)
  }

  /** Accounts whose tickets are loaded. None while another copy of the app holds the folder: it reminds of them. */
  #open(): readonly OpenAccount[] {
    const { table, lock } = this.#parts
    return lock.isTaken ? [] : table.all().filter(({ account }) => !account.isOpening)
  }

  async #checkAll(): Promise<void> {
    const { turns, table } = this.#parts
    for (const entry of this.#open()) {
      const byRule = await turns.run(this.#findByRule(entry))
      if (this.#isStopped || table.account(entry.stored.id) !== entry.account) continue
      this.#remind(entry, byRule)
    }
  }

  /** Tickets that wait longer than the account's rules allow. */
  *#findByRule({ stored, account }: OpenAccount): Generator<undefined, readonly TicketId[]> {
    const found: TicketId[] = []
    if (stored.rules.followUp.length === 0) return found
    for (const [i, row] of account.list.rows().entries()) {
      if (i % ticketsInStep === ticketsInStep - 1) yield
      if (this.#dueByRule({ stored, account }, row) !== null) found.push(row.id)
    }
    return found
  }

  /** When the rule was broken, and since when the ticket waits; null if no rule applies. */
  #dueByRule(
    { stored, account }: Pick<OpenAccount, 'stored' | 'account'>,
    { id, waitingFor, gone }: Pick<TicketRow, 'id' | 'waitingFor' | 'gone'>
  ): { readonly at: EpochMs; readonly since: EpochMs } | null {
    if (waitingFor !== 'staff' || gone) return null
    const { done, snoozedUntil, followUp, remindedFor } = account.work.get(id)
    if (done || snoozedUntil !== null || followUp !== null) return null
    const rule = followUpRuleOf(stored.rules.followUp, account.marks.facts(id)?.departmentId ?? null)
    const ticket = rule && account.list.ticket(id)
    const since = ticket && waitingSince(ticket)
    const { serverNow } = account
    if (!rule || since === null || since === remindedFor || serverNow === null) return null
    const at = since + rule.hours * hourMs
    return at <= serverNow ? { at, since } : null
  }

  /** Stores what is due and what is told, then tells: after a crash between the two nothing is told twice. */
  #remind(entry: OpenAccount, byRule: readonly TicketId[]): void {
    const { publisher } = this.#parts
    const { account, store, stored } = entry
    const due = [...this.#dueByPerson(entry), ...this.#dueByRules(entry, byRule)]
    for (const { id, work } of due) account.work.set(id, work)
    const reminders = this.#takeTellable(entry)
    if (due.length === 0 && reminders.length === 0) return
    store.writeWork(account.work)
    const changed = account.list.refreshState(due.map(({ id }) => id))
    publisher.events.rows({ accountId: stored.id, changed, removed: [] })
    publisher.accounts()
    const told = notifiedEvents(reminders, account.work)
    if (told.length > 0) publisher.events.ticketEvents(told)
  }

  /** The reminders that are not held back now; they count as told from here on. */
  #takeTellable({ account, stored }: OpenAccount): readonly Reminder[] {
    return this.#untold(account).flatMap((id) => {
      const work = account.work.get(id)
      const row = account.list.row(id)
      const reminders = row ? work.untold.map((kind) => reminderOf(kind, row, work)) : []
      const tellable = reminders.filter((reminder) => !this.#parts.holdsBack(reminder, stored.rules))
      const kinds = tellable.map(({ kind }) => kind)
      if (kinds.length > 0) account.work.set(id, workAfterTelling(work, kinds))
      return tellable
    })
  }

  #dueByPerson({ account }: OpenAccount): readonly DueReminder[] {
    const now = this.#parts.clock.now()
    return [...account.work.reminders()].flatMap(([id, at]) =>
      at > now || !account.list.ticket(id) ? [] : [{ id, work: workAfterReminder(account.work.get(id), now) }]
    )
  }

  #dueByRules(entry: OpenAccount, ids: readonly TicketId[]): readonly DueReminder[] {
    const { list, work } = entry.account
    return ids.flatMap((id) => {
      // It may have changed while others were looked at.
      const row = list.row(id)
      const ticket = list.ticket(id)
      const due = row && this.#dueByRule(entry, row)
      if (!due || !ticket) return []
      return [
        {
          id,
          work: {
            ...work.get(id),
            followUp: { at: due.at, byRule: true, isDue: true },
            untold: [...new Set<ReminderKind>([...work.get(id).untold, 'follow-up'])],
            remindedFor: due.since,
            known: knownStateOf(ticket)
          }
        }
      ]
    })
  }
}

const reminderOf = (kind: ReminderKind, row: TicketRow, { followUp }: TicketWork): Reminder => ({
  kind,
  ref: { accountId: row.accountId, ticketId: row.id },
  subject: row.subject,
  name: row.lastSpeakerName,
  excerpt: row.excerpt,
  byRule: kind === 'follow-up' && followUp?.byRule === true
})
