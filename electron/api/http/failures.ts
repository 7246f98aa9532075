import type { Problem, ProblemKind } from '../../tickets/problem.ts'
import { ApiProblem } from './problems.ts'

/**
 * Node's codes (undici puts them in `cause`) and Chromium's `net::ERR_…` names, by kind; the first match counts.
 * `before` says that no request can have left when this happens: only then may a write go again unasked.
 */
const failures: readonly {
  readonly names: RegExp
  readonly kind: ProblemKind
  readonly before: boolean
}[] = [
  // The way changed or broke while talking.
  { names: /NETWORK_CHANGED|NETWORK_IO_SUSPENDED/, kind: 'connection-lost', before: false },
  {
    names: /INTERNET_DISCONNECTED|ENETUNREACH|ENETDOWN|NETWORK_ACCESS_DENIED/,
    kind: 'offline',
    before: true
  },
  {
    names: /ERR_(?:MANDATORY_)?PROXY|TUNNEL_CONNECTION|ERR_SOCKS/,
    kind: 'proxy',
    before: true
  },
  {
    // Certificates and handshakes come before the request; other TLS errors may come with the answer.
    names: /CERT|UNABLE_TO_(?:VERIFY|GET)|HANDSHAKE|WRONG_VERSION|UNSUPPORTED_PROTOCOL|VERSION_OR_CIPHER/,
    kind: 'tls',
    before: true
  },
  { names: /ERR_(?:BAD_)?SSL|ERR_TLS|EPROTO/, kind: 'tls', before: false },
  { names: /CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED|Z_BUF_ERROR/, kind: 'truncated', before: false },
  {
    names:
      /ENOTFOUND|EAI_AGAIN|NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|ERR_DNS|ECONNREFUSED|CONNECTION_REFUSED|EHOSTUNREACH|ADDRESS_UNREACHABLE|ADDRESS_INVALID|UNSAFE_PORT|bad port|UND_ERR_CONNECT_TIMEOUT/,
    kind: 'unreachable',
    before: true
  },
  { names: /TIMED_?OUT|TIMEOUT/, kind: 'timeout', before: false },
  { names: /[Rr]edirect/, kind: 'wrong-address', before: false }
]

const field = (of: unknown, name: 'code' | 'syscall' | 'message'): string => {
  const value = typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : ''
}

export interface Failure {
  readonly problem: Problem
  /** Certain: nothing of the request reached the server. */
  readonly neverSent: boolean
}

/** Why a fetch failed before a whole answer was there. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ApiProblem) return { problem: error.problem, neverSent: error.neverSent }
  if (error instanceof Error && error.name === 'TimeoutError')
    return { problem: { kind: 'timeout' }, neverSent: false }
  const cause = error instanceof Error ? error.cause : undefined
  // On a connection that stood, "unreachable" only says that no answer came back.
  const talking = [error, cause].some((one) => ['read', 'write'].includes(field(one, 'syscall')))
  const names = [error, cause].flatMap((one) => [field(one, 'code'), field(one, 'message')]).join(' ')
  const found = talking ? undefined : failures.find((failure) => failure.names.test(names))
  return { problem: { kind: found?.kind ?? 'connection-lost' }, neverSent: found?.before ?? false }
}
