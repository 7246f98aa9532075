/**
 * The fields of a ticket in every form that servers of this kind write them. A form that is unknown here is nothing:
 * it never costs the ticket it stands in. Written by hand, for it runs over 40,000 objects per list.
 */
import { isRecord } from '../../tickets/json.ts'
import { attachmentsFrom, namedAttachment } from '../../tickets/text/attachments.ts'
import { parseDate, parseZonedDate } from '../../tickets/text/dates.ts'
import { cleanLine, cleanText } from '../../tickets/text/text.ts'
import type { Attachment, EpochMs } from '../../tickets/ticket.ts'

export type JsonObject = Readonly<Record<string, unknown>>

const noAttachments: readonly Attachment[] = []

/** A list, or what PHP makes of one with gaps: an object with numbers for keys, in their order. Null for anything else. */
export function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[]
  // Keys that are whole numbers come first and ascending, whichever way they were written.
  return isRecord(value) && Object.keys(value).every((key) => /^\d{1,15}$/.test(key))
    ? Object.values(value)
    : null
}

/** Ids come as numbers or numeric strings. Null for anything else. */
export function readId(value: unknown): number | null {
  const id = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : null
}

/** Text or nothing. A number is its digits. */
export function readText(value: unknown): string {
  if (typeof value === 'string') return cleanText(value)
  return typeof value === 'number' ? String(value) : ''
}

/** Seconds from here on are milliseconds: as seconds they would lie in the year 5138. */
const firstMilliseconds = 1e11

/** Seconds or milliseconds since 1970; 0 is how some servers write no date. */
function readEpoch(value: number): EpochMs | null {
  if (!Number.isFinite(value) || value <= 0) return null
  const at = Math.floor(value >= firstMilliseconds ? value : value * 1000)
  return at <= 8.64e15 ? at : null
}

/** A text of either version, an epoch, or PHP's `{date, timezone}`. Null for an empty date and any other form. */
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

/** A list, a map with numbers for keys, one text of several, or one object. */
function attachmentsOf(value: unknown): readonly Attachment[] {
  // Nearly all have none: 40,000 empty lists would be 40,000 objects.
  if (value === undefined || value === null || value === '') return noAttachments
  return (listOf(value) ?? [value]).flatMap(attachmentOf)
}

/** Some tickets are documented with `attachment`, some with `attachments`. */
export function readAttachments(value: JsonObject): readonly Attachment[] {
  const [plural, singular] = [attachmentsOf(value.attachments), attachmentsOf(value.attachment)]
  if (plural.length === 0) return singular
  return singular.length === 0 ? plural : [...plural, ...singular]
}

/** Names by what the server wrote: a list has tens of thousands of them and few people. */
const visibleNames = new Map<string, string | null>()

/** Null when nobody can see it. */
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
 * Who spoke: their name; empty where the server says that somebody did and not who (a number, `true`, an object with an
 * id); null for nobody, which servers write as blank text, `0`, `false`, null or an empty list.
 */
export function readPerson(value: unknown): string | null {
  if (typeof value === 'string') return value === '0' ? null : visibleName(value)
  if (typeof value === 'number') return value > 0 ? String(value) : null
  if (value === true) return ''
  return isRecord(value) ? nameInRecord(value) : null
}
