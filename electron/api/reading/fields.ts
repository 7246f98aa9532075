/**
 * Reads the fields of a ticket in all forms that PHP servers print. An unknown form is treated as empty and never makes the
 * ticket unreadable. Handwritten instead of a schema library, since it runs on 40,000 objects per list.
 */
import { isRecord, parseJson } from '../../tickets/json.ts'
import { attachmentsFrom, namedAttachment } from '../../tickets/text/attachments.ts'
import { parseDate, parseZonedDate } from '../../tickets/text/dates.ts'
import { cleanLine, cleanText } from '../../tickets/text/text.ts'
import type { Attachment, EpochMs } from '../../tickets/ticket.ts'

export type JsonObject = Readonly<Record<string, unknown>>

const noAttachments: readonly Attachment[] = []

/** The value of JSON that was encoded once more as a text, as database columns keep lists; any other value is returned as it is. */
export function decodedOnce(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*(?:\[[^]*\]|\{[^]*\})\s*$/.test(value)) return value
  return parseJson(value) ?? value
}

/** A list, or an object with numeric keys, which PHP prints for a list with gaps. Null for anything else. */
export function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[]
  // JavaScript orders integer keys ascending.
  return isRecord(value) && Object.keys(value).every((key) => /^\d{1,15}$/.test(key))
    ? Object.values(value)
    : null
}

/** `272298`, `#272298`, `272298.0`, and with thousands separators `272.298`, `272,298`, `272 298`. */
const idPattern = /^\s*#?(\d{1,15}|\d{1,3}(?:([., \u00a0])\d{3})(?:\2\d{3})*)(?:\.0+)?\s*$/

/** An id, from a number or a text with one. Null for anything else. */
export function readId(value: unknown): number | null {
  const digits = typeof value === 'string' ? idPattern.exec(value)?.[1] : undefined
  const id = digits === undefined ? value : Number(digits.replace(/\D/g, ''))
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : null
}

/** A text, or the digits of a number; empty for anything else. */
export function readText(value: unknown): string {
  if (typeof value === 'string') return cleanText(value)
  return typeof value === 'number' ? String(value) : ''
}

/** Larger timestamps are in the next smaller unit: in seconds this would be the year 5138. */
const maxSeconds = 1e11
/** The year 2100: a later date is in another unit or form. */
const maxDate = Date.UTC(2100, 0)

/** Milliseconds in a second, a millisecond, a microsecond and a nanosecond. */
const units = [1000, 1, 1e-3, 1e-6] as const

/** Seconds, milliseconds, microseconds or nanoseconds since 1970; 0 means no date. */
function readEpoch(value: number): EpochMs | null {
  const unit = units.find((ms) => value * ms < maxSeconds * 1000)
  if (unit === undefined || !(value > 0)) return null
  const at = Math.floor(value * unit)
  return at < maxDate ? at : null
}

/** A timestamp as a text, also as .NET prints it: `/Date(1796033100000+0300)/`. */
const epochPattern = /^\s*(?:\/Date\()?(\d{9,19}(?:\.\d+)?)(?:[+-]\d{4})?(?:\)\/)?\s*$/

/** A date of either version, a timestamp, or PHP's `{date, timezone}`. Null for an empty date and any other form. */
export function readDate(value: unknown): EpochMs | null {
  if (typeof value === 'string') {
    const epoch = epochPattern.exec(value)?.[1]
    return parseDate(value) ?? (epoch === undefined ? null : readEpoch(Number(epoch)))
  }
  if (typeof value === 'number') return readEpoch(value)
  if (!isRecord(value) || typeof value.date !== 'string') return null
  return parseZonedDate(value.date, typeof value.timezone === 'string' ? value.timezone : null)
}

const firstText = (value: JsonObject, fields: readonly string[]): string =>
  fields.map((field) => readText(value[field]).trim()).find((text) => text !== '') ?? ''

const addressFields = ['url', 'link', 'href', 'download_url'] as const
/** What a column without attachments holds. */
const noFile = /^\s*(?:0|-|null|none|false|yok|a:0:\{\})\s*$/i
const fileFields = ['filename', 'file_name', 'name', 'file', 'title', 'path'] as const

function attachmentOf(value: unknown): readonly Attachment[] {
  if (typeof value === 'string') return noFile.test(value) ? noAttachments : attachmentsFrom(value)
  if (!isRecord(value)) return noAttachments
  const [name, address] = [firstText(value, fileFields), firstText(value, addressFields)]
  return name === '' && address === '' ? noAttachments : [namedAttachment(name, address)]
}

/** Reads attachments from a list, an object with numeric keys, a text with one or several attachments, or one object. */
function attachmentsOf(value: unknown): readonly Attachment[] {
  // Most messages have none; sharing the empty list saves 40,000 objects.
  if (value === undefined || value === null || value === '') return noAttachments
  const decoded = decodedOnce(value)
  return (listOf(decoded) ?? [decoded]).flatMap(attachmentOf)
}

/** Some tickets are documented with `attachment`, some with `attachments`. */
export function readAttachments(value: JsonObject): readonly Attachment[] {
  const [plural, singular] = [attachmentsOf(value.attachments), attachmentsOf(value.attachment)]
  if (plural.length === 0) return singular
  return singular.length === 0 ? plural : [...plural, ...singular]
}

/** Tags around a status, which panels colour: `<span style="color:#888">Closed</span>`. */
const tags = /<\/?[a-z][^<>]*>/gi
const statusFields = ['name', 'title', 'text', 'label', 'status'] as const

/** A status, from a text, also with markup, or from an object with its name. */
export function readStatus(value: unknown): string {
  const text = isRecord(value) ? firstText(value, statusFields) : readText(value)
  return text.includes('<') ? text.replace(tags, '').trim() : text
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
