/** Response bodies of the demo API, in the documented formats. */
import type { ApiVersion, EpochMs, TicketId } from '../tickets/ticket.ts'
import { protocols } from './protocols.ts'
import type { StoredStatus, StoredTicket } from './stored-ticket.ts'

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** Local time in Istanbul, e.g. `30-11-18 10:30:09` in v1. */
function formatDate(at: EpochMs, version: ApiVersion, omitsTime = false): string {
  const local = new Date(at + 3 * 3600_000)
  const day = protocols[version].day({
    year: local.getUTCFullYear(),
    month: twoDigits(local.getUTCMonth() + 1),
    date: twoDigits(local.getUTCDate())
  })
  if (omitsTime) return day
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(twoDigits).join(':')
  return `${day} ${time}`
}

/** A status that is not documented is written unchanged. */
function formatStatus(status: StoredStatus, version: ApiVersion): string {
  const statuses: Readonly<Record<string, string>> = protocols[version].statuses
  return statuses[status] ?? status
}

/** Parts of a ticket that real servers may omit. */
export interface TicketOmissions {
  /** As in the samples of the v1 documentation: `replies` is always empty. */
  readonly hidesReplies?: boolean
  /** Dates without a time: `30-11-18` instead of `30-11-18 10:30:09`. */
  readonly omitsTimes?: boolean
  /** Replies have no `id`. */
  readonly omitsReplyIds?: boolean
}

export function formatTicket(
  ticket: StoredTicket,
  version: ApiVersion,
  { hidesReplies = false, omitsTimes = false, omitsReplyIds = false }: TicketOmissions = {}
): unknown {
  const date = (at: EpochMs): string => formatDate(at, version, omitsTimes)
  return {
    id: ticket.id,
    date: date(ticket.createdAt),
    message: ticket.message,
    status: formatStatus(ticket.status, version),
    [protocols[version].attachmentKey(ticket.id)]: ticket.attachment,
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
  protocols[version].list(data)

export const errorBody = (message: string, version: ApiVersion): unknown => protocols[version].error(message)

export const doneBody = (message: string, version: ApiVersion): unknown => protocols[version].done(message)

export const closedMessage = (id: TicketId, version: ApiVersion): string =>
  `${protocols[version].closedPrefix}#${id} numaralı destek talebi başarıyla kapatılmıştır.`

const day = 24 * 3600_000

interface ServiceBody {
  readonly id: number
  readonly product: string
  readonly recurring_amount: string
  readonly first_amount: string
  readonly cycle: string
  readonly next_due_date: string
  readonly status: string
}

/** A service that is not set up yet has an empty date. */
export const sampleServices = (now: EpochMs, version: ApiVersion): readonly ServiceBody[] => [
  sampleService(952157, 'SSD VDS II', '17.50$', formatDate(now + 22 * day, version)),
  sampleService(952160, 'SSD VDS IV', '42.00$', formatDate(now + 9 * day, version)),
  sampleService(948812, 'Kurumsal Hosting', '6.90$', formatDate(now + 140 * day, version)),
  sampleService(961004, 'Yedekleme Alanı 500 GB', '11.00$', null)
]

const sampleService = (id: number, product: string, price: string, due: string | null): ServiceBody => ({
  id,
  product,
  recurring_amount: price,
  first_amount: price,
  cycle: '1',
  next_due_date: due ?? '0001-01-01 00:00:00',
  status: due ? 'Active' : 'Pending'
})
