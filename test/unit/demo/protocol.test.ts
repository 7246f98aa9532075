import { describe, expect, test } from 'vitest'
import { apiVersions } from '../../../electron/tickets/ticket.ts'
import { bearer, demo, get, listOf, newTicket, now, post } from './demo.ts'

const footer = '\n\n-----------------\nIP Adresiniz: 127.0.0.1'

describe('the list', () => {
  test('of v1 is bare data with Istanbul dates of two-digit years and English statuses', async () => {
    const server = await demo()
    const id = server.addTicket({ message: 'Merhaba', status: 'closed' })
    const response = await get(server, 'v1', '/tickets')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.json()).toEqual({
      data: [
        {
          id,
          date: '24-11-26 15:04:05',
          message: 'Merhaba',
          status: 'Closed',
          attachment: '',
          lastreply: '24-11-26 15:04:05',
          replies: []
        }
      ]
    })
  })

  test('of v2 is an envelope with full dates, Turkish statuses and either attachment key', async () => {
    const server = await demo()
    const even = server.addTicket({ message: 'bir', status: 'closed' })
    const odd = server.addTicket({ message: 'iki', status: 'customer-reply' })
    const body = (await (await get(server, 'v2', '/tickets')).json()) as Record<string, unknown>
    expect(body).toMatchObject({ status: true, message: 'Ticket list', error: null })
    expect(body.data).toEqual([
      {
        id: odd,
        date: '2026-11-24 15:04:05',
        message: 'iki',
        status: 'Müşteri Yanıtı',
        attachment: '',
        lastreply: '2026-11-24 15:04:05',
        replies: []
      },
      {
        id: even,
        date: '2026-11-24 15:04:05',
        message: 'bir',
        status: 'Kapalı',
        attachments: '',
        lastreply: '2026-11-24 15:04:05',
        replies: []
      }
    ])
  })

  test.each(apiVersions)(
    'of %s tells staff by admin, which is a space on a customer reply',
    async (version) => {
      const server = await demo()
      const id = server.addTicket({ message: 'Merhaba' })
      server.staffReply(id, 'Ayşe Öztürk', 'İlgileniyoruz.')
      await post(server, version, '/tickets/reply', { id: String(id), reply: 'Sağ olun.' })
      const [ticket] = await listOf(server, version)
      expect(ticket?.replies.map(({ admin, message }) => [admin, message])).toEqual([
        ['Ayşe Öztürk', 'İlgileniyoruz.'],
        [' ', `Sağ olun.${footer}`]
      ])
      expect(ticket?.replies.every(({ user }) => user.trim() !== '')).toBe(true)
    }
  )

  test.each([
    ['open', 'Open', 'Açık'],
    ['answered', 'Answered', 'Yanıtlandı'],
    ['customer-reply', 'Customer-Reply', 'Müşteri Yanıtı'],
    ['on-hold', 'On Hold', 'Beklemede'],
    ['in-progress', 'In Progress', 'İşlemler Sürüyor'],
    ['closed', 'Closed', 'Kapalı'],
    ['Arşivde', 'Arşivde', 'Arşivde']
  ])('calls %s %s in v1 and %s in v2', async (status, v1, v2) => {
    const server = await demo()
    server.addTicket({ message: 'x', status })
    expect((await listOf(server, 'v1'))[0]?.status).toBe(v1)
    expect((await listOf(server, 'v2'))[0]?.status).toBe(v2)
  })

  test('is dated by the clock of the server', async () => {
    const server = await demo()
    const date = (await get(server, 'v1', '/tickets')).headers.get('date')
    expect(Date.parse(date ?? '')).toBe(now)
  })
})

describe('a new ticket', () => {
  test.each([
    ['v1', { status: 'success', message: 'Destek talebi başarıyla oluşturuldu.' }],
    ['v2', { status: true, message: 'Destek talebi başarıyla oluşturuldu.', error: null, data: null }]
  ] as const)(
    'of %s is confirmed and stands open in the list, with the IP footer',
    async (version, answer) => {
      const server = await demo()
      const response = await post(server, version, '/tickets/create', newTicket)
      expect(await response.json()).toEqual(answer)
      expect(server.tickets()).toMatchObject([{ status: 'open', message: `Merhaba${footer}`, replies: 0 }])
      expect(server.requests).toMatchObject([
        { method: 'POST', path: `/${version}/tickets/create`, parameters: newTicket, committed: true }
      ])
    }
  )

  test.each(['title', 'department', 'message', 'service'])('without %s is refused in words', async (name) => {
    const server = await demo()
    const response = await post(server, 'v2', '/tickets/create', { ...newTicket, [name]: ' ' })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ status: false, message: `${name} alanı zorunludur.` })
    expect(server.tickets()).toEqual([])
    expect(server.requests).toMatchObject([{ committed: false }])
  })

  test('needs the prefix of its service in v1, where D stands for a domain, and none in v2', async () => {
    const server = await demo()
    const create = async (version: 'v1' | 'v2', service: string): Promise<number> =>
      (await post(server, version, '/tickets/create', { ...newTicket, service })).status
    expect(await create('v1', '952157')).toBe(422)
    expect(await create('v1', 'SS952157')).toBe(422)
    expect(await create('v1', 'D4711')).toBe(200)
    expect(await create('v2', '952157')).toBe(200)
  })

  test.each([
    ['a form', new URLSearchParams({ ...newTicket, message: 'Şikâyet' }), {}],
    [
      'JSON',
      JSON.stringify({ ...newTicket, department: 19, message: 'Şikâyet' }),
      { 'Content-Type': 'application/json' }
    ],
    ['a multipart form', multipart({ ...newTicket, message: 'Şikâyet' }), {}]
  ])('may be sent as %s', async (_name, body, headers) => {
    const server = await demo()
    const response = await fetch(`${server.baseUrl('v1')}/tickets/create`, {
      method: 'POST',
      headers: { ...bearer, ...headers },
      body
    })
    expect(response.status).toBe(200)
    expect(server.requests[0]?.parameters).toEqual({ ...newTicket, message: 'Şikâyet' })
  })

  test.each(['{"title":', 'null', '[1]', '7'])('whose body says JSON but is %s is refused', async (body) => {
    const server = await demo()
    const response = await fetch(`${server.baseUrl('v1')}/tickets/create`, {
      method: 'POST',
      headers: { ...bearer, 'Content-Type': 'application/json' },
      body
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ status: 'error' })
  })
})

describe('a reply', () => {
  test('makes the ticket wait for the staff, and opens a closed one again', async () => {
    const server = await demo()
    const id = server.addTicket({ message: 'x', status: 'closed' })
    const response = await post(server, 'v1', '/tickets/reply', { id: String(id), reply: 'Yine oldu.' })
    expect(await response.json()).toEqual({ status: 'success', message: 'Ticket başarıyla cevaplandı.' })
    expect(server.tickets()).toMatchObject([{ status: 'customer-reply', replies: 1 }])
  })

  test('needs an id and words, and a ticket that is there', async () => {
    const server = await demo()
    const id = String(server.addTicket({ message: 'x' }))
    const reply = async (parameters: Record<string, string>): Promise<number> =>
      (await post(server, 'v1', '/tickets/reply', parameters)).status
    expect(await reply({ id })).toBe(422)
    expect(await reply({ reply: 'x' })).toBe(422)
    expect(await reply({ id: '1', reply: 'x' })).toBe(404)
    expect(await reply({ id: 'x', reply: 'x' })).toBe(404)
    expect(server.tickets()).toMatchObject([{ replies: 0 }])
  })

  test('of the staff sets Answered', async () => {
    const server = await demo()
    const id = server.addTicket({ message: 'x' })
    server.staffReply(id, 'Ayşe Öztürk', 'Tamam.')
    expect((await listOf(server, 'v2'))[0]?.status).toBe('Yanıtlandı')
  })

  test('never shares its id with another reply, also after filling', async () => {
    const server = await demo()
    server.fill(100, 3)
    server.staffReply(90, 'Ayşe Öztürk', 'Tamam.')
    const ids = (await listOf(server, 'v1')).flatMap(({ replies }) => replies.map((reply) => reply.id))
    expect(ids).toHaveLength(301)
    expect(new Set(ids).size).toBe(301)
  })
})

test('closing is a GET that says so as documented', async () => {
  const server = await demo()
  const id = server.addTicket({ message: 'x' })
  const close = async (version: 'v1' | 'v2'): Promise<unknown> =>
    (await get(server, version, `/tickets/${id}/close`)).json()
  expect(await close('v1')).toEqual({
    status: 'success',
    message: `/docs/1.0/technical-support/ticket#${id} numaralı destek talebi başarıyla kapatılmıştır.`
  })
  expect(await close('v2')).toMatchObject({ status: true, error: null })
  expect(server.tickets()).toMatchObject([{ status: 'closed' }])
})

test.each(apiVersions)('an unknown ticket of %s is a 404 in words', async (version) => {
  const server = await demo()
  const response = await get(server, version, '/tickets/999/close')
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ message: 'Destek talebi bulunamadı.' })
})

describe('services', () => {
  test('are listed by v2 with documented fields, one without a date yet', async () => {
    const server = await demo()
    const body = (await (await get(server, 'v2', '/services')).json()) as {
      readonly data: readonly unknown[]
    }
    expect(body).toMatchObject({ status: true, message: 'Service list', error: null })
    expect(body.data[0]).toEqual({
      id: 952157,
      product: 'SSD VDS II',
      recurring_amount: '17.50$',
      first_amount: '17.50$',
      cycle: '1',
      next_due_date: '2026-12-16 15:04:05',
      status: 'Active'
    })
    expect(body.data).toContainEqual(
      expect.objectContaining({ status: 'Pending', next_due_date: '0001-01-01 00:00:00' })
    )
  })

  test('are had one by one, and not at all in v1', async () => {
    const server = await demo()
    expect(await (await get(server, 'v2', '/services/952160')).json()).toMatchObject({
      data: { id: 952160, product: 'SSD VDS IV' }
    })
    expect((await get(server, 'v2', '/services/1')).status).toBe(404)
    expect((await get(server, 'v1', '/services')).status).toBe(404)
  })
})

function multipart(parameters: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(parameters)) form.set(name, value)
  return form
}
