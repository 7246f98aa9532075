import { setImmediate } from 'node:timers/promises'
import type { Problem } from '../tickets/problem.ts'
import type { ApiVersion, EpochMs, NewTicket, TicketId } from '../tickets/ticket.ts'
import type {
  ApiOptions,
  KnownList,
  ListAnswer,
  ListProgress,
  ServicesAnswer,
  TicketApi,
  WriteAnswer
} from './api.ts'
import type { ApiDialect, FormFields } from './dialects/dialect.ts'
import { dialects } from './dialects/index.ts'
import { failureOf } from './http/failures.ts'
import { bytesOf, gatherBytes, releaseBytes, type HttpAnswer } from './http/request.ts'
import { RequestSender, type ApiRequest } from './http/sender.ts'
import { dateHeader, problemOfStatus } from './http/status.ts'
import { ConditionalRequest } from './list/conditional-request.ts'
import { loadHash } from './list/hash.ts'
import { readList } from './list/read-list.ts'
import { readInThisThread } from './list/whole-list.ts'
import { readMessage } from './reading/envelope.ts'
import { beginningOf, parseAnswer } from './reading/parse-answer.ts'
import { outcomeOfFailure, outcomeOfRefusal, outcomeOfSuccess } from './write-outcome.ts'

/** Limits of an answer, in bytes: some 70,000 long tickets for a list. */
const maxBytes = { list: 128 * 1024 * 1024, other: 512 * 1024 } as const

const isOk = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300

const serverTime = ({ headers }: HttpAnswer): EpochMs | null => dateHeader(headers.get('date'))

const tryParseAnswer = (bytes: Uint8Array): unknown => {
  try {
    return parseAnswer(bytes)
  } catch {
    return null
  }
}

class HttpTicketApi implements TicketApi {
  readonly version: ApiVersion
  readonly #options: ApiOptions
  readonly #dialect: ApiDialect
  readonly #sender: RequestSender
  readonly #conditional = new ConditionalRequest()

  constructor(options: ApiOptions) {
    this.version = options.version
    this.#options = options
    this.#dialect = dialects[options.version]
    this.#sender = new RequestSender(options.baseUrl, options.credentials, options.silenceMs)
  }

  async list(known: KnownList | null, signal?: AbortSignal, onProgress?: ListProgress): Promise<ListAnswer> {
    try {
      const headers = this.#conditional.headersFor(known)
      const answer = await this.#get('/tickets', signal, maxBytes.list, { headers, onProgress })
      if (answer.status === 304) {
        this.#conditional.noteNotModified(answer, headers)
        return { outcome: 'unchanged', serverNow: serverTime(answer) }
      }
      if (!isOk(answer)) return { outcome: 'failed', problem: this.#listRefusal(answer) }
      return await this.#readList(answer, known)
    } catch (error) {
      return { outcome: 'failed', problem: failureOf(error).problem }
    }
  }

  create(draft: NewTicket, serverPassword: string, signal?: AbortSignal): Promise<WriteAnswer> {
    return this.#write('POST', '/tickets/create', this.#dialect.newTicketForm(draft, serverPassword), signal)
  }

  reply(id: TicketId, text: string, signal?: AbortSignal): Promise<WriteAnswer> {
    return this.#write('POST', '/tickets/reply', this.#dialect.replyForm(id, text), signal)
  }

  /** Closing is documented as a GET, but it writes, and therefore uses `writeFetch`. */
  close(id: TicketId, signal?: AbortSignal): Promise<WriteAnswer> {
    return this.#write('GET', `/tickets/${id}/close`, {}, signal)
  }

  async services(signal?: AbortSignal): Promise<ServicesAnswer> {
    const { services, readData } = this.#dialect
    if (!services) return { outcome: 'unsupported' }
    try {
      const answer = await this.#get(services.path, signal, maxBytes.other)
      if (!isOk(answer)) return { outcome: 'failed', problem: this.#refusal(answer) }
      const found = readData(parseAnswer(bytesOf(answer))).map(services.readService)
      return { outcome: 'services', services: found.filter((service) => service !== null) }
    } catch (error) {
      return { outcome: 'failed', problem: failureOf(error).problem }
    }
  }

  /** Throws ApiProblem or whatever fetch throws. */
  #get(
    path: string,
    signal: AbortSignal | undefined,
    limit: number,
    more: Pick<ApiRequest, 'headers' | 'onProgress'> = {}
  ): Promise<HttpAnswer> {
    const { fetch } = this.#options
    return this.#sender.send({ fetch, method: 'GET', path, fields: {}, signal, maxBytes: limit, ...more })
  }

  async #write(
    method: 'GET' | 'POST',
    path: string,
    fields: FormFields,
    signal: AbortSignal | undefined
  ): Promise<WriteAnswer> {
    const fetch = this.#options.writeFetch
    let answer: HttpAnswer
    try {
      answer = await this.#sender.send({ fetch, method, path, fields, signal, maxBytes: maxBytes.other })
    } catch (error) {
      return outcomeOfFailure(failureOf(error))
    }
    if (isOk(answer)) return outcomeOfSuccess(answer, this.#dialect)
    return outcomeOfRefusal(answer.status, this.#refusal(answer))
  }

  /** Throws ApiProblem. */
  async #readList(answer: HttpAnswer, known: KnownList | null): Promise<ListAnswer> {
    const hash = await loadHash()
    const serverNow = serverTime(answer)
    const fingerprint = hash.fingerprint(answer.chunks)
    this.#conditional.noteList(answer, fingerprint)
    if (fingerprint === known?.fingerprint) {
      releaseBytes(answer.chunks)
      return { outcome: 'unchanged', serverNow }
    }
    await setImmediate()
    const bytes = await gatherBytes(answer)
    try {
      const { tickets, broken, pieces } = await readList(bytes, this.version, known?.pieces ?? new Map(), {
        hash: (piece) => hash.piece(piece),
        yieldToEventLoop: () => setImmediate(),
        readWhole: this.#options.readWhole ?? readInThisThread,
        // Of a later list, only what changed is kept.
        keep: known === null ? this.#options.keep : undefined
      })
      return { outcome: 'tickets', tickets, broken, known: { fingerprint, pieces }, serverNow }
    } finally {
      releaseBytes([bytes])
    }
  }

  #refusal(answer: HttpAnswer): Problem {
    // The error page of a refused list may have any size; the message is at its beginning.
    const bytes = bytesOf(answer).subarray(0, maxBytes.other)
    const body = tryParseAnswer(bytes)
    const refusal = { ...beginningOf(bytes), isJson: body !== null, serverMessage: readMessage(body) }
    return problemOfStatus(answer.status, answer.headers, refusal, this.#options.now())
  }

  /** A 404 for the list means a wrong address, whatever message comes with it. */
  #listRefusal(answer: HttpAnswer): Problem {
    const problem = this.#refusal(answer)
    return answer.status === 404 ? { ...problem, kind: 'wrong-address' } : problem
  }
}

/** The API of one account over HTTP. */
export const createTicketApi = (options: ApiOptions): TicketApi => new HttpTicketApi(options)
