/** What the demo's API says, in the shapes the documentation shows. */
import type { ApiVersion, EpochMs, TicketId } from '../tickets/ticket.ts'
import type { Habit } from './habits.ts'
import { statusWords } from './world.ts'
import type { WorldTicket } from './world-ticket.ts'

const two = (number: number): string => String(number).padStart(2, '0')

/** Local time in Istanbul: `30-11-18 10:30:09` in v1, `2018-11-30 10:30:09` in v2. */
function wireDate(at: EpochMs, version: ApiVersion, omitsTime = false): string {
  const local = new Date(at + 3 * 3600_000)
  const [year, month, date] = [local.getUTCFullYear(), two(local.getUTCMonth() + 1), two(local.getUTCDate())]
  const day = version === 'v1' ? `${date}-${month}-${two(year % 100)}` : `${year}-${month}-${date}`
  if (omitsTime) return day
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':')
  return `${day} ${time}`
}

/** v2's documentation writes `attachment` on one ticket and `attachments` on the next; so does this. */
export function wireTicket(
  ticket: WorldTicket,
  version: ApiVersion,
  { hidesReplies = false, omitsTimes = false, omitsReplyIds = false }: Partial<Habit> = {}
): unknown {
  const date = (at: EpochMs): string => wireDate(at, version, omitsTimes)
  const key = version === 'v2' && ticket.id % 2 === 0 ? 'attachments' : 'attachment'
  return {
    id: ticket.id,
    date: date(ticket.createdAt),
    message: ticket.message,
    status: statusWords(ticket.status, version),
    [key]: ticket.attachment,
    lastreply: date(ticket.lastReplyAt),
    replies: (hidesReplies ? [] : ticket.replies).map(({ id, admin, sentAt, message, attachment }) => ({
      ...(omitsReplyIds ? {} : { id }),
      admin,
      user: 'Deniz Arslan',
      date: date(sentAt),
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

/** v1's answer as documented, where a link of the documentation has found its way into the sentence. */
export const closedWords = (id: TicketId, version: ApiVersion): string =>
  `${version === 'v1' ? '/docs/1.0/technical-support/ticket' : ''}#${id} numaralı destek talebi başarıyla kapatılmıştır.`

const day = 24 * 3600_000

interface WireService {
  readonly id: number
  readonly product: string
  readonly recurring_amount: string
  readonly first_amount: string
  readonly cycle: string
  readonly next_due_date: string
  readonly status: string
}

/** v2 only. A service that is not set up yet has the empty date. */
export const services = (now: EpochMs): readonly WireService[] => [
  service(952157, 'SSD VDS II', '17.50$', wireDate(now + 22 * day, 'v2')),
  service(952160, 'SSD VDS IV', '42.00$', wireDate(now + 9 * day, 'v2')),
  service(948812, 'Kurumsal Hosting', '6.90$', wireDate(now + 140 * day, 'v2')),
  service(961004, 'Yedekleme Alanı 500 GB', '11.00$', null)
]

const service = (id: number, product: string, price: string, due: string | null): WireService => ({
  id,
  product,
  recurring_amount: price,
  first_amount: price,
  cycle: '1',
  next_due_date: due ?? '0001-01-01 00:00:00',
  status: due ? 'Active' : 'Pending'
})
