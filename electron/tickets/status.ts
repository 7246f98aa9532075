import { cleanLine } from './text/text.ts'
import type { Status, StatusKind } from './ticket.ts'
import { fold } from './text/turkish.ts'

/** Names in WHMCS's English and Turkish, and those the API was seen to give. */
const names: Readonly<Record<Exclude<StatusKind, 'other'>, readonly string[]>> = {
  open: ['Open', 'Açık'],
  answered: ['Answered', 'Yanıtlandı', 'Cevaplandı'],
  'customer-reply': ['Customer-Reply', 'Müşteri Yanıtı', 'Müşteri Cevabı'],
  'on-hold': ['On Hold', 'Beklemede'],
  'in-progress': ['In Progress', 'İşlemler Sürüyor', 'İşlemde'],
  closed: ['Closed', 'Kapalı', 'Kapandı', 'Kapatıldı']
}

/** `Customer-Reply`, `customer reply` and `MÜŞTERİ YANITI` are spellings of names, not other names. */
const key = (text: string): string =>
  fold(text)
    .replace(/[-_\s]+/g, ' ')
    .trim()

const known = new Map(
  Object.entries(names).flatMap(([kind, list]) =>
    list.map((name) => [key(name), kind as StatusKind] as const)
  )
)

/** A list has thousands of tickets and a handful of statuses. */
const classified = new Map<string, Status>()

/** Known names in both languages; any other keeps the server's words and counts as open. */
export function classifyStatus(text: string): Status {
  const before = classified.get(text)
  if (before) return before
  const line = cleanLine(text)
  const status: Status = { kind: known.get(key(line)) ?? 'other', text: line }
  if (classified.size >= 100) classified.clear()
  classified.set(text, status)
  return status
}

export const isClosed = (status: Status): boolean => status.kind === 'closed'

/** The same state, in whichever language it was written; unknown ones are told apart by their words. */
export const sameStatus = (a: Status, b: Status): boolean =>
  a.kind === b.kind && (a.kind !== 'other' || a.text === b.text)
