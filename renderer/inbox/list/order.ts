import { newestFirst as newest, type Order } from '../../../electron/tickets/list/order.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'

type Compare = (a: TicketRow, b: TicketRow) => number

/** Every order is total: the same rows always stand the same way. */
export const byOrder: Readonly<Record<Order, Compare>> = {
  newest,
  oldest: (a, b) => -newest(a, b),
  unread: (a, b) => Number(b.unread > 0) - Number(a.unread > 0) || newest(a, b),
  /** Tickets that wait for the person first, the longest waiting at the top. */
  waiting(a, b) {
    const mine = Number(b.waitingFor === 'you') - Number(a.waitingFor === 'you')
    return mine || (a.waitingFor === 'you' ? -newest(a, b) : newest(a, b))
  },
  number: (a, b) => b.id - a.id || newest(a, b)
}
