import type { EpochMs } from './ticket.ts'

/** All kinds of errors. The texts for people are in `renderer/lib/i18n` and `desktop/words.ts`. */
export const problemKinds = [
  // credentials
  'unauthorized', // 401
  'forbidden', // 403
  'no-credentials', // the secret is gone: another keychain, or "this run only" and a new run
  'no-address', // the list of accounts was lost, and with it where this one's server is
  'keychain-locked', // the secret is stored, and waits for the keychain's password
  // connection to the server
  'offline', // this machine has no network
  'unreachable', // name not found, connection refused
  'timeout',
  'connection-lost', // reset or cut while talking
  'tls', // certificate not trusted
  'untrusted-issuer', // by its issuer: often a company's own, which looks into every connection
  'issuer-known-to-system', // which the system trusts, and Chromium does not
  'issuer-known-to-nobody', // nor does the system
  'proxy',
  'proxy-sign-in', // it wants a name and a password
  'host-refused', // the person did not want this server to be talked to
  // answers of the server
  'wrong-address', // 404 or a redirect: no ticket API lives there
  'rate-limited', // 429
  'server-error', // 5xx
  'blocked', // 401, 403 and the like as a page: a firewall or a challenge stands before the API
  'refused', // a 4xx or an envelope that says no, with the server's own words
  'web-page', // an HTML page in place of the API's answer
  'empty-answer', // no body where one belongs
  'not-json', // other text
  'truncated', // JSON that ends too early, or fewer bytes than announced
  'unexpected-shape', // JSON, but not the documented shape
  'suspiciously-empty', // an empty list where there were many tickets, until it is seen twice
  'too-large',
  'stopped', // the person stopped it
  // invalid input
  'insecure-address', // plain http to anything but loopback
  'invalid-address',
  'invalid-arguments',
  'unknown-account',
  'unknown-ticket',
  'account-exists',
  'other-customer', // the new key belongs to another customer: the lists share no ticket
  'in-flight', // being sent right now, cannot be changed
  'text-too-long', // longer than `maxTextLength`
  // this machine
  'storage-full',
  'storage-read-only',
  'storage-failed',
  'folder-in-use', // another copy of the app works in it, here or on another computer
  'no-keychain',
  // exporting to a file
  'file-no-room',
  'file-not-allowed',
  'file-not-written',
  'shortcut-taken', // another program has these keys
  'shortcut-invalid', // the system knows no such keys
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
