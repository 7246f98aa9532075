/** Interprets the status code and headers of an answer. */
import type { Problem, ProblemKind } from '../../tickets/problem.ts'
import type { EpochMs } from '../../tickets/ticket.ts'

const httpDate = /^[A-Z][a-z]+, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/

/** An HTTP date, by the server's clock; null if missing or invalid. */
export function dateHeader(value: string | null): EpochMs | null {
  const at = httpDate.test(value ?? '') ? Date.parse(value ?? '') : Number.NaN
  return Number.isNaN(at) ? null : at
}

/**
 * `Retry-After` (seconds or an HTTP date) by this machine's clock: a date is taken relative to the answer's `Date` header if
 * there is one, since the two clocks may differ. Null if missing or invalid. At most one day ahead.
 */
function retryAfter(headers: Headers, now: EpochMs): EpochMs | null {
  const text = headers.get('retry-after')?.trim() ?? ''
  const serverNow = dateHeader(headers.get('date')) ?? now
  const date = dateHeader(text)
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : date === null ? null : date - serverNow
  return wait === null ? null : now + Math.min(Math.max(wait, 0), 86_400_000)
}

/** The problem kind of a status code other than 2xx. */
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

/** Status codes that firewalls and browser challenges use. */
const firewallStatuses = new Set([401, 403, 406, 409, 418, 451])

/** `isPage`: the answer is a web page and does not come from the API. */
export function problemOfStatus(
  status: number,
  headers: Headers,
  serverMessage: string | undefined,
  isPage: boolean,
  now: EpochMs
): Problem {
  const kind = isPage && firewallStatuses.has(status) ? 'blocked' : kindOfStatus(status)
  const retryAt = retryAfter(headers, now)
  return {
    // A 404 with a message of the API means a missing ticket, not a wrong address.
    kind: status === 404 && serverMessage !== undefined ? 'refused' : kind,
    httpStatus: status,
    ...(serverMessage === undefined ? {} : { serverMessage }),
    ...(retryAt === null ? {} : { retryAt })
  }
}
