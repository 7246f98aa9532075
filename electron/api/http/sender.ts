import type { Credentials, ListProgress } from '../api.ts'
import { checkAddress } from '../address.ts'
import { ApiProblem } from '../api-problem.ts'
import type { FormFields } from '../dialects/dialect.ts'
import { requestAnswer, type HttpAnswer } from './request.ts'

const defaultSilenceMs = 30_000

/** What may stand in a header (RFC 9110); a secret with anything else was pasted wrongly and cannot be one. */
const headerValue = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** Where a request carries what proves who sends it. */
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
  /** Behind the base address. */
  readonly path: string
  readonly fields: FormFields
  readonly maxBytes: number
  readonly signal: AbortSignal | undefined
  readonly onProgress?: ListProgress | undefined
}

/** Sends requests to one address with one account's credentials, which never follow a redirect. */
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
  async send({ fetch, method, path, fields, maxBytes, signal, onProgress }: ApiRequest): Promise<HttpAnswer> {
    const { headers, fields: credentialFields } = this.#credentials
    const addressProblem = checkAddress(this.#base)
    if (addressProblem) throw new ApiProblem(addressProblem, true)
    if (!Object.values(headers).every((value) => headerValue.test(value)))
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
        // The documentation names parameters and their types, not a format: a form is what PHP's `$_POST` and
        // every framework's parameters read, while JSON needs a server that expects it.
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
