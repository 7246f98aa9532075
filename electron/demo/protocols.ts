/** The documented formats of each API version. */
import type { ApiVersion, TicketId } from '../tickets/ticket.ts'

export type NamedStatus =
  'open' | 'answered' | 'customer-reply' | 'on-hold' | 'in-progress' | 'closed' | 'escalated'

/** A day in Istanbul; month and date with two digits. */
export interface LocalDay {
  readonly year: number
  readonly month: string
  readonly date: string
}

export interface DemoProtocol {
  readonly day: (day: LocalDay) => string
  readonly statuses: Readonly<Record<NamedStatus, string>>
  readonly attachmentKey: (id: TicketId) => 'attachment' | 'attachments'
  readonly list: (data: readonly unknown[]) => unknown
  readonly error: (message: string) => unknown
  readonly done: (message: string) => unknown
  /** Precedes `#272298 numaralı destek talebi …` in the answer to a close. */
  readonly closedPrefix: string
  /** Valid values of `service` in a new ticket; null accepts any. */
  readonly servicePattern: RegExp | null
  /** Formats one service or a list of them; null if the version has no services. */
  readonly services: ((data: unknown) => unknown) | null
}

const v1: DemoProtocol = {
  day: ({ year, month, date }) => `${date}-${month}-${String(year % 100).padStart(2, '0')}`,
  statuses: {
    open: 'Open',
    answered: 'Answered',
    'customer-reply': 'Customer-Reply',
    'on-hold': 'On Hold',
    'in-progress': 'In Progress',
    closed: 'Closed',
    escalated: 'Escalated'
  },
  attachmentKey: () => 'attachment',
  list: (data) => ({ data }),
  error: (message) => ({ status: 'error', message }),
  done: (message) => ({ status: 'success', message }),
  // As documented, although the link inside the sentence is probably a mistake of the documentation.
  closedPrefix: '/docs/1.0/technical-support/ticket',
  servicePattern: /^[SD]\d+$/,
  services: null
}

const v2: DemoProtocol = {
  day: ({ year, month, date }) => `${year}-${month}-${date}`,
  statuses: {
    open: 'Açık',
    answered: 'Yanıtlandı',
    'customer-reply': 'Müşteri Yanıtı',
    'on-hold': 'Beklemede',
    'in-progress': 'İşlemler Sürüyor',
    closed: 'Kapalı',
    escalated: 'Üst Birime Aktarıldı'
  },
  // The documentation uses both `attachment` and `attachments`.
  attachmentKey: (id) => (id % 2 === 0 ? 'attachments' : 'attachment'),
  list: (data) => ({ status: true, message: 'Ticket list', error: null, data }),
  error: (message) => ({ status: false, message, error: message, data: null }),
  done: (message) => ({ status: true, message, error: null, data: null }),
  closedPrefix: '',
  servicePattern: null,
  services: (data) => ({ status: true, message: 'Service list', error: null, data })
}

export const protocols: Readonly<Record<ApiVersion, DemoProtocol>> = { v1, v2 }
