import { onTestFinished } from 'vitest'
import type { DemoOptions, DemoServer } from '../../support/demo/api.ts'
import { startDemoServer } from '../../support/demo/server.ts'
import type { ApiVersion } from '../../../electron/tickets/ticket.ts'

/** 24 November 2026, 15:04:05 in Istanbul. */
export const now = Date.UTC(2026, 10, 24, 12, 4, 5)

/** Starts a demo server. It is stopped at the end of the test. */
export async function demo(options: DemoOptions = {}): Promise<DemoServer> {
  const server = await startDemoServer({ token: 'gizli', sample: false, now: () => now, ...options })
  onTestFinished(() => server.close())
  return server
}

export const bearer = { Authorization: 'Bearer gizli' }

export const get = (
  server: DemoServer,
  version: ApiVersion,
  path: string,
  headers: Readonly<Record<string, string>> = bearer
): Promise<Response> => fetch(`${server.baseUrl(version)}${path}`, { headers })

export const post = (
  server: DemoServer,
  version: ApiVersion,
  path: string,
  parameters: Readonly<Record<string, string>>
): Promise<Response> =>
  fetch(`${server.baseUrl(version)}${path}`, {
    method: 'POST',
    headers: bearer,
    body: new URLSearchParams(parameters)
  })

export interface WireTicket {
  readonly id: number
  readonly date: string
  readonly message: string
  readonly status: string
  readonly attachment?: string
  readonly attachments?: string
  readonly lastreply: string
  readonly replies: readonly {
    readonly id: number
    readonly admin: string
    readonly user: string
    readonly date: string
    readonly message: string
  }[]
}

export async function listOf(server: DemoServer, version: ApiVersion): Promise<readonly WireTicket[]> {
  const response = await get(server, version, '/tickets')
  return ((await response.json()) as { readonly data: readonly WireTicket[] }).data
}

export const newTicket = { title: 'Baslik', department: '19', message: 'Merhaba', service: 'S952157' }
