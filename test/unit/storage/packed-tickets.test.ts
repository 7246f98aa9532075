/** Tickets are kept with their texts packed, and read as if they were not. */
import { expect, it } from 'vitest'
import { isPacked, packReplies, packTicket } from '../../../electron/storage/lines/packed-tickets.ts'
import { linesOf } from '../../../electron/storage/lines/ticket-lines.ts'
import type { Ticket } from '../../../electron/tickets/ticket.ts'
import { replyOf, ticketOf } from '../../support/builders.ts'

const texts = [
  '',
  'Disk doldu',
  'Şikâyet: ığüöç İ',
  'a\u00ff\u0100z',
  '👩‍👩‍👧 ve 漢字',
  '\u0000\r\n\ufeff\uffff',
  'é e\u0301'
]
const ticket: Ticket = ticketOf({
  message: 'Sunucu yavaş\n\nIP Adresiniz: 192.0.2.1',
  replies: texts.map((message, id) => replyOf({ id, message, name: 'Ayşe Öztürk' }))
})

it('every text is read as it was written, also from a copy and from JSON', () => {
  const packed = packTicket(ticket)
  expect(isPacked(packed)).toBe(true)
  expect(packed).toEqual(ticket)
  expect({ ...packed, replies: packed.replies.map((reply) => ({ ...reply })) }).toStrictEqual(ticket)
  expect(JSON.parse(JSON.stringify(packed))).toStrictEqual(JSON.parse(JSON.stringify(ticket)))
  expect(linesOf(packed).map((line) => JSON.parse(line) as unknown)).toEqual(
    linesOf(ticket).map((line) => JSON.parse(line) as unknown)
  )
  expect(structuredClone(packed)).toStrictEqual(ticket)
})

it('a text that UTF-8 cannot hold stays as it is, and only that one', () => {
  const half = { ...ticket, replies: [replyOf({ message: 'yarım \ud83d' }), replyOf({ message: 'bütün' })] }
  const packed = packTicket(half)
  expect(packed.replies.map(({ message }) => message)).toEqual(['yarım \ud83d', 'bütün'])
  expect(isPacked(packed)).toBe(false)
  const first = packTicket({ ...ticket, message: '\udc00 yarım' })
  expect(first.message).toBe('\udc00 yarım')
  expect(first.replies.map(({ message }) => message)).toEqual(texts)
})

it('what is packed stays the same object, as caches are keyed by it', () => {
  const packed = packTicket(ticket)
  expect(packTicket(packed)).toBe(packed)
  expect(packReplies(packed.replies)).toEqual(packed.replies)
  packReplies(packed.replies).forEach((reply, i) => {
    expect(reply).toBe(packed.replies[i])
  })
})

it('a ticket whose replies were missing says so', () => {
  expect(packTicket({ ...ticket, repliesMissing: true }).repliesMissing).toBe(true)
  expect('repliesMissing' in packTicket(ticket)).toBe(false)
})

it('names, statuses and empty lists of attachments, which repeat, are kept once', () => {
  const copies = [1, 2].map((id) => packTicket(JSON.parse(JSON.stringify({ ...ticket, id })) as Ticket))
  const [one, other] = copies
  expect(one?.status).toBe(other?.status)
  expect(one?.attachments).toBe(other?.attachments)
  expect(one?.replies[0]?.attachments).toBe(other?.replies[1]?.attachments)
  expect(one?.status).toEqual(ticket.status)
})
