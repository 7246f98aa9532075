/**
 * The contract over HTTP and a WebSocket, for a plain browser: pages from one folder, commands and events
 * over `/bridge`. Bound to 127.0.0.1; the address carries a token that works once and becomes a cookie.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, sep } from 'node:path'
import { WebSocketServer, type WebSocket } from 'ws'
import type { EventName, Events } from '../ipc/contract.ts'
import { cacheControl, contentSecurityPolicy, contentTypes } from '../desktop/security/page-headers.ts'
import { dispatch, type Handlers } from '../ipc/dispatch.ts'

export interface WebBridge {
  /** With the one-time token. */
  readonly address: string
  send<Name extends EventName>(name: Name, payload: Events[Name]): void
  close(): Promise<void>
}

const token = (): string => randomBytes(32).toString('base64url')
const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

export async function serveBridge(options: {
  readonly folder: string
  readonly port: number
  readonly handlers: Handlers
  report(command: string, error: unknown): void
}): Promise<WebBridge> {
  const session = token()
  let ticket: string | null = token()
  const sockets = new Set<WebSocket>()

  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.writeHead(500).end())
  })

  const host = (): string => `127.0.0.1:${(server.address() as AddressInfo).port}`
  // A name that resolves to 127.0.0.1 must not be let in by the browser's rules (DNS rebinding).
  const fromHere = (request: IncomingMessage): boolean => request.headers.host === host()
  const signedIn = (request: IncomingMessage): boolean =>
    (request.headers.cookie ?? '').split(/;\s*/).some((pair) => {
      const [name, value] = pair.split('=')
      return name === 'bilet' && value !== undefined && same(value, session)
    })

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${host()}`)
    response.setHeader('Content-Security-Policy', contentSecurityPolicy)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Referrer-Policy', 'no-referrer')
    response.setHeader('Cache-Control', 'no-store')
    if (!fromHere(request) || request.method !== 'GET') return void response.writeHead(403).end()

    const given = url.searchParams.get('token')
    if (given !== null) {
      if (ticket === null || !same(given, ticket)) {
        response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' })
        return void response.end('This address was used already. Start the preview again for a new one.\n')
      }
      ticket = null
      response.writeHead(303, {
        'Set-Cookie': `bilet=${session}; HttpOnly; SameSite=Strict; Path=/`,
        Location: '/inbox.html'
      })
      return void response.end()
    }
    if (!signedIn(request)) return void response.writeHead(403).end()

    const path = normalize(decodeURIComponent(url.pathname === '/' ? '/inbox.html' : url.pathname))
    const type = contentTypes[extname(path)]
    if (path.split(sep).includes('..') || type === undefined) return void response.writeHead(404).end()
    const body = await readFile(join(options.folder, path)).catch(() => null)
    if (body === null) return void response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': type, 'Cache-Control': cacheControl(path) }).end(body)
  }

  const webSockets = new WebSocketServer({ noServer: true, maxPayload: 4 * 1024 * 1024 })
  server.on('upgrade', (request, socket, head) => {
    const allowed =
      request.url === '/bridge' &&
      fromHere(request) &&
      request.headers.origin === `http://${host()}` &&
      signedIn(request)
    if (!allowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    webSockets.handleUpgrade(request, socket, head, serve)
  })

  function serve(socket: WebSocket): void {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {
      socket.terminate()
    })
    socket.on('message', (data) => {
      answer(socket, (data as Buffer).toString()).catch(() => {
        socket.terminate()
      })
    })
  }

  async function answer(socket: WebSocket, text: string): Promise<void> {
    const asked: unknown = JSON.parse(text)
    if (typeof asked !== 'object' || asked === null || !('id' in asked)) return
    const { id, name, args } = asked as { id: unknown; name?: unknown; args?: unknown }
    const caller = { windowId: null, closeWindow: () => undefined }
    const result = await dispatch(options.handlers, name, args, caller, (command, error) => {
      options.report(command, error)
    })
    socket.send(JSON.stringify({ id, result }))
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })

  return {
    address: `http://${host()}/?token=${ticket}`,
    send(event, payload) {
      const text = JSON.stringify({ event, payload })
      for (const socket of sockets) socket.send(text)
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
