import { describe, expect, it } from 'vitest'
import {
  baseUrlFor,
  canonicalAddress,
  checkAddress,
  versionIn,
  withScheme
} from '../../../electron/api/address.ts'
import { failureOf } from '../../../electron/api/http/failures.ts'
import { cleanServerMessage } from '../../../electron/api/reading/server-message.ts'

const node = (code: string, syscall?: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) })
const chromium = (name: string): Error => new Error(`net::${name}`)

describe('a failed request', () => {
  it.each([
    [node('ECONNREFUSED', 'connect'), 'unreachable', true],
    [node('ENOTFOUND', 'getaddrinfo'), 'unreachable', true],
    [node('EAI_AGAIN', 'getaddrinfo'), 'unreachable', true],
    [node('EHOSTUNREACH', 'connect'), 'unreachable', true],
    [node('EHOSTUNREACH', 'read'), 'connection-lost', false],
    [node('ENETUNREACH', 'connect'), 'offline', true],
    [node('ENETUNREACH', 'write'), 'connection-lost', false],
    [node('ECONNRESET', 'read'), 'connection-lost', false],
    [node('EPIPE', 'write'), 'connection-lost', false],
    [node('ETIMEDOUT', 'read'), 'connection-lost', false],
    [node('UND_ERR_SOCKET'), 'connection-lost', false],
    [node('UND_ERR_CONNECT_TIMEOUT'), 'unreachable', true],
    [node('UND_ERR_HEADERS_TIMEOUT'), 'timeout', false],
    [node('UND_ERR_BODY_TIMEOUT'), 'timeout', false],
    [node('CERT_HAS_EXPIRED'), 'tls', true],
    [node('DEPTH_ZERO_SELF_SIGNED_CERT'), 'untrusted-issuer', true],
    [node('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'untrusted-issuer', true],
    [node('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls', true],
    [node('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', true],
    [node('ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC'), 'tls', false],
    [chromium('ERR_INTERNET_DISCONNECTED'), 'offline', true],
    [chromium('ERR_NETWORK_CHANGED'), 'connection-lost', false],
    [chromium('ERR_NAME_NOT_RESOLVED'), 'unreachable', true],
    [chromium('ERR_CONNECTION_REFUSED'), 'unreachable', true],
    [chromium('ERR_ADDRESS_UNREACHABLE'), 'unreachable', true],
    [chromium('ERR_DNS_TIMED_OUT'), 'unreachable', true],
    [chromium('ERR_CONNECTION_TIMED_OUT'), 'timeout', false],
    [chromium('ERR_TIMED_OUT'), 'timeout', false],
    [chromium('ERR_CONNECTION_RESET'), 'connection-lost', false],
    [chromium('ERR_CONNECTION_CLOSED'), 'connection-lost', false],
    [chromium('ERR_EMPTY_RESPONSE'), 'connection-lost', false],
    [chromium('ERR_HTTP2_PROTOCOL_ERROR'), 'connection-lost', false],
    [chromium('ERR_CERT_AUTHORITY_INVALID'), 'untrusted-issuer', true],
    [chromium('ERR_CERT_AUTHORITY_KNOWN_TO_SYSTEM'), 'issuer-known-to-system', true],
    [chromium('ERR_CERT_AUTHORITY_KNOWN_TO_NOBODY'), 'issuer-known-to-nobody', true],
    [chromium('ERR_CERT_COMMON_NAME_INVALID'), 'tls', true],
    [chromium('ERR_PROXY_AUTH_REQUESTED'), 'proxy-sign-in', true],
    [chromium('ERR_SSL_PROTOCOL_ERROR'), 'tls', false],
    [chromium('ERR_SSL_VERSION_OR_CIPHER_MISMATCH'), 'tls', true],
    [chromium('ERR_PROXY_CONNECTION_FAILED'), 'proxy', true],
    [chromium('ERR_TUNNEL_CONNECTION_FAILED'), 'proxy', true],
    [chromium('ERR_CONTENT_LENGTH_MISMATCH'), 'truncated', false],
    [chromium('ERR_INCOMPLETE_CHUNKED_ENCODING'), 'truncated', false],
    [new Error('Redirect was cancelled'), 'wrong-address', false],
    [new DOMException('The operation timed out.', 'TimeoutError'), 'timeout', false],
    [new DOMException('This operation was aborted', 'AbortError'), 'connection-lost', false],
    [new Error('never seen before'), 'connection-lost', false],
    ['a string', 'connection-lost', false],
    [null, 'connection-lost', false]
  ])('%o is %s, certainly unsent: %s', (error, kind, neverSent) => {
    expect(failureOf(error)).toEqual({ problem: { kind }, neverSent })
  })
})

describe("the server's words", () => {
  it.each([
    ['Olmaz.', 'Olmaz.'],
    ['  iki\r\n satır ', 'iki satır'],
    ['<b>Kalın</b>', undefined],
    ['&lt;script&gt;x', undefined],
    ['a < b', 'a < b'],
    ['', undefined],
    [5, undefined],
    [null, undefined],
    [['bir', 'iki'], 'bir iki'],
    [{ title: ['Kısa.'], message: 'Boş.' }, 'Kısa. Boş.'],
    [{ a: { b: { c: 'derin' } } }, undefined]
  ])('in %j are %j', (value, words) => {
    expect(cleanServerMessage(value)).toBe(words)
  })

  it('are cut to 500 characters', () => {
    expect(cleanServerMessage('x'.repeat(2000))).toHaveLength(500)
  })
})

describe('an address', () => {
  it.each([
    'api.ni.net.tr',
    'https://api.ni.net.tr',
    'https://api.ni.net.tr/',
    'https://api.ni.net.tr/v1',
    ' https://api.ni.net.tr/V1// ',
    'https://api.ni.net.tr/v1/tickets',
    'https:api.ni.net.tr',
    'https:/api.ni.net.tr/v1',
    'https:///api.ni.net.tr',
    'https//api.ni.net.tr',
    '<https://api.ni.net.tr>',
    '"https://api.ni.net.tr/v1"',
    'api.ni.net.tr\u200b',
    'https://https://api.ni.net.tr',
    'GET https://api.ni.net.tr/v1/tickets',
    'https://api.ni.net.tr/v1/tickets/create',
    'https://api.ni.net.tr/v2/services?page=2',
    'https:\\\\api.ni.net.tr\\v1',
    'https://api.ni.net.tr/v1,',
    'https://api.ni.net.tr…'
  ])('typed as %j becomes the base of either version', (typed) => {
    expect(baseUrlFor(typed, 'v1')).toBe('https://api.ni.net.tr/v1')
    expect(baseUrlFor(typed, 'v2')).toBe('https://api.ni.net.tr/v2')
  })

  it.each([
    'HTTPS://API.NI.NET.TR',
    'https://api.ni.net.tr:443/',
    'https://api.ni.net.tr.',
    'https://api.ni.net.tr.:443//v1//',
    'api.ni.net.tr:443/tickets'
  ])('%s is another spelling of the same', (typed) => {
    expect(baseUrlFor(typed, 'v1')).toBe('https://api.ni.net.tr/v1')
    expect(canonicalAddress(typed.startsWith('api') ? `https://${typed}` : typed)).not.toMatch(
      /443|\.[:/]|\/$/
    )
  })

  it('keeps what makes it another one', () => {
    expect(baseUrlFor('https://api.ni.net.tr:8443/Alt', 'v1')).toBe('https://api.ni.net.tr:8443/Alt/v1')
    expect(baseUrlFor('http://127.0.0.1:80', 'v1')).toBe('http://127.0.0.1/v1')
  })

  it.each(['http:', 'https:', 'http://', 'https://', 'https:///', 'HTTP:/'])('%j alone is none', (typed) => {
    expect(checkAddress(withScheme(typed))?.kind).toBe('invalid-address')
  })

  it('may name its version', () => {
    expect(versionIn('https://api.ni.net.tr/V2/')).toBe('v2')
    expect(versionIn('https://api.ni.net.tr/v1/tickets')).toBe('v1')
    expect(versionIn('https://api.ni.net.tr')).toBeNull()
    expect(versionIn('https://api.ni.net.tr/v10')).toBeNull()
  })

  it.each([
    ['https://api.ni.net.tr/v1', null],
    ['http://127.0.0.1:8080/v1', null],
    ['http://localhost/v1', null],
    ['http://[::1]:80/v1', null],
    ['http://api.ni.net.tr/v1', 'insecure-address'],
    ['http://127.0.0.1.example.com/v1', 'insecure-address'],
    ['https://a@api.ni.net.tr', 'invalid-address'],
    ['https://api.ni.net.tr/?x', 'invalid-address'],
    ['file:///v1', 'invalid-address'],
    ['', 'invalid-address']
  ])('%j is judged %s', (address, kind) => {
    expect(checkAddress(address)?.kind ?? null).toBe(kind)
  })
})
