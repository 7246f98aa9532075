import type { TicketApi } from '../api/api.ts'
import type { StoredEntry } from '../storage/schemas.ts'
import type { Clock } from '../storage/types.ts'
import type { SentForm } from '../tickets/account-rules.ts'
import type { Problem } from '../tickets/problem.ts'
import type { AccountId, ApiVersion, TicketId } from '../tickets/ticket.ts'
import type { ActivityLog } from './activity-log.ts'
import type { AccountEvents } from './list/list-polling.ts'
import type { AccountWrites } from './list/account-writes.ts'
import type { Marks } from './marks/marks.ts'
import type { SentLog } from './outbox/sent-log.ts'
import type { Turns } from './turns.ts'
import type { AccountWork } from './work/account-work.ts'

/** Dependencies of an account. */
export interface AccountParts {
  readonly id: AccountId
  readonly version: ApiVersion
  /** The API, or why there is none. */
  readonly api: TicketApi | 'no-credentials' | 'no-address' | 'keychain-locked'
  readonly marks: Marks
  readonly entries: readonly StoredEntry[]
  readonly sent: SentLog
  readonly work: AccountWork
  readonly clock: Clock
  readonly turns: Turns
  /** Like `ReadState.settled`. */
  marksSettled(): Promise<void>
  readonly random: () => number
  readonly intervalSeconds: () => number
  readonly paused: boolean
  /** The form in which texts are sent now. */
  readonly sentForm: () => SentForm
  readonly log: ActivityLog
  /** The server password of a queued new ticket, or why it is not available. */
  password(entryId: string): { readonly password: string } | Problem
  /** Whether there is a draft reply to this ticket. */
  hasDraft(id: TicketId): boolean
  readonly tell: AccountWrites & AccountEvents
}
