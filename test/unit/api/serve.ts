import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { ApiOptions, TicketApi } from '../../../electron/api/api.ts'
import { createTicketApi } from '../../../electron/api/client.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
}

type Answer = (response: ServerResponse, asked: Asked) => void

/** A server on loopback with the given answers. It is stopped at the end of the test. */
export async function serve(answer: Answer): Promise<{ readonly origin: string; readonly asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://x')
      const received = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        body: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
        headers: request.headers
      }
      asked.push(received)
      answer(response, received)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

export const text =
  (status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body)
  }

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  text(status, JSON.stringify(body), headers)

export const now = Date.UTC(2026, 10, 24, 12)

export function api(origin: string, change: Partial<ApiOptions> = {}): TicketApi {
  const version = change.version ?? 'v1'
  return createTicketApi({
    baseUrl: `${origin}/${version}`,
    version,
    credentials: { kind: 'bearer', token: 'gizli' },
    fetch,
    writeFetch: fetch,
    silenceMs: 10_000,
    now: () => now,
    ...change
  })
}

export const v1Ticket = {
  id: 272298,
  date: '30-11-18 10:30:09',
  message: 'Destek talebi mesaj.\n\n-----------------\nIP Adresiniz: 127.0.0.1',
  status: 'Closed',
  attachment: '',
  lastreply: '30-11-18 10:30:09',
  replies: []
}

export const v2Ticket = {
  id: 2,
  date: '2024-04-24 16:21:13',
  message: 'Destek talebi mesaj.\n\n-----------------\nIP Adresiniz: 127.0.0.1',
  status: 'Kapalı',
  attachments: '',
  lastreply: '2024-04-24 17:36:30',
  replies: [
    {
      id: 111,
      admin: 'Admin Test',
      user: 'User Test',
      date: '2024-04-24 16:32:14',
      message:
        'Destek talebi yanıt mesajı.\n\n-----------------\r\n\r\nBilginize sunar, iyi çalışmalar dileriz.\r\n\r\n______\r\n\r\nNetinternet - Teknik Birim'
    },
    { id: 112, admin: ' ', user: 'User Test', date: '2024-04-24 17:36:30', message: 'Teşekkürler.' }
  ]
}

export const v2List = (...data: readonly unknown[]): unknown => ({
  status: true,
  message: 'Ticket list',
  error: null,
  data
})
