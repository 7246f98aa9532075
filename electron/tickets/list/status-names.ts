/** Names of the statuses for people, whichever language the server writes them in. */
import type { Locale } from '../locale.ts'
import type { Status, StatusKind } from '../ticket.ts'

export const statusWords: Readonly<Record<Locale, Readonly<Record<Exclude<StatusKind, 'other'>, string>>>> = {
  tr: {
    open: 'Açık',
    answered: 'Yanıtlandı',
    'customer-reply': 'Yanıtladınız',
    'on-hold': 'Beklemede',
    'in-progress': 'İşlemde',
    closed: 'Kapalı'
  },
  en: {
    open: 'Open',
    answered: 'Answered',
    'customer-reply': 'You replied',
    'on-hold': 'On hold',
    'in-progress': 'In progress',
    closed: 'Closed'
  }
}

/** A status that only the server knows keeps its text. */
export const statusName = ({ kind, text }: Status, locale: Locale): string =>
  kind === 'other' ? text : statusWords[locale][kind]
