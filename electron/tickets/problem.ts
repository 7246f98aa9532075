import type { EpochMs } from './ticket.ts'

/** All kinds of errors. The texts for people are in `renderer/lib/i18n` and `desktop/words.ts`. */
export const problemKinds = [
  // credentials
  'unauthorized', // 401
  'forbidden', // 403
  'no-credentials', // the secret cannot be read (another keychain), or was kept for an earlier run only
  'no-address', // the list of accounts was lost, with this account's address
  'keychain-locked', // the secret is stored in a keychain that is locked
  // connection to the server
  'offline', // this machine has no network
  'unreachable', // name not found, connection refused
  'timeout',
  'connection-lost', // the connection was reset or closed during the request
  'tls', // certificate not trusted
  'untrusted-issuer', // unknown issuer, often of a company proxy that inspects TLS
  'issuer-known-to-system', // the system trusts the issuer, but Chromium does not
  'issuer-known-to-nobody', // neither the system nor Chromium trusts the issuer
  'proxy',
  'proxy-sign-in', // the proxy requires a user name and a password
  'host-refused', // the person did not allow contacting this server
  // answers of the server
  'wrong-address', // 404 or a redirect: there is no ticket API
  'rate-limited', // 429
  'server-error', // 5xx
  'blocked', // a web page with 401, 403 etc.: a firewall or browser challenge in front of the API
  'refused', // a 4xx or an answer that reports failure, with the server's message
  'web-page', // an HTML page in place of the API's answer
  'empty-answer', // the answer has no body
  'not-json', // other text
  'truncated', // JSON that ends too early, or fewer bytes than announced
  'unexpected-shape', // JSON, but not the documented shape
  'suspiciously-empty', // an empty list after one with many tickets, until a second list confirms it
  'too-large',
  'stopped', // cancelled by the person
  // invalid input
  'insecure-address', // plain http to anything but loopback
  'invalid-address',
  'invalid-arguments',
  'unknown-account',
  'unknown-ticket',
  'account-exists',
  'other-customer', // the new key belongs to another customer: the lists share no ticket
  'in-flight', // the entry is being sent and cannot be changed
  'text-too-long', // longer than `maxTextLength`
  // this machine
  'storage-full',
  'storage-read-only',
  'storage-failed',
  'folder-in-use', // another instance of the app uses the folder, here or on another computer
  'no-keychain',
  // exporting to a file
  'file-no-room',
  'file-not-allowed',
  'file-not-written',
  // importing from a file
  'file-not-read',
  'import-damaged', // not a file that this app has exported, or changed since
  'import-too-large', // together with what is here there would be more saved replies, tags or searches than allowed
  'import-newer', // exported by a later version of the app
  'shortcut-taken', // another program uses this shortcut
  'shortcut-invalid', // the system does not know these keys
  'internal'
] as const

export type ProblemKind = (typeof problemKinds)[number]

/** An error as data, which can be sent over IPC and stored. Never contains a secret. */
export interface Problem {
  readonly kind: ProblemKind
  /** Message of the server as plain text, at most 500 characters. */
  readonly serverMessage?: string
  readonly httpStatus?: number
  /** When the server allows the next request. */
  readonly retryAt?: EpochMs
  /** The invalid argument, e.g. `baseUrl`. */
  readonly field?: string
}
