import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { DemoOptions, DemoServer, Misbehaviour, RecordedRequest } from './api.ts'
import { perform, type Answer } from './calls.ts'
import { respond, ruleOfHabit } from './misbehave.ts'
import { parametersOf, type Parameters } from './parameters.ts'
import { routeOf, type Call } from './routes.ts'
import { waitingTicketId } from './sample.ts'
import { send } from './send.ts'
import { errorBody } from './wire.ts'
import { World } from './world.ts'

const letIn = (token: string, { headers }: IncomingMessage, { access, secret }: Parameters): boolean =>
  (access === 'demo' && secret === token) ||
  Object.values(headers).some((value) => value === token || value === `Bearer ${token}`)

/** Starts the sample API on 127.0.0.1. Rejects when the port is taken. */
export async function startDemoServer(options: DemoOptions = {}): Promise<DemoServer> {
  const { staffReplyAfterMs = null, now = Date.now } = options
  let token = options.token ?? 'demo'
  const world = new World(now, options.sample ?? true)
  world.adopt(options.habit ?? null)
  const requests: RecordedRequest[] = []
  const timers = new Set<NodeJS.Timeout>()
  const sockets = new Set<Socket>()
  let rules: { readonly rule: Misbehaviour; left: number }[] = []

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

  function ruleFor(call: Call, { reply, message }: Parameters): Misbehaviour | null {
    const found = rules.find(({ rule: { on = 'any' }, left }) => left > 0 && (on === 'any' || on === call))
    const reads = call === 'list' || call === 'services'
    if (!found) return reads || !world.habit ? null : ruleOfHabit(world.habit, reply ?? message ?? '')
    found.left -= 1
    return found.rule
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET'
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const parameters = await parametersOf(request, url)
    const route = routeOf(method, url.pathname)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    )
    // The server's own clock.
    response.setHeader('Date', new Date(now() + (world.habit?.clockMs ?? 0)).toUTCString())

    const record = (committed: boolean): void => {
      requests.push({ method, path: url.pathname, headers, parameters: parameters ?? {}, committed })
    }
    const refuse = (status: number, words: string): void => {
      record(false)
      send(response, status, JSON.stringify(errorBody(words, route?.version ?? 'v1')))
    }
    if (!route) {
      refuse(404, 'Sayfa bulunamadı.')
      return
    }
    if (!letIn(token, request, parameters ?? {})) {
      refuse(401, 'Yetkisiz erişim.')
      return
    }
    if (!parameters) {
      refuse(400, 'İstek gövdesi okunamadı.')
      return
    }
    const take = (): Answer => {
      const answer = perform(route, parameters, { world, now, written: answerLater })
      record(answer.status < 300)
      return answer
    }
    const rule = ruleFor(route.call, parameters)
    if (rule) {
      await respond(rule, response, {
        version: route.version,
        isList: route.call === 'list',
        take,
        skip: () => record(false),
        later
      })
      return
    }
    const { status, body, headers: own } = take()
    if (own) response.removeHeader('Date')
    response.sendDate = own === undefined || 'Date' in own
    send(response, status, JSON.stringify(body), own)
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
  answerLater(waitingTicketId)

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
    adopt: (habit) => {
      world.adopt(habit)
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
