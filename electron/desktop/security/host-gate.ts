/**
 * Limits the hosts that the main process talks to. Windows pass addresses to `accounts.connect`, `accounts.reconnect`
 * and `attachments.*`; a script injected into a page could use these to send data anywhere. So the person is asked once
 * about each host that is neither Netinternet's nor an account's, and requests to hosts that were not allowed fail.
 */
import { checkAddress, isEncryptedOrLocal, withScheme } from '../../api/address.ts'
import { ApiProblem } from '../../api/api-problem.ts'
import { parseUrl } from '../../tickets/text/url.ts'

/** Host that new accounts connect to unless another address is typed; also the form's default. */
export const defaultHost = 'api.ni.net.tr'

/**
 * `account`: tickets and credentials are sent to the host. `file`: an attachment is fetched from it, without
 * credentials.
 */
export type HostPurpose = 'account' | 'file'

export interface HostGate {
  /**
   * Whether the app may talk to this address, as typed; asks the person unless they allowed it in this run. True for
   * invalid addresses, too: the code that uses them reports the error.
   */
  ask(address: string, purpose: HostPurpose): Promise<boolean>
  /** Allows the origin of the app's own demo server, which only this process passes in. */
  readonly allowOwnServer: (origin: string) => void
  /** Wraps `send`: requests to hosts that are not allowed fail with `host-refused` before anything is sent. */
  through(send: typeof fetch, purpose: HostPurpose): typeof fetch
}

/**
 * Host with its port unless it is the default one. The trailing dot of a root domain is removed: it is the same host.
 */
const hostOf = ({ hostname, port }: URL): string =>
  hostname.replace(/\.$/, '') + (port === '' ? '' : `:${port}`)

export function createHostGate(options: {
  /** Addresses of the accounts; an empty string if an account's address is lost. */
  readonly accountAddresses: () => readonly string[]
  /** Asks the person a question that names the host. */
  readonly ask: (host: string, purpose: HostPurpose) => Promise<boolean>
}): HostGate {
  const ownOrigins = new Set<string>()
  /** Hosts allowed until the end of this run; an account's host is allowed by its account afterwards. */
  const allowed: Readonly<Record<HostPurpose, Set<string>>> = { account: new Set(), file: new Set() }

  function isAllowed(url: URL, purpose: HostPurpose): boolean {
    const host = hostOf(url)
    return (
      (url.protocol === 'https:' && host === defaultHost) ||
      ownOrigins.has(url.origin) ||
      allowed[purpose].has(host) ||
      options.accountAddresses().some((address) => {
        const own = parseUrl(address)
        return own !== null && own.protocol === url.protocol && hostOf(own) === host
      })
    )
  }

  return {
    async ask(address, purpose) {
      const typed = withScheme(address)
      const url = parseUrl(typed)
      if (!url || !isEncryptedOrLocal(url) || isAllowed(url, purpose)) return true
      if (purpose === 'account' && checkAddress(typed) !== null) return true
      const host = hostOf(url)
      if (!(await options.ask(host, purpose))) return false
      allowed[purpose].add(host)
      return true
    },
    allowOwnServer: (origin) => void ownOrigins.add(origin),
    through: (send, purpose) => (input, init) => {
      const url = parseUrl(input instanceof Request ? input.url : String(input))
      if (!url || !isAllowed(url, purpose))
        return Promise.reject(new ApiProblem({ kind: 'host-refused' }, true))
      return send(input, init)
    }
  }
}
