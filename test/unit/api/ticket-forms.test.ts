/** Fields of tickets as PHP programs and converters print them. */
import { describe, expect, it } from 'vitest'
import type { Ticket } from '../../../electron/tickets/ticket.ts'
import { rawReply as reply, rawTicket as ticket } from './raw-ticket.ts'
import { api, serve, text } from './serve.ts'

const answer = { status: true, message: 'Ticket list', error: null }

async function ticketWith(change: object): Promise<Ticket | undefined> {
  const { origin } = await serve(text(200, JSON.stringify({ ...answer, data: [{ ...ticket, ...change }] })))
  const found = await api(origin, { version: 'v2' }).list(null)
  return found.outcome === 'tickets' ? found.tickets[0] : undefined
}

describe('a ticket', () => {
  it.each(['#272298', '272.298', '272,298', '272 298', '272298.0'])('has the number %j', async (id) => {
    expect((await ticketWith({ id }))?.id).toBe(272_298)
  })

  it.each(['TCK-5', '5e3', '12345678901234567890', '0x10', '1,5', '27.2298'])(
    'has no number in %j',
    async (id) => {
      expect(await ticketWith({ id })).toBeUndefined()
    }
  )

  const at = Date.UTC(2026, 10, 30, 10, 5)
  it.each([
    ...[
      '30.11.2026 13:05',
      '30.11.2026 13.05',
      '30.11.26 - 13:05',
      '30/11/2026 13:05:00',
      '2026/11/30 13:05'
    ],
    ...['2026-11-30T10:05:00.123456Z', '2026-11-30 13:05:00 +03:00', '2026-11-30T13:05+03', '20261130130500'],
    ...['30 Kasım 2026 13:05', '30 KASIM 2026, Pazartesi 13:05', 'Pazartesi, 30 Kasım 2026 13:05'],
    ...['30 Kas 2026 13:05', '30-Nov-2026 13:05', 'Nov 30, 2026 1:05 PM', 'Mon, 30 Nov 2026 13:05:00 +0300'],
    ...['Mon, 30 Nov 2026 10:05:00 GMT', 'Monday, 30th November, 2026 (13:05)'],
    ...[
      '/Date(1796033100000)/',
      '/Date(1796033100000+0300)/',
      '1796033100',
      '1796033100.4',
      1_796_033_100_000_000,
      1_796_033_100_000_000_000
    ]
  ])('has the date %j', async (date) => {
    expect(Math.floor(((await ticketWith({ date }))?.createdAt ?? 0) / 60_000) * 60_000).toBe(at)
  })

  it.each([
    '9999-12-31 23:59:59',
    '1970-01-01 00:00:00',
    '-0001-11-30 00:00:00',
    '2 saat önce',
    '30 Foo 2026',
    1e308
  ])('has no date in %j', async (date) => {
    expect((await ticketWith({ date }))?.createdAt).toBeNull()
  })

  it.each([
    ['<span style="color:#888">Closed</span>', 'closed'],
    ['<b>Yan&#305;tland&#305;</b>', 'answered'],
    ['MÜŞTERİ YANITI', 'customer-reply'],
    [{ id: 3, name: 'Closed', color: '#888' }, 'closed'],
    [{ title: 'Kapalı' }, 'closed']
  ])('has the status %j', async (status, kind) => {
    expect((await ticketWith({ status }))?.status.kind).toBe(kind)
  })

  const second = { ...reply, id: 10, message: 'İkinci', date: '2026-11-24 12:00:00' }
  it.each<[unknown, readonly number[]]>([
    [JSON.stringify([reply, second]), [9, 10]],
    [{ reply: [reply, second] }, [9, 10]],
    [{ reply }, [9]],
    [reply, [9]],
    [{ r9: reply, r10: second }, [9, 10]],
    [{ data: [reply] }, [9]],
    [
      [reply, reply, second],
      [9, 10]
    ],
    ['[]', []],
    ['0', []],
    [0, []],
    ['null', []]
  ])('has its replies as %j', async (replies, ids) => {
    const found = await ticketWith({ replies })
    expect(found?.replies.map(({ id }) => id)).toEqual(ids)
    expect(found?.repliesMissing).toBeUndefined()
  })

  it('has a reply once that came once for each attachment', async () => {
    const replies = [
      { ...reply, attachments: 'a.png' },
      { ...reply, attachments: 'b.png' }
    ]
    expect((await ticketWith({ replies }))?.replies).toMatchObject([
      { attachments: [{ text: 'a.png' }, { text: 'b.png' }] }
    ])
  })

  it('keeps two replies with one id', async () => {
    const replies = [reply, { ...second, id: 9 }]
    expect((await ticketWith({ replies }))?.replies.map(({ message }) => message)).toEqual([
      'Yanıt',
      'İkinci'
    ])
  })

  it.each(['[]', '0', 'null', 'a:0:{}', 'Yok', '-', ['0'], { filename: null }])(
    'has no attachment in %j',
    async (attachments) => {
      expect((await ticketWith({ attachments }))?.attachments).toEqual([])
    }
  )

  it('has its attachments as JSON in a text', async () => {
    const attachments = '[{"filename":"a.png"},{"filename":"b.png"}]'
    expect((await ticketWith({ attachments }))?.attachments).toMatchObject([
      { text: 'a.png' },
      { text: 'b.png' }
    ])
  })
})
