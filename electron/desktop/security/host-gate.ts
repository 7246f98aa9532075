/**
 * Which hosts main talks to. Windows name addresses in `accounts.connect`, `accounts.reconnect` and `attachments.*`: a
 * script that got into one could have main carry anything to anybody. So the person is asked once about every host that
 * is neither Netinternet's nor an account's, and what was not allowed is not sent, whoever asks for it.
 */
import { checkAddress, isEncryptedOrLocal, withScheme } from '../../api/address.ts'
import { ApiProblem } from '../../api/api-problem.ts'
import { parseUrl } from '../../tickets/text/url.ts'

/** Where a new account connects unless the person types another address; the form offers it, too. */
export const defaultHost = 'api.ni.net.tr'

/** `account`: tickets and credentials go there. `file`: one file of a message is fetched from there, without a credential. */
export type HostPurpose = 'account' | 'file'

export interface HostGate {
  /**
   * Whether main may talk to this address, as typed; asks where that was not said in this run. True for what is no address
   * that could be talked to: who uses it says so better.
   */
  ask(address: string, purpose: HostPurpose): Promise<boolean>
  /** The app's own demo server, which only this process can name. */
  readonly allowOwnServer: (origin: string) => void
  /** `send`, but to allowed hosts only; others fail with `host-refused` before anything is sent. */
  through(send: typeof fetch, purpose: HostPurpose): typeof fetch
}

/** With its port, where it is not the usual one: an answer is for these. A root's dot means the same host. */
const hostOf = ({ hostname, port }: URL): string =>
  hostname.replace(/\.$/, '') + (port === '' ? '' : `:${port}`)

export function createHostGate(options: {
  /** Addresses of the accounts; empty where one's is lost. */
  readonly accountAddresses: () => readonly string[]
  /** One question that names the host. */
  readonly ask: (host: string, purpose: HostPurpose) => Promise<boolean>
}): HostGate {
  const ownOrigins = new Set<string>()
  /** Said yes to, until the end of the run: an account's host is known by its account from then on. */
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
