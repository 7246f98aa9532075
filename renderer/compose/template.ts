import type { Locale } from '../../electron/tickets/locale.ts'
import { date } from '../lib/format.ts'
import { places } from '../lib/saved-reply-places.ts'

/** A saved reply in a new ticket: there is no ticket number and no staff member yet, so these places stay empty. */
export const fillTemplate = (template: string, now: number, locale: Locale): string =>
  template.replace(places.date, date(now, locale)).replace(places.ticket, '').replace(places.name, '')
