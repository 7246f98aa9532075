import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { apiVersions, type ApiVersion, type EpochMs, type TicketId } from '../tickets/ticket.ts'
import type { DemoOptions, DemoServer, DemoTicketInput, InjectedFault, RecordedRequest } from './api.ts'
import { executeCall, type Answer } from './calls.ts'
import type { ServerBehaviour } from './server-behaviours.ts'
import { respondWithFault, faultOfBehaviour } from './faults.ts'
import { parametersOf, type Parameters } from './parameters.ts'
import { routeOf, type Call } from './routes.ts'
import { unansweredTicketId } from './sample.ts'
import { send } from './send.ts'
import { errorBody } from './response-bodies.ts'
import { TicketSystem } from './ticket-system.ts'

const isAuthorized = (token: string, { headers }: IncomingMessage, { access, secret }: Parameters): boolean =>
  (access === 'demo' && secret === token) ||
  Object.values(headers).some((value) => value === token || value === `Bearer ${token}`)

/** Serves a `TicketSystem` over HTTP on 127.0.0.1. */
class HttpDemoServer implements DemoServer {
  readonly requests: RecordedRequest[] = []
  readonly #ticketSystem: TicketSystem
  readonly #now: () => EpochMs
  readonly #staffReplyAfterMs: number | null
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #faults: { readonly fault: InjectedFault; left: number }[] = []
  #token: string
  #port = 0

  constructor({ now = Date.now, token = 'demo', sample = true, staffReplyAfterMs, behaviour }: DemoOptions) {
    this.#now = now
    this.#token = token
    this.#staffReplyAfterMs = staffReplyAfterMs ?? null
    this.#ticketSystem = new TicketSystem(now, sample)
    this.#ticketSystem.setBehaviour(behaviour ?? null)
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

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get port(): number {
    return this.#port
  }

  get token(): string {
    return this.#token
  }

  baseUrl(version: ApiVersion): string {
    return `${this.origin}/${version}`
  }

  injectFault(fault: InjectedFault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 })
  }

  clearFaults(): void {
    this.#faults = []
  }

  setBehaviour(behaviour: ServerBehaviour | null): void {
    this.#ticketSystem.setBehaviour(behaviour)
  }

  requireToken(token: string): void {
    this.#token = token
  }

  staffReply(id: TicketId, admin: string, message: string): void {
    this.#ticketSystem.staffReply(id, admin, message)
  }

  scheduleStaffReply(id: TicketId): void {
    if (this.#staffReplyAfterMs !== null)
      this.#schedule(() => this.#ticketSystem.addAutomaticStaffReply(id), this.#staffReplyAfterMs)
  }

  addTicket({ message, status = 'open', replies = [], attachment }: DemoTicketInput): TicketId {
    return this.#ticketSystem.add(message, status, replies, attachment)
  }

  setStatus(id: TicketId, status: string): void {
    this.#ticketSystem.setStatus(id, status)
  }

  fill(count: number, replies: number): void {
    this.#ticketSystem.fill(count, replies)
  }

  tickets(): ReturnType<DemoServer['tickets']> {
    return this.#ticketSystem
      .tickets()
      .map(({ id, status, replies, message }) => ({ id, status, replies: replies.length, message }))
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      for (const timer of this.#timers) clearTimeout(timer)
      this.#timers.clear()
      this.#server.close(() => resolve())
      for (const socket of this.#sockets) socket.destroy()
    })
  }

  reopen(): Promise<void> {
    return this.listen(this.#port)
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET'
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const parameters = await parametersOf(request, url)
    const route = routeOf(method, url.pathname)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    )
    response.setHeader(
      'Date',
      new Date(this.#now() + (this.#ticketSystem.behaviour?.clockMs ?? 0)).toUTCString()
    )

    const record = (committed: boolean): void => {
      this.requests.push({ method, path: url.pathname, headers, parameters: parameters ?? {}, committed })
    }
    const refuse = (status: number, message: string): void => {
      record(false)
      send(response, status, JSON.stringify(errorBody(message, route?.version ?? apiVersions[0])))
    }
    if (!route) {
      refuse(404, 'Sayfa bulunamadı.')
      return
    }
    if (!isAuthorized(this.#token, request, parameters ?? {})) {
      refuse(401, 'Yetkisiz erişim.')
      return
    }
    if (!parameters) {
      refuse(400, 'İstek gövdesi okunamadı.')
      return
    }
    const execute = (): Answer => {
      const answer = executeCall(route, parameters, {
        ticketSystem: this.#ticketSystem,
        now: this.#now,
        onWrite: (id) => this.scheduleStaffReply(id)
      })
      record(answer.status < 300)
      return answer
    }
    const fault = this.#faultFor(route.call, parameters)
    if (fault) {
      await respondWithFault(fault, response, {
        version: route.version,
        isList: route.call === 'list',
        execute,
        recordIgnored: () => record(false),
        schedule: (run, ms) => this.#schedule(run, ms)
      })
      return
    }
    const { status, body, headers: ownHeaders } = execute()
    if (ownHeaders) response.removeHeader('Date')
    response.sendDate = ownHeaders === undefined || 'Date' in ownHeaders
    send(response, status, JSON.stringify(body), ownHeaders)
  }

  #faultFor(call: Call, { reply, message }: Parameters): InjectedFault | null {
    const found = this.#faults.find(
      ({ fault: { on = 'any' }, left }) => left > 0 && (on === 'any' || on === call)
    )
    const { behaviour } = this.#ticketSystem
    const isRead = call === 'list' || call === 'services'
    if (!found) return isRead || !behaviour ? null : faultOfBehaviour(behaviour, reply ?? message ?? '')
    found.left -= 1
    return found.fault
  }

  #schedule(run: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, ms)
    timer.unref()
    this.#timers.add(timer)
  }
}

/** Starts the sample API on 127.0.0.1. Rejects if the port is taken. */
export async function startDemoServer(options: DemoOptions = {}): Promise<DemoServer> {
  const server = new HttpDemoServer(options)
  await server.listen(options.port ?? 0)
  server.scheduleStaffReply(unansweredTicketId)
  return server
}
