import type { Locale } from '../../../electron/tickets/locale.ts'
import type { TicketRow } from '../../../electron/tickets/views.ts'
import { date } from '../../lib/format.ts'
import { places } from '../../lib/saved-reply-places.ts'

/** A saved reply for one ticket. Without a staff member's name its place stays empty, with no blank before it. */
export const fillReply = (template: string, row: TicketRow, now: number, locale: Locale): string =>
  template
    .replace(places.ticket, `$1#${row.id}`)
    .replace(places.date, date(now, locale))
    .replace(places.name, (_, blank: string) =>
      row.lastSpeakerName === '' ? '' : blank + row.lastSpeakerName
    )
