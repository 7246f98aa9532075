import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { apiVersions, type ApiVersion, type EpochMs, type TicketId } from '../tickets/ticket.ts'
import type { DemoOptions, DemoServer, DemoTicketInput, Misbehaviour, RecordedRequest } from './api.ts'
import { perform, type Answer } from './calls.ts'
import type { Habit } from './habits.ts'
import { respond, ruleOfHabit } from './misbehave.ts'
import { parametersOf, type Parameters } from './parameters.ts'
import { routeOf, type Call } from './routes.ts'
import { waitingTicketId } from './sample.ts'
import { send } from './send.ts'
import { errorBody } from './wire.ts'
import { World } from './world.ts'

const isAuthorized = (token: string, { headers }: IncomingMessage, { access, secret }: Parameters): boolean =>
  (access === 'demo' && secret === token) ||
  Object.values(headers).some((value) => value === token || value === `Bearer ${token}`)

/** The sample tickets behind HTTP on 127.0.0.1. */
class HttpDemoServer implements DemoServer {
  readonly requests: RecordedRequest[] = []
  readonly #world: World
  readonly #now: () => EpochMs
  readonly #staffReplyAfterMs: number | null
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #rules: { readonly rule: Misbehaviour; left: number }[] = []
  #token: string
  #port = 0

  constructor({ now = Date.now, token = 'demo', sample = true, staffReplyAfterMs, habit }: DemoOptions) {
    this.#now = now
    this.#token = token
    this.#staffReplyAfterMs = staffReplyAfterMs ?? null
    this.#world = new World(now, sample)
    this.#world.adopt(habit ?? null)
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => request.socket.destroy())
    })
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  /** Rejects when the port is taken; 0 takes a free one. */
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

  misbehave(rule: Misbehaviour): void {
    this.#rules.push({ rule, left: rule.times ?? 1 })
  }

  behave(): void {
    this.#rules = []
  }

  adopt(habit: Habit | null): void {
    this.#world.adopt(habit)
  }

  requireToken(token: string): void {
    this.#token = token
  }

  staffReply(id: TicketId, admin: string, message: string): void {
    this.#world.staffReply(id, admin, message)
  }

  answerLater(id: TicketId): void {
    if (this.#staffReplyAfterMs !== null) this.#later(() => this.#world.answer(id), this.#staffReplyAfterMs)
  }

  addTicket({ message, status = 'open', replies = [] }: DemoTicketInput): TicketId {
    return this.#world.add(message, status, replies)
  }

  setStatus(id: TicketId, status: string): void {
    this.#world.setStatus(id, status)
  }

  fill(count: number, replies: number): void {
    this.#world.fill(count, replies)
  }

  tickets(): ReturnType<DemoServer['tickets']> {
    return this.#world
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
    // The server's own clock.
    response.setHeader('Date', new Date(this.#now() + (this.#world.habit?.clockMs ?? 0)).toUTCString())

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
    const take = (): Answer => {
      const answer = perform(route, parameters, {
        world: this.#world,
        now: this.#now,
        onWrite: (id) => this.answerLater(id)
      })
      record(answer.status < 300)
      return answer
    }
    const rule = this.#ruleFor(route.call, parameters)
    if (rule) {
      await respond(rule, response, {
        version: route.version,
        isList: route.call === 'list',
        take,
        skip: () => record(false),
        later: (run, ms) => this.#later(run, ms)
      })
      return
    }
    const { status, body, headers: ownHeaders } = take()
    if (ownHeaders) response.removeHeader('Date')
    response.sendDate = ownHeaders === undefined || 'Date' in ownHeaders
    send(response, status, JSON.stringify(body), ownHeaders)
  }

  #ruleFor(call: Call, { reply, message }: Parameters): Misbehaviour | null {
    const found = this.#rules.find(
      ({ rule: { on = 'any' }, left }) => left > 0 && (on === 'any' || on === call)
    )
    const { habit } = this.#world
    const isRead = call === 'list' || call === 'services'
    if (!found) return isRead || !habit ? null : ruleOfHabit(habit, reply ?? message ?? '')
    found.left -= 1
    return found.rule
  }

  #later(run: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, ms)
    timer.unref()
    this.#timers.add(timer)
  }
}

/** Starts the sample API on 127.0.0.1. Rejects when the port is taken. */
export async function startDemoServer(options: DemoOptions = {}): Promise<DemoServer> {
  const server = new HttpDemoServer(options)
  await server.listen(options.port ?? 0)
  server.answerLater(waitingTicketId)
  return server
}
