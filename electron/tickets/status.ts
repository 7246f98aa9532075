import type { Status, StatusKind } from './ticket.ts'
import { fold } from './turkish.ts'

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

/** Known names in both languages; any other keeps the server's words and counts as open. */
export function classifyStatus(text: string): Status {
  const trimmed = text.trim()
  return { kind: known.get(key(trimmed)) ?? 'other', text: trimmed }
}

export const isClosed = (status: Status): boolean => status.kind === 'closed'

/** The same state, in whichever language it was written; unknown ones are told apart by their words. */
export const sameStatus = (a: Status, b: Status): boolean =>
  a.kind === b.kind && (a.kind !== 'other' || a.text === b.text)
