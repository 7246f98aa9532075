import { cleanText } from '../tickets/text.ts'
import type { Problem, ProblemKind } from '../tickets/problem.ts'
import type { EpochMs } from '../tickets/ticket.ts'

/** Thrown inside this room only; every method of TicketApi turns it into data. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.kind)
    this.problem = problem
  }
}

/** Server's words as text for people: no markup, one paragraph, at most 500 characters; undefined when nothing is left. */
export function serverWords(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = cleanText(value)
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (text === '' || /<[a-z!/]/i.test(text)) return undefined
  return text.length > 500 ? `${text.slice(0, 499)}…` : text
}

/** `Retry-After` in seconds or as an HTTP date; null when missing or senseless. At most a day ahead. */
export function retryAfter(header: string | null, now: EpochMs): EpochMs | null {
  if (header === null) return null
  const text = header.trim()
  const at = /^\d{1,9}$/.test(text) ? now + Number(text) * 1000 : Date.parse(text)
  if (Number.isNaN(at)) return null
  return Math.min(Math.max(at, now), now + 86_400_000)
}

/** The kind of a non-2xx answer by its HTTP code. */
function kindOfStatus(status: number): ProblemKind {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 405 || status === 410 || (status >= 300 && status < 400))
    return 'wrong-address'
  if (status === 407) return 'proxy'
  if (status === 408) return 'timeout'
  if (status === 413) return 'refused'
  if (status === 429) return 'rate-limited'
  return status >= 500 ? 'server-error' : 'refused'
}

export function problemOfStatus(
  status: number,
  headers: Headers,
  words: string | undefined,
  now: EpochMs
): Problem {
  const kind = kindOfStatus(status)
  const retryAt =
    kind === 'rate-limited' || kind === 'server-error' ? retryAfter(headers.get('retry-after'), now) : null
  return {
    // A 404 with the API's own words is about a ticket, not about the address.
    kind: status === 404 && words !== undefined ? 'refused' : kind,
    httpStatus: status,
    ...(words === undefined ? {} : { serverMessage: words }),
    ...(retryAt === null ? {} : { retryAt })
  }
}

/** Node's codes (undici puts them in `cause`) and Chromium's `net::ERR_…` names, by kind. First match counts. */
const failures: readonly (readonly [RegExp, ProblemKind])[] = [
  [/INTERNET_DISCONNECTED|NETWORK_CHANGED|ENETUNREACH|ENETDOWN|NETWORK_ACCESS_DENIED/, 'offline'],
  [/PROXY|TUNNEL_CONNECTION/, 'proxy'],
  [/CERT|SSL|TLS|UNABLE_TO_VERIFY|SELF_SIGNED|ERR_BAD_SSL/, 'tls'],
  [/TIMED_OUT|TIMEOUT/, 'timeout'],
  [/CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED|UND_ERR_RES_CONTENT_LENGTH/, 'truncated'],
  [
    /ENOTFOUND|EAI_AGAIN|NAME_NOT_RESOLVED|ECONNREFUSED|CONNECTION_REFUSED|EHOSTUNREACH|ADDRESS_UNREACHABLE|ADDRESS_INVALID|UNSAFE_PORT|bad port/,
    'unreachable'
  ],
  [/[Rr]edirect/, 'wrong-address']
]

/** Why a fetch failed before a whole answer was there. */
export function problemOfFailure(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem
  const cause = error instanceof Error ? error.cause : undefined
  const code = (of: unknown): string => (of instanceof Error && 'code' in of ? String(of.code) : '')
  const text = [
    code(error),
    error instanceof Error ? error.message : '',
    code(cause),
    cause instanceof Error ? cause.message : ''
  ].join(' ')
  if (error instanceof Error && error.name === 'TimeoutError') return { kind: 'timeout' }
  const found = failures.find(([pattern]) => pattern.test(text))
  return { kind: found?.[1] ?? 'connection-lost' }
}
