import { expect, test } from 'vitest'
import { bearer, demo, get, newTicket } from './demo.ts'

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
