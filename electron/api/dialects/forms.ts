/** Only the documented parameters of writes. The API accepts plain ASCII only. */
import { serviceWithPrefix, type ServicePrefix } from '../../tickets/services.ts'
import type { NewTicket, TicketId } from '../../tickets/ticket.ts'
import { toAscii } from '../../tickets/text/turkish.ts'
import type { FormFields } from './dialect.ts'

/** Omits optional parameters without a value. */
export const newTicketForm = (
  draft: NewTicket,
  serverPassword: string,
  servicePrefix: ServicePrefix
): FormFields => ({
  title: toAscii(draft.title).replace(/\s+/g, ' ').trim(),
  department: String(draft.departmentId),
  message: toAscii(draft.message).trim(),
  service: serviceWithPrefix(draft.service, servicePrefix),
  ...(draft.serverIp.trim() ? { serverip: draft.serverIp.trim() } : {}),
  ...(draft.serverUser.trim() ? { serveruser: draft.serverUser.trim() } : {}),
  ...(serverPassword ? { serverpassword: serverPassword } : {})
})

export const replyForm = (ticketId: TicketId, text: string): FormFields => ({
  id: String(ticketId),
  reply: toAscii(text).trim()
})
