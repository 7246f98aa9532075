import { describe, expect, it } from 'vitest'
import type { TicketApi } from '../../../electron/api/api.ts'
import { tryConnect } from '../../../electron/sync/accounts/connect.ts'
import type { ProblemKind } from '../../../electron/tickets/problem.ts'
import type { ApiVersion } from '../../../electron/tickets/ticket.ts'

/** The problem shown when v2 and v1 of a server answer with these problems. */
async function shownProblem(v2: ProblemKind, v1: ProblemKind): Promise<string> {
  const never = (): Promise<never> => Promise.reject(new Error('asked'))
  const create = (_: string, version: ApiVersion): TicketApi => ({
    version,
    list: () => Promise.resolve({ outcome: 'failed', problem: { kind: version === 'v2' ? v2 : v1 } }),
    create: never,
    reply: never,
    close: never,
    services: never
  })
  const tried = await tryConnect('https://api.example.com', 'auto', create)
  return tried.ok ? 'connected' : tried.error.kind
}

describe('a connection that fails on both versions', () => {
  it.each([
    ['wrong-address', 'unauthorized', 'unauthorized'],
    ['wrong-address', 'forbidden', 'forbidden'],
    ['wrong-address', 'rate-limited', 'rate-limited'],
    ['wrong-address', 'server-error', 'server-error'],
    ['wrong-address', 'web-page', 'web-page'],
    ['wrong-address', 'not-json', 'not-json'],
    ['wrong-address', 'blocked', 'blocked'],
    ['wrong-address', 'timeout', 'timeout'],
    ['wrong-address', 'connection-lost', 'connection-lost'],
    ['wrong-address', 'offline', 'offline'],
    ['wrong-address', 'proxy', 'proxy'],
    ['wrong-address', 'tls', 'tls'],
    ['wrong-address', 'too-large', 'too-large'],
    ['wrong-address', 'stopped', 'stopped'],
    ['web-page', 'server-error', 'server-error'],
    ['web-page', 'timeout', 'web-page'],
    ['unexpected-shape', 'unauthorized', 'unauthorized'],
    ['unexpected-shape', 'wrong-address', 'unexpected-shape'],
    ['not-json', 'stopped', 'stopped'],
    ['wrong-address', 'wrong-address', 'wrong-address'],
    ['web-page', 'wrong-address', 'web-page'],
    ['refused', 'unauthorized', 'unauthorized']
  ] as const)('with %s in v2 and %s in v1 is told as %s', async (v2, v1, kind) => {
    expect(await shownProblem(v2, v1)).toBe(kind)
  })

  it('is not asked about twice where the token was refused', async () => {
    expect(await shownProblem('unauthorized', 'wrong-address')).toBe('unauthorized')
  })
})
