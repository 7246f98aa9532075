/** What the demo's API says, in the shapes the documentation shows. */
import type { ApiVersion, EpochMs } from '../tickets/ticket.ts'
import { statusWords, type WorldTicket } from './world.ts'

const two = (number: number): string => String(number).padStart(2, '0')

/** Local time in Istanbul: `30-11-18 10:30:09` in v1, `2018-11-30 10:30:09` in v2. */
export function wireDate(at: EpochMs, version: ApiVersion): string {
  const local = new Date(at + 3 * 3600_000)
  const [year, month, day] = [local.getUTCFullYear(), two(local.getUTCMonth() + 1), two(local.getUTCDate())]
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':')
  return version === 'v1' ? `${day}-${month}-${two(year % 100)} ${time}` : `${year}-${month}-${day} ${time}`
}

/** v2's documentation writes `attachment` on one ticket and `attachments` on the next; so does this. */
export function wireTicket(ticket: WorldTicket, version: ApiVersion): unknown {
  const key = version === 'v2' && ticket.id % 2 === 0 ? 'attachments' : 'attachment'
  return {
    id: ticket.id,
    date: wireDate(ticket.createdAt, version),
    message: ticket.message,
    status: statusWords(ticket.status, version),
    [key]: ticket.attachment,
    lastreply: wireDate(ticket.lastReplyAt, version),
    replies: ticket.replies.map(({ id, admin, sentAt, message, attachment }) => ({
      id,
      admin,
      user: 'Deniz Arslan',
      date: wireDate(sentAt, version),
      message,
      ...(attachment ? { attachment } : {})
    }))
  }
}

export const listBody = (data: readonly unknown[], version: ApiVersion): unknown =>
  version === 'v1' ? { data } : { status: true, message: 'Ticket list', error: null, data }

export const errorBody = (message: string, version: ApiVersion): unknown =>
  version === 'v1' ? { status: 'error', message } : { status: false, message, error: message, data: null }

export const doneBody = (message: string, version: ApiVersion): unknown =>
  version === 'v1' ? { status: 'success', message } : { status: true, message, error: null, data: null }

export const services = [
  { id: 952157, product: 'SSD VDS II', status: 'Active' },
  { id: 952160, product: 'SSD VDS IV', status: 'Active' },
  { id: 948812, product: 'Kurumsal Hosting', status: 'Active' },
  { id: 961004, product: 'Yedekleme Alanı 500 GB', status: 'Pending' }
].map((service) => ({
  ...service,
  recurring_amount: '17.50$',
  first_amount: '12.25$',
  cycle: '1',
  next_due_date: service.status === 'Pending' ? '0001-01-01 00:00:00' : '2026-12-16 19:11:55'
}))
