/**
 * The two ways to the server, both through Chromium's network (the system's proxy and certificates).
 *
 * Chromium sends a request again by itself when a reused connection was reset before an answer came, also a
 * POST: seen as two posts for one `net.fetch`. A ticket API without idempotency keys would then
 * have the same reply twice. So requests that write go through a session of their own, whose connections are
 * all closed before each: on a fresh connection Chromium repeats nothing.
 *
 * Neither is the session of the pages, which has no network (security.ts).
 */
import { session, type Session } from 'electron'
import type { AccountId } from '../../tickets/ticket.ts'
import type { HostGate } from './host-gate.ts'
import type { ProxySignIn } from './proxy-sign-in.ts'
import { UntrustedIssuers } from './untrusted-issuers.ts'

/** What main reads from a network, for all accounts; nothing of it on disk. Once the app is ready. */
export const readingSession = (): Session => session.fromPartition('reads', { cache: false })

export interface AccountNetwork {
  readonly fetch: typeof fetch
  /** One at a time per account: it closes that account's earlier writing connections. */
  readonly writeFetch: typeof fetch
  /** For files of messages, without credentials. */
  readonly fileFetch: typeof fetch
}

const fetchOf =
  (own: Session): typeof fetch =>
  (input, init) =>
    own.fetch(input instanceof URL ? input.href : input, init)

const issuers = new UntrustedIssuers()

/** To hosts that `gate` lets pass. */
export function accountNetwork(accountId: AccountId, proxy: ProxySignIn, gate: HostGate): AccountNetwork {
  const reads = readingSession()
  const writes = session.fromPartition(`writes-${accountId}`, { cache: false })
  const read = issuers.through(reads, proxy.through(reads, fetchOf(reads)))
  const write = issuers.through(
    writes,
    proxy.through(writes, async (input, init) => {
      await writes.closeAllConnections()
      return fetchOf(writes)(input, init)
    })
  )
  return {
    fetch: gate.through(read, 'account'),
    writeFetch: gate.through(write, 'account'),
    fileFetch: gate.through(read, 'file')
  }
}
