/** The fields around the data of an answer: status, message and list. */
import { ApiProblem } from '../api-problem.ts'
import { isRecord, parseJson } from '../../tickets/json.ts'
import type { ProblemKind } from '../../tickets/problem.ts'
import { fold } from '../../tickets/text/turkish.ts'
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

const successWord = /^(?:success(?:ful)?|true|ok|1|2\d\d|basarili)$/
/** A code of 500 or more says nothing about what was executed before the error. */
const failureWord = /^(?:error|fail|failed|failure|false|0|4\d\d|hata|basarisiz)$/

/** Folded: in lower case, with ASCII letters only. */
function statusWord(body: unknown): string | null {
  const envelope = envelopeOf(body)
  const field = successFields.find((name) => envelope?.[name] !== undefined)
  const value = envelope && field ? envelope[field] : null
  return typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number'
    ? fold(String(value).trim())
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

const pageFields = ['last_page', 'lastPage', 'total_pages', 'totalPages', 'page_count', 'pageCount'] as const
const nextFields = ['next_page_url', 'nextPageUrl', 'next_page', 'nextPage', 'next'] as const
const moreFields = ['has_more', 'hasMore', 'has_next', 'hasNext'] as const
/** How many there are, and how many of them a page has. */
const countFields = [
  ['total', 'per_page'],
  ['totalresults', 'numreturned']
] as const

/** Whether these fields say that there are more pages than this one. */
const namesMorePages = (place: JsonObject): boolean =>
  pageFields.some((field) => Number(place[field]) > 1) ||
  nextFields.some((field) => {
    const next = place[field]
    return (typeof next === 'string' && next !== '') || typeof next === 'number' || isRecord(next)
  }) ||
  moreFields.some((field) => place[field] === true) ||
  countFields.some(([all, some]) => Number(place[all]) > Number(place[some]))

/** Whether the answer says that it is one page of several. */
function isOnePageOf(envelope: JsonObject): boolean {
  const { meta, data } = envelope
  const inMeta = isRecord(meta) ? [meta, meta.pagination] : []
  const inData = isRecord(data) ? [data, data.meta, data.links, data.pagination] : []
  const places = [envelope, envelope.links, envelope.pagination, envelope.paging, ...inMeta, ...inData]
  return places.filter(isRecord).some(namesMorePages)
}

/**
 * Fields that have the list where `data` has none. They are no proof of an empty list, which would remove all tickets; nor is
 * `data` deeper than once inside itself.
 */
const listFields = ['tickets', 'ticket', 'services', 'items', 'results', 'records', 'rows', 'list'] as const
/** How often a list may be wrapped: `{"data":{"tickets":{"ticket":[…]}}}`. */
const maxWrappings = 3

/** The list in `data` or in a field of another name; null if there is none. */
function listIn(value: JsonObject, wrappings = 0): readonly unknown[] | null {
  if (wrappings > maxWrappings) return null
  const field = value.data === undefined ? listFields.find((name) => value[name] !== undefined) : 'data'
  const list = field === undefined ? null : elementsOf(value[field], wrappings)
  const isProof = field === 'data' && wrappings < 2
  return list?.length === 0 && !isProof ? null : list
}

/** A list as it is, as JSON in a text, in a field, by names, or a single ticket. Null if there is none. */
function elementsOf(data: unknown, wrappings: number): readonly unknown[] | null {
  const value = typeof data === 'string' ? parseJson(data) : data
  const list = listOf(value)
  if (list || !isRecord(value)) return list
  if (value.id !== undefined) return [value]
  const inner = listIn(value, wrappings + 1)
  if (inner) return inner
  const values = Object.values(value)
  return values.every((one) => isRecord(one) && one.id !== undefined) ? values : null
}

/**
 * The elements of the list. With `needsStatus`, an answer must also report success in `status`. For one page of several
 * a last element that is unreadable stands for the tickets of the others, so that they are not taken for removed. Throws
 * ApiProblem: `refused`, or what a code in the body says, if the answer reports failure, or names an error in place of a list;
 * `unexpected-shape` if it has no list.
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
  const isError = envelope.data === undefined && errorIn(envelope) !== undefined
  if (success === false || isError) throw new ApiProblem({ kind: failureKind(body), ...words })
  if (/^5\d\d$/.test(statusWord(body) ?? '')) throw new ApiProblem({ kind: 'server-error', ...words })
  if (needsStatus && success !== true) throw new ApiProblem({ kind: 'unexpected-shape' })
  // PHP also prints an empty list as null, false or an empty string.
  if (envelope.data === null || envelope.data === false || envelope.data === '') return []
  const data = listIn(envelope)
  if (data === null) throw new ApiProblem({ kind: 'unexpected-shape' })
  return isOnePageOf(envelope) ? [...data, null] : data
}
