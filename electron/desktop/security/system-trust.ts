/**
 * Whether the system trusts a certificate's issuer that Chromium does not. On Linux Chromium has its own list and the
 * store of its user; an administrator's additions to the system's bundle count for other programs only. The result is
 * used to explain the error; it does not change what Chromium trusts.
 */
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import tls from 'node:tls'

/** Files in which Linux distributions keep the trusted certificates. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem'
]

/** `unknown`: the system's certificates cannot be read. */
export type IssuerTrust = 'system' | 'nobody' | 'unknown'

/** Electron's form of the certificate chain that a server sent. */
export interface SentCertificate {
  readonly data: string
  readonly issuerCert?: SentCertificate | undefined
}

export interface TrustSource {
  /** Path in SSL_CERT_FILE, which OpenSSL and curl read. */
  readonly ownBundle: string | undefined
  readonly bundles: readonly string[]
  /** Returns PEM texts; null if this version of Node cannot read the system's store. */
  readonly fromSystem: (() => readonly string[]) | null
}

function systemCertificates(): TrustSource['fromSystem'] {
  // Added in Node 22.15.
  const { getCACertificates } = tls as { getCACertificates?: (kind: 'system') => readonly string[] }
  return getCACertificates ? () => getCACertificates('system') : null
}

export const trustSourceOf = (platform: NodeJS.Platform): TrustSource => ({
  ownBundle: platform === 'linux' ? process.env.SSL_CERT_FILE : undefined,
  bundles: platform === 'linux' ? bundles : [],
  fromSystem: systemCertificates()
})

const pemBlock = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g

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

/** The certificates that the system trusts; null if none can be read. */
function trustedBySystem({ ownBundle, bundles, fromSystem }: TrustSource): readonly X509Certificate[] | null {
  for (const path of [...(ownBundle ? [ownBundle] : []), ...bundles]) {
    const certificates = (textOf(path).match(pemBlock) ?? []).flatMap((pem) => parsed(pem) ?? [])
    if (certificates.length > 0) return certificates
  }
  try {
    const certificates = (fromSystem?.() ?? []).flatMap((pem) => parsed(pem) ?? [])
    return certificates.length > 0 ? certificates : null
  } catch {
    return null
  }
}

/**
 * The chain, starting with the server's certificate. Some servers send a certificate as its own issuer, hostile ones a
 * cycle.
 */
function chainOf(sent: SentCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  for (
    let current: SentCertificate | undefined = sent;
    current && chain.length < 10;
    current = current.issuerCert
  ) {
    const certificate = parsed(current.data)
    if (!certificate || chain.some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256))
      break
    chain.push(certificate)
  }
  return chain
}

const isValid = ({ validFrom, validTo }: X509Certificate, now: number): boolean =>
  Date.parse(validFrom) <= now && now <= Date.parse(validTo)

/** The issuer's name and its signature both match. */
const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

/** `now`: milliseconds since the epoch, by this machine's clock. */
export function issuerTrustOf(sent: SentCertificate, source: TrustSource, now: number): IssuerTrust {
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
