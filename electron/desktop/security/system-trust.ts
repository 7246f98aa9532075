/**
 * Whether the system trusts the issuer of a certificate that Chromium does not. On Linux Chromium has a list of its own and
 * the store of its user, and what an administrator adds to the system's bundle counts for every program but this one; people
 * see that everything else works, and should hear why this does not. It explains only: what is trusted is Chromium's to say.
 */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import tls from 'node:tls'

/** Where Linux distributions keep the certificates that the system trusts. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem'
]

/** `unknown`: this system says it to nobody. */
export type Verdict = 'system' | 'nobody' | 'unknown'

/** As Electron hands over what a server sent. */
export interface SentCertificate {
  readonly data: string
  readonly issuerCert?: SentCertificate | undefined
}

export interface TrustSource {
  /** Of the environment, as OpenSSL and curl read it. */
  readonly ownBundle: string | undefined
  readonly bundles: readonly string[]
  /** PEM texts, where this Node can ask the system. */
  readonly fromSystem: (() => readonly string[]) | null
}

function systemCertificates(): TrustSource['fromSystem'] {
  // From Node 22.15 on; older ones have no such function.
  const { getCACertificates } = tls as { getCACertificates?: (kind: 'system') => readonly string[] }
  return getCACertificates ? () => getCACertificates('system') : null
}

export const trustSourceOf = (platform: NodeJS.Platform): TrustSource => ({
  ownBundle: platform === 'linux' ? process.env.SSL_CERT_FILE : undefined,
  bundles: platform === 'linux' ? bundles : [],
  fromSystem: systemCertificates()
})

const block = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g

function parsed(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Null where nothing can be read. */
function trustedBySystem({ ownBundle, bundles, fromSystem }: TrustSource): readonly X509Certificate[] | null {
  for (const path of [...(ownBundle ? [ownBundle] : []), ...bundles]) {
    const certificates = (textOf(path).match(block) ?? []).flatMap((pem) => parsed(pem) ?? [])
    if (certificates.length > 0) return certificates
  }
  try {
    const certificates = (fromSystem?.() ?? []).flatMap((pem) => parsed(pem) ?? [])
    return certificates.length > 0 ? certificates : null
  } catch {
    return null
  }
}

/** The server's own first. Some send themselves as their issuer, and hostile ones a ring. */
function chainOf(sent: SentCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  for (let one: SentCertificate | undefined = sent; one && chain.length < 10; one = one.issuerCert) {
    const certificate = parsed(one.data)
    if (!certificate || chain.some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256))
      break
    chain.push(certificate)
  }
  return chain
}

const isValid = ({ validFrom, validTo }: X509Certificate, now: number): boolean =>
  Date.parse(validFrom) <= now && now <= Date.parse(validTo)

/** It says so, and the signature does. */
const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

/** `now`: this machine's clock. */
export function verdictOf(sent: SentCertificate, source: TrustSource, now: number): Verdict {
  const roots = trustedBySystem(source)
  if (!roots) return 'unknown'
  const chain = chainOf(sent)
  for (const [i, certificate] of chain.entries()) {
    const above = chain[i + 1]
    if (!isValid(certificate, now)) return 'nobody'
    const isTrusted = roots.some(
      (root) =>
        root.fingerprint256 === certificate.fingerprint256 ||
        (isValid(root, now) && isIssuedBy(certificate, root))
    )
    if (isTrusted) return 'system'
    if (!above || !isIssuedBy(certificate, above)) return 'nobody'
  }
  return 'nobody'
}
