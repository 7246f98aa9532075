import { describe, expect, it } from 'vitest'
import { ApiProblem } from '../../../electron/api/problems.ts'
import { parseTickets } from '../../../electron/api/wire.ts'
import type { ApiVersion, Ticket } from '../../../electron/tickets/ticket.ts'
import { v1Ticket, v2List, v2Ticket } from './serve.ts'

const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
const parse = (data: readonly unknown[], version: ApiVersion = 'v1'): ReturnType<typeof parseTickets> =>
  parseTickets(bytes(version === 'v1' ? { data } : v2List(...data)), version)
const one = (ticket: unknown): Ticket => {
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
    expect(one(v1Ticket)).toEqual({
      id: 272298,
      createdAt: Date.UTC(2018, 10, 30, 7, 30, 9),
      lastReplyAt: Date.UTC(2018, 10, 30, 7, 30, 9),
      status: { kind: 'closed', text: 'Closed' },
      message: v1Ticket.message,
      attachments: [],
      replies: []
    })
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
    expect(one({ ...v1Ticket, replies: v2Ticket.replies }).replies).toHaveLength(2)
  })

  it('may have its id as text', () => {
    expect(one({ ...v1Ticket, id: '272298' }).id).toBe(272298)
    expect(one({ ...v1Ticket, replies: [{ ...v2Ticket.replies[0], id: '7' }] }).replies[0]?.id).toBe(7)
  })

  it('may have its attachments under either key', () => {
    const { attachment: _, ...bare } = v1Ticket
    expect(one({ ...bare, attachments: 'a.png' }).attachments).toHaveLength(1)
    expect(one({ ...bare, attachment: 'a.png|b.png' }).attachments).toHaveLength(2)
    expect(one({ ...bare, attachment: null }).attachments).toEqual([])
    expect(one({ ...bare, attachments: ['https://a.example/1'] }).attachments).toHaveLength(1)
  })

  it('may have an empty date, or one in a form unknown here', () => {
    expect(one({ ...v1Ticket, date: '30-11--0001', lastreply: 'dün' })).toMatchObject({
      createdAt: null,
      lastReplyAt: null
    })
  })

  it.each([{ id: 0 }, { id: null }, { id: '' }, {}])('may have a reply with %o for an id', (id) => {
    const { id: _, ...reply } = v2Ticket.replies[0] ?? { id: 0 }
    expect(one({ ...v1Ticket, replies: [{ ...reply, ...id }] }).replies[0]?.id).toBeNull()
  })

  it('has its replies oldest first, whichever way they come', () => {
    const turned = one({ ...v1Ticket, replies: [...v2Ticket.replies].reverse() })
    expect(turned.replies.map(({ id }) => id)).toEqual([111, 112])
  })

  it('keeps the order of replies where a date is missing', () => {
    const [first, second] = v2Ticket.replies
    const replies = [second, { ...first, date: '' }]
    expect(one({ ...v1Ticket, replies }).replies.map(({ id }) => id)).toEqual([112, 111])
  })
})

describe('a broken ticket', () => {
  it.each([
    ['id', { id: 'x' }, null],
    ['id', { id: -5 }, null],
    ['id', { id: 1.5 }, null],
    ['id', { id: 1e300 }, null],
    ['date', { date: 17 }, 272298],
    ['lastreply', { lastreply: [] }, 272298],
    ['message', { message: null }, 272298],
    ['message', { message: undefined }, 272298],
    ['status', { status: true }, 272298],
    ['attachment', { attachment: {} }, 272298],
    ['replies', { replies: 'none' }, 272298],
    ['replies', { replies: undefined }, 272298],
    ['replies.0', { replies: [5] }, 272298],
    ['replies.1.message', { replies: [v2Ticket.replies[0], { id: 1 }] }, 272298],
    ['replies.0.date', { replies: [{ ...v2Ticket.replies[0], date: 5 }] }, 272298],
    ['replies.0.id', { replies: [{ ...v2Ticket.replies[0], id: true }] }, 272298]
  ])('in %s loses only itself', (field, change, id) => {
    const answer = parse([
      { ...v1Ticket, ...change },
      { ...v1Ticket, id: 5 }
    ])
    expect(answer.tickets.map((ticket) => ticket.id)).toEqual([5])
    expect(answer.broken).toEqual([{ id, field }])
  })

  it('is no answer when there is nothing beside it', () => {
    expect(kindOf(() => parse([{}]))).toBe('unexpected-shape')
    expect(kindOf(() => parse([null, 5, 'x']))).toBe('unexpected-shape')
  })

  it('counts when it comes after a readable one with the same id, for the last counts', () => {
    const answer = parse([v1Ticket, { ...v1Ticket, message: 5 }, { ...v1Ticket, id: 5 }])
    expect(answer.tickets.map(({ id }) => id)).toEqual([5])
    expect(answer.broken).toEqual([{ id: 272298, field: 'message' }])
  })

  it('is forgotten when the same ticket can be read later in the list', () => {
    const answer = parse([{ ...v1Ticket, message: 5 }, v1Ticket])
    expect(answer).toMatchObject({ tickets: [{ id: 272298 }], broken: [] })
  })
})

describe('a list', () => {
  it('counts the last of two tickets with one id', () => {
    const { tickets } = parse([v1Ticket, { ...v1Ticket, message: 'neu' }])
    expect(tickets.map(({ message }) => message)).toEqual(['neu'])
  })

  it.each([
    ['v1', '{"data":{}}', 'unexpected-shape'],
    ['v1', '{"data":null}', 'unexpected-shape'],
    ['v1', '{}', 'unexpected-shape'],
    ['v1', '"data"', 'unexpected-shape'],
    ['v1', '{"status":"error","message":"x","data":[]}', 'refused'],
    ['v2', '{"data":[]}', 'unexpected-shape'],
    ['v2', '{"status":true}', 'unexpected-shape'],
    ['v2', '{"status":false,"data":[]}', 'refused'],
    ['v2', '{"status":1,"data":[]}', 'unexpected-shape'],
    ['v1', '', 'not-json'],
    ['v1', '<html>', 'not-json'],
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

  it('is none in another encoding, and torn when it ends inside a letter', () => {
    expect(kindOf(() => parseTickets(Buffer.from('{"data":["ş"]}', 'latin1'), 'v1'))).not.toBe('nothing')
    expect(kindOf(() => parseTickets(Uint8Array.of(0x7b, 0x22, 0xfe, 0x22, 0x7d), 'v1'))).toBe('not-json')
    expect(kindOf(() => parseTickets(Buffer.from('{"data":["ş').subarray(0, -1), 'v1'))).toBe('truncated')
  })

  it('may begin with a byte order mark', () => {
    expect(parseTickets(Buffer.from('\ufeff{"data":[]}'), 'v1').tickets).toEqual([])
  })
})
