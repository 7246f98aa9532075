import { classifyStatus } from '../../../electron/tickets/status.ts'
import type { Reply, Ticket } from '../../../electron/tickets/ticket.ts'
import { replyOf, ticketOf } from '../../support/builders.ts'

/** Epoch milliseconds: minutes after 10:00 UTC on 1 October 2026. */
export const minute = (minutes: number): number => Date.UTC(2026, 9, 1, 10) + minutes * 60_000

export const staffReply = (id: number | null, at: number | null, message = 'İlgileniyoruz.'): Reply =>
  replyOf({ id, sentAt: at === null ? null : minute(at), message })

export const ownReply = (id: number | null, at: number | null, message = 'Teşekkürler.'): Reply => ({
  ...staffReply(id, at, message),
  author: 'customer',
  name: 'Deniz Arslan'
})

export function makeTicket(
  change: Partial<Omit<Ticket, 'status'>> & { readonly status?: string } = {}
): Ticket {
  const { status = 'Açık', ...rest } = change
  return ticketOf({
    createdAt: minute(0),
    lastReplyAt: minute(0),
    message: 'Merhaba,\nSunucuma bağlanamıyorum.\n\n-----------------\nIP Adresiniz: 192.0.2.7',
    ...rest,
    status: classifyStatus(status)
  })
}
