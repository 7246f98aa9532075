import { cleanLine } from './text/text.ts'
import type { Status, StatusKind } from './ticket.ts'
import { fold } from './text/turkish.ts'

/** Names in WHMCS (English and Turkish), and further ones that the API returned. */
const statusNames: Readonly<Record<Exclude<StatusKind, 'other'>, readonly string[]>> = {
  open: ['Open', 'Açık'],
  answered: ['Answered', 'Yanıtlandı', 'Cevaplandı'],
  'customer-reply': ['Customer-Reply', 'Müşteri Yanıtı', 'Müşteri Cevabı'],
  'on-hold': ['On Hold', 'Beklemede'],
  'in-progress': ['In Progress', 'İşlemler Sürüyor', 'İşlemde'],
  closed: ['Closed', 'Kapalı', 'Kapandı', 'Kapatıldı']
}

/** Ignores differences as between `Customer-Reply` and `customer reply`. */
export const statusKey = (text: string): string =>
  fold(text)
    .replace(/[-_\s]+/g, ' ')
    .trim()

const kindsByName = new Map(
  Object.entries(statusNames).flatMap(([kind, list]) =>
    list.map((name) => [statusKey(name), kind as StatusKind] as const)
  )
)

/** The kind of a known name, in either language. */
export const statusKindOf = (name: string): StatusKind | undefined => kindsByName.get(statusKey(name))

/** A list has thousands of tickets but few different statuses. */
const statusCache = new Map<string, Status>()

/** Recognizes names in both languages; any other keeps the server's text and counts as open. */
export function classifyStatus(text: string): Status {
  const cached = statusCache.get(text)
  if (cached) return cached
  const line = cleanLine(text)
  const status: Status = { kind: statusKindOf(line) ?? 'other', text: line }
  if (statusCache.size >= 100) statusCache.clear()
  statusCache.set(text, status)
  return status
}

export const isClosed = (status: Status): boolean => status.kind === 'closed'

/** Compares regardless of the language; unknown statuses are compared by their text, as `statusKey` spells it. */
export const sameStatus = (a: Status, b: Status): boolean =>
  a.kind === b.kind && (a.kind !== 'other' || statusKey(a.text) === statusKey(b.text))
