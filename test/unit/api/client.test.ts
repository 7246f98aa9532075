import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Credentials, TicketApi, WriteAnswer } from '../../../electron/api/api.ts'
import type { NewTicket, Ticket } from '../../../electron/tickets/ticket.ts'
import { api, json, now, serve, text, v1Ticket, v2List, v2Ticket } from './serve.ts'
import { newTicketOf } from '../../support/builders.ts'

const page = '<!doctype html><html><body><h1>Bakım</h1></body></html>'
const html = { 'Content-Type': 'text/html' }
const draft: NewTicket = newTicketOf({
  title: ' SSH\nbağlantısı ',
  departmentId: 19,
  service: '952157',
  message: 'Şifre “yanlış”…\r\nLütfen bakın 👍',
  serverIp: ' 10.0.0.1 ',
  serverUser: 'root'
})

/** The buffers whose memory is freed from now on, by what Node 20 does not have. */
function freedBuffers(): ReadonlySet<ArrayBufferLike> {
  const freed = new Set<ArrayBufferLike>()
  const name = 'transfer'
  const own = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, name)
  Object.defineProperty(ArrayBuffer.prototype, name, {
    configurable: true,
    value(this: ArrayBuffer) {
      freed.add(this)
      return structuredClone(this, { transfer: [this] })
    }
  })
  onTestFinished(() => {
    if (own) Object.defineProperty(ArrayBuffer.prototype, name, own)
    else Reflect.deleteProperty(ArrayBuffer.prototype, name)
  })
  return freed
}

/** The same response; adds the chunks of its body to `received` as they are read. */
function observed(response: Response, received: Uint8Array[]): Response {
  const observer = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received.push(chunk)
      controller.enqueue(chunk)
    }
  })
  return new Response(response.body?.pipeThrough(observer), response)
}

describe('every request', () => {
  const proofs: readonly [string, Credentials][] = [
    ['bearer', { kind: 'bearer', token: 'gizli' }],
    ['header', { kind: 'header', header: 'X-Api-Key', token: 'gizli' }],
    ['pair', { kind: 'pair', access: 'ben', secret: 'gizli' }]
  ]
  it.each(proofs)('proves who asks by %s', async (kind, credentials) => {
    const { origin, asked } = await serve(json(200, { status: 'success', message: 'Tamam', data: [] }))
    const client = api(origin, { credentials })
    await client.list(null)
    await client.close(5)
    await client.reply(5, 'x')
    for (const { headers, method, query, body } of asked) {
      const parameters = method === 'GET' ? query : body
      expect(headers.authorization).toBe(kind === 'bearer' ? 'Bearer gizli' : undefined)
      expect(headers['x-api-key']).toBe(kind === 'header' ? 'gizli' : undefined)
      expect(parameters.access).toBe(kind === 'pair' ? 'ben' : undefined)
      expect(parameters.secret).toBe(kind === 'pair' ? 'gizli' : undefined)
      if (method === 'POST') expect(query).toEqual({})
    }
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/tickets',
      'GET /v1/tickets/5/close',
      'POST /v1/tickets/reply'
    ])
  })

  it.each([
    'http://example.com/v1',
    'http://10.0.0.1/v1',
    'ftp://127.0.0.1/v1',
    'https://a:b@example.com',
    'no address'
  ])('is not made to %s', async (baseUrl) => {
    const never: typeof fetch = () => Promise.reject(new Error('asked'))
    const client = api('', { baseUrl, fetch: never, writeFetch: never })
    const kind = baseUrl.startsWith('http://') ? 'insecure-address' : 'invalid-address'
    expect(await client.list(null)).toMatchObject({ outcome: 'failed', problem: { kind } })
    expect(await client.close(1)).toMatchObject({ outcome: 'not-sent', problem: { kind } })
  })

  it('is not made with a token that cannot stand in a header', async () => {
    const { origin, asked } = await serve(json(200, { data: [] }))
    const client = api(origin, { credentials: { kind: 'bearer', token: 'giz\nli' } })
    expect(await client.list(null)).toMatchObject({ outcome: 'failed', problem: { kind: 'unauthorized' } })
    expect(await client.reply(1, 'x')).toMatchObject({ outcome: 'not-sent' })
    expect(asked).toEqual([])
  })

  it('never takes its credentials along to where the server points', async () => {
    const other = await serve(json(200, { data: [] }))
    const { origin } = await serve((response) => response.writeHead(302, { Location: other.origin }).end())
    expect(await api(origin).list(null)).toMatchObject({
      outcome: 'failed',
      problem: { kind: 'wrong-address' }
    })
    expect(await api(origin).reply(1, 'x')).toMatchObject({ outcome: 'unknown' })
    expect(other.asked).toEqual([])
  })

  it('knows a redirect that the network stack keeps to itself', async () => {
    const dead: typeof fetch = () => Promise.reject(new TypeError('Redirect was cancelled'))
    expect(await api('http://127.0.0.1:1', { fetch: dead }).list(null)).toMatchObject({
      problem: { kind: 'wrong-address' }
    })
  })

  it('never carries the secret in what it answers', async () => {
    const { origin } = await serve(json(500, { status: 'error', message: 'Hata' }))
    const client = api(origin, { credentials: { kind: 'pair', access: 'ben', secret: 'cok-gizli' } })
    const answers = [
      await client.list(null),
      await client.create(draft, 'parola', undefined),
      await client.services()
    ]
    expect(JSON.stringify(answers)).not.toMatch(/cok-gizli|parola/)
  })
})

describe('list', () => {
  it('reads the documented answer of v1', async () => {
    const { origin } = await serve(json(200, { data: [v1Ticket] }, { Date: 'Tue, 24 Nov 2026 12:00:05 GMT' }))
    const answer = await api(origin).list(null)
    expect(answer).toMatchObject({
      outcome: 'tickets',
      broken: [],
      serverNow: now + 5000,
      tickets: [
        { id: 272298, createdAt: Date.UTC(2018, 10, 30, 7, 30, 9), status: { kind: 'closed' }, replies: [] }
      ]
    })
  })

  it('asks v2 under its own base', async () => {
    const { origin, asked } = await serve(json(200, v2List(v2Ticket)))
    expect(await api(origin, { version: 'v2' }).list(null)).toMatchObject({ tickets: [{ id: 2 }] })
    expect(asked[0]?.path).toBe('/v2/tickets')
  })

  it('costs no parse when the bytes are the same, and one when they differ', async () => {
    let data = [v1Ticket]
    const { origin } = await serve((response) => void response.end(JSON.stringify({ data })))
    const first = await api(origin).list(null)
    const known = first.outcome === 'tickets' ? first.known : null
    expect((await api(origin).list(known)).outcome).toBe('unchanged')
    data = [{ ...v1Ticket, status: 'Open' }]
    expect((await api(origin).list(known)).outcome).toBe('tickets')
  })

  it('takes an empty list for one', async () => {
    const { origin } = await serve(json(200, { data: [] }))
    expect(await api(origin).list(null)).toMatchObject({ outcome: 'tickets', tickets: [], broken: [] })
  })

  it.each([
    ['a page', 200, page, 'web-page'],
    ['nothing', 200, '', 'empty-answer'],
    ['other text', 200, 'OK', 'not-json'],
    ['a torn answer', 200, '{"data":[{"id":1', 'truncated'],
    ['another shape', 200, '{"tickets":[]}', 'unexpected-shape'],
    ['a bare list', 200, '[]', 'unexpected-shape'],
    ['null', 200, 'null', 'unexpected-shape'],
    ['a refusal', 200, '{"status":"error","message":"Olmaz"}', 'refused'],
    ['401', 401, '{}', 'unauthorized'],
    ['403 in JSON', 403, '{}', 'forbidden'],
    ['401 as a page', 401, page, 'blocked'],
    ['403 as a page', 403, page, 'blocked'],
    ['406 as a page', 406, page, 'blocked'],
    ['404 with words', 404, '{"message":"Yok"}', 'wrong-address'],
    ['404', 404, page, 'wrong-address'],
    ['422', 422, '{"message":"Olmaz"}', 'refused'],
    ['429', 429, '', 'rate-limited'],
    ['500', 500, page, 'server-error'],
    ['503', 503, '', 'server-error']
  ])('takes %s (%i) for a failure of its kind', async (_, status, body, kind) => {
    const { origin } = await serve(text(status, body, html))
    const answer = await api(origin).list(null)
    expect(answer).toMatchObject({ outcome: 'failed', problem: { kind } })
    expect(JSON.stringify(answer)).not.toContain('<')
  })

  it('knows a proxy that asks for a password, where the network stack lets that through', async () => {
    const proxy: typeof fetch = () => Promise.resolve(new Response('', { status: 407 }))
    const client = api('http://127.0.0.1:1', { fetch: proxy, writeFetch: proxy })
    expect(await client.list(null)).toMatchObject({ problem: { kind: 'proxy' } })
    expect(await client.close(5)).toMatchObject({ outcome: 'not-sent', problem: { kind: 'proxy' } })
  })

  it("hands on the server's own words, in one line and without entities", async () => {
    const { origin } = await serve(
      json(422, { status: 'error', message: 'Hizmet\r\n bulunamad&#305;\u202e.' })
    )
    expect(await api(origin).list(null)).toMatchObject({
      problem: { kind: 'refused', httpStatus: 422, serverMessage: 'Hizmet bulunamadı.' }
    })
  })

  it('is truncated when fewer bytes come than were announced, even if they read well', async () => {
    const { origin } = await serve((response) => {
      response.writeHead(200, { 'Content-Length': '100' })
      response.write('{"data":[]}', () => response.socket?.destroy())
    })
    expect(await api(origin).list(null)).toMatchObject({ outcome: 'failed', problem: { kind: 'truncated' } })
  })

  it('is lost when a body of unknown length is cut', async () => {
    const { origin } = await serve((response) => {
      response.write('{"data":[]}', () => response.socket?.destroy())
    })
    expect(await api(origin).list(null)).toMatchObject({ problem: { kind: 'connection-lost' } })
  })

  it('gives up a body that is too large, announced or not', async () => {
    const announced = await serve((response) => {
      response.writeHead(200, { 'Content-Length': String(129 * 1024 * 1024) }).write('{')
    })
    expect(await api(announced.origin).list(null)).toMatchObject({ problem: { kind: 'too-large' } })
    const piece = Buffer.alloc(1024 * 1024, 32)
    const endless = await serve((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
      }
      response.on('drain', more)
      more()
    })
    expect(await api(endless.origin).list(null)).toMatchObject({ problem: { kind: 'too-large' } })
  })

  it('gives up a server that does not answer, and one that stops in the middle', async () => {
    const silent = await serve(() => undefined)
    expect(await api(silent.origin, { silenceMs: 50 }).list(null)).toMatchObject({
      problem: { kind: 'timeout' }
    })
    const stuck = await serve((response) => response.writeHead(200).write('{"data":['))
    expect(await api(stuck.origin, { silenceMs: 300 }).list(null)).toMatchObject({
      problem: { kind: 'timeout' }
    })
  })

  it('ends when the caller ends it', async () => {
    const stop = new AbortController()
    const { origin } = await serve(() => {
      stop.abort()
    })
    expect((await api(origin).list(null, stop.signal)).outcome).toBe('failed')
  })

  it('cannot reach a closed port', async () => {
    expect(await api('http://127.0.0.1:1').list(null)).toMatchObject({ problem: { kind: 'unreachable' } })
  })

  it.each([
    [{ 'Retry-After': '120' }, now + 120_000],
    [{ 'Retry-After': '0' }, now],
    [{ 'Retry-After': '999999999' }, now + 86_400_000],
    [{ 'Retry-After': 'Tue, 24 Nov 2026 13:00:30 GMT', Date: 'Tue, 24 Nov 2026 13:00:00 GMT' }, now + 30_000],
    [{ 'Retry-After': 'Mon, 23 Nov 2026 13:00:00 GMT', Date: 'Tue, 24 Nov 2026 13:00:00 GMT' }, now],
    [{ 'Retry-After': 'soon 5' }, undefined],
    [{}, undefined]
  ])('reads %o', async (headers, retryAt) => {
    const { origin } = await serve(json(429, {}, headers))
    const answer = await api(origin).list(null)
    expect(answer.outcome === 'failed' && answer.problem.retryAt).toBe(retryAt)
  })
})

describe('create', () => {
  it('sends exactly the documented parameters, texts as they are given, with one S', async () => {
    const { origin, asked } = await serve(json(200, { status: 'success', message: 'Oluşturuldu.' }))
    expect(await api(origin).create(draft, 'p&ş=1')).toEqual({ outcome: 'done', message: 'Oluşturuldu.' })
    expect(asked).toMatchObject([
      {
        method: 'POST',
        path: '/v1/tickets/create',
        headers: { 'content-type': 'application/x-www-form-urlencoded' }
      }
    ])
    expect(asked[0]?.body).toEqual({
      title: 'SSH bağlantısı',
      department: '19',
      message: 'Şifre “yanlış”…\r\nLütfen bakın 👍',
      service: 'S952157',
      serverip: '10.0.0.1',
      serveruser: 'root',
      serverpassword: 'p&ş=1'
    })
  })

  it('leaves out what was not given, and sends the bare number in v2', async () => {
    const { origin, asked } = await serve(json(200, { status: true, message: 'Tamam', error: null }))
    const bare = { ...draft, service: 'S952157', serverIp: '', serverUser: ' ' }
    expect(await api(origin, { version: 'v2' }).create(bare, '')).toMatchObject({ outcome: 'done' })
    expect(Object.keys(asked[0]?.body ?? {})).toEqual(['title', 'department', 'message', 'service'])
    expect(asked[0]?.body.service).toBe('952157')
  })
})

describe('the limit on waiting', () => {
  const row = { ...v1Ticket, message: 'x'.repeat(20_000) }
  const slowly = (pieces: readonly string[], everyMs: number) =>
    serve((response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      let sent = 0
      const timer = setInterval(() => {
        const piece = pieces[sent++]
        if (piece !== undefined) response.write(piece)
        else {
          clearInterval(timer)
          response.end()
        }
      }, everyMs)
      response.on('close', () => {
        clearInterval(timer)
      })
    })

  it('is on silence: a list that keeps coming may take many times as long, and says how far it is', async () => {
    const text = JSON.stringify({ data: Array.from({ length: 12 }, (_, i) => ({ ...row, id: i + 1 })) })
    const pieces = text.match(/[^]{1,20000}/g) ?? []
    const { origin } = await slowly(pieces, 40)
    const seen: number[] = []
    const answer = await api(origin, { silenceMs: 200 }).list(null, undefined, (received, total) => {
      seen.push(received)
      expect(total).toBeNull()
    })
    expect(answer).toMatchObject({ outcome: 'tickets' })
    expect(seen.at(-1)).toBe(text.length)
    expect(seen.length).toBeGreaterThan(5)
  })

  it('says how much was announced', async () => {
    const length = String(JSON.stringify({ data: [row] }).length)
    const { origin } = await serve(json(200, { data: [row] }, { 'Content-Length': length }))
    const seen: [number, number | null][] = []
    await api(origin).list(null, undefined, (...progress) => seen.push(progress))
    expect(seen.at(-1)?.[0]).toBe(seen.at(-1)?.[1])
  })

  it('keeps each ticket of a first list in the form that is asked for as soon as it is read, and only of a first one', async () => {
    const second = { ...row, id: 2, message: 'y' }
    const bodies = [{ data: [row, second] }, { data: [row, { ...second, message: 'z' }] }]
    const { origin } = await serve((response) =>
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify(bodies.shift() ?? { data: [] }))
    )
    const kept: Ticket[] = []
    const client = api(origin, {
      keep: (ticket) => {
        const own = { ...ticket }
        kept.push(own)
        return own
      }
    })
    const first = await client.list(null)
    if (first.outcome !== 'tickets') throw new Error(first.outcome)
    expect(first.tickets).toHaveLength(2)
    expect(first.tickets.every((ticket, i) => ticket === kept[i])).toBe(true)
    expect([...first.known.pieces.values()].every((ticket) => kept.includes(ticket))).toBe(true)
    expect(await client.list(first.known)).toMatchObject({ outcome: 'tickets' })
    expect(kept).toHaveLength(2)
  })

  it('is waited for once for a whole body, however many parts it comes in', async () => {
    const race = vi.spyOn(Promise, 'race')
    onTestFinished(() => {
      race.mockRestore()
    })
    const waits = async (parts: number): Promise<number> => {
      const text = JSON.stringify({ data: [row] }).padEnd(parts, ' ')
      const client = api('http://127.0.0.1:1', {
        fetch: () => {
          const chunks = text.match(new RegExp(`[^]{1,${Math.ceil(text.length / parts)}}`, 'g')) ?? []
          const body = new ReadableStream<Uint8Array>({
            start(controller) {
              for (const chunk of chunks) controller.enqueue(Buffer.from(chunk))
              controller.close()
            }
          })
          return Promise.resolve(new Response(body))
        }
      })
      race.mockClear()
      expect((await client.list(null)).outcome).toBe('tickets')
      return race.mock.calls.length
    }
    expect(await waits(300)).toBe(await waits(1))
  })

  it('leaves no bytes in memory once it was read, whether or not it changed', async () => {
    const { origin } = await serve(json(200, { data: [row] }))
    const freed = freedBuffers()
    const received: Uint8Array[] = []
    const client = api(origin, { fetch: async (...args) => observed(await fetch(...args), received) })
    const areFreed = (): boolean => received.every(({ buffer }) => freed.has(buffer))

    const answer = await client.list(null)
    if (answer.outcome !== 'tickets') throw new Error(answer.outcome)
    expect(answer.tickets[0]?.message).toBe(row.message)
    expect(received.length).toBeGreaterThan(0)
    expect(areFreed()).toBe(true)
    // And what the chunks were joined to.
    expect(freed.size).toBe(received.length + 1)

    received.length = 0
    expect((await client.list(answer.known)).outcome).toBe('unchanged')
    expect(received.length).toBeGreaterThan(0)
    expect(areFreed()).toBe(true)
  })

  const never: typeof fetch = () => new Promise(() => undefined)
  const endless: typeof fetch = () =>
    Promise.resolve(new Response(new ReadableStream({ pull: () => new Promise(() => undefined) })))
  const requests: readonly [string, (client: TicketApi) => Promise<{ readonly outcome: string }>][] = [
    ['list', (client) => client.list(null)],
    ['services', (client) => client.services()],
    ['create', (client) => client.create(draft, '')],
    ['reply', (client) => client.reply(5, 'x')],
    ['close', (client) => client.close(5)]
  ]
  for (const [name, request] of requests) {
    it.each([
      ['never answers, nor hears an abort', never],
      ['never ends its body, nor hears an abort', endless]
    ])(`ends ${name} where the network %s`, async (_, dead) => {
      const client = api('http://127.0.0.1:1', {
        version: 'v2',
        silenceMs: 50,
        fetch: dead,
        writeFetch: dead
      })
      expect(await request(client)).toMatchObject({ problem: { kind: 'timeout' } })
    })

    it(`ends ${name} where a byte comes now and then`, async () => {
      const { origin } = await slowly(Array<string>(1000).fill(' '), 20)
      expect(await request(api(origin, { version: 'v2', silenceMs: 150 }))).toMatchObject({
        problem: { kind: 'timeout' }
      })
    })
  }

  it('is ended by whoever asked, at once, also where the network hears nothing', async () => {
    const stop = new AbortController()
    const client = api('http://127.0.0.1:1', { fetch: never, writeFetch: never })
    const answers = Promise.all([client.list(null, stop.signal), client.reply(5, 'x', stop.signal)])
    stop.abort()
    expect(await answers).toMatchObject([
      { outcome: 'failed', problem: { kind: 'connection-lost' } },
      { outcome: 'unknown', problem: { kind: 'connection-lost' } }
    ])
  })
})

describe('reply', () => {
  it('sends id and reply, and nothing else', async () => {
    const { origin, asked } = await serve(json(200, { status: 'success', message: 'Cevaplandı.' }))
    expect(await api(origin).reply(272298, ' Teşekkürler.\r\n')).toEqual({
      outcome: 'done',
      message: 'Cevaplandı.'
    })
    expect(asked[0]?.body).toEqual({ id: '272298', reply: 'Teşekkürler.' })
  })
})

describe('what became of a write', () => {
  const writes: readonly [string, (client: TicketApi) => Promise<WriteAnswer>][] = [
    ['create', (client) => client.create(draft, '')],
    ['reply', (client) => client.reply(5, 'x')],
    ['close', (client) => client.close(5)]
  ]
  const answers: readonly [string, number, string, WriteAnswer['outcome'], string | null][] = [
    ['success in v1', 200, '{"status":"success","message":"ok"}', 'done', null],
    ['success in v2', 201, '{"status":true,"message":"ok","error":null}', 'done', null],
    ['an error in v1', 200, '{"status":"error","message":"Olmaz"}', 'refused', 'refused'],
    ['an error in v2', 200, '{"status":false,"message":"x","error":"Olmaz"}', 'refused', 'refused'],
    ['a page', 200, page, 'unknown', 'web-page'],
    ['a torn answer', 200, '{"status":"succ', 'unknown', 'truncated'],
    ['no body', 204, '', 'unknown', 'empty-answer'],
    ['words unknown here', 200, '{"status":"queued"}', 'unknown', 'unexpected-shape'],
    ['a list', 200, '[]', 'unknown', 'unexpected-shape'],
    ['a moved address', 301, '', 'refused', 'wrong-address'],
    ['400', 400, '{"message":"Olmaz"}', 'refused', 'refused'],
    ['401', 401, '', 'not-sent', 'unauthorized'],
    ['403', 403, '', 'not-sent', 'forbidden'],
    ['403 as a page', 403, page, 'refused', 'blocked'],
    ['401 as a page', 401, page, 'refused', 'blocked'],
    ['406 as a page', 406, page, 'refused', 'blocked'],
    ['404', 404, page, 'refused', 'wrong-address'],
    ['404 with words', 404, '{"message":"Yok"}', 'refused', 'refused'],
    ['408', 408, '', 'unknown', 'timeout'],
    ['422', 422, '{"errors":{"service":["Geçersiz hizmet."]}}', 'refused', 'refused'],
    ['429', 429, '', 'not-sent', 'rate-limited'],
    ['500', 500, '', 'unknown', 'server-error'],
    ['504', 504, page, 'unknown', 'server-error']
  ]
  for (const [name, write] of writes)
    it.each(answers)(`${name}: after %s (%i) %s it is %s`, async (_, status, body, outcome, kind) => {
      const { origin } = await serve(text(status, status === 204 ? '' : body))
      const answer = await write(api(origin))
      expect(answer.outcome).toBe(outcome)
      expect(answer.outcome === 'done' ? null : answer.problem.kind).toBe(kind)
    })

  it("comes with the server's words", async () => {
    const { origin } = await serve(json(422, { errors: { service: ['Geçersiz hizmet.'], title: 'Kısa.' } }))
    expect(await api(origin).close(5)).toMatchObject({ problem: { serverMessage: 'Geçersiz hizmet. Kısa.' } })
  })

  it('is unknown when the connection is cut, before or within the answer', async () => {
    const cut = await serve((response) => response.socket?.destroy())
    expect(await api(cut.origin).reply(5, 'x')).toMatchObject({
      outcome: 'unknown',
      problem: { kind: 'connection-lost' }
    })
    const within = await serve((response) => {
      response.writeHead(200, { 'Content-Length': '99' })
      response.write('{"status":"success"}', () => response.socket?.destroy())
    })
    expect(await api(within.origin).reply(5, 'x')).toMatchObject({ outcome: 'unknown' })
  })

  it('is unknown when the server does not answer in time', async () => {
    const { origin, asked } = await serve(() => undefined)
    expect(await api(origin, { silenceMs: 300 }).close(5)).toMatchObject({
      outcome: 'unknown',
      problem: { kind: 'timeout' }
    })
    expect(asked).toHaveLength(1)
  })

  it('is certain not to have been sent when there was no connection, or it was ended before', async () => {
    expect(await api('http://127.0.0.1:1').close(5)).toMatchObject({
      outcome: 'not-sent',
      problem: { kind: 'unreachable' }
    })
    const { origin, asked } = await serve(json(200, { status: 'success' }))
    expect(await api(origin).close(5, AbortSignal.abort())).toMatchObject({ outcome: 'not-sent' })
    expect(asked).toEqual([])
  })

  it('goes through the fetch that never repeats', async () => {
    const { origin } = await serve(json(200, { status: 'success', message: '' }))
    const used: string[] = []
    const note =
      (name: string): typeof fetch =>
      (...args) => {
        used.push(name)
        return fetch(...args)
      }
    const client = api(origin, { fetch: note('read'), writeFetch: note('write') })
    await client.list(null)
    for (const [, write] of writes) await write(client)
    expect(used).toEqual(['read', 'write', 'write', 'write'])
  })
})

describe('services', () => {
  it('reads those of v2, leaving out what cannot be read', async () => {
    const data = [
      {
        ...{ id: 3, product: 'SSD VDS I', status: 'Active', recurring_amount: '17.50$' },
        next_due_date: '2026-12-16 15:04:05'
      },
      { id: 5, product: 'Yedek', status: 'Pending', next_due_date: '0001-01-01 00:00:00' },
      { id: 'x' },
      null,
      { id: '4', product: null }
    ]
    const { origin } = await serve(json(200, v2List(...data)))
    expect(await api(origin, { version: 'v2' }).services()).toEqual({
      outcome: 'services',
      services: [
        {
          ...{ id: '3', product: 'SSD VDS I', status: 'Active', price: '17.50$' },
          renewsAt: Date.UTC(2026, 11, 16, 12, 4, 5)
        },
        { id: '5', product: 'Yedek', status: 'Pending' },
        { id: '4', product: '', status: '' }
      ]
    })
  })

  it('are not asked for in v1, whose path for them is not known', async () => {
    const { origin, asked } = await serve(json(200, {}))
    expect(await api(origin).services()).toEqual({ outcome: 'unsupported' })
    expect(asked).toEqual([])
  })
})
