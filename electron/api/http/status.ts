/** Interprets the status code and headers of an answer. */
import type { Problem, ProblemKind } from '../../tickets/problem.ts'
import type { EpochMs } from '../../tickets/ticket.ts'

const httpDate = /^[A-Z][a-z]+, \d{1,2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]\d{4})$/

/** An HTTP date, by the server's clock; null if missing or invalid. */
export function dateHeader(value: string | null): EpochMs | null {
  const at = httpDate.test(value ?? '') ? Date.parse(value ?? '') : Number.NaN
  return Number.isNaN(at) ? null : at
}

/** Numbers of seconds from here on are moments, in seconds since 1970. */
const minEpochSeconds = 1e9

/** Milliseconds to wait, from seconds, a moment or a date; null for anything else. */
function waitOf(text: string, serverNow: EpochMs): number | null {
  const seconds = /^\+?(\d{1,10}(?:\.\d+)?) ?s?$/.exec(text)?.[1]
  if (seconds !== undefined) {
    const ms = Math.ceil(Number(seconds) * 1000)
    return Number(seconds) < minEpochSeconds ? ms : ms - serverNow
  }
  const date =
    dateHeader(text) ??
    (/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN)
  return Number.isNaN(date) ? null : date - serverNow
}

/**
 * `Retry-After` (seconds or a date), else when a rate limit is reset, by this machine's clock: a date is taken relative to the
 * answer's `Date` header if there is one, since the two clocks may differ. Null if missing or invalid. At most one day ahead.
 */
function retryAfter(status: number, headers: Headers, now: EpochMs): EpochMs | null {
  const serverNow = dateHeader(headers.get('date')) ?? now
  const names = ['retry-after', ...(status === 429 ? ['x-ratelimit-reset', 'ratelimit-reset'] : [])]
  for (const name of names) {
    // The same header from the application and from a proxy is joined by a comma, which dates have, too.
    const text = headers.get(name)?.trim() ?? ''
    const wait = waitOf(text, serverNow) ?? waitOf(text.replace(/,.*$/s, '').trim(), serverNow)
    if (wait !== null) return now + Math.min(Math.max(wait, 0), 86_400_000)
  }
  return null
}

/** The problem kind of a status code other than 2xx. */
function kindOfStatus(status: number): ProblemKind {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 405 || status === 410 || (status >= 300 && status < 400))
    return 'wrong-address'
  if (status === 407) return 'proxy'
  // The connection was not meant for this request: it may be sent again.
  if (status === 421 || status === 425) return 'server-error'
  if (status === 408) return 'timeout'
  if (status === 413) return 'refused'
  // A network that wants its own sign-in page first, of a hotel for example.
  if (status === 511) return 'web-page'
  if (status === 429) return 'rate-limited'
  return status >= 500 ? 'server-error' : 'refused'
}

/** Status codes with which firewalls and browser challenges send their page. */
const firewallStatuses = new Set([401, 403, 406, 409, 415, 418, 451])
/** How firewalls name themselves in answers without a page. */
const firewallWords =
  /^error code: 1\d{3}$|"cloudflare_error": ?true|^rbac: access denied$|imunify360|bot[- ]protection|mod_?security|web application firewall|incapsula|sucuri|bitninja/i
/** Headers of firewalls that ask for proof of a person. */
const firewallHeaders = ['cf-mitigated', 'x-amzn-waf-action', 'x-sucuri-block'] as const

/** The body of a refusal. */
export interface RefusalBody {
  /** The message of the API, if the body is JSON with one. */
  readonly serverMessage: string | undefined
  /** Whether it is JSON. */
  readonly isJson: boolean
  /** Whether it is markup, which does not come from the API. */
  readonly isMarkup: boolean
  /** Its beginning. */
  readonly text: string
}

/** Whether a firewall or a challenge of the browser answered in place of the API. */
function isBlocked(status: number, headers: Headers, { isJson, isMarkup, text }: RefusalBody): boolean {
  if (status >= 500 || status === 429) return false
  if (firewallHeaders.some((name) => headers.has(name)) || firewallWords.test(text)) return true
  const isPage = isMarkup || (text !== '' && /\bhtml\b/i.test(headers.get('content-type') ?? ''))
  return firewallStatuses.has(status) && !isJson && isPage
}

export function problemOfStatus(status: number, headers: Headers, body: RefusalBody, now: EpochMs): Problem {
  const { serverMessage } = body
  const kind = isBlocked(status, headers, body) ? 'blocked' : kindOfStatus(status)
  const retryAt = retryAfter(status, headers, now)
  return {
    // A 404 with a message of the API means a missing ticket, not a wrong address.
    kind: status === 404 && serverMessage !== undefined ? 'refused' : kind,
    httpStatus: status,
    ...(serverMessage === undefined ? {} : { serverMessage }),
    ...(retryAt === null ? {} : { retryAt })
  }
}
