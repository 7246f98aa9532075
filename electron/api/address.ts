import type { Problem } from '../tickets/problem.ts'
import { apiVersions, type ApiVersion } from '../tickets/ticket.ts'
import { parseUrl } from '../tickets/text/url.ts'
import { dialects } from './dialects/index.ts'

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Whether nobody between this app and the server can read or change the data. */
export const isEncryptedOrLocal = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && loopbackHosts.has(hostname))

/** Accepts https, and http only to loopback: a token must never cross a network unencrypted. */
export function checkAddress(address: string): Problem | null {
  const field = 'baseUrl'
  const url = parseUrl(address)
  if (!url) return { kind: 'invalid-address', field }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return { kind: 'invalid-address', field }
  if (isEncryptedOrLocal(url)) return null
  return { kind: url.protocol === 'http:' ? 'insecure-address' : 'invalid-address', field }
}

/** Adds `https://` to a typed address without a scheme, and removes what surrounds a copied one: quotes, `GET`, a comma. */
export function withScheme(address: string): string {
  const bare = address
    .replace(/\p{Cf}/gu, '')
    .replaceAll('\\', '/')
    .trim()
    .replace(/^(?:GET|POST) +/, '')
    .replace(/^["'“‘<]+|["'”’>,;…]+$/gu, '')
  // A missing, extra or repeated scheme, with which `https` would be parsed as the host.
  const trimmed = bare.replace(/^(?:https?:\/+)*(https?)(?::\/*|\/{2,})/i, '$1://')
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
}

/**
 * The canonical spelling of an address, for comparing: letter case, default port, trailing dot of the host name and extra
 * slashes are normalized. Text that is not an address is returned unchanged.
 */
export function canonicalAddress(address: string): string {
  const url = parseUrl(address)
  if (!url) return address
  const host = url.hostname.replace(/\.$/, '') + (url.port === '' ? '' : `:${url.port}`)
  return `${url.protocol}//${host}${url.pathname.replace(/\/+/g, '/').replace(/\/$/, '')}${url.search}${url.hash}`
}

/** Splits a typed address into the part before the version's path, and the version. */
function splitAddress(address: string): { readonly root: string; readonly version: ApiVersion | null } {
  const typed = address
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/tickets$/i, '')
    // Any other call of the API, as its documentation prints it.
    .replace(/(\/v\d)\/(?:tickets|services)\/?[^]*$/i, '$1')
  const version = apiVersions.find((name) => typed.toLowerCase().endsWith(dialects[name].basePath)) ?? null
  return { root: version ? typed.slice(0, -dialects[version].basePath.length) : typed, version }
}

/**
 * The base URL of one version for a typed address: `api.ni.net.tr`, `https://api.ni.net.tr/` and
 * `https://api.ni.net.tr/v1` all become `https://api.ni.net.tr/<version>`.
 */
export function baseUrlFor(address: string, version: ApiVersion): string {
  const { root } = splitAddress(withScheme(address))
  return canonicalAddress(root + dialects[version].basePath)
}

/** The server of a base URL, the same for every version of its API. */
export const serverOf = (baseUrl: string): string => canonicalAddress(splitAddress(baseUrl).root)

/** The version at the end of an address; null if there is none. */
export const versionIn = (address: string): ApiVersion | null => splitAddress(address).version
