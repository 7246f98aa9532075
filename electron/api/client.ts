import { setImmediate } from 'node:timers/promises'
import { serviceForVersion } from '../tickets/services.ts'
import type { Problem } from '../tickets/problem.ts'
import type { EpochMs, NewTicket } from '../tickets/ticket.ts'
import { toAscii } from '../tickets/text/turkish.ts'
import { checkAddress } from './address.ts'
import type { ApiOptions, Credentials, ListProgress, TicketApi, WriteAnswer } from './api.ts'
import { isWebPage, parseJson, successOf, wordsOf } from './reading/envelope.ts'
import { failureOf, type Failure } from './http/failures.ts'
import { loadHash } from './list/hash.ts'
import { bytesOf, gatherBytes, requestAnswer, type HttpAnswer } from './http/request.ts'
import { ApiProblem, dateHeader, problemOfStatus } from './http/problems.ts'
import { readList } from './list/read-list.ts'
import { readInThisThread } from './list/whole-list.ts'
import { parseServices } from './list/wire.ts'

const defaultSilenceMs = 30_000
/** Some 35,000 long tickets, or words about one; more is no answer of this API. */
const most = { listBytes: 64 * 1024 * 1024, otherBytes: 512 * 1024 } as const

type Parameters = Readonly<Record<string, string>>

/** What may stand in a header (RFC 9110); a secret with anything else was pasted wrongly and cannot be one. */
const headerValue = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

function proof(credentials: Credentials): { readonly headers: Parameters; readonly parameters: Parameters } {
  switch (credentials.kind) {
    case 'bearer':
      return { headers: { Authorization: `Bearer ${credentials.token}` }, parameters: {} }
    case 'header':
      return { headers: { [credentials.header]: credentials.token }, parameters: {} }
    case 'pair':
      return { headers: {}, parameters: { access: credentials.access, secret: credentials.secret } }
  }
}

const tryJson = (bytes: Uint8Array): unknown => {
  try {
    return parseJson(bytes)
  } catch {
    return null
  }
}

/** The API of one account over HTTP. */
export function createTicketApi(options: ApiOptions): TicketApi {
  const { baseUrl, version, now } = options
  const base = baseUrl.replace(/\/+$/, '')
  const readWhole = options.readWhole ?? readInThisThread
  const { headers, parameters: proving } = proof(options.credentials)

  /** Throws ApiProblem or whatever fetch throws. Credentials never follow a redirect. */
  async function ask(
    way: typeof fetch,
    method: 'GET' | 'POST',
    path: string,
    parameters: Parameters,
    signal: AbortSignal | undefined,
    maxBytes: number = most.otherBytes,
    onProgress?: ListProgress
  ): Promise<HttpAnswer> {
    const wrong = checkAddress(base)
    if (wrong) throw new ApiProblem(wrong, true)
    if (!Object.values(headers).every((value) => headerValue.test(value)))
      throw new ApiProblem({ kind: 'unauthorized', field: 'token' }, true)
    if (signal?.aborted) throw new ApiProblem({ kind: 'connection-lost' }, true)
    const url = new URL(base + path)
    const form = new URLSearchParams({ ...parameters, ...proving }).toString()
    if (method === 'GET') url.search = form
    return requestAnswer({
      fetch: way,
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
      silenceMs: options.silenceMs ?? defaultSilenceMs,
      maxBytes,
      signal,
      ...(onProgress ? { onProgress } : {})
    })
  }

  function refusal(answer: HttpAnswer): Problem {
    // A list that is refused may come with a page of any size; its words stand at the beginning.
    const bytes = bytesOf(answer).subarray(0, most.otherBytes)
    return problemOfStatus(answer.status, answer.headers, wordsOf(tryJson(bytes)), isWebPage(bytes), now())
  }

  /** A list that is not there means another address, whatever the server says beside it. */
  function listRefusal(answer: HttpAnswer): Problem {
    const problem = refusal(answer)
    return answer.status === 404 ? { ...problem, kind: 'wrong-address' } : problem
  }

  const isOk = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300

  const serverNow = (answer: HttpAnswer): EpochMs | null => dateHeader(answer.headers.get('date'))

  async function write(
    method: 'GET' | 'POST',
    path: string,
    parameters: Parameters,
    signal: AbortSignal | undefined
  ): Promise<WriteAnswer> {
    let answer: HttpAnswer
    try {
      answer = await ask(options.writeFetch, method, path, parameters, signal)
    } catch (error) {
      return outcomeOfFailure(failureOf(error))
    }
    return isOk(answer) ? outcomeOfAnswer(answer) : outcomeOfRefusal(answer.status, refusal(answer))
  }

  return {
    version,

    async list(known, signal, onProgress) {
      try {
        const answer = await ask(options.fetch, 'GET', '/tickets', {}, signal, most.listBytes, onProgress)
        if (!isOk(answer)) return { outcome: 'failed', problem: listRefusal(answer) }
        const hash = await loadHash()
        const fingerprint = hash.fingerprint(answer.chunks)
        if (fingerprint === known?.fingerprint) return { outcome: 'unchanged', serverNow: serverNow(answer) }
        await setImmediate()
        const { tickets, broken, pieces } = await readList(
          await gatherBytes(answer),
          version,
          known?.pieces ?? new Map(),
          {
            hash: (piece) => hash.piece(piece),
            yieldToEventLoop: () => setImmediate(),
            readWhole
          }
        )
        const own = { fingerprint, pieces }
        return { outcome: 'tickets', tickets, broken, known: own, serverNow: serverNow(answer) }
      } catch (error) {
        return { outcome: 'failed', problem: failureOf(error).problem }
      }
    },

    create: (draft, serverPassword, signal) =>
      write('POST', '/tickets/create', createParameters(draft, serverPassword, version), signal),

    reply: (id, text, signal) =>
      write('POST', '/tickets/reply', { id: String(id), reply: toAscii(text).trim() }, signal),

    close: (id, signal) => write('GET', `/tickets/${id}/close`, {}, signal),

    async services(signal) {
      if (version === 'v1') return { outcome: 'unsupported' }
      try {
        const answer = await ask(options.fetch, 'GET', '/services', {}, signal)
        if (!isOk(answer)) return { outcome: 'failed', problem: refusal(answer) }
        return { outcome: 'services', services: parseServices(bytesOf(answer)) }
      } catch (error) {
        return { outcome: 'failed', problem: failureOf(error).problem }
      }
    }
  }
}

/** The documented parameters of create, and no others; optional ones only when given. */
function createParameters(
  draft: NewTicket,
  serverPassword: string,
  version: ApiOptions['version']
): Parameters {
  return {
    title: toAscii(draft.title).replace(/\s+/g, ' ').trim(),
    department: String(draft.departmentId),
    message: toAscii(draft.message).trim(),
    service: serviceForVersion(draft.service, version),
    ...(draft.serverIp.trim() ? { serverip: draft.serverIp.trim() } : {}),
    ...(draft.serverUser.trim() ? { serveruser: draft.serverUser.trim() } : {}),
    ...(serverPassword ? { serverpassword: serverPassword } : {})
  }
}

/** Before any connection stood nothing can have arrived; afterwards nobody knows. */
const outcomeOfFailure = ({ problem, neverSent }: Failure): WriteAnswer => ({
  outcome: neverSent ? 'not-sent' : 'unknown',
  problem
})

/** Any code but 2xx. */
function outcomeOfRefusal(status: number, problem: Problem): WriteAnswer {
  // Of this text, not of the account: unchanged it would be stopped again.
  if (problem.kind === 'blocked') return { outcome: 'refused', problem }
  // A proxy (407) and these refuse before the ticket system is reached.
  if (status === 401 || status === 403 || status === 407 || status === 429)
    return { outcome: 'not-sent', problem }
  // "See elsewhere" is also how forms say that something was done.
  if (status === 302 || status === 303 || status === 408 || status >= 500)
    return { outcome: 'unknown', problem }
  return { outcome: 'refused', problem }
}

/** A 2xx answer: done or refused where it says so; a page or a torn answer leaves it unknown. */
function outcomeOfAnswer(answer: HttpAnswer): WriteAnswer {
  let body: unknown
  try {
    body = parseJson(bytesOf(answer))
  } catch (error) {
    return { outcome: 'unknown', problem: failureOf(error).problem }
  }
  const words = wordsOf(body)
  const said = words === undefined ? {} : { serverMessage: words }
  switch (successOf(body)) {
    case true:
      return { outcome: 'done', message: words ?? '' }
    case false:
      return { outcome: 'refused', problem: { kind: 'refused', httpStatus: answer.status, ...said } }
    case null:
      return { outcome: 'unknown', problem: { kind: 'unexpected-shape', ...said } }
  }
}
