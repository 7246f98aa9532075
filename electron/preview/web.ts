/**
 * Serves the contract to a browser: pages from one folder over HTTP, commands and events over the WebSocket `/bridge`.
 *
 * The server listens on 127.0.0.1 only. The printed address contains a one-time ticket in its fragment, which browsers send to
 * no server. The entry page exchanges the ticket for a secret, stores the secret in the tab's session storage and opens the
 * WebSocket with it. Cookies are not used, because browsers send them to every port of the host. The pages contain no data, so
 * they are served without the secret.
 */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, sep } from 'node:path'
import { WebSocketServer, type WebSocket } from 'ws'
import type { EventName, Events } from '../ipc/contract.ts'
import { cacheControl, contentSecurityPolicy, contentTypes } from '../desktop/security/page-headers.ts'
import { isSameSecret } from '../demo/same-secret.ts'
import { dispatch, type Handlers } from '../ipc/dispatch.ts'
import { windowTable } from '../ipc/windows.ts'
import { isRecord } from '../tickets/json.ts'
import { entryPage, entryScript } from './entry.ts'

export interface WebBridgeOptions {
  /** Folder of the built pages. */
  readonly folder: string
  /** 0: any free port. */
  readonly port: number
  readonly handlers: Handlers
  report(command: string, error: unknown): void
}

export interface WebBridge {
  /** URL with the one-time ticket in its fragment. */
  readonly address: string
  send<Name extends EventName>(name: Name, payload: Events[Name]): void
  close(): Promise<void>
}

/** Maximum size of one command, in bytes. */
const maxMessageBytes = 4 * 1024 * 1024

const randomToken = (): string => randomBytes(32).toString('base64url')

/** Checks the one-time ticket of the address and the secret it is exchanged for. */
class Access {
  readonly #secret = randomToken()
  #ticket: string | null = randomToken()

  get ticket(): string {
    return this.#ticket ?? ''
  }

  /** Returns the secret for the ticket, once; null for a wrong or used ticket. */
  redeem(ticket: string): string | null {
    if (this.#ticket === null || !isSameSecret(ticket, this.#ticket)) return null
    this.#ticket = null
    return this.#secret
  }

  knows(secret: string): boolean {
    return isSameSecret(secret, this.#secret)
  }
}

/** The token of `Authorization: Bearer …`; empty if there is none. */
const bearerOf = ({ headers }: IncomingMessage): string =>
  /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? ''

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
      if (this.#mayOpenBridge(request))
        this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket))
      else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    })
  }

  get address(): string {
    return `${this.#origin()}/#${this.#access.ticket}`
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

  #origin(): string {
    return `http://${this.#host()}`
  }

  /** Rejects other host names that resolve to 127.0.0.1 (DNS rebinding). */
  #isFromHere({ headers }: IncomingMessage): boolean {
    return headers.host === this.#host()
  }

  #isFromOwnPage(request: IncomingMessage): boolean {
    return this.#isFromHere(request) && request.headers.origin === this.#origin()
  }

  /** The secret is sent as WebSocket protocol, the only header that a page can set. */
  #mayOpenBridge(request: IncomingMessage): boolean {
    const secret = request.headers['sec-websocket-protocol'] ?? ''
    return request.url === '/bridge' && this.#isFromOwnPage(request) && this.#access.knows(secret)
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.#origin())
    response.setHeader('Content-Security-Policy', contentSecurityPolicy)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Referrer-Policy', 'no-referrer')
    response.setHeader('Cache-Control', 'no-store')
    if (request.method === 'POST' && pathname === '/enter') this.#enter(request, response)
    else if (!this.#isFromHere(request) || request.method !== 'GET') response.writeHead(403).end()
    else if (pathname === '/') this.#sendText(response, '.html', entryPage)
    else if (pathname === '/enter.js')
      this.#sendText(response, '.js', entryScript(`/${windowTable.inbox.page}`))
    else await this.#sendFile(pathname, response)
  }

  #enter(request: IncomingMessage, response: ServerResponse): void {
    const secret = this.#isFromOwnPage(request) ? this.#access.redeem(bearerOf(request)) : null
    if (secret === null) response.writeHead(403).end()
    else response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end(secret)
  }

  #sendText(response: ServerResponse, extension: '.html' | '.js', text: string): void {
    response.writeHead(200, { 'Content-Type': contentTypes[extension] }).end(text)
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
    const caller = {
      windowId: null,
      closeWindow: () => undefined,
      leave: () => undefined,
      takeView: () => null
    }
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
