import type { Locale } from '../../../electron/tickets/locale.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { date } from '../../lib/format.ts'

/** A saved reply for one ticket. Without a staff member's name its place stays empty, with no blank before it. */
export const fillReply = (template: string, row: TicketRow, now: number, locale: Locale): string =>
  template
    .replaceAll('{ticket}', `#${row.id}`)
    .replaceAll('{date}', date(now, locale))
    .replace(/([ \t]*)\{name\}/g, (_, blank: string) =>
      row.lastSpeakerName === '' ? '' : blank + row.lastSpeakerName
    )
