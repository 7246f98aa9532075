/** What a list proves about a sent entry: arrived, certainly not arrived, or to be decided by the person. */
import { describe, expect, it } from 'vitest'
import type { WriteAnswer } from '../../../electron/api/api.ts'
import type { SentReply, StoredEntry } from '../../../electron/storage/schemas.ts'
import { newEntry } from '../../../electron/sync/outbox/outbox-entry.ts'
import { Outbox } from '../../../electron/sync/outbox/outbox.ts'
import { baselineOf } from '../../../electron/sync/evidence/server-baseline.ts'
import { classifyStatus } from '../../../electron/tickets/status.ts'
import type { Reply, Ticket } from '../../../electron/tickets/ticket.ts'
import type { OutboxRecord } from '../../../electron/tickets/views.ts'
import { newTicketOf, replyOf, ticketOf } from '../../support/builders.ts'

const start = 1_700_000_000_000
const minute = 60_000
const unknown: WriteAnswer = { outcome: 'unknown', problem: { kind: 'connection-lost' } }
const notSent: WriteAnswer = { outcome: 'not-sent', problem: { kind: 'unreachable' } }
const refused: WriteAnswer = { outcome: 'refused', problem: { kind: 'refused' } }
const done: WriteAnswer = { outcome: 'done', message: '' }

const ticket = (id: number, change: Partial<Ticket> = {}): Ticket =>
  ticketOf({
    id,
    createdAt: start - 10 * minute,
    lastReplyAt: start - 10 * minute,
    message: `Ticket ${id}`,
    ...change
  })
const replyBy = (id: number, author: Reply['author'], message: string): Reply =>
  replyOf({ id, author, name: '', sentAt: start + id * minute, message })
const draft = (message: string): StoredEntry['action'] => ({
  kind: 'create',
  hasPassword: false,
  draft: newTicketOf({ title: 'T', departmentId: 2, service: '1', message })
})
const reply = (text: string): StoredEntry['action'] => ({ kind: 'reply', ticketId: 1, text })
const close: StoredEntry['action'] = { kind: 'close', ticketId: 1 }

/** An entry that was attempted once, while the server had the tickets `before`. */
class Attempt {
  readonly outbox = new Outbox('a', [], 0)
  readonly ended: OutboxRecord[] = []
  readonly hidden: SentReply[] = []
  now = 0
  readonly #gone: readonly number[]

  /** `gone`: ids of tickets in an earlier list that are no longer there. */
  constructor(
    action: StoredEntry['action'],
    before: readonly Ticket[],
    answer: WriteAnswer,
    gone: readonly number[] = []
  ) {
    this.#gone = gone
    this.add('x', action, before, answer)
  }

  add(id: string, action: StoredEntry['action'], before: readonly Ticket[], answer: WriteAnswer): void {
    this.queue(id, action)
    this.send(id, before, answer)
  }

  queue(id: string, action: StoredEntry['action']): void {
    this.outbox.add([{ ...newEntry('a', action, start, null), id }])
  }

  send(id: string, before: readonly Ticket[], answer: WriteAnswer): void {
    const tickets = new Map(before.map((known) => [known.id, known]))
    const { action } = this.outbox.get(id) ?? { action: close }
    const everSeen = new Set([...this.#gone, ...tickets.keys()])
    const known = { tickets, everSeen, ticket: (id: number) => tickets.get(id) ?? null }
    this.outbox.begin(id, baselineOf(action, known), 'as-written')
    this.outbox.end(id, answer, { now: this.now, wall: start + this.now, random: 0.5 })
  }

  /** Processes this list several times, a minute apart. */
  see(tickets: readonly Ticket[], times = 1): void {
    for (let i = 0; i < times; i++) {
      this.now += minute
      const list = {
        tickets: new Map(tickets.map((listed) => [listed.id, listed])),
        unreadable: new Set<number>()
      }
      const moment = { now: this.now, wall: start + this.now }
      const { ended, hidden } = this.outbox.reconcile(list, this.now, moment)
      this.ended.push(...ended)
      this.hidden.push(...hidden)
    }
  }

  state(id = 'x'): string {
    return this.outbox.get(id)?.state ?? 'gone'
  }

  question(id = 'x'): unknown {
    return this.outbox.get(id)?.question
  }
}

describe('where the list hides the replies', () => {
  const written = ticket(1, { lastReplyAt: start + minute, status: classifyStatus('Customer-Reply') })

  it.each([
    ['that never left', notSent, 'queued'],
    ['that was refused', refused, 'refused'],
    ['that may have arrived', unknown, 'uncertain']
  ] as const)('another message of the customer’s does not pass for a reply %s', (_, answer, state) => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1)], answer)
    attempt.see([written])
    expect(attempt.state()).toBe(state)
  })

  it('a reply that may have arrived is the person’s to decide, never sent again by itself', () => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1)], unknown)
    attempt.see([written], 15)
    expect(attempt.question()).toEqual({ kind: 'cannot-tell' })
  })

  it('a reply sent in the second of the last change may be in it', () => {
    const same = ticket(1, { lastReplyAt: start - 1000 })
    const attempt = new Attempt(reply('Merhaba'), [same], unknown)
    attempt.see([same], 15)
    expect(attempt.question()).toEqual({ kind: 'cannot-tell' })
  })

  it('the customer’s message is the reply that the server said it has', () => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1)], done)
    attempt.see([written])
    expect(attempt.state()).toBe('gone')
    expect(attempt.ended).toMatchObject([{ end: 'hidden' }])
    expect(attempt.hidden, 'and its words are kept here').toMatchObject([{ ticketId: 1, text: 'Merhaba' }])
  })
})

describe('where the list was empty by mistake when it was sent', () => {
  const older = ticket(7, { message: 'Disk doldu' })

  it.each([
    ['refused', refused, 'refused'],
    ['uncertain', unknown, 'undecided']
  ] as const)(
    'an older ticket of the same words does not pass for a new one that is %s',
    (_, answer, state) => {
      const attempt = new Attempt(draft('Disk doldu'), [], answer, [7])
      attempt.see([older])
      expect(attempt.state()).not.toBe('gone')
      // No ticket is missing from the list, but an empty list proves nothing.
      attempt.see([], 20)
      expect(attempt.state()).toBe(state)
      attempt.see([older, ticket(3, { message: 'Disk doldu', createdAt: start })])
      expect(attempt.state(), 'a new one is it, whatever its number').toBe('gone')
    }
  )

  it('an older reply of the same words does not pass for one that may have arrived', () => {
    const attempt = new Attempt(reply('Tamam'), [], unknown)
    attempt.see([ticket(1, { replies: [replyBy(1, 'customer', 'Tamam')] })], 10)
    expect(attempt.question()).toMatchObject({ kind: 'similar', candidates: [{ text: 'Tamam' }] })
  })
})

describe('texts', () => {
  it.each([
    ['as typed', 'if (a &lt; b &amp;&amp; c)'],
    ['decoded', 'if (a < b && c)']
  ])('with entities are found %s', (_, stored) => {
    const attempt = new Attempt(reply('if (a &lt; b &amp;&amp; c)'), [ticket(1)], unknown)
    attempt.see([
      ticket(1, {
        replies: [replyBy(1, 'customer', `${stored}\n\n-----------------\nIP Adresiniz: 127.0.0.1`)]
      })
    ])
    expect(attempt.state()).toBe('gone')
  })

  it('that are another may be it all the same: the person is shown both', () => {
    const attempt = new Attempt(reply('a &lt; b'), [ticket(1)], unknown)
    attempt.see([ticket(1, { replies: [replyBy(1, 'customer', 'a > b')] })], 6)
    expect(attempt.question()).toEqual({
      kind: 'similar',
      candidates: [{ key: '#1', ticketId: 1, text: 'a > b', sentAt: start + minute }]
    })
  })

  it('that another entry claims prove that this one is not there', () => {
    const attempt = new Attempt(reply('Birinci konu hakkında'), [ticket(1)], done)
    attempt.add('y', reply('Bambaşka bir şey'), [ticket(1)], unknown)
    attempt.see([ticket(1, { replies: [replyBy(1, 'customer', 'Birinci konu hakkinda')] })], 6)
    expect([attempt.state('x'), attempt.state('y')]).toEqual(['gone', 'queued'])
  })
})

describe('a close that may have arrived', () => {
  it('is asked again where nothing happened since', () => {
    const attempt = new Attempt(close, [ticket(1)], unknown)
    attempt.see([ticket(1)], 5)
    expect(attempt.state()).toBe('uncertain')
    attempt.see([ticket(1)])
    expect(attempt.state()).toBe('queued')
  })

  it.each([
    ['a reply', { replies: [replyBy(1, 'staff', 'Bir şey daha')] }],
    ['a reply that the list hides', { lastReplyAt: start + minute, status: classifyStatus('Answered') }]
  ])('is not asked again after %s: it may have been opened again', (_, change) => {
    const attempt = new Attempt(close, [ticket(1)], unknown)
    attempt.see([ticket(1, change)], 6)
    expect(attempt.question()).toEqual({ kind: 'cannot-tell' })
  })

  it('is over when it was acknowledged and the ticket is open because of what came later', () => {
    const attempt = new Attempt(close, [ticket(1)], done)
    attempt.see([ticket(1, { replies: [replyBy(1, 'staff', 'Bir şey daha')] })], 5)
    expect(attempt.ended).toEqual([])
    attempt.see([ticket(1, { replies: [replyBy(1, 'staff', 'Bir şey daha')] })])
    expect(attempt.ended).toMatchObject([{ end: 'shown' }])
  })

  it('goes only when the own replies before it are in the list, so that whatever comes later is news', () => {
    const before = ticket(1, { replies: [replyBy(1, 'staff', 'Merhaba')] })
    const attempt = new Attempt(reply('Teşekkürler'), [before], done)
    attempt.queue('close', close)
    const next = (): string | undefined => attempt.outbox.next(attempt.now, new Map([[1, before]]))?.id
    expect(next()).toBeUndefined()
    const replies = [...before.replies, replyBy(2, 'customer', 'Tesekkurler')]
    attempt.see([ticket(1, { replies })])
    expect(next()).toBe('close')
  })
})

describe('a new ticket that may have arrived', () => {
  it('is sent again where the list is whole and lacks it', () => {
    const attempt = new Attempt(draft('Sorun'), [ticket(1), ticket(2)], unknown)
    attempt.see([ticket(1), ticket(2)], 6)
    expect(attempt.state()).toBe('queued')
  })

  it.each([
    ['is empty', []],
    ['lost a ticket', [ticket(2)]],
    ['could not all be read', [ticket(1)]]
  ])('is not sent again where the list %s, but handed to the person', (_, tickets) => {
    const attempt = new Attempt(draft('Sorun'), [ticket(1), ticket(2)], unknown)
    attempt.see(tickets, 15)
    expect(attempt.question()).toEqual({ kind: 'cannot-tell' })
  })

  it('is found once the list is whole again', () => {
    const attempt = new Attempt(draft('Sorun'), [ticket(1)], unknown)
    attempt.see([], 3)
    attempt.see([ticket(1), ticket(2, { message: 'Sorun', createdAt: start })])
    expect(attempt.state()).toBe('gone')
  })
})

describe('a new ticket and another one that appeared', () => {
  it('whose words are others is the person’s to decide, whatever its number', () => {
    const attempt = new Attempt(draft('Sorun'), [ticket(500)], unknown)
    attempt.see([ticket(500), ticket(3, { message: 'Bambaşka' })], 6)
    expect(attempt.question()).toMatchObject({
      kind: 'similar',
      candidates: [{ ticketId: 3, text: 'Bambaşka' }]
    })
  })

  it('that came back into the list is no new one', () => {
    const attempt = new Attempt(draft('Sorun'), [ticket(500)], unknown, [3])
    attempt.see([ticket(500), ticket(3, { message: 'Sorun' })], 6)
    expect(attempt.state()).toBe('queued')
  })
})

describe('a list that says nothing new', () => {
  it('proves no absence before six minutes, however often it is asked for', () => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1)], unknown)
    attempt.see([ticket(1)], 5)
    expect(attempt.state()).toBe('uncertain')
  })

  it.each([
    ['lost a message that stood there before', { replies: [] }],
    [
      'was written to, and does not say what',
      { replies: [replyBy(1, 'staff', 'Eski')], lastReplyAt: start + 30 * minute }
    ]
  ])('proves nothing where its ticket %s', (_, change) => {
    const before = ticket(1, { replies: [replyBy(1, 'staff', 'Eski')], lastReplyAt: start + minute })
    const attempt = new Attempt(reply('Merhaba'), [before], unknown)
    attempt.see([{ ...before, ...change }], 15)
    expect(attempt.question()).toEqual({ kind: 'cannot-tell' })
  })

  it('proves nothing where dates have no time, and no ticket shows a reply', () => {
    const midnight = Date.UTC(2023, 10, 14) - 3 * 60 * minute
    const daily = ticket(1, { createdAt: midnight, lastReplyAt: midnight })
    const attempt = new Attempt(reply('Merhaba'), [daily], unknown)
    attempt.see([daily], 15)
    expect(attempt.question()).toEqual({ kind: 'cannot-tell' })
  })
})

describe('repeats', () => {
  it('grow apart, and end with the person', () => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1)], unknown)
    const waits: number[] = []
    for (let attempts = 1; attempts < 3; attempts++) {
      let waited = 0
      const due = (): boolean => attempt.outbox.next(attempt.now, new Map()) !== null
      while (!due() && waited < 100) {
        attempt.see([ticket(1)])
        waited += 1
      }
      waits.push(waited)
      attempt.send('x', [ticket(1)], unknown)
    }
    attempt.see([ticket(1)], 6)
    expect(waits).toEqual([6, 16])
    expect(attempt.outbox.get('x')).toMatchObject({
      state: 'undecided',
      attempts: 3,
      question: { kind: 'cannot-tell' }
    })
  })
})

describe('patience', () => {
  it('ends for what the server said it has and no list shows: the person decides, and the words stay', () => {
    const elsewhere = ticket(2, { replies: [replyBy(9, 'staff', 'Merhaba')] })
    const attempt = new Attempt(reply('Merhaba'), [ticket(1), elsewhere], done)
    attempt.see([ticket(1), elsewhere], 29)
    expect(attempt.state()).toBe('sent')
    attempt.see([ticket(1), elsewhere])
    expect(attempt.question()).toEqual({ kind: 'not-shown' })
  })

  it('ends for a reply to a ticket that is gone: the person decides', () => {
    const attempt = new Attempt(reply('Merhaba'), [ticket(1), ticket(2)], unknown)
    attempt.see([ticket(2)], 14)
    expect(attempt.state()).toBe('uncertain')
    attempt.see([ticket(2)])
    expect(attempt.outbox.get('x')).toMatchObject({
      state: 'undecided',
      problem: { kind: 'connection-lost' }
    })
  })

  it('is over when the list shows it after all', () => {
    const attempt = new Attempt(reply('Merhaba dünya'), [ticket(1), ticket(2)], unknown)
    attempt.see([ticket(2)], 15)
    expect(attempt.state()).toBe('undecided')
    attempt.see([ticket(1, { replies: [replyBy(1, 'customer', 'Merhaba dunya')] }), ticket(2)])
    expect(attempt.state()).toBe('gone')
    expect(attempt.ended).toMatchObject([{ end: 'shown', ticketId: 1 }])
  })
})
