import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { ApiVersion } from '../tickets/ticket.ts'
import type { DemoOptions, DemoServer, Misbehaviour, RecordedRequest } from './api.ts'
import { respond } from './misbehave.ts'
import { send } from './send.ts'
import { doneBody, errorBody, listBody, services, wireTicket } from './wire.ts'
import { World } from './world.ts'

type Call = Exclude<Misbehaviour['on'], undefined | 'any'>

interface Route {
  readonly call: Call
  readonly version: ApiVersion
  readonly id: number
}

interface Reply {
  readonly status: number
  readonly body: unknown
}

function routeOf(method: string, path: string): Route | null {
  const match = /^\/(v[12])(\/.*)$/.exec(path)
  if (!match) return null
  const version = match[1] === 'v1' ? 'v1' : 'v2'
  const rest = match[2] ?? ''
  const close = /^\/tickets\/(\d+)\/close$/.exec(rest)
  if (method === 'GET' && rest === '/tickets') return { call: 'list', version, id: 0 }
  if (method === 'GET' && close) return { call: 'close', version, id: Number(close[1]) }
  if (method === 'POST' && rest === '/tickets/create') return { call: 'create', version, id: 0 }
  if (method === 'POST' && rest === '/tickets/reply') return { call: 'reply', version, id: 0 }
  const service = /^\/services(?:\/(\d+))?$/.exec(rest)
  if (method === 'GET' && version === 'v2' && service)
    return { call: 'services', version, id: Number(service[1] ?? 0) }
  return null
}

async function parametersOf(request: IncomingMessage, url: URL): Promise<Record<string, string>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString('utf8')
  const all = Object.fromEntries(url.searchParams)
  if (body === '') return all
  if (request.headers['content-type']?.includes('json')) {
    const parsed = JSON.parse(body) as Record<string, unknown>
    return {
      ...all,
      ...Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]))
    }
  }
  return { ...all, ...Object.fromEntries(new URLSearchParams(body)) }
}

/** Starts the sample API on 127.0.0.1. */
export async function startDemoServer(options: DemoOptions = {}): Promise<DemoServer> {
  const { staffReplyAfterMs = null, now = Date.now } = options
  let token = options.token ?? 'demo'
  const world = new World(now, options.sample ?? true)
  const requests: RecordedRequest[] = []
  const timers = new Set<NodeJS.Timeout>()
  const sockets = new Set<Socket>()
  let rules: { rule: Misbehaviour; left: number }[] = []

  const later = (run: () => void, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timer.unref()
    timers.add(timer)
  }
  const answerLater = (id: number): void => {
    if (staffReplyAfterMs !== null) later(() => world.answer(id), staffReplyAfterMs)
  }

  const letIn = (request: IncomingMessage, parameters: Record<string, string>): boolean => {
    if (parameters.access === 'demo' && parameters.secret === token) return true
    return Object.values(request.headers).some((value) => value === token || value === `Bearer ${token}`)
  }

  /** Takes effect, and says what the API says. */
  function commit({ call, version, id }: Route, parameters: Record<string, string>): Reply {
    const missing = (names: readonly string[]): Reply | null => {
      const name = names.find((one) => !parameters[one]?.trim())
      return name ? { status: 422, body: errorBody(`${name} alanı zorunludur.`, version) } : null
    }
    const unknown = (): Reply => ({ status: 404, body: errorBody('Destek talebi bulunamadı.', version) })
    switch (call) {
      case 'list':
        return {
          status: 200,
          body: listBody(
            world.tickets().map((one) => wireTicket(one, version)),
            version
          )
        }
      case 'services': {
        const body = { status: true, message: 'Service list', error: null }
        if (id === 0) return { status: 200, body: { ...body, data: services } }
        const service = services.find((one) => one.id === id)
        return service ? { status: 200, body: { ...body, data: service } } : unknown()
      }
      case 'create': {
        const wrong = missing(['title', 'department', 'message', 'service'])
        if (wrong) return wrong
        if (version === 'v1' && !/^[SD]\d+$/.test(parameters.service ?? ''))
          return { status: 422, body: errorBody('Servis idsinin başında S olmalıdır.', version) }
        answerLater(world.create(parameters.message ?? ''))
        return { status: 200, body: doneBody('Destek talebi başarıyla oluşturuldu.', version) }
      }
      case 'reply': {
        const wrong = missing(['id', 'reply'])
        if (wrong) return wrong
        const ticket = Number(parameters.id)
        if (!world.has(ticket)) return unknown()
        world.reply(ticket, parameters.reply ?? '')
        answerLater(ticket)
        return { status: 200, body: doneBody('Ticket başarıyla cevaplandı.', version) }
      }
      case 'close':
        if (!world.has(id)) return unknown()
        world.setStatus(id, 'closed')
        return {
          status: 200,
          body: doneBody(`#${id} numaralı destek talebi başarıyla kapatılmıştır.`, version)
        }
    }
  }

  function ruleFor(call: Call): Misbehaviour | null {
    const found = rules.find(({ rule: { on = 'any' }, left }) => left > 0 && (on === 'any' || on === call))
    if (!found) return null
    found.left -= 1
    return found.rule
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET'
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const parameters = await parametersOf(request, url)
    const route = routeOf(method, url.pathname)
    const rule = route ? ruleFor(route.call) : null
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    )
    const record = (committed: boolean): void => {
      requests.push({ method, path: url.pathname, headers, parameters, committed })
    }
    const take = (): Reply => {
      if (!route) return { status: 404, body: errorBody('Not Found', 'v1') }
      if (!letIn(request, parameters))
        return { status: 401, body: errorBody('Yetkisiz erişim.', route.version) }
      const reply = commit(route, parameters)
      record(reply.status < 300)
      return reply
    }
    if (!rule || !route || !letIn(request, parameters)) {
      const before = requests.length
      const { status, body } = take()
      if (requests.length === before) record(false)
      send(response, status, JSON.stringify(body))
      return
    }
    await respond(rule, response, {
      version: route.version,
      isList: route.call === 'list',
      take,
      skip: () => record(false),
      later
    })
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  await listen(options.port ?? 0)
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  if (staffReplyAfterMs !== null && world.has(272298)) answerLater(272298)

  return {
    origin,
    port,
    get token() {
      return token
    },
    requests,
    baseUrl: (version) => `${origin}/${version}`,
    misbehave: (rule) => void rules.push({ rule, left: rule.times ?? 1 }),
    behave: () => {
      rules = []
    },
    requireToken: (next) => {
      token = next
    },
    staffReply: (id, admin, message) => {
      world.staffReply(id, admin, message)
    },
    addTicket: ({ message, status = 'open', replies = [] }) => world.add(message, status, replies),
    setStatus: (id, status) => {
      world.setStatus(id, status)
    },
    fill: (count, replies) => {
      world.fill(count, replies)
    },
    tickets: () =>
      world
        .tickets()
        .map(({ id, status, replies, message }) => ({ id, status, replies: replies.length, message })),
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer)
        timers.clear()
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
    reopen: () => listen(port)
  }
}
