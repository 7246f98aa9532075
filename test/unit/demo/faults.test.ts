import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect as connectTo } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import type { DemoServer, InjectedFault } from '../../support/demo/api.ts'
import { apiVersions } from '../../../electron/tickets/ticket.ts'
import { respondWithFault } from '../../support/demo/faults.ts'
import { bearer, demo, get, listOf, newTicket, post } from './demo.ts'

const create = (server: DemoServer): Promise<Response> => post(server, 'v1', '/tickets/create', newTicket)
const list = (server: DemoServer): Promise<Response> => get(server, 'v1', '/tickets')
const committed = (server: DemoServer): readonly boolean[] =>
  server.requests.map((request) => request.committed)

async function serverWithFault(
  effect: InjectedFault['effect'],
  rest: Omit<InjectedFault, 'effect'> = {}
): Promise<DemoServer> {
  const server = await demo()
  server.addTicket({ message: 'x' })
  server.injectFault({ ...rest, effect })
  return server
}

describe('a rule', () => {
  test('is used up after one matching request', async () => {
    const server = await serverWithFault({ kind: 'html' }, { on: 'list' })
    expect((await create(server)).headers.get('content-type')).toContain('json')
    expect((await list(server)).headers.get('content-type')).toContain('html')
    expect((await list(server)).headers.get('content-type')).toContain('json')
  })

  test('holds for as many requests as it says, before the next one does', async () => {
    const server = await serverWithFault({ kind: 'status', status: 500 }, { times: 2 })
    server.injectFault({ effect: { kind: 'status', status: 429 } })
    const seen: number[] = []
    for (let i = 0; i < 4; i++) seen.push((await list(server)).status)
    expect(seen).toEqual([500, 500, 429, 200])
  })

  test('may hold for ever, until told to behave', async () => {
    const server = await serverWithFault({ kind: 'status', status: 503 }, { times: Infinity })
    for (let i = 0; i < 5; i++) expect((await list(server)).status).toBe(503)
    server.clearFaults()
    expect((await list(server)).status).toBe(200)
  })

  test('is not used up by who is not let in', async () => {
    const server = await serverWithFault({ kind: 'status', status: 500 })
    expect((await get(server, 'v1', '/tickets', {})).status).toBe(401)
    expect((await list(server)).status).toBe(500)
  })
})

test('a delay comes before anything happens', async () => {
  const steps: string[] = []
  let wakeUp: () => void = () => undefined
  const response = { writeHead: vi.fn(), end: () => steps.push('answered') } as unknown as ServerResponse
  const answered = respondWithFault({ effect: { kind: 'delay' }, delayMs: 40 }, response, {
    version: 'v1',
    isList: false,
    execute: () => {
      steps.push('taken')
      return { status: 200, body: {} }
    },
    recordIgnored: () => undefined,
    schedule: (run, ms) => {
      steps.push(`waiting ${ms}`)
      wakeUp = run
    }
  })
  expect(steps).toEqual(['waiting 40'])
  wakeUp()
  await answered
  expect(steps).toEqual(['waiting 40', 'taken', 'answered'])
})

test('a delayed request is answered as usual in the end', async () => {
  const server = await serverWithFault({ kind: 'delay' }, { delayMs: 1 })
  expect((await create(server)).status).toBe(200)
  expect(server.tickets()).toHaveLength(2)
})

test.each([
  ['before', 'cut-before', 1],
  ['after', 'cut-after', 2]
] as const)('the connection is cut %s the request takes effect', async (_when, kind, tickets) => {
  const server = await serverWithFault({ kind })
  await expect(create(server)).rejects.toThrow()
  expect(server.tickets()).toHaveLength(tickets)
  expect(committed(server)).toEqual([kind === 'cut-after'])
})

test.each([true, false])('a request hangs, with effect: %s', async (commit) => {
  const server = await serverWithFault({ kind: 'hang', commit })
  const hanging = create(server)
  await vi.waitFor(() => expect(server.requests).toHaveLength(1))
  expect(committed(server)).toEqual([commit])
  expect(server.tickets()).toHaveLength(commit ? 2 : 1)
  await Promise.all([expect(hanging).rejects.toThrow(), server.close()])
})

test.each([
  ['only-headers', /^HTTP\/1.1 200 OK\r\n[^]*\r\n\r\n$/],
  ['headers-for-ever', /^HTTP\/1.1 200 OK\r\nX-Wait: a moment\r\n$/],
  ['byte-a-second', /^HTTP\/1.1 200 OK\r\n[^]*\r\n\r\n1\r\n \r\n$/]
] as const)('an answer that never ends sends %s', async (sends, sent) => {
  const server = await serverWithFault({ kind: 'hang', commit: false, sends })
  const socket = connectTo(server.port, '127.0.0.1')
  let received = ''
  socket.on('data', (bytes: Buffer) => (received += bytes.toString('latin1')))
  socket.write(
    `GET /v1/tickets HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer gizli\r\n\r\n`
  )
  await vi.waitFor(() => expect(received).toMatch(sent))
  const closed = once(socket, 'close')
  await server.close()
  await closed
})

test('a status comes with its headers, in the shape of the version, without effect', async () => {
  const server = await serverWithFault({ kind: 'status', status: 429, headers: { 'Retry-After': '7' } })
  const response = await create(server)
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('7')
  expect(await response.json()).toMatchObject({ status: 'error' })
  expect(committed(server)).toEqual([false])
})

test('a status may come with a body of its own, and after the effect', async () => {
  const server = await serverWithFault({ kind: 'status', status: 502, commit: true, body: 'Bad Gateway' })
  expect(await (await create(server)).text()).toBe('Bad Gateway')
  expect(server.tickets()).toHaveLength(2)
})

test('a page of HTML comes where JSON was asked for, with 200', async () => {
  const server = await serverWithFault({ kind: 'html' })
  const response = await list(server)
  expect(response.status).toBe(200)
  expect(await response.text()).toMatch(/^<!doctype html>/)
})

test('half a body is cut off before its announced length', async () => {
  const server = await serverWithFault({ kind: 'truncated', cut: true })
  const response = await list(server)
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0)
  await expect(response.text()).rejects.toThrow()
})

test('half a body looks whole where it is not cut, and is no JSON', async () => {
  const server = await serverWithFault({ kind: 'truncated', cut: false, commit: true })
  const body = await (await create(server)).text()
  expect(body).toMatch(/^\{"status":/)
  expect(() => JSON.parse(body) as unknown).toThrow(SyntaxError)
  expect(server.tickets()).toHaveLength(2)
})

test.each(apiVersions)('the list of %s is empty though there are tickets', async (version) => {
  const server = await serverWithFault({ kind: 'empty-list' })
  expect(await listOf(server, version)).toEqual([])
  expect(await listOf(server, version)).toHaveLength(1)
})

test('an answer is JSON of no documented shape', async () => {
  const server = await serverWithFault({ kind: 'wrong-shape' })
  expect(await (await list(server)).json()).not.toHaveProperty('data')
})

test('one ticket among good ones is broken', async () => {
  const server = await serverWithFault({ kind: 'broken-ticket' })
  const [good, broken] = await listOf(server, 'v2')
  expect(good?.message).toBe('x')
  expect(typeof broken?.message).toBe('object')
})

test('what has no list is answered as usual where a ticket should be broken', async () => {
  const server = await serverWithFault({ kind: 'broken-ticket' })
  expect((await create(server)).status).toBe(200)
})

test('a huge answer has at least the bytes asked for', async () => {
  const server = await serverWithFault({ kind: 'huge', bytes: 200_000 })
  expect((await (await list(server)).text()).length).toBeGreaterThanOrEqual(200_000)
})

test('it can go away, cutting what is open, and come back on the same port', async () => {
  const server = await serverWithFault({ kind: 'hang', commit: false })
  const open = list(server)
  await vi.waitFor(() => expect(server.requests).toHaveLength(1))
  await Promise.all([expect(open).rejects.toThrow(), server.close()])
  await expect(list(server)).rejects.toThrow()
  await server.reopen()
  expect(await listOf(server, 'v1')).toHaveLength(1)
})

test('a request is recorded with everything it came with', async () => {
  const server = await demo()
  await fetch(`${server.baseUrl('v1')}/tickets?access=demo&secret=gizli`, { headers: { 'X-Trace': '1' } })
  await fetch(`${server.origin}/elsewhere`, { headers: bearer })
  expect(server.requests).toMatchObject([
    {
      method: 'GET',
      path: '/v1/tickets',
      headers: { 'x-trace': '1' },
      parameters: { access: 'demo', secret: 'gizli' },
      committed: true
    },
    { method: 'GET', path: '/elsewhere', parameters: {}, committed: false }
  ])
})
