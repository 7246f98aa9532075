/**
 * Signs in to proxies that require a user name and a password. Chromium asks for them by a `login` event that `fetch`
 * does not have, so a request that the proxy stopped is followed by a probe request that can answer; the session then
 * reuses the answer. Credentials belong to one proxy, are kept in the vault (in memory unless the person wants them
 * stored) and never appear in a log.
 */
import { app, net, type AuthInfo, type Session } from 'electron'
import { parseJson } from '../../tickets/json.ts'
import type { Notice } from '../../tickets/views.ts'
import type { WatchedVault } from './secret-registry.ts'

interface ProxyCredentials {
  readonly user: string
  readonly password: string
}

/** The credentials to answer a proxy with; null gives the request up. */
type Answer = (proxy: string) => ProxyCredentials | null

/** Sends one request to `url` without credentials of an account; resolves when it ends, whatever the result. */
export type Probe = (
  session: Session,
  url: string,
  answer: Answer,
  signal: AbortSignal | null
) => Promise<void>

export interface ProxySignIn {
  /** Wraps `send` for this session: a request that the proxy stopped is sent again after signing in. */
  through(session: Session, send: typeof fetch): typeof fetch
  /** Takes the person's credentials for the proxy that asked last. */
  signIn(credentials: ProxyCredentials & { readonly remember: boolean }): void
  /** Stored credentials for Electron's own requests, e.g. dictionary downloads. Never asks the person. */
  known(proxy: string): ProxyCredentials | null
}

/** Whether Electron's error says that the proxy stopped the request before anything reached the server. */
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
  /** The vault that registers secrets for redaction. */
  readonly vault: Pick<WatchedVault, 'get' | 'put'>
  readonly notices: { add(notice: Notice): void; remove(kind: Notice['kind']): void }
  readonly probe: Probe
}): ProxySignIn {
  const { vault, notices, probe } = options
  const vaultKey = (proxy: string): string => `proxy:${proxy}`
  /** Refused credentials by proxy; sending them again and again could lock the person's account at the proxy. */
  const refused = new Map<string, string>()
  let askedBy: string | null = null
  /** Probes run one at a time, for the same reason. */
  let probing: Promise<unknown> = Promise.resolve()

  function known(proxy: string): ProxyCredentials | null {
    const got = vault.get(vaultKey(proxy))
    if (got.kind !== 'secret' || refused.get(proxy) === got.secret) return null
    return unpack(got.secret)
  }

  /** Whether the proxy accepts this session now; null if the proxy did not ask. */
  async function open(session: Session, url: string, signal: AbortSignal | null): Promise<boolean | null> {
    const asked: { proxy: string | null; given: ProxyCredentials | null } = { proxy: null, given: null }
    const answer: Answer = (proxy) => {
      // A second question means that the credentials were refused.
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

  const openQueued = (...args: Parameters<typeof open>): Promise<boolean | null> => {
    const result = probing.then(() => open(...args))
    probing = result.catch(() => undefined)
    return result
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
      const isOpen = await openQueued(session, new URL('/', url).href, signal)
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

/** A probe through Chromium's network stack. */
export const probeByElectron: Probe = (session, url, answer, signal) =>
  new Promise((resolve) => {
    const request = net.request({ url, session, method: 'HEAD', redirect: 'manual', credentials: 'omit' })
    const finish = (): void => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }
    const abort = (): void => {
      request.abort()
      finish()
    }
    signal?.addEventListener('abort', abort)
    request.on('login', (info, reply) => {
      const credentials = info.isProxy ? answer(nameOf(info)) : null
      if (credentials) reply(credentials.user, credentials.password)
      else reply()
    })
    // Any answer shows that the proxy let the request pass.
    request.on('response', abort)
    request.on('redirect', abort)
    // `close` is not used: it is emitted when the request is sent.
    request.on('error', finish)
    if (signal?.aborted) abort()
    else request.end()
  })

/** Answers proxies for Electron's own requests (dictionaries). */
export function answerProxyLogins(proxy: Pick<ProxySignIn, 'known'>): void {
  const answered = new Set<string>()
  app.on('login', (event, _contents, { url }, info, reply) => {
    const credentials = info.isProxy && !answered.has(url) ? proxy.known(nameOf(info)) : null
    if (!credentials) return
    // A second question for the same URL means that the credentials were wrong.
    answered.add(url)
    event.preventDefault()
    reply(credentials.user, credentials.password)
  })
}
