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
import { windowTable } from '../ipc/windows.ts'
import { isRecord } from '../tickets/json.ts'

export interface WebBridgeOptions {
  /** Of the built pages. */
  readonly folder: string
  /** 0: any that is free. */
  readonly port: number
  readonly handlers: Handlers
  report(command: string, error: unknown): void
}

export interface WebBridge {
  /** With the one-time token. */
  readonly address: string
  send<Name extends EventName>(name: Name, payload: Events[Name]): void
  close(): Promise<void>
}

const startPage = `/${windowTable.inbox.page}`
const cookieName = 'bilet'
/** Of one command, in bytes. */
const maxMessageBytes = 4 * 1024 * 1024

const randomToken = (): string => randomBytes(32).toString('base64url')
const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Who may talk to the server: whoever had the address first, from this machine. */
class Access {
  readonly #session = randomToken()
  #ticket: string | null = randomToken()

  get ticket(): string | null {
    return this.#ticket
  }

  get cookie(): string {
    return `${cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** True once, for the ticket in the address. */
  redeem(ticket: string): boolean {
    if (this.#ticket === null || !isSame(ticket, this.#ticket)) return false
    this.#ticket = null
    return true
  }

  isSignedIn(request: IncomingMessage): boolean {
    return (request.headers.cookie ?? '').split(/;\s*/).some((pair) => {
      const [name, value] = pair.split('=')
      return name === cookieName && value !== undefined && isSame(value, this.#session)
    })
  }
}

class PreviewServer {
  readonly #options: WebBridgeOptions
  readonly #access = new Access()
  readonly #sockets = new Set<WebSocket>()
  readonly #webSockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  readonly #server = createServer((request, response) => {
    this.#respond(request, response).catch(() => response.writeHead(500).end())
  })

  constructor(options: WebBridgeOptions) {
    this.#options = options
    this.#server.on('upgrade', (request, socket, head) => {
      if (this.#isAllowed(request))
        this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket))
      else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    })
  }

  get address(): string {
    return `http://${this.#host()}/?token=${this.#access.ticket}`
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(this.#options.port, '127.0.0.1', resolve)
    })
  }

  send(message: string): void {
    for (const socket of this.#sockets) socket.send(message)
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      for (const socket of this.#sockets) socket.terminate()
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  #host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** A name that resolves to 127.0.0.1 must not be let in by the browser's rules (DNS rebinding). */
  #isFromHere(request: IncomingMessage): boolean {
    return request.headers.host === this.#host()
  }

  #isAllowed(request: IncomingMessage): boolean {
    return (
      request.url === '/bridge' &&
      this.#isFromHere(request) &&
      request.headers.origin === `http://${this.#host()}` &&
      this.#access.isSignedIn(request)
    )
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${this.#host()}`)
    response.setHeader('Content-Security-Policy', contentSecurityPolicy)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Referrer-Policy', 'no-referrer')
    response.setHeader('Cache-Control', 'no-store')
    const ticket = url.searchParams.get('token')
    if (!this.#isFromHere(request) || request.method !== 'GET') response.writeHead(403).end()
    else if (ticket !== null) this.#signIn(ticket, response)
    else if (!this.#access.isSignedIn(request)) response.writeHead(403).end()
    else await this.#sendFile(url.pathname === '/' ? startPage : url.pathname, response)
  }

  #signIn(ticket: string, response: ServerResponse): void {
    if (this.#access.redeem(ticket)) {
      response.writeHead(303, { 'Set-Cookie': this.#access.cookie, Location: startPage }).end()
      return
    }
    response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end('This address was used already. Start the preview again for a new one.\n')
  }

  async #sendFile(pathname: string, response: ServerResponse): Promise<void> {
    const path = normalize(decodeURIComponent(pathname))
    const type = contentTypes[extname(path)]
    const isInside = !path.split(sep).includes('..')
    const body = isInside && type ? await readFile(join(this.#options.folder, path)).catch(() => null) : null
    if (body === null || type === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'Content-Type': type, 'Cache-Control': cacheControl(path) }).end(body)
  }

  #serve(socket: WebSocket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => {
      socket.terminate()
    })
    socket.on('message', (data) => {
      this.#answer(socket, (data as Buffer).toString()).catch(() => {
        socket.terminate()
      })
    })
  }

  async #answer(socket: WebSocket, text: string): Promise<void> {
    const command: unknown = JSON.parse(text)
    if (!isRecord(command) || !('id' in command)) return
    const { id, name, args } = command
    const caller = { windowId: null, closeWindow: () => undefined }
    const result = await dispatch(this.#options.handlers, name, args, caller, (failed, error) => {
      this.#options.report(failed, error)
    })
    socket.send(JSON.stringify({ id, result }))
  }
}

export async function serveBridge(options: WebBridgeOptions): Promise<WebBridge> {
  const server = new PreviewServer(options)
  await server.listen()
  return {
    address: server.address,
    send: (event, payload) => server.send(JSON.stringify({ event, payload })),
    close: () => server.close()
  }
}
