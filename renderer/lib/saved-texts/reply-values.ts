import type { TicketRow } from '../../../electron/tickets/views.ts'
import { app } from '../app.svelte.ts'
import { date } from '../format.ts'
import type { PlaceholderValues } from './placeholders.ts'

const accountName = (id: string): string => app.accounts.find((account) => account.id === id)?.name ?? ''

/** Values in a reply. `service`: of the ticket, null if it is not known. */
export const replyValues = (row: TicketRow, service: string | null): PlaceholderValues => ({
  date: date(app.today, app.locale),
  ticket: `#${row.id}`,
  name: row.lastSpeakerName,
  subject: row.subject,
  service: service ?? '',
  ip: '',
  account: accountName(row.accountId)
})
