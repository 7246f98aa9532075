import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../../../electron/api/api-problem.ts'
import { parseTickets } from '../../../electron/api/list/parse-tickets.ts'
import type { ApiVersion, Ticket } from '../../../electron/tickets/ticket.ts'
import { ticketOf } from '../../support/builders.ts'
import { v1Ticket, v2List, v2Ticket } from './serve.ts'

const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
const parse = (data: readonly unknown[], version: ApiVersion = 'v1'): ReturnType<typeof parseTickets> =>
  parseTickets(bytes(version === 'v1' ? { data } : v2List(...data)), version)
const parseTicket = (ticket: unknown): Ticket => {
  const [first] = parse([ticket]).tickets
  if (!first) throw new Error('no ticket was read')
  return first
}
function kindOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return error instanceof ApiProblem ? error.problem.kind : 'thrown'
  }
  return 'nothing'
}

describe('a ticket', () => {
  it('of v1 is read as documented', () => {
    expect(parseTicket(v1Ticket)).toEqual(
      ticketOf({
        id: 272298,
        createdAt: Date.UTC(2018, 10, 30, 7, 30, 9),
        lastReplyAt: Date.UTC(2018, 10, 30, 7, 30, 9),
        status: { kind: 'closed', text: 'Closed' },
        message: v1Ticket.message
      })
    )
  })

  it('of v2 has the staff told from the customer, and the line ends of both made plain', () => {
    const [ticket] = parse([v2Ticket], 'v2').tickets
    expect(ticket?.replies.map(({ id, author, name }) => [id, author, name])).toEqual([
      [111, 'staff', 'Admin Test'],
      [112, 'customer', 'User Test']
    ])
    expect(ticket?.replies[0]?.message).not.toContain('\r')
    expect(ticket?.replies[1]?.sentAt).toBe(Date.UTC(2024, 3, 24, 14, 36, 30))
  })

  it('of v1 takes the replies of v2, for its own are not documented', () => {
    expect(parseTicket({ ...v1Ticket, replies: v2Ticket.replies }).replies).toHaveLength(2)
  })

  it('may have its id as text', () => {
    expect(parseTicket({ ...v1Ticket, id: '272298' }).id).toBe(272298)
    expect(parseTicket({ ...v1Ticket, replies: [{ ...v2Ticket.replies[0], id: '7' }] }).replies[0]?.id).toBe(
      7
    )
  })

  it('may have its attachments under either key', () => {
    const { attachment: _, ...bare } = v1Ticket
    expect(parseTicket({ ...bare, attachments: 'a.png' }).attachments).toHaveLength(1)
    expect(parseTicket({ ...bare, attachment: 'a.png|b.png' }).attachments).toHaveLength(2)
    expect(parseTicket({ ...bare, attachment: null }).attachments).toEqual([])
    expect(parseTicket({ ...bare, attachments: ['https://a.example/1'] }).attachments).toHaveLength(1)
  })

  it('may have an empty date, or one in a form unknown here', () => {
    expect(parseTicket({ ...v1Ticket, date: '30-11--0001', lastreply: 'dün' })).toMatchObject({
      createdAt: null,
      lastReplyAt: null
    })
  })

  it.each([{ id: 0 }, { id: null }, { id: '' }, {}])('may have a reply with %o for an id', (id) => {
    const { id: _, ...reply } = v2Ticket.replies[0] ?? { id: 0 }
    expect(parseTicket({ ...v1Ticket, replies: [{ ...reply, ...id }] }).replies[0]?.id).toBeNull()
  })

  it('has its replies oldest first, whichever way they come', () => {
    const turned = parseTicket({ ...v1Ticket, replies: [...v2Ticket.replies].reverse() })
    expect(turned.replies.map(({ id }) => id)).toEqual([111, 112])
  })

  it('keeps the order of replies where a date is missing', () => {
    const [first, second] = v2Ticket.replies
    const replies = [second, { ...first, date: '' }]
    expect(parseTicket({ ...v1Ticket, replies }).replies.map(({ id }) => id)).toEqual([112, 111])
  })
})

describe('a ticket in another form', () => {
  const reply = v2Ticket.replies[0] ?? {}
  const withReply = (change: object): Ticket =>
    parseTicket({ ...v1Ticket, replies: [{ ...reply, ...change }] })
  const at = Date.UTC(2024, 3, 24, 13, 32, 14)

  it.each([
    [17, null],
    [null, null],
    [undefined, null],
    [false, null],
    [true, null],
    ['', null],
    [[], null],
    [{}, null],
    [0, null],
    [at / 1000, at],
    [at, at],
    [String(at / 1000), at],
    [{ date: '2024-04-24 16:32:14.000000', timezone_type: 3, timezone: 'Europe/Istanbul' }, at],
    [{ date: '2024-04-24 13:32:14.000000', timezone_type: 3, timezone: 'UTC' }, at],
    [{ date: '2024-04-24 16:32:14.000000', timezone_type: 1, timezone: '+03:00' }, at]
  ])('has the date %j read, or none', (date, moment) => {
    const near = typeof date === 'number' && date === 17 ? 17_000 : moment
    expect(parseTicket({ ...v1Ticket, date }).createdAt).toBe(near)
    expect(parseTicket({ ...v1Ticket, lastreply: date }).lastReplyAt).toBe(near)
    expect(withReply({ date }).replies[0]?.sentAt).toBe(near)
  })

  it.each([null, undefined, false, true, [], {}, { text: 'x' }])(
    'keeps a reply whose message is %j',
    (message) => {
      expect(withReply({ message }).replies).toMatchObject([{ author: 'staff', message: '' }])
      expect(parseTicket({ ...v1Ticket, message, status: message })).toMatchObject({
        id: 272298,
        message: ''
      })
    }
  )

  it('reads a number in place of a text', () => {
    expect(withReply({ message: 42 }).replies[0]?.message).toBe('42')
  })

  it.each([
    ['Ayşe', 'staff', 'Ayşe'],
    [' ', 'customer', 'User Test'],
    ['0', 'customer', 'User Test'],
    [0, 'customer', 'User Test'],
    [false, 'customer', 'User Test'],
    [null, 'customer', 'User Test'],
    [undefined, 'customer', 'User Test'],
    [[], 'customer', 'User Test'],
    [{}, 'customer', 'User Test'],
    [{ id: 0, name: '' }, 'customer', 'User Test'],
    [12, 'staff', '12'],
    [true, 'staff', ''],
    [{ id: 3 }, 'staff', ''],
    [{ id: 3, name: 'Ayşe' }, 'staff', 'Ayşe'],
    [{ firstname: 'Ayşe', lastname: 'Öztürk' }, 'staff', 'Ayşe Öztürk']
  ] as const)('with %j for admin is from the %s', (admin, author, name) => {
    expect(withReply({ admin }).replies).toMatchObject([{ author, name }])
  })

  it.each([5, true, false, null, {}, [], { name: 'Deniz' }])('stays with %j for the user', (user) => {
    expect(withReply({ admin: ' ', user }).replies).toMatchObject([{ author: 'customer' }])
  })

  it.each([
    [false, []],
    [0, []],
    [{}, []],
    [[], []],
    [null, []],
    [[{ filename: 'ekran.png', index: 0 }], [{ kind: 'text', text: 'ekran.png' }]],
    [{ filename: 'ekran.png' }, [{ kind: 'text', text: 'ekran.png' }]],
    [
      [{ name: 'günlük.txt', url: 'https://a.example/f/1' }],
      [{ kind: 'link', url: 'https://a.example/f/1', name: 'günlük.txt' }]
    ],
    [
      { 0: 'a.png', 2: 'b.png' },
      [
        { kind: 'text', text: 'a.png' },
        { kind: 'text', text: 'b.png' }
      ]
    ],
    [[{ url: 'javascript:alert(1)' }], [{ kind: 'text', text: 'javascript:alert(1)' }]],
    [[null, 5, { index: 1 }], []]
  ] as const)('has %j for attachments', (attachments, expected) => {
    expect(withReply({ attachments, attachment: '' }).replies[0]?.attachments).toEqual(expected)
    expect(parseTicket({ ...v1Ticket, attachment: attachments }).attachments).toEqual(expected)
  })

  it.each([
    ['', 0],
    [null, 0],
    [false, 0],
    [{}, 0],
    [[], 0],
    [{ 0: reply, 2: { ...reply, id: 112 } }, 2],
    [[reply, null, 5, 'x'], 1]
  ])('has %j for its replies', (replies, count) => {
    const ticket = parseTicket({ ...v1Ticket, replies })
    expect(ticket.replies).toHaveLength(count)
    expect(ticket.repliesMissing).toBeUndefined()
  })

  it.each([[undefined], ['none'], [5], [true], [{ error: 'x' }]])(
    'says that its replies are missing where they are %j',
    (replies) => {
      expect(parseTicket({ ...v1Ticket, replies })).toMatchObject({ replies: [], repliesMissing: true })
    }
  )

  it.each(['r-111', '', true, {}, -1, 1.5])('has a reply without an id for %j', (id) => {
    expect(withReply({ id }).replies).toMatchObject([{ id: null }])
  })
})

describe('a broken ticket', () => {
  it.each(['x', -5, 1.5, 1e300, null, undefined, true, {}, []])(
    'has %j for its number, and loses only itself',
    (id) => {
      const answer = parse([
        { ...v1Ticket, id },
        { ...v1Ticket, id: 5 }
      ])
      expect(answer.tickets.map((ticket) => ticket.id)).toEqual([5])
      expect(answer.broken).toEqual([{ id: null, field: 'id' }])
    }
  )

  it('is no answer when there is nothing beside it', () => {
    expect(kindOf(() => parse([{}]))).toBe('unexpected-shape')
    expect(kindOf(() => parse([null, 5, 'x']))).toBe('unexpected-shape')
  })
})

describe('a list', () => {
  it('counts the last of two tickets with one id', () => {
    const { tickets } = parse([v1Ticket, { ...v1Ticket, message: 'neu' }])
    expect(tickets.map(({ message }) => message)).toEqual(['neu'])
  })

  it.each([
    ['v1', '{"data":{"tickets":[]}}', 'unexpected-shape'],
    ['v1', '{"data":"none"}', 'unexpected-shape'],
    ['v1', '{}', 'unexpected-shape'],
    ['v1', '"data"', 'unexpected-shape'],
    ['v1', '{"status":"error","message":"x","data":[]}', 'refused'],
    ['v2', '{"data":[]}', 'unexpected-shape'],
    ['v2', '{"status":true}', 'unexpected-shape'],
    ['v2', '{"status":false,"data":[]}', 'refused'],
    ['v2', '{"status":2,"data":[]}', 'unexpected-shape'],
    ['v2', '{"status":0,"data":[]}', 'refused'],
    ['v1', '', 'empty-answer'],
    ['v1', ' \n', 'empty-answer'],
    ['v1', '<html>', 'web-page'],
    ['v1', '<!doctype html><pre>{"data":[]}</pre>', 'web-page'],
    ['v1', '<br />\n<b>Fatal error</b>: x in y on line <b>3</b><br />', 'not-json'],
    ['v1', 'OK', 'not-json'],
    ['v1', '{"data":[}]}', 'not-json'],
    ['v1', '{"data":[]} x', 'not-json'],
    ['v1', '{"data":[', 'truncated'],
    ['v1', '{"data":[{"message":"a } ] b', 'truncated'],
    ['v1', '{"data":[{"message":"a \\" b}]', 'truncated'],
    ['v1', '[', 'truncated']
  ] as const)('of %s in %s is none: %s', (version, text, kind) => {
    expect(kindOf(() => parseTickets(Buffer.from(text), version))).toBe(kind)
  })

  it('is torn when it ends inside a letter', () => {
    expect(kindOf(() => parseTickets(Buffer.from('{"data":["ş').subarray(0, -1), 'v1'))).toBe('truncated')
  })

  it.each(['null', '{}', '[]', 'false', '""'])('may be empty as %s', (data) => {
    expect(parseTickets(Buffer.from(`{"data":${data}}`), 'v1').tickets).toEqual([])
    expect(parseTickets(Buffer.from(`{"status":true,"data":${data}}`), 'v2').tickets).toEqual([])
  })

  it('may be a map with numbers for keys', () => {
    const data = { 0: v1Ticket, 2: { ...v1Ticket, id: 5 } }
    expect(parseTickets(bytes({ data }), 'v1').tickets.map(({ id }) => id)).toEqual([272298, 5])
  })

  it('may begin with a byte order mark', () => {
    expect(parseTickets(Buffer.from('\ufeff{"data":[]}'), 'v1').tickets).toEqual([])
  })

  const list = JSON.stringify({ data: [{ ...v1Ticket, message: 'Şu [an] {çalışmıyor}' }] })
  it.each([
    [
      'a PHP warning',
      `<br />\n<b>Warning</b>:  Undefined array key "x[0]" in <b>/www/a.php</b> on line <b>12</b><br />\n${list}`
    ],
    ['a plain PHP notice', `PHP Notice: Undefined index: {x} in /www/a.php on line 3\n${list}`],
    [
      'several warnings, with a time',
      `[24-Nov-2026 10:00:00 UTC] PHP Warning: a in b on line 1\nWarning: c in d on line 2\n${list}`
    ],
    ['a warning behind it', `${list}\n<br />\n<b>Deprecated</b>: x in <b>y</b> on line <b>9</b><br />\n`],
    ['a comma after the last ticket', list.replace(/\]\}$/, ',]}')],
    ['commas after the last field', list.replace('"replies":[]}', '"replies":[],}')],
    ['a line break and a tab inside a text', list.replace('Şu [an]', 'Şu\n\t[an]')],
    ['an escape that JSON does not know', list.replace('Şu', "Şu\\'")]
  ])('is read with %s', (_, text) => {
    const { tickets, broken } = parseTickets(Buffer.from(text), 'v1')
    expect(tickets).toHaveLength(1)
    expect(broken).toEqual([])
    expect(tickets[0]?.message).toContain('{çalışmıyor}')
  })

  it('is read with leading zeros in its numbers', () => {
    const text = list.replace('272298', '000272298')
    expect(parseTickets(Buffer.from(text), 'v1').tickets[0]?.id).toBe(272298)
  })

  const encode1254 = (text: string): Uint8Array => {
    const others: Readonly<Record<string, number>> = {
      Ğ: 0xd0,
      İ: 0xdd,
      Ş: 0xde,
      ğ: 0xf0,
      ı: 0xfd,
      ş: 0xfe,
      '“': 0x93,
      '”': 0x94
    }
    return Uint8Array.from(text, (letter) => others[letter] ?? letter.charCodeAt(0))
  }
  it('is read in Windows-1254', () => {
    const message = 'Şifre “yanlış” diyor, bağlanamıyorum: İzmir, ÖĞÜÇ öğüç'
    const text = JSON.stringify({ data: [{ ...v1Ticket, message, status: 'Yanıtlandı' }] })
    expect(parseTickets(encode1254(text), 'v1').tickets).toMatchObject([
      { message, status: { kind: 'answered' } }
    ])
  })

  it('loses one letter to one bad byte, and nothing else', () => {
    const text = Buffer.from(
      JSON.stringify({ data: [{ ...v1Ticket, message: 'Şöyle bir günlük: X bitti' }] })
    )
    text[text.indexOf('X')] = 0xff
    expect(parseTickets(text, 'v1').tickets).toMatchObject([{ message: 'Şöyle bir günlük: \ufffd bitti' }])
  })

  it('nested without an end is none, and does not take the app down', () => {
    for (const text of ['['.repeat(5_000_000), `{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`])
      expect(kindOf(() => parseTickets(Buffer.from(text), 'v1'))).toBe('unexpected-shape')
  })
})

describe("the API page's own samples", () => {
  it('are read exactly as printed: numbers of zeros, a comma at the end', () => {
    const printed = `{
 "data": [
  {
   "id": 000000,
   "date": "30-11-18 10:30:09",
   "message": "Destek talebi mesaj.\\n\\n-----------------\\nIP Adresiniz: 127.0.0.1",
   "status": "Closed",
   "attachment": "",
   "lastreply": "30-11-18 10:30:09",
   "replies": []
  },
 ]
}`
    expect(parseTickets(Buffer.from(printed), 'v1')).toEqual({
      broken: [],
      tickets: [
        ticketOf({
          id: 0,
          createdAt: Date.UTC(2018, 10, 30, 7, 30, 9),
          lastReplyAt: Date.UTC(2018, 10, 30, 7, 30, 9),
          status: { kind: 'closed', text: 'Closed' },
          message: 'Destek talebi mesaj.\n\n-----------------\nIP Adresiniz: 127.0.0.1'
        })
      ]
    })
  })
})
