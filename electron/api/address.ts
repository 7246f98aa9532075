import type { Problem } from '../tickets/problem.ts'
import type { ApiVersion } from '../tickets/ticket.ts'
import { parseUrl } from '../tickets/text/url.ts'

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** https, or http to this machine: a token is never sent in the clear over a network. */
export function checkAddress(address: string): Problem | null {
  const field = 'baseUrl'
  const url = parseUrl(address)
  if (!url) return { kind: 'invalid-address', field }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return { kind: 'invalid-address', field }
  if (url.protocol === 'https:') return null
  if (url.protocol !== 'http:') return { kind: 'invalid-address', field }
  return loopback.has(url.hostname) ? null : { kind: 'insecure-address', field }
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

/**
 * What a person types as address, for one version: `api.ni.net.tr`, `https://api.ni.net.tr/` and
 * `https://api.ni.net.tr/v1` all become `https://api.ni.net.tr/<version>`.
 */
export function baseUrlFor(address: string, version: ApiVersion): string {
  const root = withScheme(address)
    .replace(/\/+$/, '')
    .replace(/(?:\/v[12])?(?:\/tickets)?$/i, '')
  return canonicalAddress(`${root}/${version}`)
}

/** The version an address names by its end, if any. */
export function versionIn(address: string): ApiVersion | null {
  const end = /\/(v[12])(?:\/tickets)?\/*$/i.exec(address.trim())?.[1]?.toLowerCase()
  return end === 'v1' || end === 'v2' ? end : null
}
