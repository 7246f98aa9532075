import type { NewTicket } from '../tickets/ticket.ts'

/** What a new-ticket window starts with; the password is never among it. */
export interface ComposeStart {
  readonly accountId: string | null
  readonly draft: NewTicket
  /** How many tickets that are being written wait behind this one. */
  readonly later: number
  /** Newest first: department ids and services used before, per account. */
  readonly recentDepartments: Readonly<Record<string, readonly number[]>>
  readonly recentServices: Readonly<Record<string, readonly string[]>>
}

/** What a link or another program puts into a new ticket; fills only what is empty. */
export interface ComposePrefill {
  readonly departmentId?: number
  readonly service?: string
  readonly title?: string
  readonly message?: string
}
