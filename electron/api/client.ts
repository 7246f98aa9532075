import { createHash } from 'node:crypto'
import { serviceForVersion } from '../tickets/services.ts'
import type { Problem } from '../tickets/problem.ts'
import type { NewTicket } from '../tickets/ticket.ts'
import { toAscii } from '../tickets/turkish.ts'
import { checkAddress } from './address.ts'
import type { ApiOptions, Credentials, TicketApi, WriteAnswer } from './api.ts'
import { ApiProblem, problemOfFailure, problemOfStatus } from './problems.ts'
import { parseJson, parseServices, parseTickets, successOf, wordsOf } from './wire.ts'

const defaultTimeoutMs = 30_000
/** Some 35,000 long tickets; more is no ticket list. */
const maxBytes = 64 * 1024 * 1024

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
}

type Parameters = Readonly<Record<string, string>>

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

/** Reads a body of at most `maxBytes`; throws `truncated` when fewer bytes came than were announced. */
async function readBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length
    if (length > maxBytes) {
      await reader?.cancel()
      throw new ApiProblem({ kind: 'too-large' })
    }
    chunks.push(part.value)
  }
  const announced = response.headers.get('content-length')
  const plain = response.headers.get('content-encoding') === null
  if (announced !== null && plain && length < Number(announced)) throw new ApiProblem({ kind: 'truncated' })
  return Buffer.concat(chunks, length)
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
  const { headers, parameters: proving } = proof(options.credentials)

  /** Throws ApiProblem or whatever fetch throws. Credentials never follow a redirect. */
  async function ask(
    way: typeof fetch,
    method: 'GET' | 'POST',
    path: string,
    parameters: Parameters,
    signal: AbortSignal | undefined
  ): Promise<Answer> {
    const wrong = checkAddress(base)
    if (wrong) throw new ApiProblem(wrong)
    const url = new URL(base + path)
    const all = new URLSearchParams({ ...parameters, ...proving })
    if (method === 'GET') url.search = all.toString()
    const timeout = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs)
    const stop = new AbortController()
    const end = (): void => {
      stop.abort()
    }
    timeout.addEventListener('abort', end)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
    try {
      const response = await way(url.href, {
        method,
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal: stop.signal,
        headers: {
          Accept: 'application/json',
          ...headers,
          // The documentation calls them parameters and types them as text; forms are what such APIs read everywhere.
          ...(method === 'POST' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {})
        },
        ...(method === 'POST' ? { body: all.toString() } : {})
      })
      return { status: response.status, headers: response.headers, bytes: await readBody(response) }
    } catch (error) {
      if (timeout.aborted) throw new ApiProblem({ kind: 'timeout' })
      throw error
    } finally {
      timeout.removeEventListener('abort', end)
      signal?.removeEventListener('abort', end)
    }
  }

  const refusal = (answer: Answer): Problem =>
    problemOfStatus(answer.status, answer.headers, wordsOf(tryJson(answer.bytes)), now())

  /** A list that is not there means another address, whatever the server says beside it. */
  function listRefusal(answer: Answer): Problem {
    const problem = refusal(answer)
    return answer.status === 404 ? { ...problem, kind: 'wrong-address' } : problem
  }

  const isOk = ({ status }: Answer): boolean => status >= 200 && status < 300

  function serverNow(answer: Answer): number | null {
    const at = Date.parse(answer.headers.get('date') ?? '')
    return Number.isNaN(at) ? null : at
  }

  async function write(
    method: 'GET' | 'POST',
    path: string,
    parameters: Parameters,
    signal: AbortSignal | undefined
  ): Promise<WriteAnswer> {
    let answer: Answer
    try {
      answer = await ask(options.writeFetch, method, path, parameters, signal)
    } catch (error) {
      return outcomeOfFailure(problemOfFailure(error))
    }
    if (isOk(answer)) return outcomeOfAnswer(answer)
    const problem = refusal(answer)
    switch (problem.kind) {
      case 'unauthorized':
      case 'forbidden':
      case 'rate-limited':
      case 'proxy':
        return { outcome: 'not-sent', problem }
      case 'server-error':
      case 'timeout':
        return { outcome: 'unknown', problem }
      default:
        return { outcome: 'refused', problem }
    }
  }

  return {
    version,

    async list(fingerprint, signal) {
      try {
        const answer = await ask(options.fetch, 'GET', '/tickets', {}, signal)
        if (!isOk(answer)) return { outcome: 'failed', problem: listRefusal(answer) }
        const own = createHash('sha256').update(answer.bytes).digest('base64')
        if (own === fingerprint) return { outcome: 'unchanged', serverNow: serverNow(answer) }
        const { tickets, broken } = parseTickets(answer.bytes, version)
        return { outcome: 'tickets', tickets, broken, fingerprint: own, serverNow: serverNow(answer) }
      } catch (error) {
        return { outcome: 'failed', problem: problemOfFailure(error) }
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
        return { outcome: 'services', services: parseServices(answer.bytes) }
      } catch (error) {
        return { outcome: 'failed', problem: problemOfFailure(error) }
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
    title: toAscii(draft.title).trim(),
    department: String(draft.departmentId),
    message: toAscii(draft.message).trim(),
    service: serviceForVersion(draft.service, version),
    ...(draft.serverIp.trim() ? { serverip: draft.serverIp.trim() } : {}),
    ...(draft.serverUser.trim() ? { serveruser: draft.serverUser.trim() } : {}),
    ...(serverPassword ? { serverpassword: serverPassword } : {})
  }
}

/** Before any connection stood nothing can have arrived; afterwards nobody knows. */
function outcomeOfFailure(problem: Problem): WriteAnswer {
  switch (problem.kind) {
    case 'offline':
    case 'unreachable':
    case 'tls':
    case 'proxy':
    case 'invalid-address':
    case 'insecure-address':
      return { outcome: 'not-sent', problem }
    case 'wrong-address':
      return { outcome: 'refused', problem }
    default:
      return { outcome: 'unknown', problem }
  }
}

/** A 2xx answer: done or refused where it says so; a page or a torn answer leaves it unknown. */
function outcomeOfAnswer(answer: Answer): WriteAnswer {
  let body: unknown
  try {
    body = parseJson(answer.bytes)
  } catch (error) {
    return { outcome: 'unknown', problem: problemOfFailure(error) }
  }
  const words = wordsOf(body)
  switch (successOf(body)) {
    case true:
      return { outcome: 'done', message: words ?? '' }
    case false:
      return { outcome: 'refused', problem: { kind: 'refused', ...(words ? { serverMessage: words } : {}) } }
    case null:
      return { outcome: 'unknown', problem: { kind: 'unexpected-shape' } }
  }
}
