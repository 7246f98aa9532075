/**
 * The two sessions for requests to a server, both through Chromium's network stack (system proxy and certificates).
 *
 * Chromium repeats a request by itself, even a POST, if a reused connection was reset before an answer came; two posts
 * were seen for one `net.fetch`. A ticket API without idempotency keys would store the reply twice. So requests that
 * write use a session of their own, whose connections are all closed before each request: on a fresh connection
 * Chromium repeats nothing.
 *
 * Both differ from the session of the pages, which has no network (security.ts).
 */
import { session, type Session } from 'electron'
import type { AccountId } from '../../tickets/ticket.ts'
import type { HostGate } from './host-gate.ts'
import type { ProxySignIn } from './proxy-sign-in.ts'
import { UntrustedIssuers } from './untrusted-issuers.ts'

/** Session for reading requests of all accounts; in memory only. Call it once the app is ready. */
export const readingSession = (): Session => session.fromPartition('reads', { cache: false })

export interface AccountNetwork {
  readonly fetch: typeof fetch
  /** One request at a time per account: each call closes the account's earlier writing connections. */
  readonly writeFetch: typeof fetch
  /** For attachments, without credentials. */
  readonly fileFetch: typeof fetch
}

const fetchOf =
  (own: Session): typeof fetch =>
  (input, init) =>
    own.fetch(input instanceof URL ? input.href : input, init)

const issuers = new UntrustedIssuers()

function writingFetch(accountId: AccountId, proxy: ProxySignIn): typeof fetch {
  const writes = session.fromPartition(`writes-${accountId}`, { cache: false })
  const send = fetchOf(writes)
  return issuers.through(
    writes,
    proxy.through(writes, async (...args) => {
      await writes.closeAllConnections()
      return send(...args)
    })
  )
}

/** The network functions of one account; requests pass `gate`. */
export function accountNetwork(accountId: AccountId, proxy: ProxySignIn, gate: HostGate): AccountNetwork {
  const reads = readingSession()
  const read = issuers.through(reads, proxy.through(reads, fetchOf(reads)))
  let write: typeof fetch | null = null
  return {
    fetch: gate.through(read, 'account'),
    // The session is made for the first write: it takes memory in two processes, and most runs write to few accounts.
    writeFetch: gate.through((...args) => (write ??= writingFetch(accountId, proxy))(...args), 'account'),
    fileFetch: gate.through(read, 'file')
  }
}
