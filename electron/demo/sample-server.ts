import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { apiVersions, type ApiVersion, type EpochMs, type TicketId } from '../tickets/ticket.ts'
import { executeCall, type Answer } from './calls.ts'
import { parametersOf, readBody, type Parameters } from './parameters.ts'
import { routeOf, type Route } from './routes.ts'
import { unansweredTicketId } from './sample.ts'
import { isSameSecret } from './same-secret.ts'
import { send } from './send.ts'
import { errorBody } from './response-bodies.ts'
import { TicketSystem } from './ticket-system.ts'

export interface SampleServerOptions {
  /** 0 (default) picks a free port. */
  readonly port?: number
  readonly token?: string
  /** Whether to start with the sample tickets (default) or with none. */
  readonly sample?: boolean
  /** Milliseconds until a ticket gets an automatic staff reply; null (default) for never. */
  readonly staffReplyAfterMs?: number | null
  readonly now?: () => EpochMs
}

/** Maximum size of a request body in bytes. The longest text as a form is smaller. */
const maxBodyBytes = 1024 * 1024
/** Maximum size in bytes of an unauthenticated request's body, which is read because it may contain the token. */
const maxUnauthenticatedBodyBytes = 64 * 1024

/** A request and whether it was executed. */
export interface HandledRequest {
  readonly request: IncomingMessage
  /** Includes the version's prefix, e.g. `/v1`; without the query. */
  readonly path: string
  /** Parameters of query and body; empty if the body could not be read. */
  readonly parameters: Parameters
  /** Whether it was executed. */
  readonly committed: boolean
}

/** An authorized call before its execution. */
export interface PendingCall {
  readonly route: Route
  readonly parameters: Parameters
  readonly response: ServerResponse
  readonly execute: () => Answer
  readonly ignore: () => void
}

interface Refusal {
  readonly status: number
  readonly message: string
}
const notFound: Refusal = { status: 404, message: 'Sayfa bulunamadı.' }
const unauthorized: Refusal = { status: 401, message: 'Yetkisiz erişim.' }

/** The parameters as far as they were read, with the refusal if the request is not authorized. */
type Admission = { readonly parameters: Parameters } | (Refusal & { readonly parameters: Parameters })

/** Serves `/v1` and `/v2` of a `TicketSystem` over HTTP on 127.0.0.1 to clients with the token. */
export class SampleServer {
  protected readonly ticketSystem: TicketSystem
  protected readonly now: () => EpochMs
  protected acceptedToken: string
  readonly #staffReplyAfterMs: number | null
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #port = 0

  constructor(
    { now = Date.now, token = 'demo', sample = true, staffReplyAfterMs }: SampleServerOptions,
    ticketSystem = new TicketSystem(now, sample)
  ) {
    this.now = now
    this.acceptedToken = token
    this.#staffReplyAfterMs = staffReplyAfterMs ?? null
    this.ticketSystem = ticketSystem
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => request.socket.destroy())
    })
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  /** Rejects if the port is taken; 0 picks a free port. */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject)
        resolve()
      })
    })
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** `http://127.0.0.1:PORT` */
  get origin(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get port(): number {
    return this.#port
  }

  /** The token it accepts as bearer, under any header, or as `access`=`demo` with `secret`=token. */
  get token(): string {
    return this.acceptedToken
  }

  baseUrl(version: ApiVersion): string {
    return `${this.origin}/${version}`
  }

  scheduleStaffReply(id: TicketId): void {
    if (this.#staffReplyAfterMs !== null)
      this.schedule(() => this.ticketSystem.addAutomaticStaffReply(id), this.#staffReplyAfterMs)
  }

  /** Stops listening and destroys open connections. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      for (const timer of this.#timers) clearTimeout(timer)
      this.#timers.clear()
      this.#server.close(() => resolve())
      for (const socket of this.#sockets) socket.destroy()
    })
  }

  protected schedule(run: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, ms)
    timer.unref()
    this.#timers.add(timer)
  }

  /** Called for every request; overridden in tests to record them. */
  protected handled(_request: HandledRequest): void {
    // Not recorded.
  }

  protected answer({ response, execute }: PendingCall): Promise<void> | void {
    const { status, body, headers } = execute()
    if (headers) response.removeHeader('Date')
    response.sendDate = headers === undefined || 'Date' in headers
    send(response, status, JSON.stringify(body), headers)
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const path = url.pathname
    const route = routeOf(request.method ?? 'GET', path)
    response.setHeader('Date', new Date(this.ticketSystem.clock()).toUTCString())
    const admission = await this.#admit(request, route, Object.fromEntries(url.searchParams))
    const { parameters } = admission
    const handled = (committed: boolean): void => this.handled({ request, path, parameters, committed })
    if ('status' in admission || !route) {
      handled(false)
      const { status, message } = 'status' in admission ? admission : notFound
      // Closes the connection, since the rest of the body is not read.
      if (request.method !== 'GET' && !request.complete) response.setHeader('Connection', 'close')
      send(response, status, JSON.stringify(errorBody(message, route?.version ?? apiVersions[0])))
      return
    }
    await this.answer({
      route,
      parameters,
      response,
      execute: () => {
        const answer = executeCall(route, parameters, {
          ticketSystem: this.ticketSystem,
          now: this.now,
          onWrite: (id) => this.scheduleStaffReply(id)
        })
        handled(answer.status < 300)
        return answer
      },
      ignore: () => handled(false)
    })
  }

  /** Authorizes a request. Reads at most `maxUnauthenticatedBodyBytes` of an unauthorized one. */
  async #admit(request: IncomingMessage, route: Route | null, query: Parameters): Promise<Admission> {
    // Rejects other host names that resolve to 127.0.0.1 (DNS rebinding).
    if (request.headers.host !== new URL(this.origin).host)
      return { status: 421, message: 'Bu sunucu için değil.', parameters: query }
    if (!route) return { ...notFound, parameters: query }
    const isKnown = this.#isAuthorized(request, query)
    const body = await readBody(request, isKnown ? maxBodyBytes : maxUnauthenticatedBodyBytes)
    if (!body)
      return isKnown
        ? { status: 413, message: 'İstek çok büyük.', parameters: query }
        : { ...unauthorized, parameters: query }
    const parameters = await parametersOf(request, query, body)
    if (!isKnown && !this.#isAuthorized(request, parameters ?? {}))
      return { ...unauthorized, parameters: parameters ?? {} }
    return parameters ? { parameters } : { status: 400, message: 'İstek gövdesi okunamadı.', parameters: {} }
  }

  #isAuthorized({ headers }: IncomingMessage, { access, secret }: Parameters): boolean {
    const token = this.acceptedToken
    return (
      (access === 'demo' && isSameSecret(secret ?? '', token)) ||
      Object.values(headers).some(
        (value) =>
          typeof value === 'string' && (isSameSecret(value, token) || isSameSecret(value, `Bearer ${token}`))
      )
    )
  }
}

/** Starts the sample API on 127.0.0.1. Rejects if the port is taken. */
export async function startSampleServer(options: SampleServerOptions = {}): Promise<SampleServer> {
  const server = new SampleServer(options)
  await server.listen(options.port ?? 0)
  server.scheduleStaffReply(unansweredTicketId)
  return server
}
