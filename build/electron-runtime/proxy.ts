/** Passes npm's proxy settings to Electron's downloader, which does not read them itself. */

type Environment = Readonly<Record<string, string | undefined>>

export interface Proxies {
  readonly http: string
  readonly https: string
  /** Hosts that are contacted without a proxy, separated by commas. */
  readonly direct: string
}

/** Adds `http://` to addresses such as `proxy.example:8080`. */
const withScheme = (input: string): string => (/^[a-z]+:\/\//i.test(input) ? input : `http://${input}`)

/** The proxies, in npm's order: npm's configuration, then the environment. Null if neither has a proxy. */
export function findProxies(env: Environment): Proxies | null {
  const https = env.npm_config_https_proxy || env.npm_config_proxy || env.https_proxy || env.HTTPS_PROXY || ''
  const http = env.npm_config_proxy || env.http_proxy || env.HTTP_PROXY || https
  if (!http && !https) return null
  const direct = env.npm_config_noproxy || env.no_proxy || env.NO_PROXY || ''
  return { http: withScheme(http), https: withScheme(https || http), direct }
}

/** The address of a proxy without user name and password. */
export function withoutPassword(proxy: string): string {
  try {
    return new URL(proxy).host
  } catch {
    return 'an address that is none'
  }
}

/**
 * Runs `work` with these proxies in the environment variables that the downloader reads, and restores the variables
 * afterwards, so that the app that is started later does not inherit them.
 */
export async function withProxies<T>(proxies: Proxies | null, work: () => Promise<T>): Promise<T> {
  if (!proxies) return work()
  const named = {
    http_proxy: proxies.http,
    https_proxy: proxies.https,
    no_proxy: proxies.direct,
    ELECTRON_GET_USE_PROXY: '1'
  }
  const before = Object.keys(named).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, named)
  try {
    return await work()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    }
  }
}
