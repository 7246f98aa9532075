/** Says of a request that failed for its certificate's issuer whether the system trusts that one: other words help then. */
import type { Session } from 'electron'
import { trustSourceOf, verdictOf, type SentCertificate, type Verdict } from './system-trust.ts'

/** Chromium's own verdict counts. */
const asChromiumSays = -3
/** A person has a handful of servers. */
const mostHosts = 20

/** As electron/api reads them. */
const names: Readonly<Record<Verdict, string | null>> = {
  system: 'net::ERR_CERT_AUTHORITY_KNOWN_TO_SYSTEM',
  nobody: 'net::ERR_CERT_AUTHORITY_KNOWN_TO_NOBODY',
  unknown: null
}

export class UntrustedIssuers {
  readonly #judge: (sent: SentCertificate) => Verdict
  /** What servers sent whose issuer Chromium does not know, by host. */
  readonly #sent = new Map<string, SentCertificate>()
  readonly #watched = new WeakSet<Session>()

  constructor(
    judge: (sent: SentCertificate) => Verdict = (sent) =>
      verdictOf(sent, trustSourceOf(process.platform), Date.now())
  ) {
    this.#judge = judge
  }

  /** `send` through this session, whose failures say more of an issuer that is not trusted. */
  through(session: Session, send: typeof fetch): typeof fetch {
    this.#watch(session)
    return async (input, init) => {
      try {
        return await send(input, init)
      } catch (error) {
        throw this.#explained(error, input)
      }
    }
  }

  #watch(session: Session): void {
    if (this.#watched.has(session)) return
    this.#watched.add(session)
    session.setCertificateVerifyProc(({ hostname, certificate, verificationResult }, answer) => {
      if (verificationResult.includes('CERT_AUTHORITY_INVALID')) this.#note(hostname, certificate)
      answer(asChromiumSays)
    })
  }

  #note(host: string, certificate: SentCertificate): void {
    this.#sent.delete(host)
    this.#sent.set(host, certificate)
    const [oldest] = this.#sent.keys()
    if (this.#sent.size > mostHosts && oldest !== undefined) this.#sent.delete(oldest)
  }

  #explained(error: unknown, input: string | URL | Request): unknown {
    if (!(error instanceof Error) || !error.message.includes('ERR_CERT_AUTHORITY_INVALID')) return error
    const { hostname } = new URL(input instanceof Request ? input.url : input)
    const sent = this.#sent.get(hostname.replace(/^\[|\]$/g, ''))
    const name = sent ? names[this.#judge(sent)] : null
    return name === null ? error : new Error(name, { cause: error })
  }
}
