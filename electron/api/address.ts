import type { Problem } from '../tickets/problem.ts'
import { apiVersions, type ApiVersion } from '../tickets/ticket.ts'
import { parseUrl } from '../tickets/text/url.ts'
import { dialects } from './dialects/index.ts'

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** https, or http to this machine: a token is never sent in the clear over a network. */
export function checkAddress(address: string): Problem | null {
  const field = 'baseUrl'
  const url = parseUrl(address)
  if (!url) return { kind: 'invalid-address', field }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return { kind: 'invalid-address', field }
  if (url.protocol === 'https:') return null
  if (url.protocol !== 'http:') return { kind: 'invalid-address', field }
  return loopbackHosts.has(url.hostname) ? null : { kind: 'insecure-address', field }
}

/** What a person types, as an address: without a scheme it is https. */
export function withScheme(address: string): string {
  const trimmed = address.trim()
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
}

/**
 * One spelling of an address for all that lead to the same place: letter case, a port that goes without saying, the dot
 * that ends a full host name, and slashes too many say nothing. What is no address stays as it is.
 */
export function canonicalAddress(address: string): string {
  const url = parseUrl(address)
  if (!url) return address
  const host = url.hostname.replace(/\.$/, '') + (url.port === '' ? '' : `:${url.port}`)
  return `${url.protocol}//${host}${url.pathname.replace(/\/+/g, '/').replace(/\/$/, '')}${url.search}${url.hash}`
}

/** An address as typed, without the version's path at its end, and the version that this path names. */
function splitAddress(address: string): { readonly root: string; readonly version: ApiVersion | null } {
  const typed = address
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/tickets$/i, '')
  const version = apiVersions.find((name) => typed.toLowerCase().endsWith(dialects[name].basePath)) ?? null
  return { root: version ? typed.slice(0, -dialects[version].basePath.length) : typed, version }
}

/**
 * What a person types as address, for one version: `api.ni.net.tr`, `https://api.ni.net.tr/` and
 * `https://api.ni.net.tr/v1` all become `https://api.ni.net.tr/<version>`.
 */
export function baseUrlFor(address: string, version: ApiVersion): string {
  const { root } = splitAddress(withScheme(address))
  return canonicalAddress(root + dialects[version].basePath)
}

/** The version an address names by its end, if any. */
export const versionIn = (address: string): ApiVersion | null => splitAddress(address).version
