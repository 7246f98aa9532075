import type { TicketTemplate } from '../../electron/ipc/contract.ts'
import { fold } from '../../electron/tickets/text/turkish.ts'
import { appendParagraph } from '../../electron/tickets/text/text.ts'
import type { NewTicket } from '../../electron/tickets/ticket.ts'
import type { AccountView } from '../../electron/tickets/views.ts'
import { app } from '../lib/app.svelte.ts'
import { date } from '../lib/format.ts'
import { fillPlaceholders, type FilledText, type PlaceholderValues } from '../lib/saved-texts/placeholders.ts'

/** Values in a new ticket, which has no number and no staff member yet. */
export const ticketValues = (draft: NewTicket, account: AccountView | null): PlaceholderValues => ({
  date: date(app.now, app.locale),
  ticket: '',
  name: '',
  subject: draft.title,
  service: draft.service,
  ip: draft.serverIp,
  account: account?.name ?? ''
})

interface FilledTicket extends Pick<FilledText, 'unfilled'> {
  readonly draft: NewTicket
}

/** What is written stays: the title is kept, the message goes on below. `unfilled` is a place in the message. */
export function withTemplate(
  before: NewTicket,
  template: TicketTemplate,
  account: AccountView | null
): FilledTicket {
  const department = account?.departments.find(({ name }) => fold(name) === fold(template.department))
  const chosen = {
    ...before,
    departmentId: department?.id ?? before.departmentId,
    service: template.service || before.service
  }
  const values = ticketValues(chosen, account)
  const title = before.title || fillPlaceholders(template.title, values).text
  const { text, unfilled } = fillPlaceholders(template.message, { ...values, subject: title })
  const message = text === '' ? before.message : appendParagraph(before.message, text)
  const start = message.length - text.length
  return {
    draft: { ...chosen, title, message },
    unfilled: unfilled && [start + unfilled[0], start + unfilled[1]]
  }
}
