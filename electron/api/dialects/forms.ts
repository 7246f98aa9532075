/** Only the documented parameters of writes. Texts are already in the form in which they are sent (`text/sent-form.ts`). */
import { serviceWithPrefix, type ServicePrefix } from '../../tickets/services.ts'
import type { NewTicket, TicketId } from '../../tickets/ticket.ts'
import type { FormFields } from './dialect.ts'

/** Omits optional parameters without a value. */
export const newTicketForm = (
  draft: NewTicket,
  serverPassword: string,
  servicePrefix: ServicePrefix
): FormFields => ({
  title: draft.title.replace(/\s+/g, ' ').trim(),
  department: String(draft.departmentId),
  message: draft.message.trim(),
  service: serviceWithPrefix(draft.service, servicePrefix),
  ...(draft.serverIp.trim() ? { serverip: draft.serverIp.trim() } : {}),
  ...(draft.serverUser.trim() ? { serveruser: draft.serverUser.trim() } : {}),
  ...(serverPassword ? { serverpassword: serverPassword } : {})
})

export const replyForm = (ticketId: TicketId, text: string): FormFields => ({
  id: String(ticketId),
  reply: text.trim()
})
