/** What the status line and the headers of an answer mean. */
import type { Problem, ProblemKind } from '../../tickets/problem.ts'
import type { EpochMs } from '../../tickets/ticket.ts'

const httpDate = /^[A-Z][a-z]+, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/

/** A date of HTTP, by the server's clock; null when missing or senseless. */
export function dateHeader(value: string | null): EpochMs | null {
  const at = httpDate.test(value ?? '') ? Date.parse(value ?? '') : Number.NaN
  return Number.isNaN(at) ? null : at
}

/**
 * `Retry-After` in seconds or as an HTTP date, by this machine's clock: a date is set off against the answer's
 * own `Date` where there is one, since the two clocks differ. Null when missing or senseless. At most a day ahead.
 */
function retryAfter(headers: Headers, now: EpochMs): EpochMs | null {
  const text = headers.get('retry-after')?.trim() ?? ''
  const serverNow = dateHeader(headers.get('date')) ?? now
  const date = dateHeader(text)
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : date === null ? null : date - serverNow
  return wait === null ? null : now + Math.min(Math.max(wait, 0), 86_400_000)
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

/** Codes with which firewalls and challenges answer, in place of the API. */
const firewallStatuses = new Set([401, 403, 406, 409, 418, 451])

/** `isPage`: the answer is a page for a browser, not the API's. */
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
    // A 404 with the API's own words is about a ticket, not about the address.
    kind: status === 404 && serverMessage !== undefined ? 'refused' : kind,
    httpStatus: status,
    ...(serverMessage === undefined ? {} : { serverMessage }),
    ...(retryAt === null ? {} : { retryAt })
  }
}
