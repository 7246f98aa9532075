/**
 * A proxy that wants a name and a password. Chromium asks through an event that `fetch` does not have, so a request that
 * the proxy stopped is followed by one that can answer; the session remembers the answer for all that come after it.
 * They are for one proxy, stay in the vault (in memory, unless the person wants them kept), and are in no log.
 */
import { app, net, type AuthInfo, type Session } from 'electron'
import { parseJson } from '../../tickets/json.ts'
import type { Notice } from '../../tickets/views.ts'
import type { WatchedVault } from './secret-registry.ts'

interface ProxyCredentials {
  readonly user: string
  readonly password: string
}

/** What is answered to a proxy's question; null gives the request up. */
type Answer = (proxy: string) => ProxyCredentials | null

/** Goes to `url` once, with nothing of an account's, and resolves when it is over, however it ended. */
export type Probe = (
  session: Session,
  url: string,
  answer: Answer,
  signal: AbortSignal | null
) => Promise<void>

export interface ProxySignIn {
  /** `send` through this session; what the proxy stopped goes again once the proxy lets it pass. */
  through(session: Session, send: typeof fetch): typeof fetch
  /** What the person gave for the proxy that asked last. */
  signIn(credentials: ProxyCredentials & { readonly remember: boolean }): void
  /** For requests of Electron's own, such as that for dictionaries. Never asks the person. */
  known(proxy: string): ProxyCredentials | null
}

/** As Electron's errors have it: the proxy stopped it, and nothing of it has left. */
const wasStoppedByProxy = (error: unknown): boolean =>
  error instanceof Error && /ERR_(?:TUNNEL_CONNECTION_FAILED|PROXY_AUTH)/.test(error.message)

const pack = ({ user, password }: ProxyCredentials): string => JSON.stringify([user, password])
function unpack(secret: string): ProxyCredentials | null {
  const parts = parseJson(secret)
  if (!Array.isArray(parts)) return null
  const [user, password] = parts as readonly unknown[]
  return typeof user === 'string' && typeof password === 'string' ? { user, password } : null
}

export function createProxySignIn(options: {
  /** That which strikes from logs whatever it was asked for or given. */
  readonly vault: Pick<WatchedVault, 'get' | 'put'>
  readonly notices: { add(notice: Notice): void; remove(kind: Notice['kind']): void }
  readonly probe: Probe
}): ProxySignIn {
  const { vault, notices, probe } = options
  const vaultKey = (proxy: string): string => `proxy:${proxy}`
  /** By proxy, what it did not accept: given again and again, it would lock the person out. */
  const refused = new Map<string, string>()
  let askedBy: string | null = null
  /** One at a time, for the same reason. */
  let probing: Promise<unknown> = Promise.resolve()

  function known(proxy: string): ProxyCredentials | null {
    const got = vault.get(vaultKey(proxy))
    if (got.kind !== 'secret' || refused.get(proxy) === got.secret) return null
    return unpack(got.secret)
  }

  /** Whether the proxy lets this session pass now; null where it did not ask. */
  async function open(session: Session, url: string, signal: AbortSignal | null): Promise<boolean | null> {
    const asked: { proxy: string | null; given: ProxyCredentials | null } = { proxy: null, given: null }
    const answer: Answer = (proxy) => {
      // Asked once more: they are not what it wants.
      if (asked.proxy !== null && asked.given) refused.set(proxy, pack(asked.given))
      asked.given = asked.proxy === null ? known(proxy) : null
      asked.proxy = proxy
      return asked.given
    }
    await probe(session, url, answer, signal)
    const { proxy, given } = asked
    if (proxy === null) return null
    askedBy = proxy
    for (const kind of ['proxy-sign-in', 'proxy-refused'] as const) notices.remove(kind)
    if (given) return true
    notices.add({ kind: refused.has(proxy) ? 'proxy-refused' : 'proxy-sign-in', detail: proxy })
    return false
  }

  const openInTurn = (...args: Parameters<typeof open>): Promise<boolean | null> => {
    const turn = probing.then(() => open(...args))
    probing = turn.catch(() => undefined)
    return turn
  }

  return {
    through: (session, send) => async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      const signal = init?.signal ?? null
      let stopped: unknown = null
      let response: Response | null = null
      try {
        response = await send(input, init)
        if (response.status !== 407) return response
      } catch (error) {
        if (!wasStoppedByProxy(error)) throw error
        stopped = error
      }
      const isOpen = await openInTurn(session, new URL('/', url).href, signal)
      if (isOpen === null) {
        if (response) return response
        throw stopped
      }
      response?.body?.cancel().catch(() => undefined)
      if (!isOpen) throw new Error('net::ERR_PROXY_AUTH_REQUESTED')
      return send(input, init)
    },
    signIn({ user, password, remember }) {
      if (askedBy === null) return
      refused.delete(askedBy)
      vault.put(vaultKey(askedBy), pack({ user, password }), !remember)
    },
    known
  }
}

const nameOf = ({ host, port }: AuthInfo): string => `${host}:${port}`

/** Through Chromium's network. */
export const probeByElectron: Probe = (session, url, answer, signal) =>
  new Promise((resolve) => {
    const request = net.request({ url, session, method: 'HEAD', redirect: 'manual', credentials: 'omit' })
    const over = (): void => {
      signal?.removeEventListener('abort', give)
      resolve()
    }
    const give = (): void => {
      request.abort()
      over()
    }
    signal?.addEventListener('abort', give)
    request.on('login', (info, reply) => {
      const credentials = info.isProxy ? answer(nameOf(info)) : null
      if (credentials) reply(credentials.user, credentials.password)
      else reply()
    })
    // That it answered is all that counts.
    request.on('response', give)
    request.on('redirect', give)
    // Not at `close`: that comes when the request is sent.
    request.on('error', over)
    if (signal?.aborted) give()
    else request.end()
  })

/** What Electron fetches by itself: dictionaries. */
export function answerProxyLogins(proxy: Pick<ProxySignIn, 'known'>): void {
  const answered = new Set<string>()
  app.on('login', (event, _contents, { url }, info, reply) => {
    const credentials = info.isProxy && !answered.has(url) ? proxy.known(nameOf(info)) : null
    if (!credentials) return
    // Asked again for the same, they were wrong.
    answered.add(url)
    event.preventDefault()
    reply(credentials.user, credentials.password)
  })
}
