/**
 * Reads the fields of a ticket in all forms that PHP servers print. An unknown form is treated as empty and never makes the
 * ticket unreadable. Handwritten instead of a schema library, since it runs on 40,000 objects per list.
 */
import { isRecord } from '../../tickets/json.ts'
import { attachmentsFrom, namedAttachment } from '../../tickets/text/attachments.ts'
import { parseDate, parseZonedDate } from '../../tickets/text/dates.ts'
import { cleanLine, cleanText } from '../../tickets/text/text.ts'
import type { Attachment, EpochMs } from '../../tickets/ticket.ts'

export type JsonObject = Readonly<Record<string, unknown>>

const noAttachments: readonly Attachment[] = []

/** A list, or an object with numeric keys, which PHP prints for a list with gaps. Null for anything else. */
export function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[]
  // JavaScript orders integer keys ascending.
  return isRecord(value) && Object.keys(value).every((key) => /^\d{1,15}$/.test(key))
    ? Object.values(value)
    : null
}

/** An id, from a number or a numeric string. Null for anything else. */
export function readId(value: unknown): number | null {
  const id = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : null
}

/** A text, or the digits of a number; empty for anything else. */
export function readText(value: unknown): string {
  if (typeof value === 'string') return cleanText(value)
  return typeof value === 'number' ? String(value) : ''
}

/** Larger timestamps are milliseconds: in seconds this would be the year 5138. */
const minMilliseconds = 1e11

/** Seconds or milliseconds since 1970; 0 means no date. */
function readEpoch(value: number): EpochMs | null {
  if (!Number.isFinite(value) || value <= 0) return null
  const at = Math.floor(value >= minMilliseconds ? value : value * 1000)
  return at <= 8.64e15 ? at : null
}

/** A date of either version, a timestamp, or PHP's `{date, timezone}`. Null for an empty date and any other form. */
export function readDate(value: unknown): EpochMs | null {
  if (typeof value === 'string')
    return /^\s*\d{9,14}\s*$/.test(value) ? readEpoch(Number(value)) : parseDate(value)
  if (typeof value === 'number') return readEpoch(value)
  if (!isRecord(value) || typeof value.date !== 'string') return null
  return parseZonedDate(value.date, typeof value.timezone === 'string' ? value.timezone : null)
}

const firstText = (value: JsonObject, fields: readonly string[]): string =>
  fields.map((field) => readText(value[field]).trim()).find((text) => text !== '') ?? ''

const addressFields = ['url', 'link', 'href', 'download_url'] as const
const fileFields = ['filename', 'file_name', 'name', 'file', 'title', 'path'] as const

function attachmentOf(value: unknown): readonly Attachment[] {
  if (typeof value === 'string') return attachmentsFrom(value)
  if (!isRecord(value)) return noAttachments
  const [name, address] = [firstText(value, fileFields), firstText(value, addressFields)]
  return name === '' && address === '' ? noAttachments : [namedAttachment(name, address)]
}

/** Reads attachments from a list, an object with numeric keys, a text with one or several attachments, or one object. */
function attachmentsOf(value: unknown): readonly Attachment[] {
  // Most messages have none; sharing the empty list saves 40,000 objects.
  if (value === undefined || value === null || value === '') return noAttachments
  return (listOf(value) ?? [value]).flatMap(attachmentOf)
}

/** Some tickets are documented with `attachment`, some with `attachments`. */
export function readAttachments(value: JsonObject): readonly Attachment[] {
  const [plural, singular] = [attachmentsOf(value.attachments), attachmentsOf(value.attachment)]
  if (plural.length === 0) return singular
  return singular.length === 0 ? plural : [...plural, ...singular]
}

/** Cache: a list has tens of thousands of names but few different ones. */
const visibleNames = new Map<string, string | null>()

/** The cleaned name; null if it has no visible characters. */
function visibleName(value: string): string | null {
  const known = visibleNames.get(value)
  if (known !== undefined) return known
  const line = cleanLine(value)
  const name = /^[\s\p{Cf}]*$/u.test(line) ? null : line
  if (visibleNames.size >= 1000) visibleNames.clear()
  if (value.length <= 200) visibleNames.set(value, name)
  return name
}

const nameFields = ['name', 'fullname', 'full_name', 'username', 'firstname', 'email'] as const

function nameInRecord(value: JsonObject): string | null {
  const parts = [value.firstname, value.lastname].map(readText).join(' ').trim()
  const name = visibleName(firstText(value, nameFields))
  if (name !== null && name !== visibleName(readText(value.firstname))) return name
  return visibleName(parts) ?? name ?? (readId(value.id) ? '' : null)
}

/**
 * The name of the author. Empty if there is an author without a name (a number, `true`, an object with an id). Null for no
 * author, which servers print as blank text, `0`, `false`, null or an empty list.
 */
export function readPerson(value: unknown): string | null {
  if (typeof value === 'string') return value === '0' ? null : visibleName(value)
  if (typeof value === 'number') return value > 0 ? String(value) : null
  if (value === true) return ''
  return isRecord(value) ? nameInRecord(value) : null
}
