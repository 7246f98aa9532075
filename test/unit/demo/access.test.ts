import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { maxTextLength } from '../../../electron/tickets/limits.ts'
import { bearer, demo, get, newTicket, post } from './demo.ts'

const status = async (
  server: Awaited<ReturnType<typeof demo>>,
  path: string,
  headers: Readonly<Record<string, string>>
): Promise<number> => (await get(server, 'v1', path, headers)).status

test('the token is taken as bearer, under any header, or as the secret of a pair', async () => {
  const server = await demo()
  expect(await status(server, '/tickets', bearer)).toBe(200)
  expect(await status(server, '/tickets', { 'X-Api-Key': 'gizli' })).toBe(200)
  expect(await status(server, '/tickets?access=demo&secret=gizli', {})).toBe(200)
})

test('the pair may also stand in the body', async () => {
  const server = await demo()
  const body = new URLSearchParams({ ...newTicket, access: 'demo', secret: 'gizli' })
  const response = await fetch(`${server.baseUrl('v1')}/tickets/create`, { method: 'POST', body })
  expect(response.status).toBe(200)
})

test.each([
  ['no token', '/tickets', {}],
  ['a wrong token', '/tickets', { Authorization: 'Bearer baska' }],
  ['another kind of proof', '/tickets', { Authorization: 'Basic gizli' }],
  ['half of a pair', '/tickets?secret=gizli', {}],
  ['the token as access', '/tickets?access=gizli&secret=demo', {}]
])('%s is refused with 401 and changes nothing', async (_name, path, headers) => {
  const server = await demo()
  const id = server.addTicket({ message: 'x' })
  expect(await status(server, path, headers)).toBe(401)
  expect(await status(server, `/tickets/${id}/close`, headers)).toBe(401)
  expect(server.tickets()).toMatchObject([{ status: 'open' }])
  expect(server.requests.map(({ committed }) => committed)).toEqual([false, false])
})

test.each([
  ['v1', { status: 'error', message: 'Yetkisiz erişim.' }],
  ['v2', { status: false, message: 'Yetkisiz erişim.', error: 'Yetkisiz erişim.', data: null }]
] as const)('the refusal of %s is in its own shape', async (version, body) => {
  const server = await demo()
  expect(await (await get(server, version, '/tickets', {})).json()).toEqual(body)
})

test('a token can be withdrawn while the server runs', async () => {
  const server = await demo()
  server.requireToken('yeni')
  expect(server.token).toBe('yeni')
  expect(await status(server, '/tickets', bearer)).toBe(401)
  expect(await status(server, '/tickets', { Authorization: 'Bearer yeni' })).toBe(200)
})

/** Sends a raw request, then further chunks until an answer arrives, and returns its status. */
function rawStatus(
  port: number,
  head: readonly string[],
  piece = '',
  pieces = 0
): Promise<{ readonly status: number; readonly sent: number }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    let sent = 0
    const next = (): void => {
      if (answer !== '' || sent === pieces) return
      sent += 1
      socket.write(piece, () => setImmediate(next))
    }
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]
      if (status === undefined) reject(new Error('closed without an answer'))
      else resolve({ status: Number(status), sent })
    })
    socket.write(`${head.join('\r\n')}\r\n\r\n`, next)
  })
}

describe('a body', () => {
  const reply = (port: number, ...headers: readonly string[]): readonly string[] => [
    'POST /v1/tickets/reply HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/x-www-form-urlencoded',
    ...headers
  ]
  const megabyte = 1024 * 1024
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`

  test.each([
    ['without a token', [], `Content-Length: ${300 * megabyte}`, 401],
    ['without a token, of unknown length', [], 'Transfer-Encoding: chunked', 401],
    ['with the token', ['Authorization: Bearer gizli'], `Content-Length: ${300 * megabyte}`, 413],
    ['with the token, of unknown length', ['Authorization: Bearer gizli'], 'Transfer-Encoding: chunked', 413]
  ])('that is large is refused %s before it is there', async (_name, token, length, status) => {
    const server = await demo()
    const head = reply(server.port, length, ...token)
    const answered = await rawStatus(server.port, head, chunk, length.startsWith('Content') ? 0 : 10_000)
    expect(answered.status).toBe(status)
    expect(answered.sent).toBeLessThan(10_000)
    expect(server.requests).toMatchObject([{ committed: false }])
  })

  test('with the longest text there is, in the longest spelling, is taken', async () => {
    const server = await demo()
    const id = String(server.addTicket({ message: 'x' }))
    const answer = await post(server, 'v1', '/tickets/reply', { id, reply: '界'.repeat(maxTextLength) })
    expect(answer.status).toBe(200)
  })
})

test.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1'])(
  'whoever asks for %s is not let in, with the token neither',
  async (host) => {
    const server = await demo()
    const head = [
      'GET /v1/tickets HTTP/1.1',
      `Host: ${host}`,
      'Authorization: Bearer gizli',
      'Connection: close'
    ]
    expect((await rawStatus(server.port, head)).status).toBe(421)
  }
)

test('tokens of any length and letters are compared, and refused', async () => {
  const server = await demo()
  for (const token of ['', 'g', 'gizl', 'gizlı', 'gizli'.repeat(1000), 'ĝizli'])
    expect(await status(server, `/tickets?access=demo&secret=${encodeURIComponent(token)}`, {})).toBe(401)
})
