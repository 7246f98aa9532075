import type { Credentials, ListProgress } from '../api.ts'
import { checkAddress } from '../address.ts'
import { ApiProblem } from '../api-problem.ts'
import type { FormFields } from '../dialects/dialect.ts'
import { requestAnswer, type HttpAnswer } from './request.ts'

const defaultSilenceMs = 30_000

/** Valid header values (RFC 9110); a token with other characters was pasted wrongly. */
const headerValuePattern = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** The header or parameters that carry the credentials. */
function credentialParts(credentials: Credentials): {
  readonly headers: Readonly<Record<string, string>>
  readonly fields: FormFields
} {
  switch (credentials.kind) {
    case 'bearer':
      return { headers: { Authorization: `Bearer ${credentials.token}` }, fields: {} }
    case 'header':
      return { headers: { [credentials.header]: credentials.token }, fields: {} }
    case 'pair':
      return { headers: {}, fields: { access: credentials.access, secret: credentials.secret } }
  }
}

export interface ApiRequest {
  readonly fetch: typeof fetch
  readonly method: 'GET' | 'POST'
  /** Relative to the base URL. */
  readonly path: string
  readonly fields: FormFields
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
  readonly onProgress?: ListProgress | undefined
  /** Sent besides those of every request. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends requests to one base URL with one account's credentials, which are never sent to a redirect's target. */
export class RequestSender {
  readonly #base: string
  readonly #silenceMs: number
  readonly #credentials: ReturnType<typeof credentialParts>

  constructor(baseUrl: string, credentials: Credentials, silenceMs = defaultSilenceMs) {
    this.#base = baseUrl.replace(/\/+$/, '')
    this.#silenceMs = silenceMs
    this.#credentials = credentialParts(credentials)
  }

  /** Throws ApiProblem or whatever fetch throws. */
  async send(request: ApiRequest): Promise<HttpAnswer> {
    const { fetch, method, path, fields, maxBytes, signal, onProgress } = request
    const { headers, fields: credentialFields } = this.#credentials
    const addressProblem = checkAddress(this.#base)
    if (addressProblem) throw new ApiProblem(addressProblem, true)
    if (!Object.values(headers).every((value) => headerValuePattern.test(value)))
      throw new ApiProblem({ kind: 'unauthorized', field: 'token' }, true)
    if (signal?.aborted) throw new ApiProblem({ kind: 'connection-lost' }, true)
    const url = new URL(this.#base + path)
    const form = new URLSearchParams({ ...fields, ...credentialFields }).toString()
    if (method === 'GET') url.search = form
    return requestAnswer({
      fetch,
      method,
      url,
      headers: {
        Accept: 'application/json',
        ...headers,
        ...request.headers,
        // The documentation specifies parameters but no format. Every PHP framework reads form parameters, while JSON
        // needs a server that expects it.
        ...(method === 'POST' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {})
      },
      body: method === 'POST' ? form : null,
      silenceMs: this.#silenceMs,
      maxBytes,
      signal,
      ...(onProgress ? { onProgress } : {})
    })
  }
}
