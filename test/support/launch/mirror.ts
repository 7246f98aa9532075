/** A download mirror for `ELECTRON_MIRROR` and an HTTP proxy, both on loopback. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

export interface Mirror {
  /** Ends with a slash, which the downloader requires. */
  readonly address: string
  readonly port: number
  readonly requests: readonly string[]
  readonly close: () => Promise<void>
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const close = (server: Server, sockets: Iterable<Socket> = []): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
    for (const socket of sockets) socket.destroy()
  })

export type Answer = (response: ServerResponse, request: IncomingMessage) => void

export async function startMirror(answer: Answer): Promise<Mirror> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    answer(response, request)
  })
  const port = await listen(server)
  return { address: `http://127.0.0.1:${port}/`, port, requests, close: () => close(server) }
}

/** An address at which no server listens: that of a server that was just closed. */
export async function deadAddress(): Promise<string> {
  const mirror = await startMirror(() => undefined)
  await mirror.close()
  return mirror.address
}

/** Starts a proxy that connects every request to port `target` on loopback; null: answers 407 (password required). */
export async function startProxy(target: number | null): Promise<Mirror> {
  const requests: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer()
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    requests.push(request.url ?? '')
    sockets.add(client)
    client.on('error', () => client.destroy())
    if (target === null) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const up = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      up.pipe(client)
      client.pipe(up)
    })
    sockets.add(up)
    up.on('error', () => client.destroy())
  })
  const port = await listen(server)
  return { address: `http://127.0.0.1:${port}/`, port, requests, close: () => close(server, sockets) }
}
