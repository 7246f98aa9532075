import { describe, expect, it } from 'vitest'
import {
  diffTickets as diffSteps,
  type Changes,
  type TicketChange
} from '../../../electron/tickets/list/changes.ts'
import { ticketRow, type RowContext } from '../../../electron/tickets/list/rows.ts'
import { firstResponseMs, lastResponseMs, threadMessages } from '../../../electron/tickets/thread/thread.ts'
import { sameStatus } from '../../../electron/tickets/status.ts'
import type { Ticket } from '../../../electron/tickets/ticket.ts'
import {
  replyKey,
  replyKeys,
  staffKeys,
  unreadCount,
  waiting,
  waitingSince
} from '../../../electron/tickets/thread/unread.ts'
import { makeTicket, minute, ownReply, staffReply } from './make.ts'
import { factsOf } from '../../support/builders.ts'

const none: ReadonlySet<string> = new Set()

function diffTickets(...args: Parameters<typeof diffSteps>): Changes {
  const steps = diffSteps(...args)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

describe('a reply', () => {
  it("is named by the server's id where there is one, whatever else changes", () => {
    expect(replyKey(staffReply(7, 1, 'a'))).toBe('#7')
    expect(replyKey(staffReply(7, 2, 'b'))).toBe('#7')
  })

  it('is named by its moment and text otherwise, and not by how its letters are composed', () => {
    const key = replyKey(staffReply(null, 1, 'Şöyle'))
    expect(replyKey(staffReply(null, 1, 'Şöyle'.normalize('NFD')))).toBe(key)
    expect(replyKey(staffReply(null, 1, 'Böyle'))).not.toBe(key)
    expect(replyKey(staffReply(null, 2, 'Şöyle'))).not.toBe(key)
  })

  it('has a name of its own even when another is alike in everything', () => {
    const keys = replyKeys([
      staffReply(null, null),
      staffReply(null, null),
      staffReply(5, 1),
      staffReply(5, 1)
    ])
    expect(new Set(keys).size).toBe(4)
    expect(replyKeys([staffReply(null, null), staffReply(null, null)])).toEqual(keys.slice(0, 2))
  })
})

describe('unread', () => {
  it('counts every staff reply that was not seen, and none of the own', () => {
    const ticket = makeTicket({ replies: [staffReply(1, 1), ownReply(2, 2), staffReply(3, 3)] })
    expect(unreadCount(ticket, none)).toBe(2)
    expect(unreadCount(ticket, new Set(['#1']))).toBe(1)
    expect(unreadCount(ticket, new Set(staffKeys(ticket)))).toBe(0)
  })

  it('counts a second reply on a ticket that is unread already', () => {
    const first = makeTicket({ replies: [staffReply(1, 1)] })
    const second = makeTicket({ replies: [staffReply(1, 1), staffReply(2, 2)] })
    const { changed } = diffTickets(new Map([[first.id, first]]), [second], new Set())
    expect(changed[0]?.newStaffKeys).toEqual(['#2'])
  })

  it('counts an answer that shows only in status and last reply, as v1 documents it', () => {
    const ticket = makeTicket({ status: 'Yanıtlandı', lastReplyAt: minute(5) })
    expect(staffKeys(ticket)).toEqual([`at:${minute(5)}`])
    expect(unreadCount(ticket, none)).toBe(1)
    expect(unreadCount(makeTicket({ status: 'Yanıtlandı', lastReplyAt: minute(0) }), none)).toBe(0)
    expect(unreadCount(makeTicket({ status: 'Müşteri Yanıtı', lastReplyAt: minute(5) }), none)).toBe(0)
  })

  it('does not count such an answer beside the staff reply it belongs to', () => {
    const ticket = makeTicket({ status: 'Answered', lastReplyAt: minute(6), replies: [staffReply(1, 5)] })
    expect(staffKeys(ticket)).toEqual(['#1'])
  })
})

describe('waiting', () => {
  it.each([
    ['Closed', [staffReply(1, 1)], 'nobody'],
    ['Answered', [], 'you'],
    ['Customer-Reply', [staffReply(1, 1)], 'staff'],
    ['In Progress', [staffReply(1, 1)], 'staff'],
    ['Open', [], 'staff'],
    ['Open', [staffReply(1, 1)], 'you'],
    ['Open', [staffReply(1, 1), ownReply(2, 2)], 'staff'],
    ['Bambaşka', [staffReply(1, 1)], 'you']
  ] as const)('in %s after %o is for %s', (status, replies, expected) => {
    expect(waiting(makeTicket({ status, replies }))).toBe(expected)
  })

  it('began with the last word, and ends with the ticket', () => {
    expect(waitingSince(makeTicket({ lastReplyAt: minute(9) }))).toBe(minute(9))
    expect(waitingSince(makeTicket({ lastReplyAt: null, replies: [ownReply(1, 4)] }))).toBe(minute(4))
    expect(waitingSince(makeTicket({ status: 'Closed' }))).toBeNull()
  })
})

describe('diffTickets', () => {
  const hasOtherStatus = ({ before, ticket }: TicketChange): boolean =>
    before !== null && !sameStatus(before.status, ticket.status)
  const known = (...tickets: Ticket[]): Map<number, Ticket> =>
    new Map(tickets.map((ticket) => [ticket.id, ticket]))

  it('finds nothing in an equal list of other objects', () => {
    const make = (): Ticket =>
      makeTicket({ replies: [staffReply(1, 1)], attachments: [{ kind: 'text', text: 'a.png' }] })
    expect(diffTickets(known(make()), [make()], new Set())).toEqual({ changed: [], removed: [] })
  })

  it('tells a status from before, but not the same status in another language', () => {
    const before = makeTicket({ status: 'Open' })
    const [closed] = diffTickets(known(before), [makeTicket({ status: 'Kapalı' })], new Set()).changed
    expect(closed && hasOtherStatus(closed)).toBe(true)
    expect(closed?.before?.status).toEqual(before.status)
    const [translated] = diffTickets(known(before), [makeTicket({ status: 'Açık' })], new Set()).changed
    expect(translated && hasOtherStatus(translated)).toBe(false)
  })

  it('takes a new ticket as changed, with all its staff replies new', () => {
    const [change] = diffTickets(known(), [makeTicket({ replies: [staffReply(1, 1)] })], new Set()).changed
    expect(change).toMatchObject({ before: null, newStaffKeys: ['#1'] })
  })

  it('removes what is gone, but never a ticket that only could not be read', () => {
    const [a, b, c] = [makeTicket({ id: 1 }), makeTicket({ id: 2 }), makeTicket({ id: 3 })]
    expect(diffTickets(known(a, b, c), [a], new Set([2])).removed).toEqual([3])
  })

  it.each([
    ['message', { message: 'x' }],
    ['attachments', { attachments: [{ kind: 'text', text: 'a' }] }],
    ['date', { createdAt: minute(1) }],
    ['last reply', { lastReplyAt: minute(1) }],
    ['a reply inside', { replies: [staffReply(1, 1, 'anders')] }]
  ] as const)('sees a change of %s', (_, change) => {
    const before = makeTicket({ replies: [staffReply(1, 1)] })
    const after = { ...before, ...change }
    expect(diffTickets(known(before), [after], new Set()).changed).toHaveLength(1)
  })
})

describe('a row', () => {
  const context: RowContext = {
    accountId: 'a',
    version: 'v1',
    facts: null,
    seen: none,
    outbox: null,
    draft: false,
    gone: false,
    work: null
  }

  it('shows the first words where no title is known', () => {
    const row = ticketRow(makeTicket(), context)
    expect(row).toMatchObject({
      subject: 'Sunucuma bağlanamıyorum.',
      titleKnown: false,
      department: null,
      lastSpeaker: 'customer',
      lastSpeakerName: '',
      excerpt: 'Sunucuma bağlanamıyorum.',
      lastActivityAt: minute(0),
      unread: 0,
      waitingFor: 'staff'
    })
  })

  it('shows what was noted when the ticket was made here', () => {
    const facts = factsOf({ departmentId: 14 })
    const row = ticketRow(makeTicket(), { ...context, facts })
    expect(row).toMatchObject({ subject: 'SSH', titleKnown: true, department: 'Abuse / Şikayet' })
    expect(ticketRow(makeTicket(), { ...context, version: 'v2', facts }).department).toBe(
      'Veri Merkezi İşlemleri'
    )
  })

  it("shows who spoke last, with the staff's name only", () => {
    const replies = [ownReply(1, 1), staffReply(2, 9, 'Merhaba,\nÇözüldü.')]
    const row = ticketRow(makeTicket({ replies }), context)
    expect(row).toMatchObject({
      lastSpeaker: 'staff',
      lastSpeakerName: 'Ayşe Öztürk',
      excerpt: 'Çözüldü.',
      lastActivityAt: minute(9),
      replyCount: 2,
      unread: 1
    })
  })

  it('puts no words into the mouth of an answer that is known only by its moment', () => {
    const row = ticketRow(makeTicket({ status: 'Answered', lastReplyAt: minute(5) }), context)
    expect(row).toMatchObject({ lastSpeaker: 'staff', lastSpeakerName: '', excerpt: '', unread: 1 })
  })

  it('falls back on the number', () => {
    expect(ticketRow(makeTicket({ message: '' }), context).subject).toBe('#272298')
  })
})

describe('a thread', () => {
  it('takes every message apart and marks what was not seen', () => {
    const replies = [
      staffReply(1, 1, 'Olur.\n-----\nSaygılar\n____\nNetinternet - Teknik Birim\nAyşe Öztürk'),
      ownReply(2, 2),
      staffReply(3, 3)
    ]
    const messages = threadMessages(makeTicket({ replies }), new Set(['#1']))
    expect(messages.map(({ key, author, name, unread }) => [key, author, name, unread])).toEqual([
      ['first', 'customer', '', false],
      ['#1', 'staff', 'Ayşe Öztürk', false],
      ['#2', 'customer', '', false],
      ['#3', 'staff', 'Ayşe Öztürk', true]
    ])
    expect(messages[0]).toMatchObject({ ip: '192.0.2.7', text: 'Merhaba,\nSunucuma bağlanamıyorum.' })
    expect(messages[1]).toMatchObject({
      text: 'Olur.',
      signature: 'Saygılar\nNetinternet - Teknik Birim\nAyşe Öztürk'
    })
  })

  it('ends with an answer that is known only by its moment', () => {
    const messages = threadMessages(makeTicket({ status: 'Answered', lastReplyAt: minute(5) }), none)
    expect(messages.at(-1)).toMatchObject({ author: 'staff', sentAt: minute(5), text: '', unread: true })
  })

  it('tells how long the first and the last answer took', () => {
    const replies = [staffReply(1, 10), ownReply(2, 30), staffReply(3, 35), ownReply(4, 90)]
    const ticket = makeTicket({ replies })
    expect(firstResponseMs(ticket)).toBe(10 * 60_000)
    expect(lastResponseMs(ticket)).toBe(5 * 60_000)
    expect(firstResponseMs(makeTicket())).toBeNull()
    expect(lastResponseMs(makeTicket({ createdAt: null, replies: [staffReply(1, 10)] }))).toBeNull()
  })
})
