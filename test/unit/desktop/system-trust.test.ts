/** Whether the system trusts an issuer that Chromium does not know, with generated authorities and certificate bundles. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Session } from 'electron'
import {
  trustSourceOf,
  issuerTrustOf,
  type SentCertificate,
  type TrustSource
} from '../../../electron/desktop/security/system-trust.ts'
import { UntrustedIssuers } from '../../../electron/desktop/security/untrusted-issuers.ts'

const program = 'openssl'
const hasOpenssl = ((): boolean => {
  try {
    execFileSync(program, ['version'])
    return true
  } catch {
    return false
  }
})()

const folder = mkdtempSync(join(tmpdir(), 'bilet-trust-'))
const day = 86_400_000
const pem = (name: string): string => readFileSync(join(folder, `${name}.pem`), 'utf8')
const openssl = (...args: string[]): void => {
  execFileSync(program, args, { cwd: folder, stdio: 'pipe' })
}
const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30']
const root = (name: string, subject: string): void =>
  openssl('req', '-x509', ...fresh, '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.pem`)
const signed = (name: string, by: string, constraints: string): void =>
  openssl(
    ...['req', '-x509', ...fresh, '-subj', `/CN=${name}`, '-CA', `${by}.pem`, '-CAkey', `${by}.key`],
    ...['-addext', `basicConstraints=${constraints}`, '-keyout', `${name}.key`, '-out', `${name}.pem`]
  )
/** Certificates in the order of a server's chain, its own first. */
const chain = (...names: readonly string[]): SentCertificate => {
  const [first = '', ...above] = names
  return { data: pem(first), ...(above.length > 0 ? { issuerCert: chain(...above) } : {}) }
}
const bundle = (name: string, ...certificates: readonly string[]): TrustSource => {
  const path = join(folder, name)
  writeFileSync(path, `# Kurum\n${certificates.map(pem).join('\n# \n')}`)
  return { ownBundle: undefined, bundles: [path], fromSystem: null }
}

describe.skipIf(!hasOpenssl)('an issuer', () => {
  const now = Date.now() + 60_000
  let company: TrustSource

  beforeAll(() => {
    root('company', '/CN=Kurum')
    root('other', '/CN=Baska')
    // Same name, different key.
    root('impostor', '/CN=Kurum')
    signed('middle', 'company', 'critical,CA:TRUE')
    signed('server', 'middle', 'CA:FALSE')
    signed('direct', 'company', 'CA:FALSE')
    signed('faked', 'impostor', 'CA:FALSE')
    signed('below', 'direct', 'CA:FALSE')
    company = bundle('company.crt', 'other', 'company')
  })

  it.each([
    ['whose root the bundle has', ['direct'], 'system'],
    ['that sent its root, too', ['direct', 'company'], 'system'],
    ['behind another one that was sent', ['server', 'middle'], 'system'],
    ['behind another one that was not sent', ['server'], 'nobody'],
    ['that has the name only', ['faked'], 'nobody'],
    ['that has the name only and sends itself', ['faked', 'impostor'], 'nobody'],
    ['beside which a trusted one was sent, which did not sign it', ['faked', 'company'], 'nobody'],
    ['that may not issue', ['below', 'direct', 'company'], 'nobody'],
    ['that is its own', ['impostor'], 'nobody'],
    ['that is its own, and the bundle has it', ['other'], 'system']
  ] as const)('%s', (_, sent, verdict) => {
    expect(issuerTrustOf(chain(...sent), company, now)).toBe(verdict)
  })

  it('of an expired certificate is not trusted', () => {
    expect(issuerTrustOf(chain('direct'), company, now + 60 * day)).toBe('nobody')
  })

  it('with a cyclic chain is not trusted', () => {
    const ring: { data: string; issuerCert?: SentCertificate } = { data: pem('faked') }
    ring.issuerCert = { data: pem('impostor'), issuerCert: ring }
    expect(issuerTrustOf(ring, company, now)).toBe('nobody')
  })

  it('is looked up in SSL_CERT_FILE, else in the first existing bundle, else in the system’s store', () => {
    const missing = join(folder, 'missing.crt')
    const both = { ...bundle('other.crt', 'other'), ownBundle: company.bundles[0] }
    expect(issuerTrustOf(chain('direct'), both, now)).toBe('system')
    const second = { ...company, bundles: [missing, ...company.bundles], ownBundle: missing }
    expect(issuerTrustOf(chain('direct'), second, now)).toBe('system')
    const asked = { ownBundle: undefined, bundles: [], fromSystem: () => [pem('company'), 'no certificate'] }
    expect(issuerTrustOf(chain('direct'), asked, now)).toBe('system')
  })

  it.each([
    ['there is none', { ownBundle: undefined, bundles: ['/nowhere/x.crt'], fromSystem: null }],
    [
      'the system answers nothing',
      { ownBundle: undefined, bundles: [], fromSystem: (): readonly string[] => [] }
    ],
    [
      'asking it fails',
      {
        ownBundle: undefined,
        bundles: [],
        fromSystem: (): readonly string[] => {
          throw new Error('locked')
        }
      }
    ]
  ])('is unknown if %s', (_, source) => {
    expect(issuerTrustOf(chain('direct'), source, now)).toBe('unknown')
  })

  it('is looked up in this machine’s own bundle', () => {
    expect(['nobody', 'unknown']).toContain(
      issuerTrustOf(chain('faked'), trustSourceOf(process.platform), now)
    )
  })
})

describe('a request that failed', () => {
  type Proc = Parameters<Session['setCertificateVerifyProc']>[0]
  function watched(judge: ConstructorParameters<typeof UntrustedIssuers>[0], fails: Error) {
    let proc: Proc = null
    let set = 0
    const session = {
      setCertificateVerifyProc: (verifyProc: Proc) => {
        proc = verifyProc
        set += 1
      }
    } as Partial<Session> as Session
    const issuers = new UntrustedIssuers(judge)
    const send = issuers.through(session, () => Promise.reject(fails))
    issuers.through(session, () => Promise.reject(fails))
    const answers: number[] = []
    const verify = (verificationResult: string): void =>
      proc?.({ hostname: '127.0.0.1', certificate: { data: 'x' }, verificationResult } as never, (result) =>
        answers.push(result)
      )
    return {
      send: () => send('https://127.0.0.1:8443/v1/tickets').catch((error: unknown) => error),
      verify,
      answers,
      sets: () => set
    }
  }
  const untrusted = new Error('net::ERR_CERT_AUTHORITY_INVALID')

  it.each([
    ['system', 'net::ERR_CERT_AUTHORITY_KNOWN_TO_SYSTEM'],
    ['nobody', 'net::ERR_CERT_AUTHORITY_KNOWN_TO_NOBODY'],
    ['unknown', 'net::ERR_CERT_AUTHORITY_INVALID']
  ] as const)('because of its issuer reports whether the system trusts it: %s', async (verdict, message) => {
    const { send, verify, answers, sets } = watched(() => verdict, untrusted)
    verify('net::ERR_CERT_AUTHORITY_INVALID')
    expect(await send()).toMatchObject({ message })
    expect([answers, sets()], 'what is trusted is Chromium’s to say').toEqual([[-3], 1])
  })

  it('for another reason, or for an unseen certificate, keeps its error', async () => {
    const refused = watched(() => 'system', new Error('net::ERR_CONNECTION_REFUSED'))
    refused.verify('net::ERR_CERT_AUTHORITY_INVALID')
    expect(await refused.send()).toMatchObject({ message: 'net::ERR_CONNECTION_REFUSED' })
    const unseen = watched(() => 'system', untrusted)
    unseen.verify('net::OK')
    expect(await unseen.send()).toBe(untrusted)
  })
})
