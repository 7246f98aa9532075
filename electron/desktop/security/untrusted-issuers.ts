/**
 * Replaces the error of a request that failed because of an unknown issuer by one that says whether the system trusts
 * the issuer, so that another explanation can be shown.
 */
import type { Session } from 'electron'
import { trustSourceOf, issuerTrustOf, type SentCertificate, type IssuerTrust } from './system-trust.ts'

/** Result code of a verify procedure: use Chromium's own result. */
const useChromiumResult = -3
/** Maximum number of remembered hosts. */
const maxHosts = 20

/** Error names that electron/api recognises. */
const errorNames: Readonly<Record<IssuerTrust, string | null>> = {
  system: 'net::ERR_CERT_AUTHORITY_KNOWN_TO_SYSTEM',
  nobody: 'net::ERR_CERT_AUTHORITY_KNOWN_TO_NOBODY',
  unknown: null
}

export class UntrustedIssuers {
  readonly #issuerTrust: (sent: SentCertificate) => IssuerTrust
  /** Certificates with an unknown issuer, by host. */
  readonly #sent = new Map<string, SentCertificate>()
  readonly #watched = new WeakSet<Session>()

  constructor(
    issuerTrust: (sent: SentCertificate) => IssuerTrust = (sent) =>
      issuerTrustOf(sent, trustSourceOf(process.platform), Date.now())
  ) {
    this.#issuerTrust = issuerTrust
  }

  /** Wraps `send` for this session: its errors say more about an untrusted issuer. */
  through(session: Session, send: typeof fetch): typeof fetch {
    this.#watch(session)
    return async (input, init) => {
      try {
        return await send(input, init)
      } catch (error) {
        throw this.#explain(error, input)
      }
    }
  }

  #watch(session: Session): void {
    if (this.#watched.has(session)) return
    this.#watched.add(session)
    session.setCertificateVerifyProc(({ hostname, certificate, verificationResult }, answer) => {
      if (verificationResult.includes('CERT_AUTHORITY_INVALID')) this.#remember(hostname, certificate)
      answer(useChromiumResult)
    })
  }

  #remember(host: string, certificate: SentCertificate): void {
    this.#sent.delete(host)
    this.#sent.set(host, certificate)
    const [oldest] = this.#sent.keys()
    if (this.#sent.size > maxHosts && oldest !== undefined) this.#sent.delete(oldest)
  }

  #explain(error: unknown, input: string | URL | Request): unknown {
    if (!(error instanceof Error) || !error.message.includes('ERR_CERT_AUTHORITY_INVALID')) return error
    const { hostname } = new URL(input instanceof Request ? input.url : input)
    const sent = this.#sent.get(hostname.replace(/^\[|\]$/g, ''))
    const name = sent ? errorNames[this.#issuerTrust(sent)] : null
    return name === null ? error : new Error(name, { cause: error })
  }
}
