/** What `ELECTRON_MIRROR` names in tests, and a proxy on the way to it; both on loopback. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

export interface Mirror {
  /** Ends with a slash, as the downloader wants it. */
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

/** One that nobody listens at: the port was just given back. */
export async function deadAddress(): Promise<string> {
  const mirror = await startMirror(() => undefined)
  await mirror.close()
  return mirror.address
}

/** Leads whatever is asked for to `target`, a port on loopback; null refuses as one does that wants a password. */
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
