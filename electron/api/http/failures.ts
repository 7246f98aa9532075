import { isRecord } from '../../tickets/json.ts'
import type { Problem, ProblemKind } from '../../tickets/problem.ts'
import { ApiProblem } from '../api-problem.ts'

/**
 * Node's codes (undici puts them in `cause`) and Chromium's `net::ERR_…` names, by kind; the first match counts.
 * `beforeSending`: the request cannot have been sent when this occurs; only then may a write be repeated automatically.
 */
const failurePatterns: readonly {
  readonly names: RegExp
  readonly kind: ProblemKind
  readonly beforeSending: boolean
}[] = [
  // The network changed or went to sleep while the request was under way.
  { names: /NETWORK_CHANGED|NETWORK_IO_SUSPENDED/, kind: 'connection-lost', beforeSending: false },
  {
    names: /INTERNET_DISCONNECTED|ENETUNREACH|ENETDOWN|NETWORK_ACCESS_DENIED/,
    kind: 'offline',
    beforeSending: true
  },
  // Our own code, from desktop/security/proxy-sign-in.ts.
  { names: /ERR_PROXY_AUTH/, kind: 'proxy-sign-in', beforeSending: true },
  {
    names: /ERR_(?:MANDATORY_)?PROXY|TUNNEL_CONNECTION|ERR_SOCKS/,
    kind: 'proxy',
    beforeSending: true
  },
  // Set by desktop/security/system-trust.ts, which has checked the system's certificate store.
  { names: /CERT_AUTHORITY_KNOWN_TO_SYSTEM/, kind: 'issuer-known-to-system', beforeSending: true },
  { names: /CERT_AUTHORITY_KNOWN_TO_NOBODY/, kind: 'issuer-known-to-nobody', beforeSending: true },
  {
    // Names of Chromium and of OpenSSL (Node): no trusted authority has signed the certificate.
    names: /CERT_AUTHORITY_INVALID|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|SELF_SIGNED_CERT/,
    kind: 'untrusted-issuer',
    beforeSending: true
  },
  {
    // Certificate and handshake errors occur before the request; other TLS errors may occur with the answer.
    names: /CERT|UNABLE_TO_(?:VERIFY|GET)|HANDSHAKE|WRONG_VERSION|UNSUPPORTED_PROTOCOL|VERSION_OR_CIPHER/,
    kind: 'tls',
    beforeSending: true
  },
  { names: /ERR_(?:BAD_)?SSL|ERR_TLS|EPROTO/, kind: 'tls', beforeSending: false },
  // A compressed answer that is not what its header says.
  { names: /Z_DATA_ERROR|ERR_(?:_?BROTLI|_ZLIB)|CONTENT_DECODING/, kind: 'not-json', beforeSending: false },
  {
    names: /CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED|Z_BUF_ERROR/,
    kind: 'truncated',
    beforeSending: false
  },
  {
    names:
      /ENOTFOUND|EAI_AGAIN|NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|ERR_DNS|ECONNREFUSED|CONNECTION_REFUSED|EHOSTUNREACH|ADDRESS_UNREACHABLE|ADDRESS_INVALID|UNSAFE_PORT|bad port|UND_ERR_CONNECT_TIMEOUT/,
    kind: 'unreachable',
    beforeSending: true
  },
  { names: /TIMED_?OUT|TIMEOUT/, kind: 'timeout', beforeSending: false },
  { names: /[Rr]edirect/, kind: 'wrong-address', beforeSending: false }
]

const stringField = (value: unknown, name: 'code' | 'syscall' | 'message'): string => {
  const text = isRecord(value) ? value[name] : undefined
  return typeof text === 'string' ? text : ''
}

export interface Failure {
  readonly problem: Problem
  /** True only if certainly nothing of the request reached the server. */
  readonly neverSent: boolean
}

/** Classifies an error thrown before a complete answer was received. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ApiProblem) return { problem: error.problem, neverSent: error.neverSent }
  if (error instanceof Error && error.name === 'TimeoutError')
    return { problem: { kind: 'timeout' }, neverSent: false }
  const cause = error instanceof Error ? error.cause : undefined
  // On an established connection, "unreachable" only means that no answer came back.
  const wasConnected = [error, cause].some((thrown) =>
    ['read', 'write'].includes(stringField(thrown, 'syscall'))
  )
  const names = [error, cause]
    .flatMap((thrown) => [stringField(thrown, 'code'), stringField(thrown, 'message')])
    .join(' ')
  const found = wasConnected ? undefined : failurePatterns.find((pattern) => pattern.names.test(names))
  return { problem: { kind: found?.kind ?? 'connection-lost' }, neverSent: found?.beforeSending ?? false }
}
