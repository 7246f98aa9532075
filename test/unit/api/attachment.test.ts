import { describe, expect, it } from 'vitest'
import { fetchAttachment } from '../../../electron/api/attachment.ts'
import { serve } from './serve.ts'

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const get = (url: string, maxBytes = 1000) => fetchAttachment(url, { fetch, maxBytes })

describe('a file that a message links to', () => {
  it('is fetched without a credential', async () => {
    const { origin, asked } = await serve((response) => response.end(png))
    const answer = await get(`${origin}/fw.png?id=5`)
    expect(answer.ok && Buffer.from(answer.value).equals(png)).toBe(true)
    const [request] = asked
    expect([request?.method, request?.path, request?.query]).toEqual(['GET', '/fw.png', { id: '5' }])
    expect(request?.headers).not.toHaveProperty('authorization')
    expect(request?.headers).not.toHaveProperty('cookie')
  })

  it.each([
    ['larger than it may be', (size: number) => ({ length: size }), 'too-large'],
    ['announced as larger', () => ({ announced: 5000 }), 'too-large']
  ] as const)('that is %s is not taken', async (_, how, kind) => {
    const { length = 10, announced } = { length: undefined, announced: undefined, ...how(2000) }
    const { origin } = await serve((response) => {
      if (announced !== undefined) response.setHeader('Content-Length', announced)
      response.write(Buffer.alloc(length))
      if (announced === undefined) response.end()
    })
    expect(await get(`${origin}/big.png`)).toMatchObject({ ok: false, error: { kind } })
  })

  it('that leads elsewhere, or is not there, is not taken', async () => {
    const { origin, asked } = await serve((response, { path }) => {
      if (path === '/moved') response.writeHead(302, { Location: '/login' }).end()
      else response.writeHead(404).end()
    })
    expect((await get(`${origin}/moved`)).ok).toBe(false)
    expect((await get(`${origin}/gone.png`)).ok).toBe(false)
    expect(asked.map(({ path }) => path)).toEqual(['/moved', '/gone.png'])
  })

  it.each([
    'http://files.example.com/a.png',
    'http://192.168.1.1/a.png',
    'file:///etc/passwd',
    'ftp://files.example.com/a.png',
    'https://someone:secret@files.example.com/a.png',
    'javascript:1',
    ''
  ])('is not asked for at %j', async (url) => {
    const never = (() => Promise.reject(new Error('asked'))) as typeof fetch
    expect(await fetchAttachment(url, { fetch: never, maxBytes: 10 })).toEqual({
      ok: false,
      error: { kind: 'insecure-address', field: 'url' }
    })
  })
})
