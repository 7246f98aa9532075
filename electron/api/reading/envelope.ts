/** The fields around the data of an answer: status, message and list. */
import { ApiProblem } from '../api-problem.ts'
import { isRecord, parseJson } from '../../tickets/json.ts'
import type { ProblemKind } from '../../tickets/problem.ts'
import { listOf, type JsonObject } from './fields.ts'
import { cleanServerMessage } from './server-message.ts'

/** Fields that say whether a request succeeded, in the order of their meaning: documented, then common elsewhere. */
const successFields = ['status', 'success', 'result'] as const
const isEnvelope = (value: unknown): value is JsonObject =>
  isRecord(value) && ['data', ...successFields].some((field) => field in value && !isRecord(value[field]))

/** The object with status and data, also if a gateway wrapped it once more (`{"result": {…}}`, `[{…}]`). */
function envelopeOf(body: unknown): JsonObject | null {
  if (isEnvelope(body)) return body
  const inner = Array.isArray(body) || isRecord(body) ? Object.values(body as object) : []
  // An object with an id is a ticket, whose status and message are its own.
  if (inner.length === 1 && isEnvelope(inner[0]) && inner[0].id === undefined) return inner[0]
  return isRecord(body) ? body : null
}

/** What programs print as text in place of no error. */
const noError = /^(?:0|false|null|none)$/i

function errorIn({ error, errors }: JsonObject): string | undefined {
  const text = cleanServerMessage(error)
  return text !== undefined && !noError.test(text) ? text : cleanServerMessage(errors)
}

/** The error that an answer names, whatever its status says. */
export function readErrorText(body: unknown): string | undefined {
  const envelope = envelopeOf(body)
  return envelope ? errorIn(envelope) : undefined
}

/** The server's message in an answer of either version. */
export function readMessage(body: unknown): string | undefined {
  const envelope = envelopeOf(body)
  return envelope ? (errorIn(envelope) ?? cleanServerMessage(envelope.message)) : undefined
}

const successWord = /^(?:success(?:ful)?|true|ok|1|2\d\d|başarılı|basarili)$/i
/** A code of 500 or more says nothing about what was executed before the error. */
const failureWord = /^(?:error|fail|failed|failure|false|0|4\d\d|hata|başarısız|basarisiz)$/i

function statusWord(body: unknown): string | null {
  const envelope = envelopeOf(body)
  const field = successFields.find((name) => envelope?.[name] !== undefined)
  const value = envelope && field ? envelope[field] : null
  return typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number'
    ? String(value).trim()
    : null
}

/**
 * Whether the answer reports success: v1 `"success"`, v2 `true`, the forms that PHP prints for `true`, and HTTP codes in the
 * body. Null for any other text: a wrong guess could lose a ticket or send it twice.
 */
export function readSuccess(body: unknown): boolean | null {
  const word = statusWord(body)
  if (word === null) return null
  if (successWord.test(word)) return true
  return failureWord.test(word) ? false : null
}

const kindsByCode: Readonly<Record<string, ProblemKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  429: 'rate-limited'
}

/** The kind of a failure that is reported with HTTP 200 and a code in the body. */
function failureKind(body: unknown): ProblemKind {
  const envelope = envelopeOf(body)
  const codes = [statusWord(body), envelope?.code, envelope?.statusCode, envelope?.status_code]
  return codes.map((code) => kindsByCode[String(code)]).find((kind) => kind !== undefined) ?? 'refused'
}

/** Whether the answer says that it is one page of several. */
function isOnePageOf(envelope: JsonObject): boolean {
  const places = [envelope, envelope.meta, envelope.links, envelope.data].filter(isRecord)
  const pages = places.flatMap(({ last_page, total_pages }) => [last_page, total_pages]).map(Number)
  const next = places.flatMap(({ next_page_url, next: link }) => [next_page_url, link])
  return pages.some((page) => page > 1) || next.some((link) => typeof link === 'string' && link !== '')
}

/** The list in `data`: as it is, as JSON in a text, in a further `data`, by names, or a single ticket. Null if there is none. */
function elementsOf(data: unknown): readonly unknown[] | null {
  const value = typeof data === 'string' ? parseJson(data) : data
  const list = listOf(value)
  if (list || !isRecord(value)) return list
  if (value.id !== undefined) return [value]
  if (value.data !== undefined) return listOf(value.data)
  const values = Object.values(value)
  return values.every((one) => isRecord(one) && one.id !== undefined) ? values : null
}

/**
 * The elements of the list `data`. With `needsStatus`, an answer must also report success in `status`. For one page of several
 * a last element that is unreadable stands for the tickets of the others, so that they are not taken for removed. Throws
 * ApiProblem: `refused`, or what a code in the body says, if the answer reports failure; `unexpected-shape` if it has no list.
 */
export function readData(
  body: unknown,
  { needsStatus }: { readonly needsStatus: boolean }
): readonly unknown[] {
  const envelope = envelopeOf(body)
  if (!envelope) throw new ApiProblem({ kind: 'unexpected-shape' })
  const success = readSuccess(body)
  const serverMessage = readMessage(body)
  const words = serverMessage ? { serverMessage } : {}
  if (success === false) throw new ApiProblem({ kind: failureKind(body), ...words })
  if (/^5\d\d$/.test(statusWord(body) ?? '')) throw new ApiProblem({ kind: 'server-error', ...words })
  if (needsStatus && success !== true) throw new ApiProblem({ kind: 'unexpected-shape' })
  // PHP also prints an empty list as null, false or an empty string.
  if (envelope.data === null || envelope.data === false || envelope.data === '') return []
  const data = elementsOf(envelope.data)
  if (data === null) throw new ApiProblem({ kind: 'unexpected-shape' })
  return isOnePageOf(envelope) ? [...data, null] : data
}
