import type { EpochMs } from './ticket.ts'

/** Everything that can go wrong, by kind. The words for people are made where they are shown. */
export const problemKinds = [
  // proof of who asks
  'unauthorized', // 401
  'forbidden', // 403
  'no-credentials', // the secret is gone: another keychain, or "this run only" and a new run
  'no-address', // the list of accounts was lost, and with it where this one's server is
  'keychain-locked', // the secret is stored, and waits for the keychain's password
  // the way to the server
  'offline', // this machine has no network
  'unreachable', // name not found, connection refused
  'timeout',
  'connection-lost', // reset or cut while talking
  'tls', // certificate not trusted
  'untrusted-issuer', // by its issuer: often a company's own, which looks into every connection
  'proxy',
  'proxy-sign-in', // it wants a name and a password
  // what the server said
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
  // what this app was asked to do
  'insecure-address', // plain http to anything but loopback
  'invalid-address',
  'invalid-arguments',
  'unknown-account',
  'unknown-ticket',
  'account-exists',
  'other-customer', // the new key belongs to another customer: the lists share no ticket
  'in-flight', // being sent right now, cannot be changed
  'text-too-long', // longer than `longestText`
  'other-draft', // another new ticket is being written
  // this machine
  'storage-full',
  'storage-read-only',
  'storage-failed',
  'folder-in-use', // another copy of the app works in it, here or on another computer
  'no-keychain',
  // a file that the person chose to write
  'file-no-room',
  'file-not-allowed',
  'file-not-written',
  'shortcut-taken', // another program has these keys
  'shortcut-invalid', // the system knows no such keys
  'internal'
] as const

export type ProblemKind = (typeof problemKinds)[number]

/** An error as data, fit to cross IPC and to be stored. Never carries a secret. */
export interface Problem {
  readonly kind: ProblemKind
  /** The server's own words, as plain text, cut to 500 characters. */
  readonly serverMessage?: string
  readonly httpStatus?: number
  /** When the server allows the next request. */
  readonly retryAt?: EpochMs
  /** Which argument is meant, e.g. `baseUrl`. */
  readonly field?: string
}
